/*
 * Laws about changes to captures. A disguise changes nothing that a receiver would see, so the findings stay; a loss takes
 * evidence away, so findings may vanish or soften, and none may appear.
 */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>


#include "base/memory.h"
#include "input/input.h"
#include "tests/support/cases.h"
#include "tests/support/traffic.h"

void lint_laws_suite(void);

#define WRAP 0xFFFFFF00u

enum { SEEDS = 3, LOSS_FRAMES_MAX = 400 };

static const struct disguise disguises[] = {
    { .name = "whole blocks" },
    { .name = "one octet a segment", .segment = 1 },
    { .name = "two octets a segment", .segment = 2 },
    { .name = "seven octets a segment", .segment = 7 },
    { .name = "536 octets a segment", .segment = 536 },
    { .name = "random cuts", .segment = 40, .is_random_cut = true },
    { .name = "IPv6", .is_ipv6 = true, .segment = 100 },
    { .name = "VLAN", .is_vlan = true, .segment = 100 },
    { .name = "raw IP", .is_raw = true, .segment = 100 },
    { .name = "sequence numbers that wrap", .isn = WRAP, .segment = 9 },
    { .name = "other times", .shift_us = INT64_C(86400000000) * 365, .segment = 50 },
    { .name = "repeated", .is_repeated = true, .segment = 30 },
    { .name = "overlapping", .is_overlapping = true, .segment = 11 },
    { .name = "reordered", .window = 5, .segment = 25 },
    { .name = "reordered far", .window = 40, .segment = 10 },
    { .name = "with noise", .has_noise = true, .segment = 33 },
    { .name = "checksums left to the network card", .is_offloaded = true, .segment = 100 },
    { .name = "the same with noise", .is_offloaded = true, .has_noise = true, .is_ipv6 = true, .segment = 33 },
    { .name = "everything", .segment = 60, .is_random_cut = true, .is_ipv6 = true, .is_vlan = true, .is_repeated = true,
      .is_overlapping = true, .window = 6, .isn = WRAP },
};

static void test_disguises(void)
{
    struct case_files cases = cases_load();

    for (size_t i = 0; i < cases.count; i++) {
        const struct transcript *transcript = cases.files[i].transcript;

        for (size_t j = 0; j < transcript->ncases; j++) {
            struct shown plain = cases_lint(transcript, &transcript->cases[j]);

            for (size_t k = 0; k < sizeof disguises / sizeof *disguises * SEEDS; k++) {
                const struct disguise *disguise = &disguises[k / SEEDS];
                struct traffic traffic = traffic_of_case(transcript, &transcript->cases[j], disguise, (unsigned)k);
                struct shown shown = traffic_lint(&traffic, false);

                if (!shown_equal(&plain, &shown)) {
                    fprintf(stderr, "%s:%u: %s, seed %zu: %zu findings, plain %zu\n", cases.files[i].path,
                            transcript->cases[j].line, disguise->name, k, shown.count, plain.count);
                    CU_FAIL("a disguise changes what is found");
                }
                shown_clear(&shown);
                traffic_clear(&traffic);
            }
            shown_clear(&plain);
        }
    }
    cases_free(&cases);
}

/* What is left of the traffic may not show more than the whole. */
static void check_less(const char *name, const char *change, size_t which, const struct traffic *less,
                       const struct shown *whole)
{
    struct shown shown = traffic_lint(less, true);
    const char *added = shown_added(&shown, whole);

    if (added) {
        fprintf(stderr, "%s: %s %zu adds: %s\n", name, change, which, added);
        CU_FAIL("less evidence adds or sharpens a finding");
    }
    shown_clear(&shown);
}

