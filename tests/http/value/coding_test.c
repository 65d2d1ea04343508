#include "http/value/coding.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct coding part;

    return coding_read(value, &part, culprit);
}

static bool read_te(struct text value, struct text *culprit)
{
    struct coding part;

    return coding_read_te(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "chunked", VALUES_GOOD },
    { "gzip", VALUES_GOOD },
    { "foo;a=b ; c = \"d\"", VALUES_GOOD },
    { "", 0 },
    { "chun ked", 5 },
    { "chunked;", 8 },
    { "foo;a", 5 },
    { "foo;a=", 6 },
    { "\"chunked\"", 0 },
    { "foo;;a=b", 4 },
    { "chunked\x0B", 7 },
    { "foo;a=b c", 8 },
};
static const struct values_row tes[] = {
    { "trailers", VALUES_GOOD },
    { "deflate;q=0.5", VALUES_GOOD },
    { "foo;a=b;q=0", VALUES_GOOD },
    { "deflate;q=7", VALUES_GOOD },
    { "Trailers;q=1", 8 },
    { "deflate;q=0.5;a=b", 13 },
    { "foo;q", 5 },
};

static void coding_weights(void)
{
    struct coding coding;

    CU_ASSERT(coding_read_te(TEXT("foo; a=b; Q=0.25"), &coding, NULL));
    CU_ASSERT(text_equal(coding.name, TEXT("foo")) && coding.weight.thousandths == 250);
    CU_ASSERT(coding_read_te(TEXT("foo;q=1.5"), &coding, NULL));
    CU_ASSERT_FALSE(coding.weight.is_valid);
    CU_ASSERT(coding_read(TEXT("foo;q=0"), &coding, NULL));
    CU_ASSERT(coding.weight.is_valid && coding.weight.thousandths == WEIGHT_ONE);
}

static void coding_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void coding_te_grammar(void)
{
    values_check(tes, VALUES_COUNT(tes), read_te);
}

static void coding_laws(void)
{
    values_keep_laws("coding", rows, VALUES_COUNT(rows));
}

void http_value_coding_suite(void);
void http_value_coding_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/coding", NULL, NULL);

    CU_add_test(suite, "grammar", coding_grammar);
    CU_add_test(suite, "TE grammar", coding_te_grammar);
    CU_add_test(suite, "weights", coding_weights);
    CU_add_test(suite, "laws", coding_laws);
}
