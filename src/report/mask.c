#include "report/mask.h"

#include "report/template.h"
#include "report/words.h"

static const struct text mask = { "***", 3 };

static bool is_among(struct text word, const char *const *words)
{
    for (; *words; words++)
        if (text_equal_nocase(word, text_of(*words)))
            return true;
    return false;
}

static bool is_secret(struct text field)
{
    static const char *const names[] = { "Authorization", "Proxy-Authorization", "Cookie",
                                         "Set-Cookie", NULL };

    return is_among(field, names);
}

static bool is_space(char octet)
{
    return octet == ' ' || octet == '\t';
}

/* ---- URIs ---- */

/* RFC 3986 3.2: an authority ends at '/', '?' or '#'; in running text also at what no URI has. */
static bool ends_authority(char octet)
{
    switch (octet) {
    case '/':
    case '?':
    case '#':
    case '"':
    case '<':
    case '>':
        return true;
    default:
        return (uint8_t)octet <= ' ';
    }
}

static size_t authority_len(struct text text)
{
    size_t len = 0;

    while (len < text.len && !ends_authority(text.at[len]))
        len++;
    return len;
}

/* User information ends at the last '@' (RFC 3986 3.2.1; a stray '@' in a password must not reveal
 * its rest). */
static void put_authority(struct out *to, struct text authority)
{
    size_t at = authority.len;

    while (at > 0 && authority.at[at - 1] != '@')
        at--;
    if (at > 1) {
        out_text(to, mask);
        authority = text_part(authority, at - 1, authority.len);
    }
    out_text(to, authority);
}

/* Running text: each authority in it begins with "//". */
static void put_text(struct out *to, struct text text)
{
    for (;;) {
        const char *found = text.len > 0 ? memmem(text.at, text.len, "//", 2) : NULL;
        size_t before = found ? (size_t)(found - text.at) + 2 : text.len;

        out_text(to, text_part(text, 0, before));
        text = text_part(text, before, text.len);
        if (!found)
            return;
        size_t len = authority_len(text);

        put_authority(to, text_part(text, 0, len));
        text = text_part(text, len, text.len);
    }
}

void mask_url(struct out *to, struct text url)
{
    size_t len = authority_len(url);

    /* CONNECT and Host: an authority without a scheme before it. */
    if (len < url.len && text_starts(text_part(url, len, url.len), TEXT("//")))
        len = 0;
    put_authority(to, text_part(url, 0, len));
    put_text(to, text_part(url, len, url.len));
}

/* ---- field values ---- */

/* RFC 9110 11.6.2: the scheme is no secret, if it is one and not a token that somebody sent without
 * it. */
static void put_credentials(struct out *to, struct text value)
{
    static const char *const schemes[] = {
        "Basic",       "Bearer",        "Concealed", "Digest",
        "DPoP",        "GNAP",          "HOBA",      "Mutual",
        "Negotiate",   "NTLM",          "OAuth",     "PrivateToken",
        "SCRAM-SHA-1", "SCRAM-SHA-256", "vapid",     "AWS4-HMAC-SHA256",
        NULL
    };
    size_t len = 0;

    while (len < value.len && !is_space(value.at[len]))
        len++;
    if (!is_among(text_part(value, 0, len), schemes)) {
        out_text(to, mask);
        return;
    }
    out_text(to, text_part(value, 0, len));
    if (len < value.len) {
        out_string(to, " ");
        out_text(to, mask);
    }
}

/* RFC 6265 4.1.1: what follows the pair are attributes. Each part is judged alone, as evidence may
 * begin anywhere. */
static void put_set_cookie(struct out *to, struct text value)
{
    static const char *const attributes[] = { "Expires",  "Max-Age",  "Domain",   "Path",
                                              "Secure",   "HttpOnly", "SameSite", "Partitioned",
                                              "Priority", NULL };

    for (;;) {
        struct text rest, part = text_until(value, ';', &rest);

        if (is_among(text_trim(text_until(part, '=', NULL)), attributes))
            out_text(to, part);
        else if (text_trim(part).len > 0)
            out_text(to, mask);
        if (part.len == value.len)
            return;
        out_string(to, ";");
        value = rest;
    }
}

static void put_value(struct out *to, struct text field, struct text value)
{
    struct text trimmed = text_trim(value);

    if (trimmed.len == 0)
        out_text(to, value);
    else if (text_equal_nocase(field, TEXT("Set-Cookie")))
        put_set_cookie(to, trimmed);
    else if (text_equal_nocase(field, TEXT("Cookie")))
        out_text(to, mask);
    else
        put_credentials(to, trimmed);
}

/* ---- lines of a head ---- */

/* The name that a line begins with, up to its colon; blanks before the colon do not help to hide a
 * secret. */
static struct text line_name(struct text line, size_t *value_at)
{
    struct text name = text_until(line, ':', NULL);

    if (name.len == line.len)
        return (struct text){ line.at, 0 };
    *value_at = name.len + 1;
    return text_trim(name);
}

static bool is_break(char octet)
{
    return octet == '\r' || octet == '\n';
}

static size_t run_len(struct text text, bool of_breaks)
{
    size_t len = 0;

    while (len < text.len && is_break(text.at[len]) == of_breaks)
        len++;
    return len;
}

static bool has_lf(struct text text)
{
    return text.len > 0 && memchr(text.at, '\n', text.len) != NULL;
}

/* The field line at the start with its folds (RFC 9112 5.2); `ends` becomes all line ends behind
 * it, which begin what follows. For some recipients a bare CR ends a line, for others it is part of
 * the value: what follows it is a line of its own here, but part of a secret. */
