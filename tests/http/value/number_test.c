#include "http/value/number.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    uint64_t number;

    return number_read(value, &number, culprit);
}

static const struct values_row rows[] = {
    { "3600", VALUES_GOOD },
    { "0", VALUES_GOOD },
    { "0012", VALUES_GOOD },
    { "18446744073709551616", VALUES_GOOD },
    { "", 0 },
    { "-1", 0 },
    { "+1", 0 },
    { "1.5", 1 },
    { "12 ", 2 },
    { "1,2", 1 },
    { "0x10", 1 },
    { "12a", 2 },
};

static const struct {
    const char *value;
    uint64_t number;
} numbers[] = {
    { "0", 0 },
    { "007", 7 },
    { "2147483648", 2147483648 },
    { "18446744073709551614", UINT64_MAX - 1 },
    { "18446744073709551615", UINT64_MAX },
    { "18446744073709551616", UINT64_MAX },
    { "99999999999999999999999999", UINT64_MAX },
};

static void number_values(void)
{
    for (size_t i = 0; i < VALUES_COUNT(numbers); i++) {
        uint64_t number = 1;

        ROW_TRUE(numbers[i].value, number_read(text_of(numbers[i].value), &number, NULL));
        ROW_TRUE(numbers[i].value, number == numbers[i].number);
    }
}

static void number_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void number_laws(void)
{
    values_keep_laws("number", rows, VALUES_COUNT(rows));
}

void http_value_number_suite(void);
void http_value_number_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/number", NULL, NULL);

    CU_add_test(suite, "grammar", number_grammar);
    CU_add_test(suite, "values", number_values);
    CU_add_test(suite, "laws", number_laws);
}
