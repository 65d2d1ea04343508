/*
 * More laws, about what is put together or taken in another way: captures side by side and one after the other, one
 * direction alone, octets that contradict themselves, lower limits, and names in other case.
 */
#include <CUnit/CUnit.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/memory.h"
#include "input/input.h"
#include "tests/support/cases.h"
#include "tests/support/traffic.h"

void lint_changes_suite(void);

enum { EVERY = 7 };

static void expect_no_more(const char *name, const char *change, struct shown shown, const struct shown *whole)
{
    const char *added = shown_added(&shown, whole);

    if (added) {
        fprintf(stderr, "%s: %s adds: %s\n", name, change, added);
        CU_FAIL("less evidence adds or sharpens a finding");
    }
    shown_clear(&shown);
}

static void expect_equal(const char *name, unsigned line, const char *change, struct shown shown, const struct shown *plain)
{
    if (!shown_equal(&shown, plain)) {
        fprintf(stderr, "%s:%u: %s: %zu findings, plain %zu\n", name, line, change, shown.count, plain->count);
        CU_FAIL("a change of no meaning changes what is found");
    }
    shown_clear(&shown);
}

/* ---- over the captures ---- */

/* Of every frame that carries TCP over IPv4 or IPv6 in Ethernet: does its source port lie below its destination port? */
static int direction_of(const struct frame *frame)
{
    const uint8_t *ip = frame->octets + 14, *tcp;

    if (frame->link != 1 || frame->captured < 14 + 60)
        return -1;
    if (ip[0] >> 4 == 4)
        tcp = ip + (ip[0] & 15) * 4;
    else if (ip[0] >> 4 == 6 && ip[6] == 6)
        tcp = ip + 40;
    else
        return -1;
    return (tcp[0] << 8 | tcp[1]) < (tcp[2] << 8 | tcp[3]);
}

static void check_one_direction(const char *name, const struct traffic *traffic, const struct shown *whole, int direction)
{
    struct traffic less = { memory_new((traffic->count + 1) * sizeof *less.frames), 0 };

    for (size_t i = 0; i < traffic->count; i++)
        if (direction_of(&traffic->frames[i]) != direction)
            less.frames[less.count++] = traffic->frames[i];
    expect_no_more(name, direction ? "without the servers" : "without the clients", traffic_lint(&less, true), whole);
    memory_free(less.frames);
}

/* The context counts the captures: each has its turn with some of the limits. */
static void check_limits(void *context, const char *name, const struct traffic *traffic)
{
    static const struct httplint_limit limits[] = {
#define HALF(member, value, words) { #member, (value) / 2 }, { #member, (value) / 100 + 1 },
        LIMITS(HALF)
#undef HALF
    };

    struct shown whole = traffic_lint(traffic, true);

    for (size_t i = (*(size_t *)context)++ % EVERY; i < sizeof limits / sizeof *limits; i += EVERY) {
        const struct httplint_options options = { .limits = &limits[i], .nlimits = 1 };
        char change[80];

        snprintf(change, sizeof change, "limit %s=%llu", limits[i].name, (unsigned long long)limits[i].value);
        expect_no_more(name, change, traffic_lint_with(traffic, true, &options), &whole);
    }
    shown_clear(&whole);
}

static void check_directions(void *context, const char *name, const struct traffic *traffic)
{
    struct shown whole = traffic_lint(traffic, true);

    (void)context;
    check_one_direction(name, traffic, &whole, 0);
    check_one_direction(name, traffic, &whole, 1);
    shown_clear(&whole);
}

static void test_one_direction(void)
{
    traffic_each_capture(check_directions, NULL);
}

static void test_limits(void)
{
    size_t which = 0;

    traffic_each_capture(check_limits, &which);
}

/* ---- over the cases ---- */

