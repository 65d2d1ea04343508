#include "wire/checksum.h"

#include <string.h>

enum { BLOCK_WORDS = 8, WORD_OCTETS = sizeof(uint64_t) };

static uint64_t checksum_word(const uint8_t *octets)
{
    uint64_t word;

    memcpy(&word, octets, sizeof word);
    return word;
}

/* The last octets, fewer than a word: an odd one is the first of two (RFC 1071 4.1). Each part is loaded as it lies; octets that are
 * put together one by one would have to be waited for. */
static uint64_t checksum_rest(const uint8_t *octets, size_t len)
{
    uint64_t sum = 0;

    if (len & 4) {
        uint32_t four;

        memcpy(&four, octets, sizeof four);
        sum += four;
        octets += sizeof four;
    }
    if (len & 2) {
        uint16_t two;

        memcpy(&two, octets, sizeof two);
        sum += two;
        octets += sizeof two;
    }
    if (len & 1) {
        const uint8_t pair[] = { octets[0], 0 };
        uint16_t two;

        memcpy(&two, pair, sizeof two);
        sum += two;
    }
    return sum;
}

/* Words of 64 bits, their carries counted: 2 to the 64 is 1 in sums of 16 bits (RFC 1071 2). */
uint64_t checksum_add(uint64_t before, const uint8_t *octets, size_t len)
{
    uint64_t sum = 0, carries = before;

    for (; len >= BLOCK_WORDS * WORD_OCTETS; octets += BLOCK_WORDS * WORD_OCTETS, len -= BLOCK_WORDS * WORD_OCTETS)
        for (size_t i = 0; i < BLOCK_WORDS; i++)
            carries += __builtin_add_overflow(sum, checksum_word(octets + i * WORD_OCTETS), &sum);
    for (; len >= WORD_OCTETS; octets += WORD_OCTETS, len -= WORD_OCTETS)
        carries += __builtin_add_overflow(sum, checksum_word(octets), &sum);
    if (len > 0)
        carries += __builtin_add_overflow(sum, checksum_rest(octets, len), &sum);
    return carries + (sum & 0xffffffff) + (sum >> 32);
}

uint16_t checksum_fold(uint64_t sum)
{
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)sum;
}

bool checksum_is_good(uint64_t sum)
{
    return checksum_fold(sum) == 0xffff;
}
