#include "engine/subject.h"

#include <stdio.h>

#include "base/errors.h"

static enum truth present(struct text text)
{
    return text.len > 0 ? YES : NO;
}

static enum truth read_method(const struct view *view, const struct message *request, struct text *text)
{
    (void)view;
    *text = message_method(request);
    return present(*text);
}

/* What is read without TLS is http, whatever the target says (RFC 9110 7.1). */
static enum truth read_scheme(const struct view *view, const struct message *request, struct text *text)
{
    struct text target = message_target(request);
    bool is_named_secure = text_equal_nocase(text_part(target, 0, 8), TEXT("https://"));

    /* An absolute-form target names its scheme; else it is that of the connection (RFC 9110 7.1). */
    *text = view->exchange->is_scheme_secure || is_named_secure ? TEXT("https") : TEXT("http");
    return YES;
}

static enum truth read_host(const struct view *view, const struct message *request, struct text *text)
{
    (void)request;
    *text = exchange_host(view->exchange);
    return present(*text);
}

static enum truth read_path(const struct view *view, const struct message *request, struct text *text)
{
    (void)request;
    *text = exchange_path(view->exchange);
    return present(*text);
}

static enum truth read_query(const struct view *view, const struct message *request, struct text *text)
{
    (void)request;
    *text = exchange_query(view->exchange);
    return present(*text);
}

/* RFC 9112 3.2. What is told is a URL: whether a request for http went to a proxy is not known; one for https goes through a
 * tunnel there, so that its form is origin-form. */
static enum truth read_target_form(const struct view *view, const struct message *request, struct text *text)
{
    struct text target = message_target(request);
    bool is_origin = text_starts(target, TEXT("/"));

    if (request->method == METHOD_CONNECT)
        *text = TEXT("authority");
    else if (text_equal(target, TEXT("*")))
        *text = TEXT("asterisk");
    else if (!request->is_told)
        *text = is_origin ? TEXT("origin") : TEXT("absolute");
    else if (read_scheme(view, request, text) == YES && text_equal(*text, TEXT("https")))
        *text = TEXT("origin");
    else
        return UNKNOWN;
    return present(target);
}

/* What follows "_method=" in the query, as frameworks have it. */
static struct text query_override(const struct exchange *x)
{
    struct text rest = exchange_query(x), pair;

    while (rest.len > 0) {
        pair = text_until(rest, '&', &rest);
        if (text_starts(pair, TEXT("_method=")))
            return text_part(pair, sizeof "_method=" - 1, pair.len);
    }
    return (struct text){ "", 0 };
}

/* A form may carry "_method" in its content, which is not looked at. */
static bool may_be_form(const struct message *request)
{
    static const struct text forms[] = { TEXT_INIT("application/x-www-form-urlencoded"), TEXT_INIT("multipart/form-data") };
    const struct field *type = message_field(request, FIELD_CONTENT_TYPE, NULL);

    if (request->method != METHOD_POST || !type)
        return request->method == METHOD_POST && message_may_hide(request, FIELD_CONTENT_TYPE);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_equal_nocase(text_part(message_value(request, type), 0, forms[i].len), forms[i]))
            return true;
    return false;
}

static enum truth read_override(const struct view *view, const struct message *request, struct text *text)
{
    static const uint16_t ids[] = { FIELD_X_HTTP_METHOD_OVERRIDE, FIELD_X_HTTP_METHOD, FIELD_X_METHOD_OVERRIDE };

    *text = query_override(view->exchange);
    for (size_t i = 0; i < sizeof ids / sizeof *ids && text->len == 0; i++) {
        const struct field *line = message_field(request, ids[i], NULL);

        if (line)
            *text = message_value(request, line);
        else if (message_may_hide(request, ids[i]))
            return UNKNOWN;
    }
    return text->len > 0 ? YES : may_be_form(request) ? UNKNOWN : NO;
}

static struct quantity read_status(const struct message *response)
{
    return (struct quantity){ response->status, true };
}

static struct quantity read_body(const struct message *message)
{
    uint64_t octets = message->body.octets;