static void lose_each(const char *name, const struct traffic *traffic, const struct shown *whole)
{
    size_t step = 1 + traffic->count / LOSS_FRAMES_MAX;

    for (size_t i = 0; i < traffic->count; i += step) {
        struct traffic less = { memory_new((traffic->count + 1) * sizeof *less.frames), traffic->count - 1 };

        memcpy(less.frames, traffic->frames, i * sizeof *less.frames);
        memcpy(less.frames + i, traffic->frames + i + 1, (traffic->count - i - 1) * sizeof *less.frames);
        check_less(name, "without frame", i + 1, &less, whole);
        /* The same frames, begun here and ended here. */
        less = (struct traffic){ less.frames, i };
        memcpy(less.frames, traffic->frames, i * sizeof *less.frames);
        check_less(name, "up to frame", i, &less, whole);
        less.count = traffic->count - i;
        memcpy(less.frames, traffic->frames + i, less.count * sizeof *less.frames);
        check_less(name, "from frame", i + 1, &less, whole);
        memory_free(less.frames);
    }
}

static void cut_each(const char *name, const struct traffic *traffic, const struct shown *whole)
{
    static const uint32_t snaplens[] = { 60, 68, 96, 128, 200, 512, 1000, 1400 };

    for (size_t i = 0; i < sizeof snaplens / sizeof *snaplens; i++) {
        struct traffic less = { memory_new((traffic->count + 1) * sizeof *less.frames), traffic->count };

        memcpy(less.frames, traffic->frames, traffic->count * sizeof *less.frames);
        for (size_t j = 0; j < less.count; j++)
            if (less.frames[j].captured > snaplens[i])
                less.frames[j].captured = snaplens[i];
        check_less(name, "snap length", snaplens[i], &less, whole);
        memory_free(less.frames);
    }
}

static void see_case(void *context, const char *name, const struct traffic *traffic)
{
    struct shown whole = traffic_lint(traffic, true);

    (void)context;
    lose_each(name, traffic, &whole);
    shown_clear(&whole);
}

static void test_loss_of_cases(void)
{
    static const struct disguise packets = { .name = "packets", .segment = 60 };

    traffic_each_case(&packets, 1, see_case, NULL);
}

/* Every frame comes twice, neighbours change places: a receiver would not know. */
static void disturb(const char *name, const struct traffic *traffic, const struct shown *whole)
{
    struct traffic twice = { memory_new(2 * (traffic->count + 1) * sizeof *twice.frames), 2 * traffic->count };

    for (size_t i = 0; i < traffic->count; i++)
        twice.frames[2 * i] = twice.frames[2 * i + 1] = traffic->frames[i];
    struct shown shown = traffic_lint(&twice, true);
    if (!shown_equal(&shown, whole)) {
        fprintf(stderr, "%s: every frame twice: %zu findings, plain %zu\n", name, shown.count, whole->count);
        CU_FAIL("doubled frames change what is found");
    }
    shown_clear(&shown);
    memory_free(twice.frames);
    struct traffic swapped = { memory_new((traffic->count + 1) * sizeof *swapped.frames), traffic->count };
    memcpy(swapped.frames, traffic->frames, traffic->count * sizeof *swapped.frames);
    for (size_t i = 0; i + 1 < traffic->count; i += 2) {
        swapped.frames[i] = traffic->frames[i + 1];
        swapped.frames[i + 1] = traffic->frames[i];
    }
    shown = traffic_lint(&swapped, true);
    if (!shown_equal(&shown, whole)) {
        fprintf(stderr, "%s: neighbours swapped: %zu findings, plain %zu\n", name, shown.count, whole->count);
        CU_FAIL("reordered frames change what is found");
    }
    shown_clear(&shown);
    memory_free(swapped.frames);
}

static void see_capture(void *context, const char *name, const struct traffic *traffic)
{
    struct shown whole = traffic_lint(traffic, true);

    (void)context;
    disturb(name, traffic, &whole);
    lose_each(name, traffic, &whole);
    cut_each(name, traffic, &whole);
    shown_clear(&whole);
}

static void test_captures(void)
{
    traffic_each_capture(see_capture, NULL);
}

void lint_laws_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/laws", NULL, NULL);

    CU_add_test(suite, "a disguise changes nothing", test_disguises);
    CU_add_test(suite, "the loss of a frame adds nothing, over the cases", test_loss_of_cases);
    CU_add_test(suite, "disturbance and loss over the captures", test_captures);
}
