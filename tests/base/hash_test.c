#include "base/hash.h"

#include <CUnit/CUnit.h>
#include <string.h>

void base_hash_suite(void);

static void test_key(void)
{
    struct hash_secret one, same, other;

    hash_secret_make(&one, (const uint8_t *)"0123456789abcdef");
    hash_secret_make(&same, (const uint8_t *)"0123456789abcdef");
    hash_secret_make(&other, (const uint8_t *)"0123456789abcdeg");
    for (size_t len = 0; len < 300; len++) {
        uint8_t octets[300];

        memset(octets, (int)len, sizeof octets);
        CU_ASSERT_EQUAL(hash_octets(&one, octets, len), hash_octets(&same, octets, len));
        CU_ASSERT_NOT_EQUAL(hash_octets(&one, octets, len), hash_octets(&other, octets, len));
    }
}

/* Each bit of the input reaches the low bits, which choose the bucket. */
static void test_low_bits(void)
{
    struct hash_secret secret;
    uint8_t octets[48] = { 0 };
    unsigned same = 0;

    hash_secret_make(&secret, (const uint8_t *)"0123456789abcdef");
    for (unsigned bit = 0; bit < 8 * sizeof octets; bit++) {
        uint64_t before = hash_octets(&secret, octets, sizeof octets);

        octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
        same += ((before ^ hash_octets(&secret, octets, sizeof octets)) & 0xffff) == 0;
    }
    CU_ASSERT_EQUAL(same, 0);
}

/* The values that xxHash publishes for XXH3_128bits of nothing: they stand in files. */
static void test_digest(void)
{
    static const uint8_t of_nothing[DIGEST_OCTETS] = { 0x99, 0xaa, 0x06, 0xd3, 0x01, 0x47, 0x98, 0xd8,
                                                       0x60, 0x01, 0xc3, 0x24, 0x46, 0x8d, 0x49, 0x7f };
    uint8_t one[DIGEST_OCTETS], other[DIGEST_OCTETS];

    hash_digest(one, "", 0);
    CU_ASSERT_EQUAL(memcmp(one, of_nothing, DIGEST_OCTETS), 0);
    hash_digest(one, "a", 1);
    hash_digest(other, "b", 1);
    CU_ASSERT_NOT_EQUAL(memcmp(one, other, DIGEST_OCTETS), 0);
}

/* Each bit of each number reaches the low bits, and the key counts. */
static void test_join(void)
{
    struct hash_secret secret, other;
    uint64_t numbers[3] = { 1, 0, 0 };
    unsigned same = 0;

    hash_secret_make(&secret, (const uint8_t *)"0123456789abcdef");
    hash_secret_make(&other, (const uint8_t *)"0123456789abcdeg");
    for (unsigned bit = 0; bit < 192; bit++) {
        uint64_t before = hash_join(&secret, numbers[0], numbers[1], numbers[2]);

        CU_ASSERT_EQUAL(before, hash_join(&secret, numbers[0], numbers[1], numbers[2]));
        CU_ASSERT_NOT_EQUAL(before, hash_join(&other, numbers[0], numbers[1], numbers[2]));
        numbers[bit / 64] ^= (uint64_t)1 << bit % 64;
        same += ((before ^ hash_join(&secret, numbers[0], numbers[1], numbers[2])) & 0xffff) == 0;
    }
    CU_ASSERT_EQUAL(same, 0);
    CU_ASSERT_NOT_EQUAL(hash_join(&secret, 1, 2, 3), hash_join(&secret, 2, 1, 3));
    CU_ASSERT_NOT_EQUAL(hash_join(&secret, 1, 2, 3), hash_join(&secret, 1, 3, 2));
}

void base_hash_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/hash", NULL, NULL);

    CU_add_test(suite, "key", test_key);
    CU_add_test(suite, "low bits", test_low_bits);
    CU_add_test(suite, "digest", test_digest);
    CU_add_test(suite, "joined numbers", test_join);
}
