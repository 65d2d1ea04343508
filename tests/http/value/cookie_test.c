#include "http/value/cookie.h"

#include "tests/support/values.h"

static bool read_set(struct text value, struct text *culprit)
{
    struct cookie part;

    return cookie_read_set(value, &part, culprit);
}

static bool read(struct text value, struct text *culprit)
{
    struct cookie cookie;
    enum step step;

    do
        step = cookie_next(&value, &cookie);
    while (step == STEP_ITEM);
    return step == STEP_END || cursor_fault(value, culprit);
}

static const struct values_row sets[] = {
    { "SID=31d4d96e407aad42", VALUES_GOOD },
    { "SID=31d4d96e407aad42; Path=/; Domain=example.com", VALUES_GOOD },
    { "SID=31d4d96e407aad42; Path=/; Secure; HttpOnly", VALUES_GOOD },
    { "lang=en-US; Expires=Wed, 09 Jun 2021 10:18:14 GMT", VALUES_GOOD },
    { "lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT", VALUES_GOOD },
    { "a=\"b\"", VALUES_GOOD },
    { "a = b;Secure", VALUES_GOOD },
    { "a=b ; Secure ;", VALUES_GOOD },
    { "__Host-x=y; Secure; Path=/; SameSite=Lax", VALUES_GOOD },
    { "a=b=c", VALUES_GOOD },
    { "a=b; foo=bar=baz", VALUES_GOOD },
    { "", 0 },
    { "a", 1 },
    { "=b", 0 },
    { "a b=c", 2 },
    { "a=b c", 4 },
    { "a=b,c", 3 },
    { "a=\"b", 4 },
    { "a=\"b\"c", 5 },
    { "a=b\\c", 3 },
    { "a=\xE4", 2 },
    { "a=b; Path=/\xE4", 11 },
    { "a=b\x01", 3 },
    { "a=b\"c", 3 },
    { "a=b; Path=\x7F", 10 },
    { "a;b=c", 1 },
};
static const struct values_row rows[] = {
    { "SID=31d4d96e407aad42; lang=en-US", VALUES_GOOD },
    { "a=b", VALUES_GOOD },
    { "a=\"b\"; c=", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "a=b;\r\n c=d", VALUES_GOOD },
    { "a", 1 },
    { "a=b;c=d", 4 },
    { "a=b;  c=d", 5 },
    { "a=b;", 4 },
    { "a=b; ", 5 },
    { "a=b, c=d", 3 },
    { "a=b c", 3 },
    { "=b", 0 },
    { "a=b; c", 6 },
    { "a =b", 1 },
    { "a=b ;c=d", 3 },
    { "a=\xE4", 2 },
};

static const struct {
    const char *value;
    enum cookie_kind kind;
    bool is_right;
} attributes[] = {
    { ";Expires=Wed, 09 Jun 2021 10:18:14 GMT", COOKIE_EXPIRES, true },
    { ";expires=Wednesday, 09-Jun-21 10:18:14 GMT", COOKIE_EXPIRES, false },
    { ";Expires=Wed, 09-Jun-2021 10:18:14 GMT", COOKIE_EXPIRES, false },
    { ";Expires", COOKIE_EXPIRES, false },
    { ";Max-Age=0", COOKIE_MAX_AGE, true },
    { ";Max-Age=-1", COOKIE_MAX_AGE, false },
    { ";Max-Age=\"1\"", COOKIE_MAX_AGE, false },
    { ";Domain=example.com", COOKIE_DOMAIN, true },
    { ";Domain=.example.com", COOKIE_DOMAIN, true },
    { ";Domain=a b", COOKIE_DOMAIN, false },
    { ";Domain=a", COOKIE_DOMAIN, true },
    { ";Domain", COOKIE_DOMAIN, false },
    { ";Path=/", COOKIE_PATH, true },
    { ";Path", COOKIE_PATH, false },
    { ";SECURE", COOKIE_SECURE, true },
    { ";Secure=1", COOKIE_SECURE, false },
    { ";HttpOnly", COOKIE_HTTP_ONLY, true },
    { ";SameSite=lax", COOKIE_SAME_SITE, true },
    { "; SameSite = None", COOKIE_SAME_SITE, true },
    { ";SameSite=Loose", COOKIE_SAME_SITE, false },
    { ";Partitioned", COOKIE_PARTITIONED, true },
    { ";Priority=High", COOKIE_UNKNOWN, true },
    { ";", COOKIE_UNKNOWN, true },
};

static void cookie_attributes(void)
{
    for (size_t i = 0; i < VALUES_COUNT(attributes); i++) {
        struct text rest = text_of(attributes[i].value);
        struct cookie_attribute attribute;

        ROW_TRUE(attributes[i].value, cookie_next_attribute(&rest, &attribute) == STEP_ITEM);
        ROW_TRUE(attributes[i].value, attribute.kind == attributes[i].kind);
        ROW_TRUE(attributes[i].value,
                 cookie_is_attribute_right(&attribute) == attributes[i].is_right);
        ROW_TRUE(attributes[i].value, cookie_next_attribute(&rest, &attribute) == STEP_END);
    }
}

static void cookie_parts(void)
{
    struct cookie cookie;
    struct cookie_attribute attribute;
    struct text rest = TEXT("a=\"b\"; c=d");

    CU_ASSERT(cookie_read_set(TEXT("a = \"b\" ; Path=/x ;path=/y"), &cookie, NULL));
    CU_ASSERT(text_equal(cookie.name, TEXT("a")) && text_equal(cookie.value, TEXT("b")));
    CU_ASSERT(cookie_find(&cookie, COOKIE_PATH, &attribute) &&
              text_equal(attribute.value, TEXT("/x")));
    CU_ASSERT_FALSE(cookie_find(&cookie, COOKIE_SECURE, &attribute));
    CU_ASSERT(cookie_next(&rest, &cookie) == STEP_ITEM && text_equal(cookie.value, TEXT("b")));
    CU_ASSERT(cookie_next(&rest, &cookie) == STEP_ITEM && text_equal(cookie.name, TEXT("c")));
    CU_ASSERT(cookie_next(&rest, &cookie) == STEP_END);
}

static void cookie_set_grammar(void)
{
    values_check(sets, VALUES_COUNT(sets), read_set);
}

static void cookie_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void cookie_laws(void)
{
    values_keep_laws("cookie", sets, VALUES_COUNT(sets));
}

void http_value_cookie_suite(void);
void http_value_cookie_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/cookie", NULL, NULL);

    CU_add_test(suite, "Set-Cookie grammar", cookie_set_grammar);
    CU_add_test(suite, "Cookie grammar", cookie_grammar);
    CU_add_test(suite, "attributes", cookie_attributes);
    CU_add_test(suite, "parts", cookie_parts);
    CU_add_test(suite, "laws", cookie_laws);
}
