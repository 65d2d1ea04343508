#include "http/value/cache.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct cache_member part;

    return cache_read(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "max-age=3600", VALUES_GOOD },
    { "no-cache", VALUES_GOOD },
    { "private=\"x, y\"", VALUES_GOOD },
    { "community=\"UCI\"", VALUES_GOOD },
    { "max-age=\"3600\"", VALUES_GOOD },
    { "", 0 },
    { "=5", 0 },
    { "max-age=", 8 },
    { "max-age =5", 7 },
    { "max-age= 5", 7 },
    { "max age=5", 3 },
    { "private=\"x", 8 },
    { "max-age=5;x", 9 },
    { "no-cache;", 8 },
    { "a=b=c", 3 },
    { "\"no-cache\"", 0 },
};

static const struct {
    const char *value;
    enum cache_directive directive;
    bool is_request_right, is_response_right;
} arguments[] = {
    { "max-age=5", CACHE_MAX_AGE, true, true },
    { "Max-Age=\"5\"", CACHE_MAX_AGE, true, true },
    { "max-age", CACHE_MAX_AGE, false, false },
    { "max-age=-1", CACHE_MAX_AGE, false, false },
    { "max-age=1.5", CACHE_MAX_AGE, false, false },
    { "max-stale", CACHE_MAX_STALE, true, true },
    { "max-stale=x", CACHE_MAX_STALE, false, true },
    { "no-cache", CACHE_NO_CACHE, true, true },
    { "no-cache=\"Set-Cookie\"", CACHE_NO_CACHE, false, true },
    { "no-cache=\"\"", CACHE_NO_CACHE, false, false },
    { "private=\"a, b\"", CACHE_PRIVATE, true, true },
    { "private=\"a b\"", CACHE_PRIVATE, true, false },
    { "private=a", CACHE_PRIVATE, true, true },
    { "no-store=1", CACHE_NO_STORE, false, false },
    { "public=x", CACHE_PUBLIC, true, false },
    { "immutable", CACHE_IMMUTABLE, true, true },
    { "s-maxage=x", CACHE_S_MAXAGE, true, false },
    { "stale-while-revalidate", CACHE_STALE_WHILE_REVALIDATE, true, false },
    { "pre-check=0", CACHE_UNKNOWN, true, true },
};

static void cache_arguments(void)
{
    for (size_t i = 0; i < VALUES_COUNT(arguments); i++) {
        const char *row = arguments[i].value;
        struct cache_member member;

        ROW_TRUE(row, cache_read(text_of(row), &member, NULL));
        ROW_TRUE(row, member.directive == arguments[i].directive);
        ROW_TRUE(row,
                 cache_is_argument_right(&member, SIDE_CLIENT) == arguments[i].is_request_right);
        ROW_TRUE(row,
                 cache_is_argument_right(&member, SIDE_SERVER) == arguments[i].is_response_right);
    }
}

#define BIT(directive) ((uint32_t)1 << CACHE_##directive)

static const struct {
    const char *value;
    uint32_t has, repeated, has_argument, has_seconds;
    uint64_t max_age;
    bool is_faulty;
} controls[] = {
    { "", 0, 0, 0, 0, 0, false },
    { "no-cache, no-store", BIT(NO_CACHE) | BIT(NO_STORE), 0, 0, 0, 0, false },
    { "max-age=5, MAX-AGE=6", BIT(MAX_AGE), BIT(MAX_AGE), BIT(MAX_AGE), BIT(MAX_AGE), 5, false },
    { "max-age=x, max-age=6", BIT(MAX_AGE), BIT(MAX_AGE), BIT(MAX_AGE), 0, 0, false },
    { "max-age=99999999999999999999", BIT(MAX_AGE), 0, BIT(MAX_AGE), BIT(MAX_AGE), UINT64_MAX,
      false },
    { "foo, bar, foo=1", BIT(UNKNOWN), 0, 0, 0, 0, false },
    { "private=\"a,max-age=7\", public", BIT(PRIVATE) | BIT(PUBLIC), 0, BIT(PRIVATE), 0, 0, false },
    { "max age=5, public", BIT(PUBLIC), 0, 0, 0, 0, true },
};

static void cache_controls(void)
{
    for (size_t i = 0; i < VALUES_COUNT(controls); i++) {
        const char *row = controls[i].value;
        struct cache_control control = cache_control(list_of(text_of(row)));

        ROW_TRUE(row, control.has == controls[i].has);
        ROW_TRUE(row, control.repeated == controls[i].repeated);
        ROW_TRUE(row, control.has_argument == controls[i].has_argument);
        ROW_TRUE(row, control.has_seconds == controls[i].has_seconds);
        ROW_TRUE(row, control.seconds[CACHE_MAX_AGE] == controls[i].max_age);
        ROW_TRUE(row, control.is_faulty == controls[i].is_faulty);
        ROW_TRUE(row, cache_has(&control, CACHE_PUBLIC) == ((controls[i].has & BIT(PUBLIC)) != 0));
    }
}

static void cache_table(void)
{
    CU_ASSERT_STRING_EQUAL(cache_name(CACHE_STALE_IF_ERROR), "stale-if-error");
    CU_ASSERT_STRING_EQUAL(cache_name(CACHE_UNKNOWN), "");
    CU_ASSERT_EQUAL(cache_argument_of(CACHE_NO_CACHE, SIDE_SERVER), CACHE_MAYBE_FIELDS);
    CU_ASSERT_EQUAL(cache_argument_of(CACHE_PUBLIC, SIDE_CLIENT), CACHE_FOREIGN);
}

static void cache_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void cache_laws(void)
{
    values_keep_laws("cache", rows, VALUES_COUNT(rows));
}

void http_value_cache_suite(void);
void http_value_cache_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/cache", NULL, NULL);

    CU_add_test(suite, "grammar", cache_grammar);
    CU_add_test(suite, "arguments", cache_arguments);
    CU_add_test(suite, "controls", cache_controls);
    CU_add_test(suite, "table", cache_table);
    CU_add_test(suite, "laws", cache_laws);
}
