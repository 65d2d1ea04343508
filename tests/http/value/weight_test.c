#include "http/value/weight.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct weighted weighted;

    return weight_read(value, &weighted, culprit);
}

static const struct values_row rows[] = {
    { "gzip;q=1.0", VALUES_GOOD },
    { "*", VALUES_GOOD },
    { "identity; q=0.5", VALUES_GOOD },
    { "da", VALUES_GOOD },
    { "en-gb;q=0.8", VALUES_GOOD },
    { "iso-8859-5 ; Q=0", VALUES_GOOD },
    { "gzip;q=5", VALUES_GOOD },
    { "gzip;q = 1", VALUES_GOOD },
    { "", 0 },
    { ";q=1", 0 },
    { "gzip q=1", 5 },
    { "gzip;level=9", 5 },
    { "gzip;q", 6 },
    { "gzip;q=", 7 },
    { "gzip;q=1;x=y", 8 },
    { "gzip;", 5 },
    { "a/b", 1 },
};

static const struct {
    const char *value;
    unsigned thousandths;
    bool is_valid;
} weights[] = {
    { "a", 1000, true },
    { "a;q=0", 0, true },
    { "a;q=0.", 0, true },
    { "a;q=0.5", 500, true },
    { "a;q=0.05", 50, true },
    { "a;q=0.005", 5, true },
    { "a;q=0.999", 999, true },
    { "a;q=1", 1000, true },
    { "a;q=1.", 1000, true },
    { "a;q=1.000", 1000, true },
    { "a;q=1.001", 1000, false },
    { "a;q=0.0001", 1000, false },
    { "a;q=1.0000", 1000, false },
    { "a;q=.5", 1000, false },
    { "a;q=00", 1000, false },
    { "a;q=2", 1000, false },
    { "a;q=-1", 1000, false },
    { "a;q=0x", 1000, false },
    { "a;q=\"1\"", 1000, false },
};

static void weight_values(void)
{
    for (size_t i = 0; i < VALUES_COUNT(weights); i++) {
        struct weighted weighted;

        ROW_TRUE(weights[i].value, weight_read(text_of(weights[i].value), &weighted, NULL));
        ROW_TRUE(weights[i].value, text_equal(weighted.name, TEXT("a")));
        ROW_TRUE(weights[i].value, weighted.weight.thousandths == weights[i].thousandths);
        ROW_TRUE(weights[i].value, weighted.weight.is_valid == weights[i].is_valid);
    }
}

static void weight_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void weight_laws(void)
{
    values_keep_laws("weight", rows, VALUES_COUNT(rows));
}

void http_value_weight_suite(void);
void http_value_weight_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/weight", NULL, NULL);

    CU_add_test(suite, "grammar", weight_grammar);
    CU_add_test(suite, "values", weight_values);
    CU_add_test(suite, "laws", weight_laws);
}
