/*
 * lines.h - where lines end, many octets at a time: heads are the bulk of the work, and a call for each line costs more than the
 * line. Pure.
 */
#ifndef HTTPLINT_HTTP_LINES_H
#define HTTPLINT_HTTP_LINES_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { LINES_BLOCK = 64 };

/* Bit n: octet n of the LINES_BLOCK is an LF. */
static inline uint64_t lines_ends_of(const char *block)
{
    uint64_t ends = 0;

#ifdef __SSE2__
    for (int i = 0; i < LINES_BLOCK; i += 16) {
        __m128i octets = _mm_loadu_si128((const void *)(block + i));
        unsigned part = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(octets, _mm_set1_epi8('\n')));

        ends |= (uint64_t)part << i;
    }
#else
    for (int i = 0; i < LINES_BLOCK; i++)
        ends |= (uint64_t)(block[i] == '\n') << i;
#endif
    return ends;
}

/* The same of up to LINES_BLOCK octets. */
static inline uint64_t lines_ends(const char *octets, size_t len)
{
    char block[LINES_BLOCK] = { 0 };

    if (len >= LINES_BLOCK)
        return lines_ends_of(octets);
    memcpy(block, octets, len);
    return lines_ends_of(block);
}

#endif
