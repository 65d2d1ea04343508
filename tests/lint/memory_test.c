/* Whatever has to be shed when memory is short: nothing is found that would not be found with all of it, and it is said. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "input/input.h"
#include "tests/support/cases.h"
#include "tests/support/traffic.h"

void lint_memory_suite(void);

static void count_note(void *context, const struct httplint_note *note)
{
    *(size_t *)context += strcmp(note->code, "limit") == 0;
}

/* Notes that it was short of memory. */
static size_t notes(const struct traffic *traffic, const struct httplint_options *options)
{
    size_t count = 0;
    const struct httplint_sink sink = { NULL, count_note, &count };
    httplint *session = httplint_new(cases_rules(), options, &sink, NULL);

    for (size_t i = 0; i < traffic->count; i++) {
        const struct frame *frame = &traffic->frames[i];

        httplint_packet(session, &(struct httplint_packet){ frame->octets, frame->captured, frame->length, frame->link, i + 1,
                                                            frame->time_us });
    }
    httplint_free(session);
    return count;
}

/* How often it is said that memory is short. */
static size_t check(const char *path, const struct traffic *traffic, uint64_t octets, const struct shown *whole)
{
    const struct httplint_limit limit = { "memory_octets", octets };
    const struct httplint_options options = { .limits = &limit, .nlimits = 1, .is_endless = true };
    struct shown less = traffic_lint_with(traffic, true, &options);
    const char *added = shown_added(&less, whole);

    if (added) {
        fprintf(stderr, "%s: %llu octets of memory add: %s\n", path, (unsigned long long)octets, added);
        CU_FAIL("less memory adds or sharpens a finding");
    }
    shown_clear(&less);
    return notes(traffic, &options);
}

static void test_captures(void)
{
    static const uint64_t budgets[] = { 1, 3000, 10000, 100000 };
    struct input_files paths = { 0 };
    struct errors errors = { 0 };
    size_t nnotes = 0;

    CU_ASSERT_TRUE_FATAL(input_files_add(&paths, "captures", &errors));
    for (size_t i = 0; i < paths.count; i++) {
        if (!strstr(paths.paths[i], ".pcap"))
            continue;
        struct traffic traffic = traffic_load(paths.paths[i]);
        struct shown whole = traffic_lint(&traffic, true);

        for (size_t j = 0; j < sizeof budgets / sizeof *budgets; j++)
            nnotes += check(paths.paths[i], &traffic, budgets[j], &whole);
        shown_clear(&whole);
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
