#include <CUnit/CUnit.h>

#include "tests/support/guard.h"
#include "wire/octets.h"

/* Reads at every place of every length: what is not wholly there is zero. */
static void octets_reads(void)
{
    static const uint8_t some[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    static const uint32_t far[] = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, UINT32_MAX - 4, UINT32_MAX - 1, UINT32_MAX
    };
    struct guard *guard = guard_new(sizeof some);

    for (uint32_t len = 0; len <= sizeof some; len++) {
        struct octets octets = { guard_lay(guard, some, len), len, len };

        for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
            uint32_t at = far[i];
            bool has1 = at < len, has2 = has1 && at + 2 <= len, has4 = has1 && at + 4 <= len;

            CU_ASSERT_EQUAL(octets_u8(&octets, at), has1 ? at + 1 : 0);
            CU_ASSERT_EQUAL(octets_u16(&octets, at), has2 ? (at + 1) << 8 | (at + 2) : 0);
            CU_ASSERT_EQUAL(octets_u16_little(&octets, at), has2 ? (at + 2) << 8 | (at + 1) : 0);
            CU_ASSERT_EQUAL(octets_u32(&octets, at),
                            has4 ? (at + 1) << 24 | (at + 2) << 16 | (at + 3) << 8 | (at + 4) : 0);
        }
    }
    guard_free(guard);
}

static void octets_bounds(void)
{
    static const uint8_t some[8];
    static const struct {
        const char *name;
        uint32_t len, wire, skip, limit, expected_len, expected_wire;
    } rows[] = {
        { "nothing", 8, 8, 0, 8, 8, 8 },
        { "skip", 8, 10, 3, 7, 5, 7 },
        { "skip over the cut", 4, 10, 6, 4, 0, 4 },
        { "skip too far", 4, 10, 11, 0, 0, 0 },
        { "limit to padding", 8, 8, 2, 3, 3, 3 },
        { "limit beyond", 8, 8, 2, 100, 6, 100 },
        { "skip all there can be", 8, 8, UINT32_MAX, 0, 0, 0 },
    };

    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        struct octets octets = { some, rows[at].len, rows[at].wire };

        octets_skip(&octets, rows[at].skip);
        octets_limit(&octets, rows[at].limit);
        CU_ASSERT_EQUAL(octets.len, rows[at].expected_len);
        CU_ASSERT_EQUAL(octets.wire, rows[at].expected_wire);
        CU_ASSERT_TRUE(octets.at >= some && octets.at + octets.len <= some + sizeof some);
    }
}

void wire_octets_suite(void);
void wire_octets_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/octets", NULL, NULL);

    CU_add_test(suite, "reads", octets_reads);
    CU_add_test(suite, "bounds", octets_bounds);
}