    /* With codings undone it tells no more than that there was something. */
    if (message->is_told && octets > 0)
        octets = 1;
    return (struct quantity){ octets, message->body.is_measured };
}

static enum truth read_version(const struct view *view, const struct message *message, struct text *text)
{
    (void)view;
    *text = text_part(message->head, message->version_text.at, message->version_text.len);
    if (text_starts(*text, TEXT("HTTP/")))
        *text = text_part(*text, 5, text->len);
    return message->is_told && message->version == 0 ? UNKNOWN : present(*text);
}

struct text subject_framing(enum framing framing)
{
    static const char *const names[] = {
        [FRAMING_NONE] = "none",   [FRAMING_LENGTH] = "length", [FRAMING_CHUNKED] = "chunked",
        [FRAMING_CLOSE] = "close", [FRAMING_TUNNEL] = "tunnel", [FRAMING_UNKNOWN] = "unknown",
    };

    return text_of(names[framing]);
}

/* How a response is framed depends on its request, but for 304 and the interim ones (RFC 9112 6.3). */
static enum truth read_framing(const struct view *view, const struct message *message, struct text *text)
{
    *text = subject_framing(message->body.framing);
    if (message->body.framings != 0)
        return UNKNOWN;
    if (message->side == SIDE_SERVER && !view->of[WHOSE_REQUEST] && message->status >= 200 && message->status != 304)
        return UNKNOWN;
    return YES;
}

static const struct fact facts[] = {
    { "method", false, WHOSE_REQUEST, FACT_TEXT, false, read_method, NULL, true },
    { "scheme", false, WHOSE_REQUEST, FACT_TEXT, false, read_scheme, NULL, false },
    { "host", false, WHOSE_REQUEST, FACT_TEXT, false, read_host, NULL, false },
    { "path", false, WHOSE_REQUEST, FACT_TEXT, true, read_path, NULL, false },
    { "query", false, WHOSE_REQUEST, FACT_TEXT, true, read_query, NULL, false },
    { "target-form", false, WHOSE_REQUEST, FACT_TEXT, false, read_target_form, NULL, false },
    { "override", false, WHOSE_REQUEST, FACT_TEXT, false, read_override, NULL, false },
    { "status", false, WHOSE_RESPONSE, FACT_NUMBER, false, NULL, read_status, true },
    { "body", true, WHOSE_MESSAGE, FACT_NUMBER, false, NULL, read_body, false },
    { "version", true, WHOSE_MESSAGE, FACT_TEXT, false, read_version, NULL, true },
    { "framing", true, WHOSE_MESSAGE, FACT_TEXT, false, read_framing, NULL, false },
    { "anomaly", true, WHOSE_MESSAGE, FACT_ANOMALY, false, NULL, NULL, false },
};
static const struct fact field_fact = { "field", true, WHOSE_MESSAGE, FACT_FIELD, false, NULL, NULL, false };
static const struct fact trailer_fact = { "trailer", true, WHOSE_MESSAGE, FACT_TRAILER, false, NULL, NULL, false };

enum { FACTS = sizeof facts / sizeof *facts };

const struct fact *subject_fact(size_t number)
{
    return number < FACTS ? &facts[number] : NULL;
}

static const char *const prefixes[WHOSE_COUNT] = { "request.", "response.", "message." };

static const struct fact *find_fact(struct text name, bool has_prefix)
{
    for (size_t i = 0; i < FACTS; i++)
        if (facts[i].has_prefix == has_prefix && text_equal(name, text_of(facts[i].name)))
            return &facts[i];
    return NULL;
}

static struct text nearest_name(struct text word, const struct names *names)
{
    struct text candidates[NAMES_MAX];
    size_t count = 0;

    for (uint16_t id = 1; id < names_count(names); id++)
        candidates[count++] = names_get(names, id)->text;
    return errors_did_you_mean(word, candidates, count);
}

static bool fail_name(struct text word, const struct names *names, struct subject_error *error)
{
    *error = (struct subject_error){ .is_name = true, .wrong = word, .meant = nearest_name(word, names) };
    return false;
}

