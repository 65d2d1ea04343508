#include "http/value/quoted.h"

#include <stdio.h>

#include "tests/support/values.h"

static bool read_string(struct text value, struct text *culprit)
{
    struct text inside;

    return (quoted_take(&value, &inside) || cursor_fault(value, culprit)) &&
           cursor_end(value, culprit);
}

static bool read_comment(struct text value, struct text *culprit)
{
    struct text inside;

    return (quoted_take_comment(&value, &inside) || cursor_fault(value, culprit)) &&
           cursor_end(value, culprit);
}

static const struct values_row rows[] = {
    { "\"\"", VALUES_GOOD },
    { "\"a b,c;\"", VALUES_GOOD },
    { "\"a\\\"b\\\\\"", VALUES_GOOD },
    { "\"\xE4\t\"", VALUES_GOOD },
    { "\"a\r\n b\"", VALUES_GOOD },
    { "\"\\\xE4\"", VALUES_GOOD },
    { "", 0 },
    { "a", 0 },
    { "\"a", 0 },
    { "\"a\\", 2 },
    { "\"a\\\"", 0 },
    { "\"a\"b", 3 },
    { "\"a\x01\"", 2 },
    { "\"\x7F\"", 1 },
    { "\"a\\\x01\"", 2 },
    { "\"a\r\nb\"", 2 },
    { "\"a\r\"", 2 },
};
static const struct values_row comments[] = {
    { "()", VALUES_GOOD },
    { "(a)", VALUES_GOOD },
    { "(a(b)c)", VALUES_GOOD },
    { "(a\\)b)", VALUES_GOOD },
    { "(\"a)", VALUES_GOOD },
    { "", 0 },
    { "a", 0 },
    { "(a", 0 },
    { "(a(b)", 0 },
    { "(a\x01)", 2 },
    { "(a))", 3 },
};

static const struct {
    const char *inside, *plain, *pair;
} escapes[] = {
    { "", "", NULL },
    { "abc", "abc", NULL },
    { "a\\\"b", "a\"b", NULL },
    { "a\\\\b", "a\\b", NULL },
    { "a\\bc", "abc", "\\b" },
    { "\\(", "(", "\\(" },
    { "a\r\n b", "a   b", NULL },
};

static void quoted_strings(void)
{
    values_check(rows, VALUES_COUNT(rows), read_string);
}

static void quoted_comments(void)
{
    values_check(comments, VALUES_COUNT(comments), read_comment);
}

static void quoted_escapes(void)
{
    char octets[16], line[32];

    for (size_t i = 0; i < VALUES_COUNT(escapes); i++) {
        struct text inside = text_of(escapes[i].inside), plain = { "", 0 }, pair = { "", 0 };

        ROW_TRUE(escapes[i].inside,
                 quoted_copy(inside, (struct room){ octets, sizeof octets }, &plain));
        ROW_TRUE(escapes[i].inside, text_equal(plain, text_of(escapes[i].plain)));
        ROW_TRUE(escapes[i].inside, quoted_equal(inside, plain, false));
        snprintf(line, sizeof line, "x=\"%s\"", escapes[i].inside);
        ROW_TRUE(escapes[i].inside,
                 quoted_has_needless_pair(text_of(line), &pair) == (escapes[i].pair != NULL));
        ROW_TRUE(escapes[i].inside, text_equal(pair, text_of(escapes[i].pair)));
    }
}

static void quoted_needless_pairs(void)
{
    static const struct {
        const char *value, *pair;          /* NULL: none */
    } pairs[] = {
        { "a (bc\\d)", "\\d" },
        { "a (\")\\d", NULL },
        { "a (b(c)d\\e)", "\\e" },
        { "a ) (\\b", "\\b" },
        { "\"(\" \\a", NULL },
        { "\")\\a\"", "\\a" },
        { "\"a\\\\b\" (\\))", NULL },
        { "\\a", NULL },
        { "\"a\\", NULL },
    };

    for (size_t i = 0; i < VALUES_COUNT(pairs); i++) {
        struct text pair = { "", 0 };
        const char *wanted = pairs[i].pair;

        ROW_TRUE(pairs[i].value,
                 quoted_has_needless_pair(text_of(pairs[i].value), &pair) == (wanted != NULL));
        ROW_TRUE(pairs[i].value, text_equal(pair, text_of(wanted)));
    }
}

static void quoted_rooms(void)
{
    char octets[2];
    struct text plain;

    CU_ASSERT(quoted_copy(TEXT("abcdef"), (struct room){ octets, 0 }, &plain));
    CU_ASSERT_EQUAL(plain.len, 6);
    CU_ASSERT(quoted_copy(TEXT("\\ab"), (struct room){ octets, 2 }, &plain));
    CU_ASSERT_FALSE(quoted_copy(TEXT("\\abc"), (struct room){ octets, 2 }, &plain));
    CU_ASSERT(quoted_equal(TEXT("U\\tF-8"), TEXT("utf-8"), true));
    CU_ASSERT_FALSE(quoted_equal(TEXT("U\\tF-8"), TEXT("utf-8"), false));
    CU_ASSERT_FALSE(quoted_equal(TEXT("utf"), TEXT("utf-8"), true));
    CU_ASSERT_FALSE(quoted_equal(TEXT("utf-8"), TEXT("utf"), true));
}

static void quoted_laws(void)
{
    values_keep_laws("quoted", rows, VALUES_COUNT(rows));
}

void http_value_quoted_suite(void);
void http_value_quoted_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/quoted", NULL, NULL);

    CU_add_test(suite, "strings", quoted_strings);
    CU_add_test(suite, "comments", quoted_comments);
    CU_add_test(suite, "escapes", quoted_escapes);
    CU_add_test(suite, "needless pairs", quoted_needless_pairs);
    CU_add_test(suite, "rooms", quoted_rooms);
    CU_add_test(suite, "laws", quoted_laws);
}
