#include "http/value/protocol.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct protocol part;

    return protocol_read(value, &part, culprit);
}

static bool read_via(struct text value, struct text *culprit)
{
    struct via part;

    return protocol_read_via(value, &part, culprit);
}

static bool read_products(struct text value, struct text *culprit)
{
    return protocol_read_products(value, NULL, NULL, culprit);
}

static const struct values_row rows[] = {
    { "HTTP/2.0", VALUES_GOOD },
    { "websocket", VALUES_GOOD },
    { "IRC/6.9", VALUES_GOOD },
    { "h2c", VALUES_GOOD },
    { "", 0 },
    { "HTTP/", 5 },
    { "/1.0", 0 },
    { "TLS/1.0 x", 7 },
    { "a/b/c", 3 },
    { "\"h2c\"", 0 },
};
static const struct values_row vias[] = {
    { "1.0 fred", VALUES_GOOD },
    { "1.1 p.example.net", VALUES_GOOD },
    { "HTTP/1.1 proxy.example.re:8080", VALUES_GOOD },
    { "1.1 fred (Apache/1.1)", VALUES_GOOD },
    { "1.1 [::1]:80 (a (b))", VALUES_GOOD },
    { "1.1  fred", VALUES_GOOD },
    { "1.1\r\n fred", VALUES_GOOD },
    { "1.1 a:", VALUES_GOOD },
    { "", 0 },
    { "1.1", 3 },
    { "1.1 fred bar", 9 },
    { "1.1 fred(a)", 8 },
    { "1.1 fred (a", 9 },
    { "1.1 fred (a) b", 12 },
    { "1.1 a:b", 6 },
    { "HTTP/ a", 5 },
    { "1.1 [::", 4 },
    { "1.1 a/b", 5 },
    { "1.1 a, 1.0 b", 5 },
};
static const struct values_row products[] = {
    { "CERN-LineMode/2.15 libwww/2.17b3", VALUES_GOOD },
    { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)", VALUES_GOOD },
    { "Apache", VALUES_GOOD },
    { "a	(b)", VALUES_GOOD },
    { "a (b) (c)", VALUES_GOOD },
    { "a (\xE4)", VALUES_GOOD },
    { "", 0 },
    { "(comment)", 0 },
    { "a/", 2 },
    { "a (b", 2 },
    { "a(b)", 1 },
    { "a/b/c", 3 },
    { "a ", 2 },
    { "a (b)c", 5 },
    { "a, b", 1 },
    { "a \"b\"", 2 },
    { "@a", 0 },
};

static void protocol_fitting(void)
{
    static const struct {
        const char *one, *other;
        bool is_fitting;
    } pairs[] = {
        { "websocket", "WebSocket", true },
        { "TLS/1.0", "tls", true },
        { "HTTP/2.0", "HTTP/2.0", true },
        { "HTTP/2.0", "HTTP/1.1", false },
        { "h2c", "h2", false },
    };

    for (size_t i = 0; i < VALUES_COUNT(pairs); i++) {
        struct protocol one, other;

        protocol_read(text_of(pairs[i].one), &one, NULL);
        protocol_read(text_of(pairs[i].other), &other, NULL);
        ROW_TRUE(pairs[i].one, protocol_fits(&one, &other) == pairs[i].is_fitting);
        ROW_TRUE(pairs[i].one, protocol_fits(&other, &one) == pairs[i].is_fitting);
    }
}

static void protocol_vias(void)
{
    struct list_reader list =
        protocol_via_list(list_of(TEXT("1.0 ricky, HTTP/1.1 fred:80 \t(a, (b)), 1.0 \"x, 1.1 c")));
    struct text member;
    struct via via;

    CU_ASSERT_FATAL(list_next(&list, &member) && protocol_read_via(member, &via, NULL));
    CU_ASSERT(text_equal(via.protocol, TEXT("1.0")) && text_equal(via.by, TEXT("ricky")));
    CU_ASSERT(via.blanks.len == 0 && via.comment.len == 0);
    CU_ASSERT_FATAL(list_next(&list, &member) && protocol_read_via(member, &via, NULL));
    CU_ASSERT(text_equal(via.protocol, TEXT("HTTP/1.1")) && text_equal(via.by, TEXT("fred:80")));
    CU_ASSERT(text_equal(via.comment, TEXT("a, (b)")) && text_equal(via.blanks, TEXT(" \t")));
    CU_ASSERT_FATAL(list_next(&list, &member));
    CU_ASSERT_FALSE(protocol_read_via(member, &via, NULL));
    CU_ASSERT(list_next(&list, &member) && text_equal(member, TEXT("1.1 c")));
}

static void protocol_counts(void)
{
    struct text blanks;
    size_t count;

    CU_ASSERT(protocol_read_products(TEXT("a/1 (b) c  d"), &blanks, &count, NULL));
    CU_ASSERT(count == 3 && text_equal(blanks, TEXT("  ")));
    CU_ASSERT(protocol_read_products(TEXT("a/1 (b  c)"), &blanks, &count, NULL));
    CU_ASSERT(count == 1 && blanks.len == 0);
}

static void protocol_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void protocol_via_grammar(void)
{
    values_check(vias, VALUES_COUNT(vias), read_via);
}

static void protocol_product_grammar(void)
{
    values_check(products, VALUES_COUNT(products), read_products);
}

static void protocol_laws(void)
{
    values_keep_laws("protocol", vias, VALUES_COUNT(vias));
}

static void protocol_product_laws(void)
{
    values_keep_laws("protocol", products, VALUES_COUNT(products));
}

void http_value_protocol_suite(void);
void http_value_protocol_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/protocol", NULL, NULL);

    CU_add_test(suite, "grammar", protocol_grammar);
    CU_add_test(suite, "Via grammar", protocol_via_grammar);
    CU_add_test(suite, "product grammar", protocol_product_grammar);
    CU_add_test(suite, "fitting", protocol_fitting);
    CU_add_test(suite, "vias", protocol_vias);
    CU_add_test(suite, "counts", protocol_counts);
    CU_add_test(suite, "laws", protocol_laws);
    CU_add_test(suite, "product laws", protocol_product_laws);
}
