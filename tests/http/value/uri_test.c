#include "http/value/uri.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct uri part;

    return uri_read(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "ftp://ftp.is.co.za/rfc/rfc1808.txt", VALUES_GOOD },
    { "http://www.ietf.org/rfc/rfc2396.txt", VALUES_GOOD },
    { "ldap://[2001:db8::7]/c=GB?objectClass?one", VALUES_GOOD },
    { "mailto:John.Doe@example.com", VALUES_GOOD },
    { "news:comp.infosystems.www.servers.unix", VALUES_GOOD },
    { "tel:+1-816-555-1212", VALUES_GOOD },
    { "telnet://192.0.2.16:80/", VALUES_GOOD },
    { "urn:oasis:names:specification:docbook:dtd:xml:4.1.2", VALUES_GOOD },
    { "foo://example.com:8042/over/there?name=ferret#nose", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "/a", VALUES_GOOD },
    { "//a:80", VALUES_GOOD },
    { "?q", VALUES_GOOD },
    { "#f", VALUES_GOOD },
    { "a/b:c", VALUES_GOOD },
    { "./a:b", VALUES_GOOD },
    { "http://u:p@h:1/", VALUES_GOOD },
    { "http://a?b/c?d#e?f", VALUES_GOOD },
    { "HTTP://A:", VALUES_GOOD },
    { "http:///a", VALUES_GOOD },
    { "a b", 1 },
    { "http://a b/", 8 },
    { "/a|b", 2 },
    { "/{a}", 1 },
    { "/a^b", 2 },
    { "/a`b", 2 },
    { "/a[b]", 2 },
    { "/a\\b", 2 },
    { "/a\"b", 2 },
    { "/<a>", 1 },
    { "/%2", 1 },
    { "/a?%zz", 3 },
    { "/a?[b]", 3 },
    { "/a#b#c", 4 },
    { "1a:b", 2 },
    { ":a", 0 },
    { "http://a:b/", 9 },
    { "http://[::1/", 7 },
    { "http://a@b@c/", 10 },
    { "http://[a]/", 7 },
    { "/\xC3\xA4", 1 },
    { "http://u{@h/", 8 },
    { "http://a:80x/", 11 },
    { "/a\tb", 2 },
    { "/a, /b", 3 },
};

static const struct {
    const char *value, *scheme, *authority, *userinfo, *host, *path, *query, *fragment;
    unsigned port;
} parts[] = {
    { "foo://example.com:8042/over/there?name=ferret#nose", "foo", "example.com:8042", "",
      "example.com", "/over/there", "name=ferret", "nose", 8042 },
    { "urn:example:animal:ferret:nose", "urn", "", "", "", "example:animal:ferret:nose", "", "",
      0 },
    { "http://u:p@h", "http", "u:p@h", "u:p", "h", "", "", "", 80 },
    { "https://[::1]?#", "https", "[::1]", "", "[::1]", "", "", "", 443 },
    { "//a/b", "", "a", "", "a", "/b", "", "", 0 },
    { "a+b-1.c:d", "a+b-1.c", "", "", "", "d", "", "", 0 },
    { "1a:b", "", "", "", "", "1a:b", "", "", 0 },
    { "http://a:0/", "http", "a:0", "", "a", "/", "", "", 0 },
};

static void uri_parts(void)
{
    for (size_t i = 0; i < VALUES_COUNT(parts); i++) {
        const char *row = parts[i].value;
        struct uri uri;

        uri_read(text_of(row), &uri, NULL);
        ROW_TRUE(row, text_equal(uri.scheme, text_of(parts[i].scheme)));
        ROW_TRUE(row, text_equal(uri.authority, text_of(parts[i].authority)));
        ROW_TRUE(row, text_equal(uri.userinfo, text_of(parts[i].userinfo)));
        ROW_TRUE(row, text_equal(uri.host.name, text_of(parts[i].host)));
        ROW_TRUE(row, text_equal(uri.path, text_of(parts[i].path)));
        ROW_TRUE(row, text_equal(uri.query, text_of(parts[i].query)));
        ROW_TRUE(row, text_equal(uri.fragment, text_of(parts[i].fragment)));
        ROW_TRUE(row, uri.has_scheme == (parts[i].scheme[0] != '\0'));
        ROW_TRUE(row, uri.has_authority == (parts[i].authority[0] != '\0'));
        ROW_TRUE(row, uri_port(&uri) == parts[i].port);
    }
}

static void uri_kinds(void)
{
    struct uri uri;

    uri_read(TEXT("HTTPS://a/?"), &uri, NULL);
    CU_ASSERT(uri_is_absolute(&uri) && uri_is_http(&uri) && uri.has_query && !uri_is_partial(&uri));
    uri_read(TEXT("http://a/#"), &uri, NULL);
    CU_ASSERT_FALSE(uri_is_absolute(&uri));
    uri_read(TEXT("a/b"), &uri, NULL);
    CU_ASSERT(uri_is_partial(&uri) && !uri_is_http(&uri));
    uri_read_path(TEXT("//a/b?c"), &uri, NULL);
    CU_ASSERT(!uri.has_authority && text_equal(uri.path, TEXT("//a/b")));
}

/* RFC 9110 4.2.3 */
static const struct {
    const char *one, *other;
    bool is_same, is_same_origin;
} pairs[] = {
    { "http://example.com:80/~smith/home.html", "http://EXAMPLE.com/%7Esmith/home.html", true,
      true },
    { "http://example.com/%7Esmith", "http://EXAMPLE.com:/%7esmith", true, true },
    { "http://a", "HTTP://a/", true, true },
    { "http://a/b", "http://a/B", false, true },
    { "http://a/b", "http://a/b?", false, true },
    { "http://a/b?x", "http://a/b?y", false, true },
    { "http://a/b#x", "http://a/b#y", true, true },
    { "http://u@a/", "http://a/", true, true },
    { "http://a/", "https://a/", false, false },
    { "http://a/", "http://a:81/", false, false },
    { "https://a/", "https://a:443/", true, true },
    { "http://a/", "http://b/", false, false },
};

static void uri_pairs(void)
{
    for (size_t i = 0; i < VALUES_COUNT(pairs); i++) {
        struct uri one, other;

        uri_read(text_of(pairs[i].one), &one, NULL);
        uri_read(text_of(pairs[i].other), &other, NULL);
        ROW_TRUE(pairs[i].one, uri_is_same(&one, &other) == pairs[i].is_same);
        ROW_TRUE(pairs[i].one, uri_is_same(&other, &one) == pairs[i].is_same);
        ROW_TRUE(pairs[i].one, uri_is_same_origin(&one, &other) == pairs[i].is_same_origin);
    }
}

static void uri_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void uri_laws(void)
{
    values_keep_laws("uri", rows, VALUES_COUNT(rows));
}

void http_value_uri_suite(void);
void http_value_uri_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/uri", NULL, NULL);

    CU_add_test(suite, "grammar", uri_grammar);
    CU_add_test(suite, "parts", uri_parts);
    CU_add_test(suite, "kinds", uri_kinds);
    CU_add_test(suite, "pairs", uri_pairs);
    CU_add_test(suite, "laws", uri_laws);
}
