#include "flow/stream.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

void flow_stream_suite(void);

static void test_position(void)
{
    static const struct {
        const char *name;
        uint32_t first, then;
        int64_t away;
    } rows[] = {
        { "the same", 5, 5, 0 },
        { "ahead", 5, 9, 4 },
        { "behind", 5, 1, -4 },
        { "ahead past 2^32", 0xfffffffe, 3, 5 },
        { "behind past 2^32", 3, 0xfffffffe, -5 },
        { "as far ahead as can be", 10, 0x80000009, 0x7fffffff },
        { "as far behind as can be", 10, 0x8000000a, -INT64_C(0x80000000) },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stream s = { 0 };
        uint64_t first = stream_anchor(&s, rows[i].first);

        if (stream_position(&s, rows[i].then) != first + (uint64_t)rows[i].away) {
            CU_FAIL("another position");
            printf("\n    %s\n", rows[i].name);
        }
    }
}

/* Positions go on where numbers wrap, more than once. */
static void test_wrap(void)
{
    struct stream s = { 0 };
    uint64_t first = stream_anchor(&s, 7);
    uint32_t seq = 7;

    stream_set_base(&s, first);
    for (uint64_t i = 1; i <= 40; i++) {
        seq += 0x30000000;
        CU_ASSERT_EQUAL(stream_position(&s, seq), first + i * 0x30000000);
        s.next = stream_position(&s, seq);
    }
}

static void test_isns(void)
{
    struct stream s = { 0 };

    CU_ASSERT(stream_fits_isn(&s, 1));
    for (uint32_t isn = 100; isn < 100 + STREAM_ISNS * 100; isn += 100)
        CU_ASSERT(stream_add_isn(&s, isn));
    CU_ASSERT_FALSE(stream_add_isn(&s, 9));
    CU_ASSERT(stream_add_isn(&s, 300));
    CU_ASSERT_FALSE(s.is_settled);
    CU_ASSERT_EQUAL(s.next, stream_position(&s, 101));
    stream_settle(&s, 50);
    CU_ASSERT_FALSE(s.is_settled);
    stream_settle(&s, 305);
    CU_ASSERT(s.is_settled);
    CU_ASSERT_EQUAL(s.next, stream_position(&s, 301));
    CU_ASSERT_EQUAL(s.origin, s.next);
}

static void test_reach(void)
{
    struct stream s = { 0 };
    uint64_t pos = stream_anchor(&s, 7);

    stream_set_base(&s, pos);
    CU_ASSERT(stream_reaches(&s, pos, pos));
    CU_ASSERT(stream_reaches(&s, pos + STREAM_REACH, pos + STREAM_REACH + 1));
    CU_ASSERT_FALSE(stream_reaches(&s, pos + STREAM_REACH + 1, pos + STREAM_REACH + 2));
    CU_ASSERT(stream_reaches(&s, pos - STREAM_REACH - 1, pos - STREAM_REACH));
    CU_ASSERT_FALSE(stream_reaches(&s, pos - STREAM_REACH - 1, pos - STREAM_REACH - 1));
    s.acked = pos + 1000;
    CU_ASSERT(stream_reaches(&s, pos + STREAM_REACH + 1000, pos + STREAM_REACH + 1001));
}

void flow_stream_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/stream", NULL, NULL);

    CU_add_test(suite, "position", test_position);
    CU_add_test(suite, "wrap", test_wrap);
    CU_add_test(suite, "isns", test_isns);
    CU_add_test(suite, "reach", test_reach);
}
