/* What each format's readers say of it, whatever the wire sent. */
#include "report/report.h"

#include <stdio.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"
#include "tests/support/tool.h"

enum { LARGE_OCTETS = 1 << 20 };

#define VALIDATE(schema) "python3 -W ignore tests/validate.py " schema " %"
#define XSD(schema)      "xmllint --nonet --huge --noout --schema tests/schema/" schema " %"

static const struct {
    const char *format, *program, *module, *line;
} consumers[] = {
    { "json", "python3", "jsonschema", VALIDATE("docs/schema/json.json") },
    { "sarif", "python3", "jsonschema", VALIDATE("tests/schema/sarif-2.1.0.json") },
    { "gitlab", "python3", "jsonschema", VALIDATE("tests/schema/gitlab.json") },
    { "junit", "xmllint", NULL, XSD("junit.xsd") },
    { "checkstyle", "xmllint", NULL, XSD("checkstyle.xsd") },
    { "syslog", "logger", NULL, "logger --no-act --stderr --prio-prefix --tag t --socket-errors=off < % 2>&1 | "
                                "awk '!/^<1[1-4]>.* t: / { print; bad = 1 } END { exit bad || NR == 0 }'" },
};

static void plain(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->number = 1;
    finding->is_uncertain = true;
}

/* As little as there may be. */
static void bare(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    *exchange = (struct httplint_exchange){ .number = 1, .stream = -1, .version = "" };
    finding->side = HTTPLINT_CONNECTION;
    finding->frame = finding->offset = finding->status = 0;
    finding->message = (struct httplint_text){ "", 0 };
}

static void large(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    static char octets[LARGE_OCTETS];

    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = SAMPLE_HOSTILE[i % (sizeof SAMPLE_HOSTILE - 1)];
    exchange->method = exchange->url = (struct httplint_text){ octets, sizeof octets };
    finding->message = finding->field = finding->evidence = exchange->url;
}

static void known(struct httplint_exchange *exchange, struct httplint_finding *finding)
{
    exchange->begun_us = INT64_MIN;
    finding->is_baselined = finding->is_expected = true;
    finding->state = HTTPLINT_UNCHANGED;
    finding->severity = HTTPLINT_INFO;
}

static const struct {
    const char *name, *file;
    void (*change)(struct httplint_exchange *, struct httplint_finding *);
    bool has_finding, shows_secrets;
} rows[] = {
    { "plain", "a.pcap", plain, true, false },
    { "no finding", "a.pcap", plain, false, false },
    { "bare", "-", bare, true, false },
    { "hostile", SAMPLE_HOSTILE, sample_be_hostile, true, false },
    { "hostile with secrets", "/tmp/a b.pcap", sample_be_hostile, true, true },
    { "large", "./a.pcap", large, true, true },
    { "known", "a.pcap", known, true, false },
};

enum { ROWS = sizeof rows / sizeof *rows };

static struct out *report_of(const char *format, size_t row)
{
    const struct httplint_note made = { .code = "gap", .message = SAMPLE_HOSTILE, .frame = 7, .stream = 2 };
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    const struct sample_report sample = {
        .format = format, .file = rows[row].file,
        .options = { .shows_secrets = rows[row].shows_secrets, .shows_exchanges = true }, .exchange = &exchange,
        .finding = rows[row].has_finding ? &finding : NULL, .note = &made, .has_summary = true,
    };

    rows[row].change(&exchange, &finding);
    return sample_out(&sample);
}

/* All rows at once, since to start a reader takes most of its time. */
static bool is_accepted(const char *format, const char *line, char words[TOOL_WORDS_MAX])
{
    struct out *outs[ROWS];
    struct text written[ROWS];

    for (size_t row = 0; row < ROWS; row++) {
        outs[row] = report_of(format, row);
        written[row] = out_held(outs[row]);
    }
    bool is_good = tool_run(line, written, ROWS, words);

    for (size_t row = 0; row < ROWS; row++)
        out_free(outs[row]);
    return is_good;
}

static void readers_accept_it(void)
{
    for (size_t i = 0; i < sizeof consumers / sizeof *consumers; i++) {
        char words[TOOL_WORDS_MAX];

        if (tool_is_there(consumers[i].program, consumers[i].module) &&
            !is_accepted(consumers[i].format, consumers[i].line, words))
            ROW_STRING(consumers[i].format, words, "accepted");
    }
}

/* Rendered, the summary has our elements and no others, and no link but to sections of RFCs. */
static void markdown_is_ours(void)
{
    static const char line[] =
        "for file in %; do cmark-gfm --unsafe -e table -e strikethrough -e autolink $file; done | "
        "grep -aoE '<[^>]*>' | sort -u | "
        "grep -vE '^</?(h3|p|table|thead|tbody|tr|th|td|code|details|summary|ul|li|t[hd] align=\"right\")>$' | "
        "grep -vE '^(</a>|<a href=\"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6\">)$'; true";
    char words[TOOL_WORDS_MAX] = "";

    if (tool_is_there("cmark-gfm", NULL))
        CU_ASSERT_TRUE(is_accepted("markdown", line, words));
    ROW_STRING("elements", words, "");
}

void report_consumers_suite(void);
void report_consumers_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/consumers", NULL, NULL);

    CU_add_test(suite, "schemas accept every report", readers_accept_it);
    CU_add_test(suite, "rendered Markdown has our elements only", markdown_is_ours);
}
