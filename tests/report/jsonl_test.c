#include <stdlib.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"
#include "tests/support/schema.h"

enum { WRITTEN_MAX = 1 << 20, LARGE_OCTETS = 1 << 20 };

static const char schema_path[] = "docs/schema/jsonl.json";

static void full(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    static const unsigned interim[] = { 100, 103 };

    exchange->interim = interim;
    exchange->ninterim = 2;
    finding->field = SAMPLE_TEXT("Cookie");
    finding->evidence = SAMPLE_TEXT("a=secret");
    finding->is_uncertain = true;
}

static void bare(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    *exchange = (struct httplint_exchange){ .number = 1, .stream = -1, .version = "" };
    finding->side = HTTPLINT_CONNECTION;
    finding->party = HTTPLINT_PARTY_UNKNOWN;
    finding->frame = finding->offset = finding->status = 0;
    finding->time_us = 0;
}

static void octets(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->url = SAMPLE_TEXT("http://u:secret@a/\"<>\\\xFF\xC2\x9B\x00");
    finding->message = SAMPLE_TEXT("\"\xC3\xA4\"\n");
}

#define PLACE                                                                                      \
    "\"client\":\"198.18.0.2:40001\",\"server\":\"198.18.0.1:80\",\"method\":\"PUT\",\"url\":\"http://shop.example/a\","
#define SUMMARY                                                                                    \
    "{\"type\":\"summary\",\"inputs\":1,\"packets\":8,\"octets\":1234,\"streams\":1,\"requests\":1,\"responses\":1," \
    "\"exchanges\":1,\"statuses\":{"

static const struct {
    const char *name;
    void (*change)(struct httplint_exchange *, struct httplint_finding *);
    struct report_options options;
    bool has_finding;
    const char *written;
} rows[] = {
    { "all keys", full, { 0 }, true,
      "{\"type\":\"finding\",\"rule\":\"status-405-allow-missing\",\"severity\":\"error\","
      "\"message\":\"405 Method Not Allowed without Allow\",\"spec\":[\"RFC9110 15.5.6\"],\"file\":\"a.pcap\",\"frame\":42,"
      "\"time\":\"2024-05-01T10:00:00.012000Z\",\"stream\":0,\"exchange\":3,\"side\":\"response\",\"party\":\"server\","
      "\"offset\":1000," PLACE "\"status\":405,\"field\":\"Cookie\",\"evidence\":\"***\",\"uncertain\":true}\n"
      "{\"type\":\"exchange\",\"file\":\"a.pcap\",\"stream\":0,\"exchange\":3,\"frame\":40,"
      "\"time\":\"2024-05-01T10:00:00.000001Z\",\"duration_us\":12344," PLACE "\"version\":\"1.1\",\"status\":405,"
      "\"interim\":[100,103],\"request_octets\":5,\"response_octets\":5120,\"complete\":true,\"findings\":1}\n" SUMMARY
      "\"405\":1},\"findings\":{\"error\":1,\"warning\":0,\"info\":0},\"notes\":{}}\n" },
    { "no more keys than apply", bare, { 0 }, true,
      "{\"type\":\"finding\",\"rule\":\"status-405-allow-missing\",\"severity\":\"error\","
      "\"message\":\"405 Method Not Allowed without Allow\",\"spec\":[\"RFC9110 15.5.6\"],\"file\":\"a.pcap\","
      "\"exchange\":1,\"side\":\"connection\",\"party\":\"unknown\",\"offset\":0,\"uncertain\":false}\n"
      "{\"type\":\"exchange\",\"file\":\"a.pcap\",\"exchange\":1,\"time\":\"1970-01-01T00:00:00.000000Z\","
      "\"duration_us\":0,\"complete\":false,\"findings\":1}\n" SUMMARY
      "\"invalid\":1},\"findings\":{\"error\":1,\"warning\":0,\"info\":0},\"notes\":{}}\n" },
    { "octets", octets, { .shows_secrets = true }, true,
      "{\"type\":\"finding\",\"rule\":\"status-405-allow-missing\",\"severity\":\"error\",\"message\":\"\\\"\\u00E4\\\"\\n\","
      "\"spec\":[\"RFC9110 15.5.6\"],\"file\":\"a.pcap\",\"frame\":42,\"time\":\"2024-05-01T10:00:00.012000Z\",\"stream\":0,"
      "\"exchange\":3,\"side\":\"response\",\"party\":\"server\",\"offset\":1000,\"client\":\"198.18.0.2:40001\","
      "\"server\":\"198.18.0.1:80\",\"method\":\"PUT\",\"url\":\"http://u:secret@a/\\\"<>\\\\\\uFFFD\\u009B\\u0000\","
      "\"status\":405,\"uncertain\":false}\n"
      "{\"type\":\"exchange\",\"file\":\"a.pcap\",\"stream\":0,\"exchange\":3,\"frame\":40,"
      "\"time\":\"2024-05-01T10:00:00.000001Z\",\"duration_us\":12344,\"client\":\"198.18.0.2:40001\","
      "\"server\":\"198.18.0.1:80\",\"method\":\"PUT\",\"url\":\"http://u:secret@a/\\\"<>\\\\\\uFFFD\\u009B\\u0000\","
      "\"version\":\"1.1\",\"status\":405,\"request_octets\":5,\"response_octets\":5120,\"complete\":true,"
      "\"findings\":1}\n" SUMMARY "\"405\":1},\"findings\":{\"error\":1,\"warning\":0,\"info\":0},\"notes\":{}}\n" },
    { "an exchange that was not asked for", full, { 0 }, false,
      SUMMARY "\"405\":1},\"findings\":{\"error\":0,\"warning\":0,\"info\":0},\"notes\":{}}\n" },
    { "hidden findings are counted", full, { .min_severity = HTTPLINT_ERROR + 1 }, true,
      SUMMARY "\"405\":1},\"findings\":{\"error\":1,\"warning\":0,\"info\":0},\"notes\":{}}\n" },
    { "an exchange", full, { .shows_exchanges = true }, false,
      "{\"type\":\"exchange\",\"file\":\"a.pcap\",\"stream\":0,\"exchange\":3,\"frame\":40,"
      "\"time\":\"2024-05-01T10:00:00.000001Z\",\"duration_us\":12344," PLACE "\"version\":\"1.1\",\"status\":405,"
      "\"interim\":[100,103],\"request_octets\":5,\"response_octets\":5120,\"complete\":true,\"findings\":0}\n" SUMMARY
      "\"405\":1},\"findings\":{\"error\":0,\"warning\":0,\"info\":0},\"notes\":{}}\n" },
};

