#include "http/value/disposition.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct disposition part;

    return disposition_read(value, &part, culprit);
}

static bool read_extended(struct text value, struct text *culprit)
{
    struct extended part;

    return disposition_read_extended(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "inline", VALUES_GOOD },
    { "attachment; filename=\"EURO rates\"", VALUES_GOOD },
    { "attachment; filename=a.html; filename*=UTF-8''%e2%82%ac%20rates", VALUES_GOOD },
    { "Attachment;", VALUES_GOOD },
    { "form-data; name=\"a\"", VALUES_GOOD },
    { "attachment; filename = a", VALUES_GOOD },
    { "", 0 },
    { "filename=\"a\"", 8 },
    { "attachment; filename=a b", 23 },
    { "attachment; filename=", 21 },
    { "attachment filename=a", 11 },
    { "attachment; filename=\"a", 21 },
    { "attachment; filename", 20 },
    { "\"attachment\"", 0 },
    { "attachment; filename=/a", 21 },
    { "attachment; filename=a, inline", 22 },
};
static const struct values_row extendeds[] = {
    { "UTF-8''%c2%a3%20rates", VALUES_GOOD },
    { "iso-8859-1'en'%A3%20rates", VALUES_GOOD },
    { "UTF-8''", VALUES_GOOD },
    { "UTF-8'de-DE'a~b", VALUES_GOOD },
    { "", 0 },
    { "''a", 0 },
    { "UTF-8'a", 7 },
    { "UTF-8", 5 },
    { "\"UTF-8''a\"", 0 },
    { "UTF-8''a b", 8 },
    { "UTF-8''%e", 7 },
    { "UTF-8''a'b", 8 },
    { "UTF-8''a*", 8 },
    { "UTF-8'e_n'a", 7 },
    { "UTF-8'a'b", 6 },
    { "UTF-8''\"a\"", 7 },
};

static void disposition_parts(void)
{
    struct disposition disposition;
    struct extended extended;

    CU_ASSERT(disposition_read(TEXT("attachment; filename=a"), &disposition, NULL));
    CU_ASSERT(text_equal(disposition.type, TEXT("attachment")));
    CU_ASSERT(text_equal(disposition.parameters, TEXT("; filename=a")));
    CU_ASSERT(disposition_read_extended(TEXT("iso-8859-1'en'%A3"), &extended, NULL));
    CU_ASSERT(text_equal(extended.charset, TEXT("iso-8859-1")) &&
              text_equal(extended.language, TEXT("en")));
    CU_ASSERT(text_equal(extended.value, TEXT("%A3")));
}

static void disposition_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void disposition_extended_grammar(void)
{
    values_check(extendeds, VALUES_COUNT(extendeds), read_extended);
}

static void disposition_laws(void)
{
    values_keep_laws("disposition", rows, VALUES_COUNT(rows));
}

static void disposition_extended_laws(void)
{
    values_keep_laws("disposition", extendeds, VALUES_COUNT(extendeds));
}

void http_value_disposition_suite(void);
void http_value_disposition_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/disposition", NULL, NULL);

    CU_add_test(suite, "grammar", disposition_grammar);
    CU_add_test(suite, "extended grammar", disposition_extended_grammar);
    CU_add_test(suite, "parts", disposition_parts);
    CU_add_test(suite, "laws", disposition_laws);
    CU_add_test(suite, "extended laws", disposition_extended_laws);
}
