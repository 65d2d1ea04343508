#include "http/value/expect.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct expectation part;

    return expect_read(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "100-continue", VALUES_GOOD },
    { "foo=bar", VALUES_GOOD },
    { "foo=\"b;c\";d=e", VALUES_GOOD },
    { "foo=bar;", VALUES_GOOD },
    { "", 0 },
    { "100 continue", 3 },
    { "100-continue;a=b", 12 },
    { "foo=", 4 },
    { "foo=bar;a", 9 },
    { "=a", 0 },
};

static void expect_continues(void)
{
    struct expectation expectation;

    CU_ASSERT(expect_read(TEXT("100-Continue"), &expectation, NULL) &&
              expect_is_continue(&expectation));
    CU_ASSERT(expect_read(TEXT("100-continue=1"), &expectation, NULL));
    CU_ASSERT_FALSE(expect_is_continue(&expectation));
    CU_ASSERT(expect_read(TEXT("a=b;c=d"), &expectation, NULL));
    CU_ASSERT(text_equal(expectation.parameters, TEXT(";c=d")));
}

static void expect_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void expect_laws(void)
{
    values_keep_laws("expect", rows, VALUES_COUNT(rows));
}

void http_value_expect_suite(void);
void http_value_expect_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/expect", NULL, NULL);

    CU_add_test(suite, "grammar", expect_grammar);
    CU_add_test(suite, "continues", expect_continues);
    CU_add_test(suite, "laws", expect_laws);
}
