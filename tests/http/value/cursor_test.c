#include "http/value/cursor.h"

#include "tests/support/values.h"

static const struct values_row rows[] = {
    { "abc", VALUES_GOOD },
    { " \t a1", VALUES_GOOD },
    { "\r\n b", VALUES_GOOD },
};

static const struct {
    const char *value;
    size_t blanks, fold;
    bool is_space, is_spaces;
} blanks[] = {
    { "", 0, 0, false, false },
    { "a", 0, 0, false, false },
    { " a", 1, 0, true, true },
    { "  a", 2, 0, true, true },
    { "\ta", 1, 0, false, false },
    { " \ta", 2, 0, true, false },
    { "\r\n a", 3, 3, true, true },
    { "\n\ta", 2, 2, true, true },
    { " \r\n \t a", 6, 0, true, true },
    { "\r\na", 0, 0, false, false },
    { "\r a", 0, 0, false, false },
    { "\r\n", 0, 0, false, false },
    { " \r\n", 1, 0, true, true },
    { "\r\n \r\n b", 6, 3, true, true },
};

static void cursor_blank_runs(void)
{
    for (size_t i = 0; i < VALUES_COUNT(blanks); i++) {
        struct text value = text_of(blanks[i].value), rest = value;

        ROW_TRUE(blanks[i].value, cursor_fold(value) == blanks[i].fold);
        ROW_TRUE(blanks[i].value, cursor_blanks(&rest).len == blanks[i].blanks);
        ROW_TRUE(blanks[i].value, rest.at == value.at + blanks[i].blanks);
        rest = value;
        ROW_TRUE(blanks[i].value, cursor_space(&rest) == blanks[i].is_space);
        rest = value;
        ROW_TRUE(blanks[i].value, cursor_spaces(&rest) == blanks[i].is_spaces);
    }
}

/* Every octet, against the grammar's own words. */
static void cursor_kinds(void)
{
    for (int i = 0; i < 256; i++) {
        char octet = (char)i;
        bool is_alpha = (i >= 0x41 && i <= 0x5A) || (i >= 0x61 && i <= 0x7A),
             is_digit = i >= 0x30 && i <= 0x39;

        CU_ASSERT_EQUAL(cursor_is_alpha(octet), is_alpha);
        CU_ASSERT_EQUAL(cursor_is_digit(octet), is_digit);
        CU_ASSERT_EQUAL(cursor_is_alnum(octet), is_alpha || is_digit);
        CU_ASSERT_EQUAL(cursor_is_hex(octet), i != 0 && strchr("0123456789abcdefABCDEF", octet));
        CU_ASSERT_EQUAL(cursor_is_visible(octet), i == 9 || (i >= 0x20 && i <= 0x7E) || i >= 0x80);
    }
}

static void cursor_takes(void)
{
    struct text rest = TEXT("W/12ab"), culprit = { NULL, 0 };

    CU_ASSERT_FALSE(cursor_take(&rest, 'w'));
    CU_ASSERT_FALSE(cursor_take_text(&rest, TEXT("W/13")));
    CU_ASSERT(cursor_take_text(&rest, TEXT("W/")));
    CU_ASSERT(text_equal(cursor_digits(&rest), TEXT("12")));
    CU_ASSERT_FALSE(cursor_end(rest, &culprit));
    CU_ASSERT(text_equal(culprit, TEXT("ab")));
    CU_ASSERT(text_equal(cursor_token(&rest), TEXT("ab")));
    CU_ASSERT(cursor_end(rest, NULL));
}

static void cursor_laws(void)
{
    values_keep_laws("cursor", rows, VALUES_COUNT(rows));
}

void http_value_cursor_suite(void);
void http_value_cursor_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/cursor", NULL, NULL);

    CU_add_test(suite, "blank runs", cursor_blank_runs);
    CU_add_test(suite, "kinds of octets", cursor_kinds);
    CU_add_test(suite, "takes", cursor_takes);
    CU_add_test(suite, "laws", cursor_laws);
}
