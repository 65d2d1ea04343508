#include "report/report.h"

#include <jansson.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

enum { MANY = 5000 };

/* The line of jsonl that the same record gives. */
static json_t *line_of(const struct sample_report *sample, unsigned number)
{
    static char written[1 << 16];
    struct sample_report lines = *sample;
    struct text rest, line = { NULL, 0 };

    lines.format = "jsonl";
    sample_write(&lines, written, sizeof written);
    rest = text_of(written);
    for (unsigned i = 0; i < number; i++)
        line = text_until(rest, '\n', &rest);
    return json_loadb(line.at, line.len, 0, NULL);
}

static void expect_same(const struct sample_report *sample, json_t *got, unsigned line)
{
    json_t *wanted = line_of(sample, line);

    CU_ASSERT_TRUE(json_equal(got, wanted));
    json_decref(wanted);
}

/* Each element is the line of jsonl. */
static void elements_are_lines(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    const struct httplint_note made = { .code = "gap", .message = SAMPLE_HOSTILE, .frame = 7, .stream = 2 };
    const struct sample_report sample = { .format = "json", .file = "a.pcap", .exchange = &exchange, .finding = &finding,
                                          .note = &made, .has_summary = true };

    sample_be_hostile(&exchange, &finding);
    struct out *out = sample_out(&sample);
    json_t *document = json_loadb(out_held(out).at, out_held(out).len, JSON_REJECT_DUPLICATES, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(document);
    CU_ASSERT_EQUAL(json_object_size(document), 4);
    expect_same(&sample, json_array_get(json_object_get(document, "findings"), 0), 1);
    expect_same(&sample, json_array_get(json_object_get(document, "exchanges"), 0), 2);
    expect_same(&sample, json_array_get(json_object_get(document, "notes"), 0), 3);
    expect_same(&sample, json_object_get(document, "summary"), 4);
    json_decref(document);
    out_free(out);
}

static void without_records(void)
{
    char written[1024];

    sample_write(&(struct sample_report){ .format = "json", .file = "a" }, written, sizeof written);
    ROW_STRING("rules", written, "{\"rules\":[]}\n");
    sample_write(&(struct sample_report){ .format = "json", .file = "a", .has_summary = true }, written, sizeof written);
    ROW_TRUE("nothing found",
             strncmp(written, "{\"findings\":[],\n\"exchanges\":[],\n\"notes\":[],\n\"summary\":{", 55) == 0);
}

/* More than is held in memory, with statistics. */
static void many(void)
{
    const struct reporter *reporter = reporter_find("json");
    const struct httplint_summary sum = { .exchanges = MANY };
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(&(struct report_options){ 0 }, out);

    for (unsigned i = 0; i < MANY; i++)
        reporter->exchange(report, "a.pcap", &exchange, &finding, 1);
    reporter->statistics(report, &rule, &(struct httplint_rule_counts){ .broken = MANY });
    reporter->end(report, &sum, 1);
    json_t *document = json_loadb(out_held(out).at, out_held(out).len, JSON_REJECT_DUPLICATES, NULL);

    CU_ASSERT_EQUAL(json_array_size(json_object_get(document, "findings")), MANY);
    CU_ASSERT_EQUAL(json_array_size(json_object_get(document, "exchanges")), MANY);
    CU_ASSERT_EQUAL(json_array_size(json_object_get(document, "statistics")), 1);
    json_decref(document);
    out_free(out);
}

void report_json_suite(void);
void report_json_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/json", NULL, NULL);

    CU_add_test(suite, "elements are the lines of jsonl", elements_are_lines);
    CU_add_test(suite, "without records", without_records);
    CU_add_test(suite, "many records", many);
}
