#include "http/value/uri.h"

#include <stdio.h>

#include "tests/support/values.h"

static const struct {
    const char *base, *reference, *target;
} rows[] = {
    /* RFC 3986 5.4.1, 5.4.2 */
    { "http://a/b/c/d;p?q", "g:h", "g:h" },
    { "http://a/b/c/d;p?q", "g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "./g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "g/", "http://a/b/c/g/" },
    { "http://a/b/c/d;p?q", "/g", "http://a/g" },
    { "http://a/b/c/d;p?q", "//g", "http://g" },
    { "http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y" },
    { "http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y" },
    { "http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s" },
    { "http://a/b/c/d;p?q", "g#s", "http://a/b/c/g#s" },
    { "http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s" },
    { "http://a/b/c/d;p?q", ";x", "http://a/b/c/;x" },
    { "http://a/b/c/d;p?q", "g;x", "http://a/b/c/g;x" },
    { "http://a/b/c/d;p?q", "g;x?y#s", "http://a/b/c/g;x?y#s" },
    { "http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q" },
    { "http://a/b/c/d;p?q", ".", "http://a/b/c/" },
    { "http://a/b/c/d;p?q", "./", "http://a/b/c/" },
    { "http://a/b/c/d;p?q", "..", "http://a/b/" },
    { "http://a/b/c/d;p?q", "../", "http://a/b/" },
    { "http://a/b/c/d;p?q", "../g", "http://a/b/g" },
    { "http://a/b/c/d;p?q", "../..", "http://a/" },
    { "http://a/b/c/d;p?q", "../../", "http://a/" },
    { "http://a/b/c/d;p?q", "../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "../../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "../../../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "/./g", "http://a/g" },
    { "http://a/b/c/d;p?q", "/../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "g.", "http://a/b/c/g." },
    { "http://a/b/c/d;p?q", ".g", "http://a/b/c/.g" },
    { "http://a/b/c/d;p?q", "g..", "http://a/b/c/g.." },
    { "http://a/b/c/d;p?q", "..g", "http://a/b/c/..g" },
    { "http://a/b/c/d;p?q", "./../g", "http://a/b/g" },
    { "http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/" },
    { "http://a/b/c/d;p?q", "g/./h", "http://a/b/c/g/h" },
    { "http://a/b/c/d;p?q", "g/../h", "http://a/b/c/h" },
    { "http://a/b/c/d;p?q", "g;x=1/./y", "http://a/b/c/g;x=1/y" },
    { "http://a/b/c/d;p?q", "g;x=1/../y", "http://a/b/c/y" },
    { "http://a/b/c/d;p?q", "g?y/./x", "http://a/b/c/g?y/./x" },
    { "http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x" },
    { "http://a/b/c/d;p?q", "g#s/./x", "http://a/b/c/g#s/./x" },
    { "http://a/b/c/d;p?q", "g#s/../x", "http://a/b/c/g#s/../x" },
    { "http://a/b/c/d;p?q", "http:g", "http:g" },
    /* others */
    { "http://a", "g", "http://a/g" },
    { "http://a?x", "", "http://a?x" },
    { "http://a", "?y", "http://a?y" },
    { "http://a", "..", "http://a/" },
    { "http://a/b/../c", "", "http://a/b/../c" },
    { "http://a/b", "c//d/../e", "http://a/c//e" },
    { "http://a/b/", "a/b/../../../..", "http://a/" },
    { "urn:a:b", "c", "urn:c" },
    { "/a/b", "c", "/a/c" },
    { "a/b", "../../c", "/c" },
    { "http://a/", "//b/./c/..", "http://b/" },
};

static void resolve_targets(void)
{
    char octets[64], line[64];

    for (size_t i = 0; i < VALUES_COUNT(rows); i++) {
        struct room room = { octets, strlen(rows[i].base) + strlen(rows[i].reference) + 8 };
        struct uri base, reference;
        struct text target;

        uri_read(text_of(rows[i].base), &base, NULL);
        uri_read(text_of(rows[i].reference), &reference, NULL);
        ROW_TRUE(rows[i].reference, uri_resolve(&base, &reference, room, &target));
        snprintf(line, sizeof line, "%.*s", (int)target.len, target.at);
        ROW_STRING(rows[i].reference, line, rows[i].target);
    }
}

static void resolve_rooms(void)
{
    char octets[16];
    struct uri base, reference;
    struct text target;

    uri_read(TEXT("http://a/b"), &base, NULL);
    uri_read(TEXT("c"), &reference, NULL);
    for (size_t size = 0; size < sizeof octets; size++) {
        CU_ASSERT_EQUAL(uri_resolve(&base, &reference, (struct room){ octets, size }, &target),
                        size >= 10);
        CU_ASSERT_EQUAL(target.len, size >= 10 ? 10 : 0);
    }
}

static const struct values_row samples[] = {
    { "../g/./h?y#s", VALUES_GOOD },
    { "http://example.org/a/b/../../c", VALUES_GOOD },
    { "/../a/..", VALUES_GOOD },
};

static void resolve_laws(void)
{
    values_keep_laws("resolve", samples, VALUES_COUNT(samples));
}

void http_value_resolve_suite(void);
void http_value_resolve_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/resolve", NULL, NULL);

    CU_add_test(suite, "targets", resolve_targets);
    CU_add_test(suite, "rooms", resolve_rooms);
    CU_add_test(suite, "laws", resolve_laws);
}
