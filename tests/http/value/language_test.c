#include "http/value/language.h"

#include "tests/support/values.h"

static const struct values_row rows[] = {
    { "da", VALUES_GOOD },
    { "mi", VALUES_GOOD },
    { "en-GB", VALUES_GOOD },
    { "zh-Hans-CN", VALUES_GOOD },
    { "sl-rozaj-biske", VALUES_GOOD },
    { "de-CH-1901", VALUES_GOOD },
    { "zh-min-nan", VALUES_GOOD },
    { "x-whatever", VALUES_GOOD },
    { "qaa-Qaaa-QM-x-southern", VALUES_GOOD },
    { "es-419", VALUES_GOOD },
    { "de-DE-u-co-phonebk", VALUES_GOOD },
    { "en-a-myext-b-another", VALUES_GOOD },
    { "i-klingon", VALUES_GOOD },
    { "sgn-be-fr", VALUES_GOOD },
    { "en-GB-oed", VALUES_GOOD },
    { "root", VALUES_GOOD },
    { "abcdefgh", VALUES_GOOD },
    { "", 0 },
    { "a", 0 },
    { "en_US", 2 },
    { "*", 0 },
    { "abcdefghi", 0 },
    { "de-419-DE", 6 },
    { "en-", 2 },
    { "en--GB", 2 },
    { "en-a", 4 },
    { "en-a-x", 4 },
    { "x", 1 },
    { "-en", 0 },
    { "en-GB ", 5 },
    { "i-nothing", 0 },
    { "1a", 0 },
    { "en-toolongvariant", 2 },
};
static const struct values_row ranges[] = {
    { "*", VALUES_GOOD },
    { "en", VALUES_GOOD },
    { "zh-Hant", VALUES_GOOD },
    { "de-de-1996", VALUES_GOOD },
    { "en-a", VALUES_GOOD },
    { "x-y-z", VALUES_GOOD },
    { "", 0 },
    { "*-de", 0 },
    { "en-*", 2 },
    { "en_US", 2 },
    { "en-", 2 },
    { "abcdefghi", 0 },
    { "en-abcdefghi", 2 },
    { "e1", 0 },
};

static void language_tags(void)
{
    values_check(rows, VALUES_COUNT(rows), language_is_tag);
}

static void language_ranges(void)
{
    values_check(ranges, VALUES_COUNT(ranges), language_is_range);
}

static void language_laws(void)
{
    values_keep_laws("language", rows, VALUES_COUNT(rows));
}

void http_value_language_suite(void);
void http_value_language_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/language", NULL, NULL);

    CU_add_test(suite, "tags", language_tags);
    CU_add_test(suite, "ranges", language_ranges);
    CU_add_test(suite, "laws", language_laws);
}