static void expect_schema(const char *row, json_t *schema, const char *written)
{
    char why[256] = "";
    unsigned line = schema_first_bad_line(schema, written, why);

    ROW_STRING(row, line > 0 ? why : "", "");
}

static void jsonl_rows(void)
{
    static char written[8192];
    json_t *schema = schema_load(schema_path);

    CU_ASSERT_PTR_NOT_NULL_FATAL(schema);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        const struct sample_report sample = {
            .format = "jsonl", .file = "a.pcap", .options = rows[i].options, .exchange = &exchange,
            .finding = rows[i].has_finding ? &finding : NULL, .has_summary = true,
        };

        rows[i].change(&exchange, &finding);
        sample_write(&sample, written, sizeof written);
        ROW_STRING(rows[i].name, written, rows[i].written);
        expect_schema(rows[i].name, schema, written);
    }
    json_decref(schema);
}

/* A rule of the user's, statistics, a note, and a summary with everything in it. */
static void jsonl_others(void)
{
    const struct reporter *reporter = reporter_find("jsonl");
    const struct report_options options = { 0 };
    const struct httplint_rule_counts counts = { 1, 2, 3, { 4 } };
    const struct httplint_note note = { "gap", "octets are missing from the stream", 7, 3 };
    struct httplint_rule rule = sample_rule();
    struct httplint_summary sum = { .statuses = { [0] = 1, [99] = 1, [200] = 2, [404] = 3 } };
    json_t *schema = schema_load(schema_path);
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(&options, out);

    sum.notes[0] = 5;
    reporter->rule(report, &rule);
    rule.is_builtin = false;
    rule.why = SAMPLE_TEXT("");
    reporter->rule(report, &rule);
    reporter->statistics(report, &rule, &counts);
    reporter->note(report, "-", &note);
    reporter->end(report, &sum, 2);
    out_text(out, (struct text){ "", 1 });
    ROW_STRING(
        "others", out_held(out).at,
        "{\"type\":\"rule\",\"rule\":\"status-405-allow-missing\",\"severity\":\"error\",\"family\":\"status\","
        "\"scope\":\"response\",\"spec\":[\"RFC9110 15.5.6\"],\"message\":\"405 Method Not Allowed without Allow\","
        "\"why\":\"Only Allow tells the client what it may send instead.\",\"source\":\"built-in\"}\n"
        "{\"type\":\"rule\",\"rule\":\"status-405-allow-missing\",\"severity\":\"error\",\"family\":\"status\","
        "\"scope\":\"response\",\"spec\":[\"RFC9110 15.5.6\"],\"message\":\"405 Method Not Allowed without Allow\","
        "\"source\":\"rules/status.yaml:12\"}\n"
        "{\"type\":\"statistics\",\"rule\":\"status-405-allow-missing\",\"kept\":1,\"broken\":2,\"not_applicable\":3,"
        "\"undecidable\":{\"request-unseen\":4}}\n"
        "{\"type\":\"note\",\"code\":\"gap\",\"message\":\"octets are missing from the stream\",\"file\":\"-\",\"frame\":7,"
        "\"stream\":3}\n"
        "{\"type\":\"summary\",\"inputs\":2,\"packets\":0,\"octets\":0,\"streams\":0,\"requests\":0,\"responses\":0,"
        "\"exchanges\":0,\"statuses\":{\"099\":1,\"200\":2,\"404\":3,\"invalid\":1},"
        "\"findings\":{\"error\":0,\"warning\":0,\"info\":0},\"notes\":{\"gap\":5}}\n");
    expect_schema("others", schema, out_held(out).at);
    json_decref(schema);
    out_free(out);
}

