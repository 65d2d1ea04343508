/* Whatever has to be shed when memory is short: nothing is found that would not be found with all of it, and it is said. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/note.h"
#include "base/out.h"
#include "input/input.h"
#include "tests/support/cases.h"
#include "tests/support/traffic.h"

void lint_memory_suite(void);

/* Findings, a line each: rule and frame, whatever the severity. A connection that was dropped is another one when it goes on. */
static void put_findings(void *context, const struct httplint_exchange *x, const struct httplint_finding *findings, size_t nfindings)
{
    (void)x;
    for (size_t i = 0; i < nfindings; i++) {
        out_text(context, (struct text){ findings[i].rule->id.at, findings[i].rule->id.len });
        out_string(context, " ");
        out_number(context, findings[i].frame);
        out_string(context, "\n");
    }
}

static struct out *lint(const struct traffic *traffic, uint64_t octets, struct httplint_summary *totals)
{
    struct out *out = out_new_memory();
    const struct httplint_sink sink = { put_findings, NULL, out };
    const struct httplint_limit limit = { "memory_octets", octets };
    httplint *session = httplint_new(cases_rules(), &(struct httplint_options){ .limits = &limit, .nlimits = 1 }, &sink, NULL);

    for (size_t i = 0; i < traffic->count; i++) {
        const struct frame *frame = &traffic->frames[i];

        httplint_packet(session, &(struct httplint_packet){ frame->octets, frame->captured, frame->length, frame->link, i + 1,
                                                            frame->time_us });
    }
    httplint_finish(session);
    *totals = *httplint_totals(session);
    httplint_free(session);
    return out;
}

/* The first line that the other text has not; empty: it has all. */
static struct text added(struct text less, struct text more)
{
    struct text line;

    for (struct text rest = less; rest.len > 0;) {
        line = text_until(rest, '\n', &rest);
        if (!memmem(more.at, more.len, line.at, line.len + 1))
            return line;
    }
    return (struct text){ 0 };
}

static void test_captures(void)
{
    static const uint64_t budgets[] = { 1, 3000, 10000, 100000 };
    struct input_files paths = { 0 };
    struct errors errors = { 0 };
    struct httplint_summary totals;
    uint64_t nnotes = 0;

    CU_ASSERT_TRUE_FATAL(input_files_add(&paths, "captures", &errors));
    for (size_t i = 0; i < paths.count; i++) {
        if (!strstr(paths.paths[i], ".pcap"))
            continue;
        struct traffic traffic = traffic_load(paths.paths[i]);
        struct out *whole = lint(&traffic, 256 << 20, &totals);

        for (size_t j = 0; j < sizeof budgets / sizeof *budgets; j++) {
            struct out *less = lint(&traffic, budgets[j], &totals);
            struct text line = added(out_held(less), out_held(whole));

            if (line.len > 0) {
                fprintf(stderr, "%s: %llu octets of memory add: %.*s\n", paths.paths[i], (unsigned long long)budgets[j],
                        (int)line.len, line.at);
                CU_FAIL("less memory adds a finding");
            }
            nnotes += totals.notes[NOTE_LIMIT];
            out_free(less);
        }
        out_free(whole);
        traffic_clear(&traffic);
    }
    CU_ASSERT(nnotes > 0);
    input_files_clear(&paths);
    errors_clear(&errors);
}

void lint_memory_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/memory", NULL, NULL);

    CU_add_test(suite, "over the captures", test_captures);
}
