/* Whatever has to be shed when memory is short: nothing is found that would not be found with all of it, and it is said. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

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
                                                            frame->time_us, 0 });
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

/* The context counts the notes. */
static void check_all(void *context, const char *path, const struct traffic *traffic)
{
    static const uint64_t budgets[] = { 1, 3000, 10000, 100000 };
    struct shown whole = traffic_lint(traffic, true);

    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++)
        *(size_t *)context += check(path, traffic, budgets[i], &whole);
    shown_clear(&whole);
}

static void test_captures(void)
{
    size_t nnotes = 0;

    traffic_each_capture(check_all, &nnotes);
    CU_ASSERT(nnotes > 0);
}

void lint_memory_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/memory", NULL, NULL);

    CU_add_test(suite, "over the captures", test_captures);
}
