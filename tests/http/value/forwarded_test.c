#include "http/value/forwarded.h"

#include "tests/support/values.h"

static const struct values_row rows[] = {
    { "for=\"_gazonk\"", VALUES_GOOD },
    { "For=\"[2001:db8:cafe::17]:4711\"", VALUES_GOOD },
    { "for=192.0.2.60;proto=http;by=203.0.113.43", VALUES_GOOD },
    { "for=unknown", VALUES_GOOD },
    { "for=_hidden;by=_SEVKISEK", VALUES_GOOD },
    { "host=example.com", VALUES_GOOD },
    { "host=\"example.com:8080\"", VALUES_GOOD },
    { ";for=_a;", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "secret=x", VALUES_GOOD },
    { "for=\"192.0.2.1:_p\"", VALUES_GOOD },
    { "proto=h.2+x-y", VALUES_GOOD },
    { "for=[::1]", 4 },
    { "for=\"[::1\"", 5 },
    { "for=example.org", 4 },
    { "for=192.0.2.1:80", 13 },
    { "for=_a; by=_b", 7 },
    { "for =_a", 3 },
    { "for= _a", 3 },
    { "for=_a\"", 6 },
    { "for", 3 },
    { "for=", 4 },
    { "for=\"_", 4 },
    { "for=\"192.0.2.1:123456\"", 5 },
    { "for=_", 4 },
    { "proto=1a", 6 },
    { "host=\"a b\"", 6 },
    { "by=\"unknown:x\"", 4 },
    { "for=_a,for=_b", 6 },
    { "for=\"\"", 5 },
};

static const struct {
    const char *value;
    bool is_node;
} nodes[] = {
    { "192.0.2.43", true },
    { "192.0.2.43:47011", true },
    { "[2001:db8:cafe::17]", true },
    { "[2001:db8:cafe::17]:47011", true },
    { "unknown", true },
    { "Unknown:1", true },
    { "_hidden", true },
    { "_a.b-c_d:_p", true },
    { "2001:db8::1", false },
    { "[192.0.2.1]", false },
    { "[::1]x", false },
    { "[::1]:", false },
    { "192.0.2.43:", false },
    { "hidden", false },
    { "_", false },
    { "_a b", false },
    { "", false },
};

static void forwarded_nodes(void)
{
    for (size_t i = 0; i < VALUES_COUNT(nodes); i++)
        ROW_TRUE(nodes[i].value, forwarded_is_node(text_of(nodes[i].value)) == nodes[i].is_node);
}

static void forwarded_pairs(void)
{
    struct text rest = TEXT("for=_a;;Proto=\"http\";x=y");
    struct parameter parameter;

    CU_ASSERT(forwarded_next(&rest, &parameter) == STEP_ITEM &&
              parameter_is(&parameter, TEXT("_a")));
    CU_ASSERT(forwarded_next(&rest, &parameter) == STEP_ITEM &&
              parameter_is(&parameter, TEXT("http")));
    CU_ASSERT(forwarded_next(&rest, &parameter) == STEP_ITEM &&
              parameter_is(&parameter, TEXT("y")));
    CU_ASSERT(forwarded_next(&rest, &parameter) == STEP_END);
}

static void forwarded_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), forwarded_read);
}

static void forwarded_laws(void)
{
    values_keep_laws("forwarded", rows, VALUES_COUNT(rows));
}

void http_value_forwarded_suite(void);
void http_value_forwarded_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/forwarded", NULL, NULL);

    CU_add_test(suite, "grammar", forwarded_grammar);
    CU_add_test(suite, "nodes", forwarded_nodes);
    CU_add_test(suite, "pairs", forwarded_pairs);
    CU_add_test(suite, "laws", forwarded_laws);
}
