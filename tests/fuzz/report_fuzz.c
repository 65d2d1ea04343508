/*
 * The writers' round trip: any octets in any place of a record give text that no terminal obeys and
 * strict JSON that decodes to the same octets, what is not UTF-8 being U+FFFD; nothing breaks out of
 * the other formats. A secret that filled a hole of a message stays one, whatever the words around
 * it and the other fillings are.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/mask.h"
#include "report/report.h"
#include "tests/support/sample.h"

enum { PLACES = 8, VALUE_MAX = 400 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as up to eight values, parted by "|". */
static void split(struct text octets, struct httplint_text places[PLACES])
{
    for (size_t i = 0; i < PLACES; i++) {
        struct text rest, value = text_part(text_until(octets, '|', &rest), 0, VALUE_MAX);

        places[i] = (struct httplint_text){ value.at, value.len };
        octets = rest;
    }
}

static struct out *written(const char *format, const struct report_options *options,
                           const struct httplint_exchange *exchange,
                           const struct httplint_finding *finding)
{
    const struct reporter *reporter = reporter_find(format);
    const struct httplint_summary summary = { 0 };
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(options, out);

    reporter->exchange(report, "a\033b", exchange, finding, 1);
    reporter->end(report, &summary, 1);
    return out;
}

/* Two lines of printable characters. */
static void check_text(struct text rest)
{
    unsigned lines = 0;

    while (rest.len > 0) {
        uint32_t code = 0;
        size_t len = utf8_character(rest, &code);

        if (len == 0 || (code < ' ' && code != '\n') || (code >= 0x7F && code < 0xA0))
            abort();
        lines += code == '\n';
        rest = text_part(rest, len, rest.len);
    }
    if (lines != 2)
        abort();
}

/* `value` is `octets` with U+FFFD for each octet that is not UTF-8. */
static void check_value(json_t *value, struct httplint_text wire)
{
    struct text octets = { wire.at, wire.len };
    struct text got = { json_string_value(value), json_string_length(value) };

    if (octets.len == 0 && !value)
        return;
    while (octets.len > 0) {
        size_t len = utf8_character(octets, NULL);
        struct text wanted = len > 0 ? text_part(octets, 0, len) : TEXT("\xEF\xBF\xBD");

        if (!text_starts(got, wanted))
            abort();
        got = text_part(got, wanted.len, got.len);
        octets = text_part(octets, len > 0 ? len : 1, octets.len);
    }
    if (got.len > 0)
        abort();
}

static void check_json(struct text lines, const struct httplint_exchange *exchange,
                       const struct httplint_finding *finding, bool is_masked)
{
    struct text rest, line = text_until(lines, '\n', &rest);
    json_t *json = json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);

    if (!json)
        abort();
    if (!is_masked) {
        check_value(json_object_get(json, "message"), finding->message);
        check_value(json_object_get(json, "url"), exchange->url);
        check_value(json_object_get(json, "field"), finding->field);
        check_value(json_object_get(json, "evidence"), finding->evidence);
    }
    json_decref(json);
    for (; rest.len > 0; text_until(rest, '\n', &rest)) {
        line = text_until(rest, '\n', NULL);
        json = json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
        if (!json)
            abort();
        json_decref(json);
    }
}

/* Words of a rule: without what would be a hole. */
static void add_words(struct out *template, struct out *message, struct httplint_text words)
{
    for (size_t i = 0; i < words.len; i++) {
        struct text octet = { words.at + i, 1 };

        if (*octet.at == '<' || *octet.at == '\\')
            continue;
        out_text(template, octet);
        out_text(message, octet);
    }
}

static void add_hole(struct out *template, struct out *message, const char *hole,
                     struct httplint_text filling)
{
    out_string(template, hole);
    out_text(message, (struct text){ filling.at, filling.len });
}

static struct httplint_text held(const struct out *out)
{
    return (struct httplint_text){ out_held(out).at, out_held(out).len };
}

/* "words HOST words SECRET words": the marker in the secret must not come out, unless something
 * else holds it. */