static void over_cases(void (*check)(const char *name, const struct transcript *, const struct transcript_case *))
{
    struct case_files cases = cases_load();

    for (size_t i = 0; i < cases.count; i++)
        for (size_t j = 0; j < cases.files[i].transcript->ncases; j++)
            check(cases.files[i].path, cases.files[i].transcript, &cases.files[i].transcript->cases[j]);
    cases_free(&cases);
}

static int by_time(const void *a, const void *b)
{
    const struct frame *first = a, *second = b;

    if (first->time_us != second->time_us)
        return (first->time_us > second->time_us) - (first->time_us < second->time_us);
    return (first->number > second->number) - (first->number < second->number);
}

static int by_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The frames of both, which have no host in common, by their times. */
static void check_both(const char *name, unsigned line, const char *change, const struct traffic *a, const struct traffic *b)
{
    struct traffic both = { memory_new((a->count + b->count + 1) * sizeof *both.frames), a->count + b->count };
    struct shown first = traffic_lint(a, false), second = traffic_lint(b, false);
    struct shown all = { memory_new((first.count + second.count + 1) * sizeof *all.lines), first.count + second.count };

    for (size_t i = 0; i < both.count; i++)
        both.frames[i] = i < a->count ? a->frames[i] : b->frames[i - a->count];
    qsort(both.frames, both.count, sizeof *both.frames, by_time);
    for (size_t i = 0; i < all.count; i++)
        all.lines[i] = i < first.count ? first.lines[i] : second.lines[i - first.count];
    qsort(all.lines, all.count, sizeof *all.lines, by_words);
    expect_equal(name, line, change, traffic_lint(&both, false), &all);
    memory_free(all.lines);
    memory_free(both.frames);
    shown_clear(&first);
    shown_clear(&second);
}

static void check_pair(const char *name, const struct transcript *transcript, const struct transcript_case *one)
{
    static const struct disguise four = { .name = "IPv4", .segment = 70 }, six = { .name = "IPv6", .segment = 40, .is_ipv6 = true },
        later = { .name = "later", .segment = 40, .is_ipv6 = true, .shift_us = INT64_C(7200000000) };
    const struct transcript_case *other = one + 1 < transcript->cases + transcript->ncases ? one + 1 : transcript->cases;
    struct traffic a = traffic_of_case(transcript, one, &four, 1), b = traffic_of_case(transcript, other, &six, 2);
    struct traffic c = traffic_of_case(transcript, other, &later, 2);

    check_both(name, one->line, "beside the next case", &a, &b);
    check_both(name, one->line, "before the next case", &a, &c);
    traffic_clear(&a);
    traffic_clear(&b);
    traffic_clear(&c);
}

static void test_together(void)
{
    over_cases(check_pair);
}

static void check_conflict(const char *name, const struct transcript *transcript, const struct transcript_case *one)
{
    static const struct disguise plainly = { .name = "plain", .segment = 30 },
        conflicting = { .name = "conflicting", .segment = 30, .is_overlapping = true, .is_conflicting = true };
    struct traffic plain = traffic_of_case(transcript, one, &plainly, 1), other = traffic_of_case(transcript, one, &conflicting, 1);
    struct shown whole = traffic_lint(&plain, true);
    char words[512];

    snprintf(words, sizeof words, "%s:%u", name, one->line);
    expect_no_more(words, "octets that contradict those before", traffic_lint(&other, true), &whole);
    shown_clear(&whole);
    traffic_clear(&plain);
    traffic_clear(&other);
}

static void test_conflict(void)
{
    over_cases(check_conflict);
}

/* The name before the colon in capitals, unless the line continues the one before. */
static void capitalise(uint8_t *line, size_t len)
{
    const uint8_t *colon = *line > ' ' ? memchr(line, ':', len) : NULL;

    for (uint8_t *at = line; colon && at < colon; at++)
        *at = (uint8_t)toupper(*at);
}

