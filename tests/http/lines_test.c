#include "http/lines.h"

#include <CUnit/CUnit.h>

enum { OCTETS = 2 * LINES_BLOCK };

/* Octet by octet. */
static uint64_t ends_of(const char *octets, size_t len)
{
    uint64_t ends = 0;

    for (size_t i = 0; i < len && i < LINES_BLOCK; i++)
        if (octets[i] == '\n')
            ends |= (uint64_t)1 << i;
    return ends;
}

/* Octets near LF too, and some that have its bits. */
static void ends_are_found(void)
{
    static const char some[] = { '\n', '\r', 'a', '\v', '\t', '\n', (char)0x8a, '\0', '\n', '\n', (char)0xff };
    char octets[OCTETS];
    unsigned wrong = 0;

    for (size_t i = 0; i < OCTETS; i++)
        octets[i] = some[i * i % sizeof some];
    for (size_t from = 0; from < LINES_BLOCK; from++)
        for (size_t len = 0; from + len <= OCTETS; len++)
            wrong += lines_ends(octets + from, len) != ends_of(octets + from, len);
    CU_ASSERT_EQUAL(wrong, 0);
}

void http_lines_suite(void);
void http_lines_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/lines", NULL, NULL);

    CU_add_test(suite, "every LF of a block, and no other octet", ends_are_found);
}
