/*
 * octets.h - the bounded view through which every layer reads.
 *
 * A view knows two lengths: the octets that are here, and those that there were on the wire,
 * which are more where the capture cut the packet. A read outside of what is here gives zero
 * and never touches memory; decoders ask octets_has first, so that they can tell a cut packet
 * from one that contradicts itself. Nothing here allocates or fails.
 */
#ifndef HTTPLINT_WIRE_OCTETS_H
#define HTTPLINT_WIRE_OCTETS_H

#include <stdbool.h>
#include <stdint.h>

struct octets {
    const uint8_t *at;
    uint32_t len;              /* octets that are here */
    uint32_t wire;             /* octets that there were; never less than `len` */
};

/* True if the first `count` octets are here. */
static inline bool octets_has(const struct octets *octets, uint32_t count)
{
    return octets->len >= count;
}

static inline uint8_t octets_u8(const struct octets *octets, uint32_t at)
{
    return at < octets->len ? octets->at[at] : 0;
}

/* In network order. */
static inline uint16_t octets_u16(const struct octets *octets, uint32_t at)
{
    if (octets->len < 2 || at > octets->len - 2)
        return 0;
    const uint8_t *octet = octets->at + at;
    return (uint16_t)(octet[0] << 8 | octet[1]);
}

static inline uint32_t octets_u32(const struct octets *octets, uint32_t at)
{
    if (octets->len < 4 || at > octets->len - 4)
        return 0;
    const uint8_t *octet = octets->at + at;
    return (uint32_t)octet[0] << 24 | (uint32_t)octet[1] << 16 | (uint32_t)octet[2] << 8 | octet[3];
}

/* Lowest octet first: 802.11, radiotap, and what a host wrote as it came. */
static inline uint16_t octets_u16_little(const struct octets *octets, uint32_t at)
{
    uint16_t value = octets_u16(octets, at);

    return (uint16_t)(value << 8 | value >> 8);
}

static inline uint32_t octets_u32_little(const struct octets *octets, uint32_t at)
{
    return (uint32_t)octets_u16_little(octets, at + 2) << 16 | octets_u16_little(octets, at);
}

/* Without the first `count` octets; empty where there were fewer. */
static inline void octets_skip(struct octets *octets, uint32_t count)
{
    uint32_t here = count < octets->len ? count : octets->len;

    octets->at += here;
    octets->len -= here;
    octets->wire -= count < octets->wire ? count : octets->wire;
}

/* A length field says that there were `count` octets: what follows is padding, what is missing was
 * cut. */
static inline void octets_limit(struct octets *octets, uint32_t count)
{
    octets->wire = count;
    if (octets->len > count)
        octets->len = count;
}

#endif