/* Heads as the blocks of a case have them: from the second line of a block up to an empty one. */
static void capitalise_names(const struct transcript *transcript, const struct transcript_case *one)
{
    const struct transcript_step *before = NULL;
    bool is_head = false;

    for (size_t i = 0; i < one->nsteps; i++) {
        const struct transcript_step *step = &transcript->steps[one->steps_at + i];
        const struct httplint_chunk *chunk = &step->chunk;
        bool is_new = !before || before->is_event || before->chunk.side != chunk->side ||
                      before->chunk.connection != chunk->connection;

        before = step;
        if (step->is_event)
            continue;
        if (is_new)
            is_head = memmem(chunk->octets, chunk->len, "HTTP/", 5) != NULL;
        else if (chunk->len <= 2)
            is_head = false;
        else if (is_head)
            capitalise(transcript->octets + ((const uint8_t *)chunk->octets - transcript->octets), chunk->len);
    }
}

static void check_names(const char *name, const struct transcript *transcript, const struct transcript_case *one)
{
    struct shown plain = cases_lint(transcript, one);

    capitalise_names(transcript, one);
    expect_equal(name, one->line, "field names in capitals", cases_lint(transcript, one), &plain);
    shown_clear(&plain);
}

static void test_names(void)
{
    over_cases(check_names);
}

/* ---- the clock ---- */

/* From one frame on all times are others. The clock may be set at any moment; what passed meanwhile nobody knows. */
static void check_clock(const char *name, size_t which, const struct traffic *traffic, const struct shown *whole)
{
    static const int64_t jumps_s[] = { -3600, INT64_C(365) * 86400, -7, -INT64_C(2000000000) };
    enum { NJUMPS = sizeof jumps_s / sizeof *jumps_s, APART = 11 };

    for (size_t at = 1 + which % APART; at < traffic->count; at += APART) {
        struct traffic set = { memory_new(traffic->count * sizeof *set.frames), traffic->count };
        int64_t jump_s = jumps_s[(which + at / APART) % NJUMPS];
        char words[600];

        for (size_t i = 0; i < set.count; i++) {
            set.frames[i] = traffic->frames[i];
            if (i >= at)
                set.frames[i].time_us += jump_s * 1000000;
        }
        snprintf(words, sizeof words, "from frame %zu on the clock is set by %lld s", at + 1, (long long)jump_s);
        expect_no_more(name, words, traffic_lint(&set, true), whole);
        memory_free(set.frames);
    }
}

static void check_clock_of_case(const char *name, const struct transcript *transcript, const struct transcript_case *one)
{
    static const struct disguise plainly = { .name = "plain" };
    struct traffic traffic = traffic_of_case(transcript, one, &plainly, 1);
    struct shown whole = traffic_lint(&traffic, true);
    char words[512];

    snprintf(words, sizeof words, "%s:%u", name, one->line);
    for (size_t which = 0; which < 11; which++)
        check_clock(words, which + one->line, &traffic, &whole);
    shown_clear(&whole);
    traffic_clear(&traffic);
}

/* The context counts the captures. */
static void check_clock_of_capture(void *context, const char *name, const struct traffic *traffic)
{
    struct shown whole = traffic_lint(traffic, true);

    check_clock(name, (*(size_t *)context)++, traffic, &whole);
    shown_clear(&whole);
}

static void test_clock(void)
{
    size_t which = 0;

    traffic_each_capture(check_clock_of_capture, &which);
    over_cases(check_clock_of_case);
}

void lint_changes_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/changes", NULL, NULL);

    CU_add_test(suite, "one direction alone adds nothing", test_one_direction);
    CU_add_test(suite, "lower limits add nothing", test_limits);
    CU_add_test(suite, "what has no host in common does not meet", test_together);
    CU_add_test(suite, "octets that contradict others add nothing", test_conflict);
    CU_add_test(suite, "the case of field names is nothing", test_names);
    CU_add_test(suite, "a clock that is set adds nothing", test_clock);
}
