#include <stdlib.h>

#include "base/utf8.h"
#include "tests/support/loaded.h"
#include "tests/support/sample.h"

enum { WRITTEN_MAX = 1 << 20, LARGE_OCTETS = 1 << 20 };

#define CONTEXT "   198.18.0.2:40001 > 198.18.0.1:80   RFC9110 15.5.6\n"
#define FINDING                                                                                    \
    "api.pcap:42: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"        \
    "    PUT http://shop.example/a -> 405" CONTEXT

static void change_nothing(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)exchange;
    (void)finding;
}

static void make_uncertain(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)exchange;
    finding->is_uncertain = true;
    finding->severity = HTTPLINT_INFO;
}

static void lose_response(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->status = 0;
    exchange->has_response = false;
    finding->status = 0;
    finding->frame = 0;
}

static void lose_request(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->has_request = false;
    exchange->method = exchange->url = SAMPLE_TEXT("");
    exchange->is_complete = false;
    finding->status = 103;
}

static void lose_client(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)finding;
    exchange->client = SAMPLE_TEXT("");
}

static void lose_ends(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)finding;
    exchange->client = exchange->server = SAMPLE_TEXT("");
}

static void add_user(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    (void)finding;
    exchange->url = SAMPLE_TEXT("http://u:secret@shop.example/a");
}

static void be_hostile(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->method = SAMPLE_TEXT("P\033[2J");
    exchange->url = SAMPLE_TEXT("http://a/\t\xFF\xC2\x9B");
    finding->message = SAMPLE_TEXT("line\r\nend\033]0;x\007");
}

static const struct {
    const char *name;
    void (*change)(struct httplint_exchange *, struct httplint_finding *);
    struct report_options options;
    bool has_finding;
    const char *written;
} rows[] = {
    { "as in the manual", change_nothing, { 0 }, true, FINDING },
    { "uncertain", make_uncertain, { 0 }, true,
      "api.pcap:42: info: 405 Method Not Allowed without Allow (uncertain) [status-405-allow-missing]\n"
      "    PUT http://shop.example/a -> 405" CONTEXT },
    { "no response, no frame", lose_response, { 0 }, true,
      "api.pcap: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"
      "    PUT http://shop.example/a -> (response not seen)" CONTEXT },
    { "no request, an interim response", lose_request, { 0 }, true,
      "api.pcap:42: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"
      "    (request not seen) -> 103" CONTEXT },
    { "no client", lose_client, { 0 }, true,
      "api.pcap:42: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"
      "    PUT http://shop.example/a -> 405   ? > 198.18.0.1:80   RFC9110 15.5.6\n" },
    { "neither end", lose_ends, { 0 }, true,
      "api.pcap:42: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"
      "    PUT http://shop.example/a -> 405   RFC9110 15.5.6\n" },
    { "masked", add_user, { 0 }, true,
      "api.pcap:42: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"
      "    PUT http://***@shop.example/a -> 405" CONTEXT },
    { "not masked", add_user, { .shows_secrets = true }, true,
      "api.pcap:42: error: 405 Method Not Allowed without Allow [status-405-allow-missing]\n"
      "    PUT http://u:secret@shop.example/a -> 405" CONTEXT },
    { "hostile", be_hostile, { 0 }, true,
      "api.pcap:42: error: line\\r\\nend\\x1B]0;x\\x07 [status-405-allow-missing]\n"
      "    P\\x1B[2J http://a/\\t\\xFF\\xC2\\x9B -> 405" CONTEXT },
    { "in colour", change_nothing, { .is_coloured = true }, true,
      "\033[1mapi.pcap:42:\033[0m \033[1;31merror:\033[0m 405 Method Not Allowed without Allow"
      "\033[2m [status-405-allow-missing]\033[0m\n"
      "\033[2m    PUT http://shop.example/a -> 405   198.18.0.2:40001 > 198.18.0.1:80   RFC9110 15.5.6\033[0m\n" },
    { "below what is shown", make_uncertain, { .min_severity = HTTPLINT_WARNING }, true, "" },
    { "no finding", change_nothing, { 0 }, false, "" },
    { "an exchange", change_nothing, { .shows_exchanges = true }, false,
      "api.pcap:40: 405 PUT http://shop.example/a   198.18.0.2:40001 > 198.18.0.1:80   5120 octets 12 ms\n" },
    { "an exchange with a finding", change_nothing, { .shows_exchanges = true }, true, FINDING },
    { "an exchange with a hidden finding", make_uncertain,
      { .shows_exchanges = true, .min_severity = HTTPLINT_ERROR }, true,
      "api.pcap:40: 405 PUT http://shop.example/a   198.18.0.2:40001 > 198.18.0.1:80   5120 octets 12 ms\n" },
    { "an exchange without request", lose_request, { .shows_exchanges = true }, false,
      "api.pcap:40: 405 (request not seen)   198.18.0.2:40001 > 198.18.0.1:80   5120 octets 12 ms (not seen whole)\n" },
    { "an exchange without response", lose_response, { .shows_exchanges = true }, false,
      "api.pcap:40: --- PUT http://shop.example/a   198.18.0.2:40001 > 198.18.0.1:80   5120 octets 12 ms\n" },
};

