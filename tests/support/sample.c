#include "tests/support/sample.h"

#include <string.h>

static const struct httplint_text specs[] = { { "RFC9110 15.5.6", 14 } };

struct httplint_rule sample_rule(void)
{
    return (struct httplint_rule){
        .id = SAMPLE_TEXT("status-405-allow-missing"),
        .family = SAMPLE_TEXT("status"),
        .message = SAMPLE_TEXT("405 Method Not Allowed without Allow"),
        .why = SAMPLE_TEXT("Only Allow tells the client what it may send instead."),
        .level = SAMPLE_TEXT("MUST"),
        .source = SAMPLE_TEXT("rules/status.yaml"),
        .spec = specs,
        .nspec = 1,
        .scope = "response",
        .severity = HTTPLINT_ERROR,
        .party = HTTPLINT_PARTY_SERVER,
        .line = 12,
        .is_builtin = true,
    };
}

struct httplint_exchange sample_exchange(void)
{
    return (struct httplint_exchange){
        .number = 3,
        .stream = 0,
        .frame = 40,
        .begun_us = 1714557600000001,
        .ended_us = 1714557600012345,
        .client = SAMPLE_TEXT("198.18.0.2:40001"),
        .server = SAMPLE_TEXT("198.18.0.1:80"),
        .method = SAMPLE_TEXT("PUT"),
        .url = SAMPLE_TEXT("http://shop.example/a"),
        .version = "1.1",
        .status = 405,
        .request_octets = 5,
        .response_octets = 5120,
        .has_request = true,
        .has_response = true,
        .is_complete = true,
        .request_head = SAMPLE_TEXT("PUT /a HTTP/1.1\r\nHost: shop.example\r\n\r\n"),
        .response_head = SAMPLE_TEXT("HTTP/1.1 405 Method Not Allowed\r\n\r\n"),
    };
}

struct httplint_finding sample_finding(const struct httplint_rule *rule)
{
    return (struct httplint_finding){
        .rule = rule,
        .severity = rule->severity,
        .side = HTTPLINT_RESPONSE,
        .party = rule->party,
        .message = rule->message,
        .status = 405,
        .frame = 42,
        .offset = 1000,
        .time_us = 1714557600012000,
    };
}

static void add_up(const struct sample_report *sample, struct httplint_summary *sum)
{
    sum->packets = 8;
    sum->octets = 1234;
    sum->streams = 1;
    if (sample->exchange) {
        sum->requests = sum->responses = sum->exchanges = 1;
        sum->statuses[sample->exchange->status % HTTPLINT_STATUSES] = 1;
    }
    if (sample->finding)
        sum->findings[sample->finding->severity] = 1;
}

void sample_write(const struct sample_report *sample, char *written, size_t size)
{
    const struct reporter *reporter = reporter_find(sample->format);
    struct httplint_summary sum = { 0 };
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(&sample->options, out);

    add_up(sample, &sum);
    if (sample->exchange)
        reporter->exchange(report, sample->file, sample->exchange, sample->finding,
                           sample->finding ? 1 : 0);
    if (sample->note)
        reporter->note(report, sample->file, sample->note);
    reporter->end(report, sample->has_summary ? &sum : NULL, 1);
    struct text held = text_part(out_held(out), 0, size - 1);

    memcpy(written, held.at, held.len);
    written[held.len] = '\0';
    out_free(out);
}
