#include "tests/support/sample.h"

#include <string.h>

#include "base/xml.h"
#include "tests/support/loaded.h"

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

struct out *sample_out(const struct sample_report *sample)
{
    const struct reporter *reporter = reporter_find(sample->format);
    struct httplint_summary sum = { 0 };
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(&sample->options, out);

    add_up(sample, &sum);
    if (sample->exchange)
        reporter->exchange(report, sample->file, sample->exchange, sample->finding,
                           sample->finding ? 1 : 0);
    if (sample->note && reporter->note)
        reporter->note(report, sample->file, sample->note);
    reporter->end(report, sample->has_summary ? &sum : NULL, 1);
    return out;
}

void sample_write(const struct sample_report *sample, char *written, size_t size)
{
    struct out *out = sample_out(sample);
    struct text held = text_part(out_held(out), 0, size - 1);

    if (held.len > 0)
        memcpy(written, held.at, held.len);
    written[held.len] = '\0';
    out_free(out);
}

void sample_be_hostile(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->method = exchange->url = SAMPLE_TEXT(SAMPLE_HOSTILE);
    exchange->client = exchange->server = SAMPLE_TEXT(SAMPLE_HOSTILE);
    finding->message = finding->field = finding->evidence = SAMPLE_TEXT(SAMPLE_HOSTILE);
}

static void be_plain(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)exchange;
    (void)finding;
}

static void be_odd(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->url = SAMPLE_TEXT("http://u:secret@a/%0A,:|<b>\n::error::x");
    finding->message = SAMPLE_TEXT("\"]]>\x1B\xFF%25\r\n@user");
}

static void be_unplaced(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    *exchange = (struct httplint_exchange){ .number = 1, .stream = -1, .version = "" };
    finding->frame = finding->status = 0;
    finding->severity = HTTPLINT_WARNING;
}

static void be_known(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)exchange;
    finding->is_baselined = true;
    finding->severity = HTTPLINT_INFO;
}

static void be_fixed(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)exchange;
    finding->state = HTTPLINT_FIXED;
}

static const struct {
    const char *name, *file;
    void (*change)(struct httplint_exchange *, struct httplint_finding *);
    struct report_options options;
} cases[SAMPLE_CASES] = {
    { "plain", "a.pcap", be_plain, { 0 } },
    { "odd", "a,b:c%0A <x>.pcap", be_odd, { 0 } },
    { "no place", "-", be_unplaced, { 0 } },
    { "known", "a.pcap", be_known, { .fail_on = HTTPLINT_ERROR } },
    { "fixed", "a.pcap", be_fixed, { 0 } },
    { "hidden", "a.pcap", be_plain, { .min_severity = HTTPLINT_ERROR + 1 } },
};

void sample_check(const char *format, const char *const written[SAMPLE_CASES])
{
    static char got[8192];

    for (size_t i = 0; i < SAMPLE_CASES; i++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        const struct httplint_note made = { .code = "gap", .message = "3 octets <lost>", .frame = 7, .stream = 2 };
        const struct sample_report sample = { .format = format, .file = cases[i].file, .options = cases[i].options,
                                              .exchange = &exchange, .finding = &finding, .note = &made,
                                              .has_summary = true };

        cases[i].change(&exchange, &finding);
        sample_write(&sample, got, sizeof got);
        ROW_STRING(cases[i].name, got, written[i]);
    }
}

static void ignore(void *context, struct text space, struct text name)
{
    (void)context;
    (void)space;
    (void)name;
}

static void ignore_end(void *context)
{
    (void)context;
}

bool sample_is_xml(struct text octets)
{
    const struct xml_sink sink = { ignore, ignore_end, NULL };

    return xml_read(octets, true, TEXT("UTF-8"), &sink) == XML_WHOLE;
}
