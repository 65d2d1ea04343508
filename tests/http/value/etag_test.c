#include "http/value/etag.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct etag part;

    return etag_read(value, &part, culprit);
}

static bool read_list(struct text value, struct text *culprit)
{
    return etag_list_check(list_of(value), culprit);
}

static const struct values_row rows[] = {
    { "\"xyzzy\"", VALUES_GOOD },
    { "W/\"xyzzy\"", VALUES_GOOD },
    { "\"\"", VALUES_GOOD },
    { "\"a\\b\"", VALUES_GOOD },
    { "\"\xE4!\"", VALUES_GOOD },
    { "", 0 },
    { "xyzzy", 0 },
    { "w/\"xyzzy\"", 0 },
    { "W\"x\"", 0 },
    { "W/xyzzy", 2 },
    { "\"xyz zy\"", 4 },
    { "\"xyzzy", 6 },
    { "\"a\"b", 3 },
    { "\"a\\\"b\"", 4 },
    { "\"a\", \"b\"", 3 },
    { "\"a\tb\"", 2 },
    { "W/ \"a\"", 2 },
    { "\"a\x7F\"", 2 },
    { "*", 0 },
};
static const struct values_row lists[] = {
    { "\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"", VALUES_GOOD },
    { "W/\"xyzzy\", W/\"r2d2xxxx\"", VALUES_GOOD },
    { "*", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "\"a,b\",\"c\"", VALUES_GOOD },
    { "\"a\\\",\"b\"", VALUES_GOOD },
    { ", \"a\"", VALUES_GOOD },
    { "\"a\",\r\n \"b\"", VALUES_GOOD },
    { "*, \"a\"", 0 },
    { "\"a\", *", 5 },
    { "a", 0 },
    { "\"a\" \"b\"", 3 },
    { "*, *", 0 },
};

/* RFC 9110 8.8.3.2 */
static const struct {
    const char *one, *other;
    bool is_strong, is_weak;
} pairs[] = {
    { "W/\"1\"", "W/\"1\"", false, true },
    { "W/\"1\"", "W/\"2\"", false, false },
    { "W/\"1\"", "\"1\"", false, true },
    { "\"1\"", "\"1\"", true, true },
    { "\"a\"", "\"A\"", false, false },
};

static void etag_comparison(void)
{
    for (size_t i = 0; i < VALUES_COUNT(pairs); i++) {
        struct etag one, other;

        ROW_TRUE(pairs[i].one, etag_read(text_of(pairs[i].one), &one, NULL));
        ROW_TRUE(pairs[i].other, etag_read(text_of(pairs[i].other), &other, NULL));
        ROW_TRUE(pairs[i].one, etag_equal_strong(&one, &other) == pairs[i].is_strong);
        ROW_TRUE(pairs[i].one, etag_equal_weak(&one, &other) == pairs[i].is_weak);
    }
}

static void etag_members(void)
{
    struct list_reader list = list_of(TEXT("\"a\", x, W/\"b\""));
    struct etag a, b;

    etag_read(TEXT("\"a\""), &a, NULL);
    etag_read(TEXT("\"b\""), &b, NULL);
    CU_ASSERT(etag_list_has(list, &a, etag_equal_strong));
    CU_ASSERT(etag_list_has(list, &b, etag_equal_weak));
    CU_ASSERT_FALSE(etag_list_has(list, &b, etag_equal_strong));
    CU_ASSERT_FALSE(etag_list_has(list_of(TEXT("*")), &a, etag_equal_weak));
    CU_ASSERT(etag_list_is_any(list_of(TEXT(" * "))));
    CU_ASSERT_FALSE(etag_list_is_any(list_of(TEXT("*, \"a\""))));
    CU_ASSERT_FALSE(etag_list_is_any(list_of(TEXT(""))));
}

static void etag_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void etag_lists(void)
{
    values_check(lists, VALUES_COUNT(lists), read_list);
}

static void etag_laws(void)
{
    values_keep_laws("etag", lists, VALUES_COUNT(lists));
}

void http_value_etag_suite(void);
void http_value_etag_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/etag", NULL, NULL);

    CU_add_test(suite, "grammar", etag_grammar);
    CU_add_test(suite, "lists", etag_lists);
    CU_add_test(suite, "comparison", etag_comparison);
    CU_add_test(suite, "members", etag_members);
    CU_add_test(suite, "laws", etag_laws);
}