/* What a schema is for: it refuses what the writer must not write. */
static void jsonl_schema_refuses(void)
{
    static const struct {
        const char *name, *line;
    } bad[] = {
        { "no type", "{}\n" },
        { "unknown type", "{\"type\":\"other\"}\n" },
        { "a missing key", "{\"type\":\"note\",\"code\":\"gap\"}\n" },
        { "an unknown key", "{\"type\":\"note\",\"code\":\"gap\",\"file\":\"a\",\"more\":1}\n" },
        { "a wrong type", "{\"type\":\"note\",\"code\":\"gap\",\"file\":\"a\",\"frame\":\"7\"}\n" },
        { "a number too small", "{\"type\":\"note\",\"code\":\"gap\",\"file\":\"a\",\"frame\":0}\n" },
        { "an unknown word", "{\"type\":\"rule\",\"rule\":\"a\",\"severity\":\"bad\",\"family\":\"a\",\"scope\":\"request\","
                             "\"spec\":[],\"message\":\"\",\"source\":\"\"}\n" },
        { "no line end", "{\"type\":\"note\",\"code\":\"gap\",\"file\":\"a\"}" },
        { "no JSON", "{\n" },
    };
    json_t *schema = schema_load(schema_path);
    char why[256];

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ROW_TRUE(bad[i].name, schema_first_bad_line(schema, bad[i].line, why) == 1);
    CU_ASSERT_EQUAL(schema_first_bad_line(schema, "{\"type\":\"note\",\"code\":\"gap\",\"file\":\"a\"}\n", why), 0);
    json_decref(schema);
}

/* Each octet, a megabyte of it, in every place at once: strict JSON, as the schema has it, below 64 KiB a finding. */
static void jsonl_hostile(void)
{
    char *written = malloc(WRITTEN_MAX), *wire = malloc(LARGE_OCTETS);
    json_t *schema = schema_load(schema_path);

    for (unsigned octet = 0; octet < 256; octet++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        const struct httplint_note note = { "limit", "\x1B\xFF", 1, 0 };
        const struct sample_report sample = {
            .format = "jsonl", .file = "\x1B\xFF\"", .exchange = &exchange, .finding = &finding, .note = &note,
            .options.shows_secrets = octet % 2, .has_summary = true,
        };

        memset(wire, (int)octet, LARGE_OCTETS);
        exchange.method = exchange.url = exchange.client = exchange.server =
            (struct httplint_text){ wire, octet % 16 == 0 ? LARGE_OCTETS : 1 };
        finding.message = finding.field = finding.evidence = exchange.url;
        sample_write(&sample, written, WRITTEN_MAX);
        expect_schema("hostile", schema, written);
        CU_ASSERT_TRUE(strcspn(written, "\n") < 64 << 10);
    }
    json_decref(schema);
    free(written);
    free(wire);
}

void report_jsonl_suite(void);
void report_jsonl_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/jsonl", NULL, NULL);

    CU_add_test(suite, "findings, exchanges, summary", jsonl_rows);
    CU_add_test(suite, "rules, statistics, notes", jsonl_others);
    CU_add_test(suite, "the schema refuses", jsonl_schema_refuses);
    CU_add_test(suite, "hostile octets everywhere", jsonl_hostile);
}