static bool fail_subject(struct text word, struct subject_error *error)
{
    struct text candidates[FACTS + WHOSE_COUNT];
    size_t count = 0;

    for (size_t i = 0; i < FACTS; i++)
        if (!facts[i].has_prefix)
            candidates[count++] = text_of(facts[i].name);
    *error = (struct subject_error){ .wrong = word, .meant = errors_did_you_mean(word, candidates, count) };
    return false;
}

static bool parse_field(struct text words, const struct names *names, struct subject *subject,
                        struct subject_error *error)
{
    bool is_trailer = text_starts(words, TEXT("trailer."));
    struct text name = is_trailer ? text_part(words, sizeof "trailer." - 1, words.len) : words;

    subject->fact = is_trailer ? &trailer_fact : &field_fact;
    subject->field = names_find(names, name);
    if (subject->field == FIELD_UNKNOWN)
        return fail_name(name, names, error);
    subject->shape = names_get(names, subject->field)->shape;
    return true;
}

bool subject_parse(struct text words, const struct names *names, struct subject *subject, struct subject_error *error)
{
    *subject = (struct subject){ 0 };
    for (enum whose whose = 0; whose < WHOSE_COUNT; whose++) {
        struct text prefix = text_of(prefixes[whose]);

        if (!text_starts(words, prefix))
            continue;
        subject->whose = whose;
        words = text_part(words, prefix.len, words.len);
        subject->fact = find_fact(words, true);
        return subject->fact ? true : parse_field(words, names, subject, error);
    }
    subject->fact = find_fact(words, false);
    if (!subject->fact)
        return fail_subject(words, error);
    subject->whose = subject->fact->whose;
    return true;
}

const struct field *subject_line(const struct subject *subject, const struct message *message,
                                 const struct field *previous)
{
    return subject->fact->kind == FACT_TRAILER ? message_trailer(message, subject->field, previous)
                                               : message_field(message, subject->field, previous);
}

bool subject_is_of_shape(const struct subject *subject, const struct message *message, bool is_counted)
{
    if (subject->fact->kind != FACT_FIELD)
        return subject->fact->is_of_shape;
    for (const struct field *line = NULL; !is_counted && (line = subject_line(subject, message, line)) != NULL;)
        if (message_varies(message, line))
            return false;
    return true;
}

bool subject_is_open(const struct subject *subject, const struct message *message)
{
    if (subject->fact->kind == FACT_FIELD)
        return message_may_hide(message, subject->field);
    return subject->fact->kind == FACT_TRAILER && !(message->complete & COMPLETE_BODY);
}

bool subject_is_framing(const struct subject *subject)
{
    return subject->fact->text == read_framing;
}

static enum truth line_text(const struct subject *subject, const struct message *message, struct text *text)
{
    const struct field *line = subject_line(subject, message, NULL);

    if (!line)
        return subject_is_open(subject, message) ? UNKNOWN : NO;
    *text = message_value(message, line);
    return YES;
}

static enum truth anomaly_text(const struct message *message, struct text *text)
{
    if (message->nanomalies == 0)
        return NO;
    *text = text_of(anomaly_name(message->anomalies[0].kind));
    return YES;
}

enum truth subject_text(const struct subject *subject, const struct view *view, char digits[32], struct text *text)
{
    const struct message *message = subject_message(subject, view);
    struct quantity quantity;

    *text = (struct text){ "", 0 };
    if (!message)
        return UNKNOWN;
    switch (subject->fact->kind) {
    case FACT_TEXT:
        return subject->fact->text(view, message, text);
    case FACT_NUMBER:
        quantity = subject->fact->number(message);
        snprintf(digits, 32, "%llu%s", (unsigned long long)quantity.least, quantity.is_exact ? "" : " or more");
        *text = text_of(digits);
        return YES;
    case FACT_ANOMALY:
        return anomaly_text(message, text);
    default:
        return line_text(subject, message, text);
    }
}
