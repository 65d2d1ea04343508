#include "wire/checksum.h"

#include <string.h>

/* gcc vectorises nothing of this at -O2 by itself, so the vector is spelled out; it is plain
 * arithmetic where there is none. */
typedef uint64_t vector __attribute__((vector_size(16)));

enum { BLOCK_OCTETS = 2 * sizeof(vector) };

/* Words of 32 bits in sums of 64: there is no carry to look after (RFC 1071 2). */
static uint64_t checksum_blocks(const uint8_t *octets, size_t nblocks)
{
    vector low[2] = { { 0 } }, high[2] = { { 0 } };

    for (; nblocks > 0; nblocks--, octets += BLOCK_OCTETS) {
        vector words[2];

        memcpy(words, octets, sizeof words);
        low[0] += words[0] & 0xffffffff;
        high[0] += words[0] >> 32;
        low[1] += words[1] & 0xffffffff;
        high[1] += words[1] >> 32;
    }
    low[0] += low[1] + high[0] + high[1];
    return low[0][0] + low[0][1];
}

static uint32_t checksum_word(const uint8_t *octets)
{
    uint32_t word;

    memcpy(&word, octets, sizeof word);
    return word;
}

/* The last octets, fewer than 4. */
static uint32_t checksum_rest(const uint8_t *octets, size_t len)
{
    uint16_t words[2] = { 0 };

    if (len & 2) {
        memcpy(&words[0], octets, 2);
        octets += 2;
    }
    if (len & 1)
        memcpy(&words[1], octets, 1);
    return (uint32_t)words[0] + words[1];
}

uint64_t checksum_add(uint64_t sum, const uint8_t *octets, size_t len)
{
    if (len >= BLOCK_OCTETS) {
        sum += checksum_blocks(octets, len / BLOCK_OCTETS);
        octets += len / BLOCK_OCTETS * BLOCK_OCTETS;
        len %= BLOCK_OCTETS;
    }
    for (; len >= sizeof(uint32_t); len -= sizeof(uint32_t), octets += sizeof(uint32_t))
        sum += checksum_word(octets);
    return sum + checksum_rest(octets, len);
}

bool checksum_is_good(uint64_t sum)
{
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return sum == 0xffff;
}
