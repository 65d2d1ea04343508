#include "http/value/target.h"

#include "tests/support/values.h"

static const struct {
    const char *value;
    bool is_connect;
    enum target_form form;
    int at;
} rows[] = {
    { "/where?q=now", false, TARGET_ORIGIN, VALUES_GOOD },
    { "/", false, TARGET_ORIGIN, VALUES_GOOD },
    { "http://www.example.org/pub/WWW/TheProject.html", false, TARGET_ABSOLUTE, VALUES_GOOD },
    { "http://www.example.org:8001", false, TARGET_ABSOLUTE, VALUES_GOOD },
    { "www.example.com:80", true, TARGET_AUTHORITY, VALUES_GOOD },
    { "[::1]:443", true, TARGET_AUTHORITY, VALUES_GOOD },
    { "*", false, TARGET_ASTERISK, VALUES_GOOD },
    { "//a/b", false, TARGET_ORIGIN, VALUES_GOOD },
    { "urn:a:b", false, TARGET_ABSOLUTE, VALUES_GOOD },
    { "www.example.com:80", false, TARGET_AUTHORITY, VALUES_GOOD },
    { "[::1]:443", false, TARGET_AUTHORITY, VALUES_GOOD },
    { "a:", true, TARGET_AUTHORITY, VALUES_GOOD },
    { "*", true, TARGET_ASTERISK, VALUES_GOOD },
    { "http://[::1]:80", false, TARGET_ABSOLUTE, VALUES_GOOD },
    { "", false, TARGET_NONE, 0 },
    { "index.html", false, TARGET_NONE, 0 },
    { "?a", false, TARGET_NONE, 0 },
    { "/a#b", false, TARGET_ORIGIN, 2 },
    { "/a|b", false, TARGET_ORIGIN, 2 },
    { "/a b", false, TARGET_ORIGIN, 2 },
    { "/%2", false, TARGET_ORIGIN, 1 },
    { "http://a/#", false, TARGET_ABSOLUTE, 9 },
    { "www.example.com", true, TARGET_AUTHORITY, 15 },
    { "a:80/", true, TARGET_AUTHORITY, 4 },
    { "/a", true, TARGET_AUTHORITY, 0 },
    { "http://a/", true, TARGET_AUTHORITY, 5 },
    { "", true, TARGET_AUTHORITY, 0 },
    { "u@a:80", true, TARGET_AUTHORITY, 1 },
    { "/\xE4", false, TARGET_ORIGIN, 1 },
    { "//a:b/\"", false, TARGET_ORIGIN, 6 },
};

static void target_forms(void)
{
    for (size_t i = 0; i < VALUES_COUNT(rows); i++) {
        struct text value = text_of(rows[i].value), culprit = { NULL, 0 };
        struct target target;
        bool is_good = target_read(value, rows[i].is_connect, &target, &culprit);

        ROW_TRUE(rows[i].value, target.form == rows[i].form);
        ROW_TRUE(rows[i].value,
                 (is_good ? VALUES_GOOD : (int)(culprit.at - value.at)) == rows[i].at);
    }
}

static void target_parts(void)
{
    struct target target;

    CU_ASSERT(target_read(TEXT("//a/b?c"), false, &target, NULL));
    CU_ASSERT(text_equal(target.uri.path, TEXT("//a/b")) &&
              text_equal(target.uri.query, TEXT("c")));
    CU_ASSERT(target_read(TEXT("a:443"), true, &target, NULL));
    CU_ASSERT(text_equal(target.uri.host.name, TEXT("a")) && host_port(&target.uri.host) == 443);
    CU_ASSERT(target_read(TEXT("http://a:81/b"), false, &target, NULL));
    CU_ASSERT(text_equal(target.uri.authority, TEXT("a:81")) && uri_port(&target.uri) == 81);
}

static const struct values_row samples[] = {
    { "/where?q=now", VALUES_GOOD },
    { "http://u@example.org:80/a?b", VALUES_GOOD },
    { "[::1]:443", VALUES_GOOD },
    { "*", VALUES_GOOD },
};

static void target_laws(void)
{
    values_keep_laws("target", samples, VALUES_COUNT(samples));
}

void http_value_target_suite(void);
void http_value_target_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/target", NULL, NULL);

    CU_add_test(suite, "forms", target_forms);
    CU_add_test(suite, "parts", target_parts);
    CU_add_test(suite, "laws", target_laws);
}