static struct text take_line(struct text text, struct text *ends)
{
    size_t len = run_len(text, false), value_at = 0;
    bool has_secret = is_secret(line_name(text_part(text, 0, len), &value_at));

    for (;;) {
        struct text rest = text_part(text, len, text.len);

        *ends = text_part(rest, 0, run_len(rest, true));
        rest = text_part(rest, ends->len, rest.len);
        if (rest.len == 0 || (!is_space(rest.at[0]) && (!has_secret || has_lf(*ends))))
            return text_part(text, 0, len);
        len += ends->len + run_len(rest, false);
    }
}

static void put_line(struct out *to, struct text line)
{
    size_t value_at = 0;
    struct text name = line_name(line, &value_at);

    if (!is_secret(name)) {
        put_text(to, line);
        return;
    }
    out_text(to, text_part(line, 0, value_at));
    out_string(to, " ");
    put_value(to, name, text_part(line, value_at, line.len));
}

static void put_lines(struct out *to, struct text text)
{
    while (text.len > 0) {
        struct text ends, line = take_line(text, &ends);

        put_line(to, line);
        out_text(to, ends);
        text = text_part(text, line.len + ends.len, text.len);
    }
}

/* The value of a secret field, or the whole line. */
static void put_secret(struct out *to, struct text field, struct text evidence)
{
    size_t value_at = 0;

    if (text_equal_nocase(line_name(evidence, &value_at), field))
        put_line(to, evidence);
    else
        put_value(to, field, evidence);
}

static void put_evidence(struct out *to, struct text field, struct text evidence)
{
    if (is_secret(field))
        put_secret(to, field, evidence);
    else if (text_equal_nocase(field, TEXT("Host")))
        mask_url(to, evidence);
    else
        put_lines(to, evidence);
}

static bool contains(struct text whole, struct text part)
{
    return part.len > 0 && whole.len >= part.len &&
           memmem(whole.at, whole.len, part.at, part.len) != NULL;
}

/* The secret field of a head that holds `octets`, while no other line does; else the empty text. */
static struct text secret_home(struct text head, struct text octets)
{
    struct text home = { "", 0 };

    while (head.len > 0) {
        size_t value_at = 0;
        struct text ends, line = take_line(head, &ends), name = line_name(line, &value_at);

        if (contains(line, octets)) {
            if (!is_secret(name))
                return (struct text){ "", 0 };
            home = name;
        }
        head = text_part(head, line.len + ends.len, head.len);
    }
    return home;
}

/* The field that the finding is about. Where it names none, its octets may tell (a fold without its
 * line). */
static struct text finding_field(const struct httplint_exchange *exchange,
                                 const struct httplint_finding *finding)
{
    struct text field = words_text(finding->field),
                octets = text_trim(words_text(finding->evidence));
    struct text head = words_text(finding->side == HTTPLINT_REQUEST ? exchange->request_head
                                                                    : exchange->response_head);

    return field.len > 0 ? field : secret_home(head, octets);
}

void mask_evidence(struct out *to, const struct httplint_exchange *exchange,
                   const struct httplint_finding *finding)
{
    put_evidence(to, finding_field(exchange, finding), words_text(finding->evidence));
}

/* ---- messages ---- */

/* The field that fills a hole: that of the finding for `culprit`, else the last part of
 * response.Set-Cookie and the like; empty if the subject is no field. */
static struct text hole_field(struct text subject, struct text field)
{
    struct text rest = { subject.at, 0 };

    if (text_equal(subject, TEXT("culprit")))
        return field;
    if (text_equal(subject, TEXT("host")))
        return TEXT("Host");
    for (struct text part = subject; part.len > 0 && memchr(part.at, '.', part.len); part = rest)
        text_until(part, '.', &rest);
    return rest;
}

/* Where the first secret hole from `i` on may begin; SIZE_MAX: there is none. */
static size_t next_secret(const struct template *template, size_t i, struct text field)
{
    for (; i < template->count; i++)
        if (is_secret(hole_field(template->holes[i].subject, field)))
            return template->holes[i].from;
    return SIZE_MAX;
}

/* Writes the message hole by hole. Where spans overlap, a secret one takes all of it. */
static void put_holes(struct out *to, struct text message, const struct template *template,
                      struct text field)
{
    size_t done = 0;

    for (size_t i = 0; i < template->count; i++) {
        const struct hole *hole = &template->holes[i];
        struct text source = hole_field(hole->subject, field);
        size_t secret_at = is_secret(source) ? SIZE_MAX : next_secret(template, i, field);
        size_t from = hole->from > done ? hole->from : done, end = hole->to;

        if (end > secret_at)
            end = secret_at;
        if (end <= from)
            continue;
        put_text(to, text_part(message, done, from - done));
        put_evidence(to, source, text_part(message, from, end - from));
        done = end;
    }
    put_text(to, text_part(message, done, message.len));
}

void mask_message(struct out *to, const struct httplint_exchange *exchange,
                  const struct httplint_finding *finding)
{
    struct text message = words_text(finding->message), field = finding_field(exchange, finding);
    struct template template;

    if (!template_split(&template, words_text(finding->rule->message))) {
        out_text(to, mask);
        return;
    }
    if (template_match(&template, message)) {
        put_holes(to, message, &template, field);
    } else if (next_secret(&template, 0, field) != SIZE_MAX) {
        /* It was cut, or filled in a way that we do not know: keep what surely is ours. */
        if (text_starts(message, template.holes[0].before))
            out_text(to, template.holes[0].before);
        out_text(to, mask);
    } else {
        put_text(to, message);
    }
}
