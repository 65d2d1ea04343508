#include "http/value/host.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct host part;

    return host_read(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "example.org", VALUES_GOOD },
    { "example.org:80", VALUES_GOOD },
    { "example.org:", VALUES_GOOD },
    { "192.0.2.1:8080", VALUES_GOOD },
    { "[2001:db8::1]:443", VALUES_GOOD },
    { "[::]", VALUES_GOOD },
    { "[v1.a:b]", VALUES_GOOD },
    { "", VALUES_GOOD },
    { ":80", VALUES_GOOD },
    { "a_b", VALUES_GOOD },
    { "a%20b", VALUES_GOOD },
    { "a,b", VALUES_GOOD },
    { "xn--bcher-kva.example", VALUES_GOOD },
    { "256.1.1.1", VALUES_GOOD },
    { "exa mple", 3 },
    { "a/b", 1 },
    { "a:b", 2 },
    { "a:80:81", 4 },
    { "user@host", 4 },
    { "[::1", 0 },
    { "[::1]x", 5 },
    { "[]", 0 },
    { "[1:2]", 0 },
    { "[::1%25eth0]", 0 },
    { "a%2", 1 },
    { "a%zz", 1 },
    { "http://a", 5 },
    { "\xE4", 0 },
    { "a\"b", 1 },
    { "[v.a]", 0 },
    { "[v1.]", 0 },
    { "[v1.a/b]", 0 },
};

static const struct {
    const char *value;
    bool is_ipv4, is_ipv6;
} addresses[] = {
    { "0.0.0.0", true, false },
    { "255.255.255.255", true, false },
    { "256.0.0.1", false, false },
    { "01.0.0.1", false, false },
    { "1.2.3", false, false },
    { "1.2.3.4.5", false, false },
    { "1.2.3.", false, false },
    { "1.2.3.99999999999999999999", false, false },
    { "::", false, true },
    { "::1", false, true },
    { "1::", false, true },
    { "2001:db8::1", false, true },
    { "1:2:3:4:5:6:7:8", false, true },
    { "1:2:3:4:5:6:7::", false, true },
    { "::2:3:4:5:6:7:8", false, true },
    { "1:2:3:4:5:6:192.0.2.1", false, true },
    { "::192.0.2.1", false, true },
    { "::ffff:192.0.2.1", false, true },
    { "ABCD:ef01::", false, true },
    { "", false, false },
    { ":", false, false },
    { ":::", false, false },
    { ":1", false, false },
    { "1:", false, false },
    { "1:2:3:4:5:6:7", false, false },
    { "1:2:3:4:5:6:7:8:9", false, false },
    { "1:2:3:4:5:6:7:8::", false, false },
    { "::1:2:3:4:5:6:7:8", false, false },
    { "1::2::3", false, false },
    { "12345::", false, false },
    { "g::", false, false },
    { "1:2:3:4:5:6:7:192.0.2.1", false, false },
    { "192.0.2.1::", false, false },
    { "1::192.0.2.256", false, false },
};

static void host_addresses(void)
{
    for (size_t i = 0; i < VALUES_COUNT(addresses); i++) {
        ROW_TRUE(addresses[i].value,
                 host_is_ipv4(text_of(addresses[i].value)) == addresses[i].is_ipv4);
        ROW_TRUE(addresses[i].value,
                 host_is_ipv6(text_of(addresses[i].value)) == addresses[i].is_ipv6);
    }
}

static const struct {
    const char *value, *name;
    enum host_kind kind;
    uint16_t port;
    bool has_port;
} parts[] = {
    { "example.org", "example.org", HOST_NAME, 0, false },
    { "example.org:", "example.org", HOST_NAME, 0, true },
    { "192.0.2.1:8080", "192.0.2.1", HOST_IPV4, 8080, true },
    { "192.0.2.256:1", "192.0.2.256", HOST_NAME, 1, true },
    { "[::1]:65535", "[::1]", HOST_IPV6, 65535, true },
    { "[vF.x]:65536", "[vF.x]", HOST_FUTURE, 0, true },
    { "a:0", "a", HOST_NAME, 0, true },
};

static void host_parts(void)
{
    for (size_t i = 0; i < VALUES_COUNT(parts); i++) {
        struct host host;
        enum host_kind kind;

        ROW_TRUE(parts[i].value, host_read(text_of(parts[i].value), &host, NULL));
        ROW_TRUE(parts[i].value, text_equal(host.name, text_of(parts[i].name)));
        ROW_TRUE(parts[i].value, host.kind == parts[i].kind && host.has_port == parts[i].has_port);
        ROW_TRUE(parts[i].value, host_port(&host) == parts[i].port);
        ROW_TRUE(parts[i].value,
                 host_is_name(text_of(parts[i].name), &kind, NULL) && kind == parts[i].kind);
        ROW_TRUE(parts[i].value,
                 host_is_name(text_of(parts[i].value), &kind, NULL) == !parts[i].has_port);
    }
}

static void host_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void host_laws(void)
{
    values_keep_laws("host", rows, VALUES_COUNT(rows));
}

void http_value_host_suite(void);
void http_value_host_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/host", NULL, NULL);

    CU_add_test(suite, "grammar", host_grammar);
    CU_add_test(suite, "addresses", host_addresses);
    CU_add_test(suite, "parts", host_parts);
    CU_add_test(suite, "laws", host_laws);
}
