#include "report/report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

enum { LIMIT = 25000, NOTES_LIMIT = 1000 };

/* A report under way, and what it becomes. */
struct log {
    const struct reporter *reporter;
    struct out *out;
    struct report *report;
};

static struct log log_begin(const struct report_options *options)
{
    struct log log = { reporter_find("sarif"), out_new_memory(), NULL };

    log.report = log.reporter->begin(options, log.out);
    return log;
}

static void log_tell(struct log *log, const char *file, const struct httplint_exchange *exchange,
                     const struct httplint_finding *finding)
{
    log->reporter->exchange(log->report, file, exchange, finding, 1);
}

/* The run of the document; what holds it is freed by json_decref of `*document`. */
static json_t *log_end(struct log *log, bool has_run, json_t **document)
{
    const struct httplint_summary sum = { .exchanges = 1 };

    log->reporter->end(log->report, has_run ? &sum : NULL, 1);
    struct text held = out_held(log->out);

    *document = json_loadb(held.at, held.len, JSON_REJECT_DUPLICATES, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(*document);
    out_free(log->out);
    return json_array_get(json_object_get(*document, "runs"), 0);
}

/* What stands at "results.0.message.text" and the like, as compact JSON. */
static void expect_at(json_t *json, const char *path, const char *wanted)
{
    char rest[128], *key = rest, *dot;

    snprintf(rest, sizeof rest, "%s", path);
    for (; key; key = dot ? dot + 1 : NULL) {
        dot = strchr(key, '.');
        if (dot)
            *dot = '\0';
        json = json_is_array(json) ? json_array_get(json, (size_t)(key[0] - '0')) : json_object_get(json, key);
        if (!dot)
            break;
    }
    char *got = json ? json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    ROW_STRING(path, got ? got : "nothing", wanted);
    free(got);
}

static void keys_are_there(void)
{
    struct httplint_rule rule = sample_rule(), other = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    const struct httplint_note made = { .code = "gap", .message = "lost", .frame = 7, .stream = 2 };
    struct log log = log_begin(&(struct report_options){ 0 });
    json_t *document, *run;

    other.id = SAMPLE_TEXT("own-x");
    other.why = SAMPLE_TEXT("");
    other.nspec = 0;
    log_tell(&log, "a.pcap", &exchange, &finding);
    finding.file_at = 1234;
    finding.file_octets = 26;
    log_tell(&log, "/b c/%.pcap", &exchange, &finding);
    finding.rule = &other;
    finding.severity = HTTPLINT_INFO;
    finding.is_expected = finding.is_baselined = true;
    log_tell(&log, "a.pcap", &exchange, &finding);
    log.reporter->note(log.report, "a.pcap", &made);
    run = log_end(&log, true, &document);
    expect_at(document, "version", "\"2.1.0\"");
    expect_at(run, "results.0.ruleId", "\"status-405-allow-missing\"");
    expect_at(run, "results.0.level", "\"error\"");
    expect_at(run, "results.0.message.text", "\"405 Method Not Allowed without Allow (PUT http://shop.example/a -> 405).\"");
    expect_at(run, "results.0.locations.0.physicalLocation",
              "{\"artifactLocation\":{\"uri\":\"a.pcap\"},\"region\":{\"startLine\":42}}");
    expect_at(run, "results.0.partialFingerprints.primaryLocationLineHash", "\"940a0674b0d7f7214d1410b099eba36b:1\"");
    expect_at(run, "results.0.partialFingerprints.httplint/v1", "\"940a0674b0d7f7214d1410b099eba36b\"");
    expect_at(run, "results.0.properties.offset", "1000");
    expect_at(run, "results.0.baselineState", "nothing");
    expect_at(run, "results.1.ruleIndex", "0");
    expect_at(run, "results.1.locations.0.physicalLocation.region",
              "{\"startLine\":42,\"byteOffset\":1234,\"byteLength\":26}");
    expect_at(run, "results.1.locations.0.physicalLocation.artifactLocation.uri", "\"file:///b%20c/%25.pcap\"");
    expect_at(run, "results.1.partialFingerprints.primaryLocationLineHash", "\"940a0674b0d7f7214d1410b099eba36b:2\"");
    expect_at(run, "results.2.ruleIndex", "1");
    expect_at(run, "results.2.level", "\"note\"");
    expect_at(run, "results.2.baselineState", "\"unchanged\"");
    expect_at(run, "results.2.suppressions.0.kind", "\"external\"");
    expect_at(run, "tool.driver.rules.0.name", "\"Status405AllowMissing\"");
    expect_at(run, "tool.driver.rules.0.helpUri", "\"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6\"");
    expect_at(run, "tool.driver.rules.0.defaultConfiguration.level", "\"error\"");
    expect_at(run, "tool.driver.rules.0.properties.tags", "[\"http\",\"status\",\"MUST\",\"RFC9110 15.5.6\"]");
    expect_at(run, "tool.driver.rules.0.help.text",
              "\"Only Allow tells the client what it may send instead. See RFC9110 15.5.6.\"");
    expect_at(run, "tool.driver.rules.1.id", "\"own-x\"");
    expect_at(run, "tool.driver.rules.1.helpUri", "nothing");
    expect_at(run, "tool.driver.rules.1.fullDescription.text", "\"405 Method Not Allowed without Allow\"");
    expect_at(run, "invocations.0.executionSuccessful", "true");
    expect_at(run, "invocations.0.toolExecutionNotifications.0.descriptor.id", "\"gap\"");
    expect_at(run, "invocations.0.toolExecutionNotifications.0.message.text", "\"lost (stream 2)\"");
    json_decref(document);
}

static void states_are_told(void)
{
    static const struct {
        enum httplint_state state;
        bool has_baseline, is_baselined;
        const char *wanted;
    } rows[] = { { HTTPLINT_STATE_UNKNOWN, false, false, "nothing" },
                 { HTTPLINT_STATE_UNKNOWN, true, false, "\"new\"" },
                 { HTTPLINT_STATE_UNKNOWN, true, true, "\"unchanged\"" },
                 { HTTPLINT_NEW, false, false, "\"new\"" },
                 { HTTPLINT_UNCHANGED, false, false, "\"unchanged\"" },
                 { HTTPLINT_FIXED, false, false, "\"absent\"" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        struct log log = log_begin(&(struct report_options){ .has_baseline = rows[i].has_baseline });
        json_t *document;

        finding.state = rows[i].state;
        finding.is_baselined = rows[i].is_baselined;
        log_tell(&log, "a.pcap", &exchange, &finding);
        expect_at(log_end(&log, true, &document), "results.0.baselineState", rows[i].wanted);
        json_decref(document);
    }
}

/* Nobody on the wire places a link in front of our readers. */
static void no_links(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    struct log log = log_begin(&(struct report_options){ 0 });
    json_t *document;

    finding.message = SAMPLE_TEXT("[a](http://evil.example) [b]");
    log_tell(&log, "a.pcap", &exchange, &finding);
    expect_at(log_end(&log, true, &document), "results.0.message.text",
              "\"[a\\\\](http://evil.example) [b] (PUT http://shop.example/a -> 405).\"");
    json_decref(document);
}

static void the_rest_is_counted(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    const struct httplint_note made = { .code = "gap", .message = "lost", .stream = -1 };
    struct log log = log_begin(&(struct report_options){ 0 });
    json_t *document, *run, *notes;

    for (unsigned i = 0; i < LIMIT + 3; i++)
        log_tell(&log, "a.pcap", &exchange, &finding);
    for (unsigned i = 0; i < NOTES_LIMIT + 2; i++)
        log.reporter->note(log.report, "a.pcap", &made);
    log.reporter->broken(log.report);
    run = log_end(&log, true, &document);
    notes = json_object_get(json_array_get(json_object_get(run, "invocations"), 0), "toolExecutionNotifications");
    CU_ASSERT_EQUAL(json_array_size(json_object_get(run, "results")), LIMIT);
    CU_ASSERT_EQUAL(json_array_size(notes), NOTES_LIMIT + 2);
    expect_at(json_array_get(notes, NOTES_LIMIT), "message.text", "\"3 more results were left out, the least severe first.\"");
    expect_at(json_array_get(notes, NOTES_LIMIT + 1), "message.text", "\"2 more notes were left out.\"");
    expect_at(run, "invocations.0.executionSuccessful", "false");
    json_decref(document);
}

static size_t count_level(json_t *run, const char *level)
{
    json_t *results = json_object_get(run, "results");
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(results); i++)
        count += strcmp(json_string_value(json_object_get(json_array_get(results, i), "level")), level) == 0;
    return count;
}

/* However late the errors come, they are what is shown. */
static void the_worst_are_shown(void)
{
    static const struct {
        const char *name;
        unsigned of[HTTPLINT_ERROR + 1], shown[HTTPLINT_ERROR + 1];
    } rows[] = {
        { "few", { 0, 3, 2, 1 }, { 0, 3, 2, 1 } },
        { "infos alone", { 0, 3, 0, 0 }, { 0, 3, 0, 0 } },
        { "warnings and infos", { 0, 2, 2, 0 }, { 0, 2, 2, 0 } },
        { "infos make room", { 0, LIMIT, 10, 5 }, { 0, LIMIT - 15, 10, 5 } },
        { "warnings make room", { 0, 10, LIMIT, 5 }, { 0, 0, LIMIT - 5, 5 } },
        { "errors alone have room", { 0, 10, 10, LIMIT + 1 }, { 0, 0, 0, LIMIT } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        struct log log = log_begin(&(struct report_options){ 0 });
        json_t *document;

        for (int severity = HTTPLINT_INFO; severity <= HTTPLINT_ERROR; severity++) {
            finding.severity = (enum httplint_severity)severity;
            for (unsigned n = 0; n < rows[i].of[severity]; n++)
                log_tell(&log, "a.pcap", &exchange, &finding);
        }
        json_t *run = log_end(&log, true, &document);

        ROW_TRUE(rows[i].name, count_level(run, "note") == rows[i].shown[HTTPLINT_INFO]);
        ROW_TRUE(rows[i].name, count_level(run, "warning") == rows[i].shown[HTTPLINT_WARNING]);
        ROW_TRUE(rows[i].name, count_level(run, "error") == rows[i].shown[HTTPLINT_ERROR]);
        json_decref(document);
    }
}

static void rules_alone(void)
{
    struct httplint_rule rule = sample_rule();
    struct log log = log_begin(&(struct report_options){ 0 });
    json_t *document, *run;

    log.reporter->rule(log.report, &rule);
    run = log_end(&log, false, &document);
    expect_at(run, "tool.driver.rules.0.id", "\"status-405-allow-missing\"");
    expect_at(run, "results", "nothing");
    expect_at(run, "invocations", "nothing");
    json_decref(document);
}

void report_sarif_suite(void);
void report_sarif_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/sarif", NULL, NULL);

    CU_add_test(suite, "what stands where", keys_are_there);
    CU_add_test(suite, "states beside a baseline", states_are_told);
    CU_add_test(suite, "no links of the wire's", no_links);
    CU_add_test(suite, "what is too much is counted", the_rest_is_counted);
    CU_add_test(suite, "the worst are shown", the_worst_are_shown);
    CU_add_test(suite, "rules alone", rules_alone);
}
