#include "service/metrics.h"

#include <CUnit/CUnit.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/exposition.h"
#include "tests/support/sample.h"

void service_metrics_suite(void);

/* A run that has seen something of everything; freed by out_free. */
static struct out *written_of(const char *interface, const char *id)
{
    static struct httplint_summary totals;
    const struct metrics_rule rules[] = {
        { .id = SAMPLE_TEXT("a-rule"), .severity = HTTPLINT_ERROR, .findings = { [HTTPLINT_ERROR] = 3, [HTTPLINT_INFO] = 2 } },
        { .id = { id, strlen(id) }, .severity = HTTPLINT_WARNING },
    };
    const struct metrics_interface interfaces[] = { { interface, 5, true }, { "lo", 0, false } };
    struct out *out = out_new_memory();

    totals = (struct httplint_summary){ .packets = 8, .octets = 1234, .streams = 2, .requests = 10, .responses = 12,
                                        .exchanges = 11, .suppressed = 4 };
    totals.statuses[100] = 2;
    totals.statuses[101] = 1;
    totals.statuses[200] = 4;
    totals.statuses[404] = totals.statuses[405] = 1;
    totals.statuses[599] = totals.statuses[799] = totals.statuses[0] = 1;
    totals.notes[0] = 7;
    const struct metrics metrics = {
        .totals = &totals, .rules = rules, .nrules = 2, .interfaces = interfaces, .ninterfaces = 2, .lag_us = 12,
        .reloads = 2, .failed_reloads = 1, .has_failed_reload = true, .started_us = 1714557600000001, .processor_us = 1500000,
        .resident_octets = 4096,
    };

    metrics_write(out, &metrics);
    return out;
}

static void test_numbers(void)
{
    static const struct {
        const char *sample;
        double value;
    } rows[] = {
        { "httplint_build_info{version=\"0.1.0\"}", 1 },
        { "httplint_packets_total", 8 },
        { "httplint_packet_bytes_total", 1234 },
        { "httplint_interface_up{interface=\"eth0\"}", 1 },
        { "httplint_interface_up{interface=\"lo\"}", 0 },
        { "httplint_kernel_dropped_packets_total{interface=\"eth0\"}", 5 },
        { "httplint_lag_seconds", 0.000012 },
        { "httplint_streams_total", 2 },
        { "httplint_requests_total", 10 },
        { "httplint_responses_total", 12 },
        { "httplint_exchanges_total{class=\"1xx\"}", 1 },
        { "httplint_exchanges_total{class=\"2xx\"}", 4 },
        { "httplint_exchanges_total{class=\"3xx\"}", 0 },
        { "httplint_exchanges_total{class=\"4xx\"}", 2 },
        { "httplint_exchanges_total{class=\"5xx\"}", 1 },
        { "httplint_exchanges_total{class=\"other\"}", 2 },
        { "httplint_exchanges_total{class=\"none\"}", 1 },
        { "httplint_findings_total{rule=\"a-rule\",severity=\"error\"}", 3 },
        { "httplint_findings_total{rule=\"a-rule\",severity=\"info\"}", 2 },
        { "httplint_findings_total{rule=\"a-rule\",severity=\"warning\"}", -1 },
        { "httplint_findings_total{rule=\"b-rule\",severity=\"warning\"}", 0 },
        { "httplint_findings_suppressed_total", 4 },
        { "httplint_notes_total{code=\"gap\"}", 7 },
        { "httplint_notes_total{code=\"no-http\"}", 0 },
        { "httplint_rules", 2 },
        { "httplint_reloads_total{result=\"success\"}", 2 },
        { "httplint_reloads_total{result=\"failure\"}", 1 },
        { "httplint_last_reload_successful", 0 },
        { "process_start_time_seconds", 1714557600.000001 },
        { "process_cpu_seconds_total", 1.5 },
        { "process_resident_memory_bytes", 4096 },
    };
    struct out *out = written_of("eth0", "b-rule");

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value = exposition_value(out_held(out), rows[i].sample);

        if (value != rows[i].value)
            printf("\n    %s is %f ", rows[i].sample, value);
        CU_ASSERT_EQUAL(value, rows[i].value);
    }
    out_free(out);
}

/* Names that come from the command line and from rules files, and would break a line or a label. */
static void test_strictly(void)
{
    static const char *const names[] = { "eth0", "a\"b", "a\\", "a\nb 1\n", "\xFF\xC3", "\xC3\xA4 \xE2\x80\xAE", "" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct out *out = written_of(names[i], names[i]);
        unsigned line;
        const char *fault = exposition_fault(out_held(out), &line);

        if (fault)
            printf("\n    name %zu, line %u: %s ", i, line, fault);
        CU_ASSERT_PTR_NULL(fault);
        out_free(out);
    }
}

/* The next name of a metric in the text, with what follows it in `rest`; empty: there is none. */
static struct text next_name(struct text *rest)
{
    while (rest->len > 0) {
        size_t len = 0;

        while (len < rest->len && (rest->at[len] == '_' || isalnum((unsigned char)rest->at[len])))
            len++;
        struct text word = text_part(*rest, 0, len);

        *rest = text_part(*rest, len > 0 ? len : 1, rest->len);
        if (text_starts(word, TEXT("httplint_")) || text_starts(word, TEXT("process_")))
            return word;
    }
    return TEXT("");
}

static bool is_told_of(struct text page, struct text name)
{
    for (struct text found; (found = next_name(&page)).len > 0;)
        if (text_equal(found, name))
            return true;
    return false;
}

/* What pages, the dashboard and the alerts ask for is there; pages and the dashboard know all that is. */
static void test_pages(void)
{
    static const struct {
        const char *path;
        bool knows_all;
    } rows[] = { { "docs/live.md", true }, { "docs/grafana.json", true }, { "docs/alerts.yaml", false } };
    struct out *out = written_of("eth0", "b-rule");

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct errors errors = { 0 };
        struct text page = file_read(rows[i].path, 1 << 20, &errors), rest = page, families = out_held(out), name;

        CU_ASSERT_EQUAL_FATAL(errors.count, 0);
        CU_ASSERT_TRUE(next_name(&rest).len > 0);
        for (rest = page; (name = next_name(&rest)).len > 0;)
            if (!exposition_has(families, name)) {
                printf("\n    %s: there is no %.*s ", rows[i].path, (int)name.len, name.at);
                CU_FAIL("a metric that there is not");
            }
        while (rows[i].knows_all && families.len > 0) {
            struct text line = text_until(families, '\n', &families);

            if (!text_starts(line, TEXT("# TYPE ")))
                continue;
            name = text_until(text_part(line, 7, line.len), ' ', NULL);
            if (!is_told_of(page, name)) {
                printf("\n    %s tells nothing of %.*s ", rows[i].path, (int)name.len, name.at);
                CU_FAIL("a metric that nobody hears of");
            }
        }
        memory_free((char *)(uintptr_t)page.at);
    }
    out_free(out);
}

void service_metrics_suite(void)
{
    CU_pSuite suite = CU_add_suite("service/metrics", NULL, NULL);

    CU_add_test(suite, "each number has its sample", test_numbers);
    CU_add_test(suite, "pages, dashboard and alerts", test_pages);
    CU_add_test(suite, "the format, whatever names there are", test_strictly);
}
