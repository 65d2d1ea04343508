#include "http/value/percent.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    return (percent_take(&value, percent_is_path) || cursor_fault(value, culprit)) &&
           cursor_end(value, culprit);
}

static const struct values_row rows[] = {
    { "/a/b%20c", VALUES_GOOD },
    { "%C3%a4", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "%", 0 },
    { "a%2", 1 },
    { "a%2g", 1 },
    { "a?b", 1 },
    { "a b", 1 },
};

static const struct {
    const char *one, *other;
    bool is_equal, is_equal_nocase;
} pairs[] = {
    { "", "", true, true },
    { "a", "%61", true, true },
    { "%7E", "~", true, true },
    { "%2f", "%2F", true, true },
    { "%2F", "/", false, false },
    { "%C3%A4", "%c3%a4", true, true },
    { "A", "a", false, true },
    { "%41", "a", false, true },
    { "a", "ab", false, false },
    { "%zz", "%zz", true, true },
    { "%", "%25", false, false },
};

static void percent_pairs(void)
{
    for (size_t i = 0; i < VALUES_COUNT(pairs); i++) {
        struct text one = text_of(pairs[i].one), other = text_of(pairs[i].other);

        ROW_TRUE(pairs[i].one, percent_equal(one, other, false) == pairs[i].is_equal);
        ROW_TRUE(pairs[i].one, percent_equal(other, one, false) == pairs[i].is_equal);
        ROW_TRUE(pairs[i].one, percent_equal(one, other, true) == pairs[i].is_equal_nocase);
    }
}

/* RFC 3986 2.3, 2.2, 3.3, 3.4: how many octets each kind has. */
static void percent_kinds(void)
{
    static const struct {
        bool (*is_kind)(char);
        int count;
    } kinds[] = {
        { percent_is_unreserved, 66 }, { percent_is_name, 77 },  { percent_is_userinfo, 78 },
        { percent_is_path, 80 },       { percent_is_query, 81 },
    };

    for (size_t i = 0; i < VALUES_COUNT(kinds); i++) {
        int count = 0;

        for (int octet = 0; octet < 256; octet++)
            count += kinds[i].is_kind((char)octet);
        CU_ASSERT_EQUAL(count, kinds[i].count);
    }
}

static void percent_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void percent_laws(void)
{
    values_keep_laws("percent", rows, VALUES_COUNT(rows));
}

void http_value_percent_suite(void);
void http_value_percent_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/percent", NULL, NULL);

    CU_add_test(suite, "grammar", percent_grammar);
    CU_add_test(suite, "pairs", percent_pairs);
    CU_add_test(suite, "kinds", percent_kinds);
    CU_add_test(suite, "laws", percent_laws);
}
