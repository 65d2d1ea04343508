#include "http/value/bare.h"

#include "tests/support/values.h"

static const struct {
    const char *value;
    enum bare_kind kind;
    int at;
} rows[] = {
    { "42", BARE_INTEGER, VALUES_GOOD },
    { "-0", BARE_INTEGER, VALUES_GOOD },
    { "999999999999999", BARE_INTEGER, VALUES_GOOD },
    { "1000000000000000", BARE_INTEGER, 16 },
    { "-", BARE_INTEGER, 1 },
    { "+1", BARE_INTEGER, 0 },
    { "4.5", BARE_DECIMAL, VALUES_GOOD },
    { "-123456789012.125", BARE_DECIMAL, VALUES_GOOD },
    { "1234567890123.1", BARE_DECIMAL, 13 },
    { "1.", BARE_DECIMAL, 2 },
    { "1.2345", BARE_DECIMAL, 6 },
    { ".5", BARE_INTEGER, 0 },
    { "\"hello \\\"w\\\\\"", BARE_STRING, VALUES_GOOD },
    { "\"\"", BARE_STRING, VALUES_GOOD },
    { "\"a", BARE_STRING, 2 },
    { "\" ~\"", BARE_STRING, VALUES_GOOD },
    { "\"\x7F\"", BARE_STRING, 1 },
    { "%\" ~\"", BARE_DISPLAY, VALUES_GOOD },
    { "%\"\x7F\"", BARE_DISPLAY, 2 },
    { "\"a\\b\"", BARE_STRING, 2 },
    { "\"\xE4\"", BARE_STRING, 1 },
    { "\"a\tb\"", BARE_STRING, 2 },
    { "\"a\\", BARE_STRING, 2 },
    { "foo123/456", BARE_TOKEN, VALUES_GOOD },
    { "*a:b", BARE_TOKEN, VALUES_GOOD },
    { "A", BARE_TOKEN, VALUES_GOOD },
    { "", BARE_INTEGER, 0 },
    { "_a", BARE_INTEGER, 0 },
    { ":aGk=:", BARE_BYTES, VALUES_GOOD },
    { "::", BARE_BYTES, VALUES_GOOD },
    { ":a_:", BARE_BYTES, 2 },
    { ":aGk=", BARE_BYTES, 5 },
    { ":a=b:", BARE_BYTES, 3 },
    { ":a===:", BARE_BYTES, 4 },
    { "?1", BARE_BOOLEAN, VALUES_GOOD },
    { "?0", BARE_BOOLEAN, VALUES_GOOD },
    { "?2", BARE_BOOLEAN, 1 },
    { "?", BARE_BOOLEAN, 1 },
    { "@1659578233", BARE_DATE, VALUES_GOOD },
    { "@-1", BARE_DATE, VALUES_GOOD },
    { "@1.5", BARE_DATE, 4 },
    { "@", BARE_DATE, 1 },
    { "%\"f%c3%bc\"", BARE_DISPLAY, VALUES_GOOD },
    { "%\"a\"", BARE_DISPLAY, VALUES_GOOD },
    { "%\"%C3\"", BARE_DISPLAY, 2 },
    { "%\"a", BARE_DISPLAY, 3 },
    { "%a", BARE_DISPLAY, 0 },
    { "%\"%c\"", BARE_DISPLAY, 2 },
};

static void bare_grammar(void)
{
    for (size_t i = 0; i < VALUES_COUNT(rows); i++) {
        struct text value = text_of(rows[i].value), rest = value;
        enum bare_kind kind = BARE_INTEGER;
        bool is_good = bare_take(&rest, &kind) && rest.len == 0;

        ROW_TRUE(rows[i].value, kind == rows[i].kind);
        ROW_TRUE(rows[i].value, (is_good ? VALUES_GOOD : (int)(rest.at - value.at)) == rows[i].at);
    }
}

static const struct values_row samples[] = {
    { "-123456789012.125", VALUES_GOOD },
    { "\"a\\\"b\"", VALUES_GOOD },
    { "foo123/456", VALUES_GOOD },
    { ":aGk=:", VALUES_GOOD },
    { "@-12", VALUES_GOOD },
    { "%\"f%c3%bc\"", VALUES_GOOD },
};

static void bare_laws(void)
{
    values_keep_laws("bare", samples, VALUES_COUNT(samples));
}

void http_value_bare_suite(void);
void http_value_bare_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/bare", NULL, NULL);

    CU_add_test(suite, "grammar", bare_grammar);
    CU_add_test(suite, "laws", bare_laws);
}