static void check_mask(const struct httplint_text places[PLACES])
{
    static const char marker[] = "s3cr3t!";
    struct out *template = out_new_memory(), *message = out_new_memory(),
               *masked = out_new_memory();
    const struct httplint_exchange exchange = { .version = "" };

    add_words(template, message, places[0]);
    add_hole(template, message, "<host>", places[1]);
    add_words(template, message, places[2]);
    bool is_told = memmem(out_held(message).at, out_held(message).len, marker, 7) != NULL;

    add_hole(template, message, "<request.Cookie>", places[3]);
    add_hole(template, message, "", (struct httplint_text){ marker, 7 });
    add_words(template, message, places[4]);
    is_told |= memmem(out_held(template).at, out_held(template).len, marker, 7) != NULL;
    const struct httplint_rule rule = { .message = held(template) };
    const struct httplint_finding finding = { .rule = &rule, .message = held(message) };

    mask_message(masked, &exchange, &finding);
    if (!is_told && memmem(out_held(masked).at, out_held(masked).len, marker, 7))
        abort();
    out_free(template);
    out_free(message);
    out_free(masked);
}

static bool is_json(struct text text)
{
    json_t *json = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);

    json_decref(json);
    return json != NULL;
}

/* One command that the runner obeys, on one line. */
static bool is_command(struct text text)
{
    struct text rest;

    text_until(text, '\n', &rest);
    return text_starts(text, TEXT("::error ")) && rest.len == 0 && !memchr(text.at, '\r', text.len);
}

/* Lines, each of which begins with a priority, without any other control octet. */
static bool is_logged(struct text text)
{
    while (text.len > 0) {
        struct text line = text_until(text, '\n', &text);

        if (line.len < 4 || line.at[0] != '<' || line.at[1] < '3' || line.at[1] > '6' || line.at[2] != '>')
            return false;
        for (size_t i = 0; i < line.len; i++)
            if ((unsigned char)line.at[i] < ' ' || line.at[i] == 0x7F)
                return false;
    }
    return true;
}

/* The wire stands in <code>, where none of these is a sign. */
static bool is_quiet(struct text text)
{
    struct text rest = text;

    for (const char *at; (at = memmem(rest.at, rest.len, "<code>", 6));) {
        rest = text_part(rest, (size_t)(at - rest.at) + 6, rest.len);
        at = memmem(rest.at, rest.len, "</code>", 7);
        struct text code = text_part(rest, 0, at ? (size_t)(at - rest.at) : rest.len);

        for (size_t i = 0; i < code.len; i++)
            if (memchr("<>|`*_[]@\\:.\n\r", code.at[i], 14))
                return false;
    }
    return true;
}

static void check_others(const struct report_options *options, const struct httplint_exchange *exchange,
                         const struct httplint_finding *finding)
{
    static const struct {
        const char *format;
        bool (*is_good)(struct text);
    } others[] = { { "json", is_json },   { "sarif", is_json },      { "gitlab", is_json },   { "junit", sample_is_xml },
                   { "checkstyle", sample_is_xml }, { "github", is_command }, { "markdown", is_quiet },
                   { "syslog", is_logged } };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct out *out = written(others[i].format, options, exchange, finding);

        if (!others[i].is_good(out_held(out)))
            abort();
        out_free(out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct httplint_text places[PLACES];

    if (size == 0)
        return 0;
    split((struct text){ (const char *)data + 1, size - 1 }, places);
    const struct httplint_text spec[] = { { "RFC9110 15.5.6", 14 } };
    const struct httplint_rule rule = { .id = { "a-rule", 6 },
                                        .message = places[0],
                                        .spec = spec,
                                        .nspec = 1,
                                        .scope = "response",
                                        .severity = HTTPLINT_ERROR };
    const struct httplint_exchange exchange = { .number = 1,
                                                .version = "1.1",
                                                .status = 200,
                                                .method = { "GET", 3 },
                                                .url = places[4],
                                                .client = { "a", 1 },
                                                .server = { "b", 1 },
                                                .has_request = true,
                                                .response_head = places[5],
                                                .request_head = places[6] };
    const struct httplint_finding finding = { .rule = &rule,
                                              .severity = HTTPLINT_ERROR,
                                              .frame = 1,
                                              .side = data[0] & 2 ? HTTPLINT_REQUEST
                                                                  : HTTPLINT_RESPONSE,
                                              .message = places[1],
                                              .field = places[2],
                                              .evidence = places[3] };
    const struct report_options options = { .shows_secrets = data[0] & 1 };

    check_others(&options, &exchange, &finding);
    struct out *text = written("text", &options, &exchange, &finding);
    struct out *jsonl = written("jsonl", &options, &exchange, &finding);

    check_mask(places);
    check_text(out_held(text));
    check_json(out_held(jsonl), &exchange, &finding, !options.shows_secrets);
    out_free(text);
    out_free(jsonl);
    return 0;
}
