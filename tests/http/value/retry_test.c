#include "http/value/retry.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct retry part;

    return retry_read(value, 0, &part, culprit);
}

static const struct values_row rows[] = {
    { "Fri, 31 Dec 1999 23:59:59 GMT", VALUES_GOOD },
    { "120", VALUES_GOOD },
    { "0", VALUES_GOOD },
    { "99999999999999999999", VALUES_GOOD },
    { "", 0 },
    { "-1", 0 },
    { "1.5", 1 },
    { "120s", 3 },
    { "soon", 0 },
    { "Fri, 31 Dec 1999", 16 },
};

static const struct {
    const char *value;
    int64_t until_us;
} ends[] = {
    { "120", 121000000 },
    { "0", 1000000 },
    { "Fri, 31 Dec 1999 23:59:59 GMT", INT64_C(946684799000000) },
    { "99999999999999999999", INT64_MAX },
};

static void retry_ends(void)
{
    for (size_t i = 0; i < VALUES_COUNT(ends); i++) {
        struct retry retry;

        ROW_TRUE(ends[i].value, retry_read(text_of(ends[i].value), 1000000, &retry, NULL));
        ROW_TRUE(ends[i].value, retry_until(&retry, 1000000) == ends[i].until_us);
    }
}

static void retry_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void retry_laws(void)
{
    values_keep_laws("retry", rows, VALUES_COUNT(rows));
}

void http_value_retry_suite(void);
void http_value_retry_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/retry", NULL, NULL);

    CU_add_test(suite, "grammar", retry_grammar);
    CU_add_test(suite, "ends", retry_ends);
    CU_add_test(suite, "laws", retry_laws);
}
