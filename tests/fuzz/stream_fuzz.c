/*
 * Two directions of a connection, fed whole and in random cuts: the same exchanges must come out, with all their facts.
 * The input: an octet with switches, then steps, each an octet that says what happens, one for a number, and octets up
 * to a length of two octets.
 */
#include <stdlib.h>

#include "tests/support/octets_drive.h"

enum { STEPS_MAX = 32 };

static struct limits limits_small(void)
{
    struct limits limits = limits_default;

    limits.head_octets = 256;
    limits.line_octets = 80;
    limits.fields = 6;
    limits.chunk_line_octets = 32;
    limits.trailer_octets = 64;
    limits.trailer_fields = 3;
    limits.sample_octets = 16;
    limits.waiting_requests = 4;
    limits.interim_responses = 2;
    return limits;
}

/* The step at `at`; the number of octets that it took. */
static size_t step_read(struct octets_step *step, const uint8_t *at, size_t size, bool is_over[2])
{
    static const enum octets_what kinds[] = { OCTETS_DATA, OCTETS_DATA, OCTETS_DATA, OCTETS_DATA, OCTETS_DOUBTFUL, OCTETS_AGAIN,
                                              OCTETS_LOST, OCTETS_OVER, OCTETS_TIME };
    size_t len = (size_t)(at[2] << 8 | at[3]), left = size - 4;

    if (len > left)
        len = left;
    *step = (struct octets_step){ .what = kinds[at[0] / 2 % (sizeof kinds / sizeof *kinds)], .direction = at[0] & 1, .number = at[1] };
    switch (step->what) {
    case OCTETS_DATA:
    case OCTETS_DOUBTFUL:
    case OCTETS_AGAIN:
        step->octets = (struct text){ (const char *)at + 4, len };
        break;
    case OCTETS_OVER:
        step->number %= 3;
        break;
    case OCTETS_TIME:
        step->number *= 10000;
        break;
    default:
        break;
    }
    if (step->what != OCTETS_TIME && is_over[step->direction])
        *step = (struct octets_step){ .what = OCTETS_TIME };
    if (step->what == OCTETS_OVER)
        is_over[step->direction] = true;
    return 4 + (step->octets.at ? len : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    struct octets_step steps[STEPS_MAX + 1];
    struct limits limits = limits_small();
    bool is_over[2] = { false, false }, is_midstream[2] = { false, false };
    size_t nsteps = 0, at = 1;

    if (size < 1)
        return 0;
    while (nsteps < STEPS_MAX && size - at >= 4) {
        struct octets_step *step = &steps[nsteps++];

        at += step_read(step, octets + at, size - at, is_over);
        /* A direction is taken up in mid-stream only before its first octet. */
        if (step->what == OCTETS_LOST && step->number == 0 && is_midstream[step->direction])
            step->number = 1;
        if (step->what != OCTETS_TIME)
            is_midstream[step->direction] = true;
    }
    steps[nsteps].what = OCTETS_END;
    if (!octets_law("input", steps, &(struct octets_how){ .limits = octets[0] & 1 ? &limits : NULL, .keeps_bodies = octets[0] & 2 }, 3))
        abort();
    return 0;
}
