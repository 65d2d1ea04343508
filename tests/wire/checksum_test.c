#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "wire/checksum.h"

/* RFC 1071 1, word by word. */
static uint16_t slow_sum(const uint8_t *octets, size_t len)
{
    uint32_t sum = 0;

    for (size_t at = 0; at < len; at++) {
        sum += at % 2 ? octets[at] : (uint32_t)octets[at] << 8;
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return (uint16_t)sum;
}

static void checksum_against_slow(void)
{
    static uint8_t octets[2048];
    unsigned seed = 1;

    for (int run = 0; run < 4000; run++) {
        size_t at = (size_t)(rand_r(&seed) % 16),
               len = 2 + (size_t)(rand_r(&seed) % (run % 8 ? 96 : 2000));
        uint8_t *part = octets + at;

        for (size_t i = 0; i < len; i++)
            part[i] = run % 5 == 0 ? 0xff : (uint8_t)rand_r(&seed);
        memset(part, 0, 2);
        uint16_t sum = (uint16_t)~slow_sum(part, len);

        part[0] = (uint8_t)(sum >> 8);
        part[1] = (uint8_t)sum;
        CU_ASSERT_TRUE(checksum_is_good(checksum_add(0, part, len)));
        /* In two pieces, cut at an even place. */
        size_t cut = (size_t)rand_r(&seed) % (len + 1) & ~(size_t)1;
        CU_ASSERT_TRUE(
            checksum_is_good(checksum_add(checksum_add(0, part, cut), part + cut, len - cut)));
        part[(size_t)rand_r(&seed) % len] ^= (uint8_t)(1u << (rand_r(&seed) % 8));
        CU_ASSERT_FALSE(checksum_is_good(checksum_add(0, part, len)));
    }
}

static void checksum_of_nothing(void)
{
    static const uint8_t zeros[64];

    CU_ASSERT_FALSE(checksum_is_good(checksum_add(0, zeros, 0)));
    CU_ASSERT_FALSE(checksum_is_good(checksum_add(0, zeros, sizeof zeros)));
}

void wire_checksum_suite(void);
void wire_checksum_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/checksum", NULL, NULL);

    CU_add_test(suite, "against a slow sum", checksum_against_slow);
    CU_add_test(suite, "of nothing", checksum_of_nothing);
}
