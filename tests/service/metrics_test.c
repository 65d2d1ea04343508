#include "service/metrics.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

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

void service_metrics_suite(void)
{
    CU_pSuite suite = CU_add_suite("service/metrics", NULL, NULL);

    CU_add_test(suite, "each number has its sample", test_numbers);
    CU_add_test(suite, "the format, whatever names there are", test_strictly);
}
