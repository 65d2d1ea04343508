/*
 * bits.h - a set of up to 512 small numbers in one cache line.
 */
#ifndef HTTPLINT_BASE_BITS_H
#define HTTPLINT_BASE_BITS_H

#include <stdbool.h>
#include <stdint.h>

struct bits512 {
    uint64_t words[8];
};

static inline void bits_set(struct bits512 *set, unsigned member)
{
    set->words[(member >> 6) & 7] |= (uint64_t)1 << (member & 63);
}

static inline bool bits_has(const struct bits512 *set, unsigned member)
{
    return (set->words[(member >> 6) & 7] >> (member & 63)) & 1;
}

#endif