static void text_rows(void)
{
    static char written[4096];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        const struct sample_report sample = {
            .format = "text", .file = "api.pcap", .options = rows[i].options, .exchange = &exchange,
            .finding = rows[i].has_finding ? &finding : NULL, .has_summary = true,
        };

        rows[i].change(&exchange, &finding);
        sample_write(&sample, written, sizeof written);
        ROW_STRING(rows[i].name, written, rows[i].written);
    }
}

static void text_notes(void)
{
    const struct httplint_note note = { "gap", "octets are missing from the stream", 7, 3 };
    struct sample_report sample = { .format = "text", .file = "a\tb", .note = &note };
    char written[256];

    sample_write(&sample, written, sizeof written);
    ROW_STRING("not asked for", written, "");
    sample.options.shows_notes = true;
    sample_write(&sample, written, sizeof written);
    ROW_STRING("asked for", written, "a\\tb:7: note: octets are missing from the stream (stream 3) [gap]\n");
}

static void text_rules(void)
{
    struct httplint_rule rule = sample_rule();
    const struct httplint_rule_counts counts = { 10, 2, 300, { 4 } };
    const struct report_options options = { 0 };
    const struct reporter *reporter = reporter_find("text");
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(&options, out);

    reporter->rule(report, &rule);
    reporter->statistics(report, &rule, &counts);
    reporter->end(report, NULL, 0);
    out_text(out, (struct text){ "", 1 });
    ROW_STRING("rule and statistics", out_held(out).at,
               "status-405-allow-missing                       error   405 Method Not Allowed without Allow"
               "   RFC9110 15.5.6\n"
               "rule                                                   kept       broken inapplicable  undecidable\n"
               "status-405-allow-missing                                 10            2          300            4   4 request-unseen\n");
    out_free(out);
}

/* Nothing but printable characters and line ends. */
static bool is_harmless(const char *written)
{
    struct text rest = text_of(written);

    while (rest.len > 0) {
        uint32_t code = 0;
        size_t len = utf8_character(rest, &code);

        if (len == 0 || (code < ' ' && code != '\n') || (code >= 0x7F && code <= 0x9F))
            return false;
        rest = text_part(rest, len, rest.len);
    }
    return true;
}

static unsigned lines(const char *written)
{
    unsigned count = 0;

    for (; (written = strchr(written, '\n')) != NULL; written++)
        count++;
    return count;
}

/* All that the wire or a file name can hold, in every place, at once. */
static void text_hostile(void)
{
    char *written = malloc(WRITTEN_MAX), *octets = malloc(LARGE_OCTETS);

    for (unsigned octet = 0; octet < 256; octet++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        const struct httplint_note note = { "limit", "a limit", 1, 0 };
        const struct sample_report sample = {
            .format = "text", .file = "\x1B\xFF", .options = { .shows_notes = true, .shows_exchanges = true },
            .exchange = &exchange, .finding = octet % 2 ? &finding : NULL, .note = &note, .has_summary = true,
        };

        memset(octets, (int)octet, LARGE_OCTETS);
        exchange.method = exchange.url = exchange.client = exchange.server =
            (struct httplint_text){ octets, octet % 16 == 0 ? LARGE_OCTETS : 1 };
        finding.message = finding.field = finding.evidence = rule.id = exchange.url;
        rule.id.len = 1;
        sample_write(&sample, written, WRITTEN_MAX);
        CU_ASSERT_TRUE(is_harmless(written));
        CU_ASSERT_EQUAL(lines(written), octet % 2 ? 3 : 2);
        CU_ASSERT_TRUE(strlen(written) < 64 << 10);
    }
    free(written);
    free(octets);
}

void report_text_suite(void);
void report_text_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/text", NULL, NULL);

    CU_add_test(suite, "findings and exchanges", text_rows);
    CU_add_test(suite, "notes", text_notes);
    CU_add_test(suite, "rules and statistics", text_rules);
    CU_add_test(suite, "hostile octets everywhere", text_hostile);
}
