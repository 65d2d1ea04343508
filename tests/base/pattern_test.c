#include "base/pattern.h"

#include "tests/support/loaded.h"

static const struct {
    const char *name, *pattern, *value;
    bool keeps_case, fits;
} rows[] = {
    { "literal", "gzip", "gzip", false, true },
    { "literal in another case", "GZIP", "gzip", false, true },
    { "literal whose case counts", "Api", "api", true, false },
    { "literal whose case counts and fits", "Api", "Api", true, true },
    { "anchored at the start", "zip", "gzip", false, false },
    { "anchored at the end", "gzi", "gzip", false, false },
    { "nothing fits nothing", "", "", false, true },
    { "nothing does not fit something", "", "a", false, false },
    { "star is anything", "*", "anything", false, true },
    { "star is nothing", "*", "", false, true },
    { "star at the end", "/api/*", "/api/", true, true },
    { "star in the middle", "a*c", "abbbc", false, true },
    { "star backs off", "*ab", "aab", false, true },
    { "star backs off again", "*a*b*", "xxaxxbxx", false, true },
    { "two stars are one", "a**b", "ab", false, true },
    { "star, too short", "a*bc", "ac", false, false },
    { "one octet", "a?c", "abc", false, true },
    { "one octet is not none", "a?c", "ac", false, false },
    { "at least one octet", "?*", "", false, false },
    { "at least one octet, there", "?*", "x", false, true },
    { "digits", "bytes <digits>-*", "bytes 0-9/10", false, true },
    { "digits are one or more", "<digits>", "", false, false },
    { "digits are digits", "<digits>", "12a", false, false },
    { "digits give some back", "<digits>5", "1235", false, true },
    { "digits end at a star", "<digits>*", "1a", false, true },
    { "two classes share a run", "<digits><hex>", "12", false, true },
    { "two classes share a run of one", "<digits><hex>", "1", false, false },
    { "hex", "<hex>", "0aF9", false, true },
    { "not hex", "<hex>", "0g", false, false },
    { "alpha", "<alpha>", "aZ", false, true },
    { "not alpha", "<alpha>", "a1", false, false },
    { "token", "<token>", "x-!#$9", false, true },
    { "not a token", "<token>", "a b", false, false },
    { "escaped star", "bytes \\*/<digits>", "bytes */47", false, true },
    { "escaped star is no star", "\\*", "x", false, false },
    { "escaped class", "\\<digits>", "<digits>", false, true },
    { "escaped backslash", "a\\\\b", "a\\b", false, true },
    { "octets that are no text", "a?b", "a\xff" "b", false, true },
};

static void pattern_rows(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pattern_error error;
        const struct pattern *pattern = pattern_compile(arena, text_of(rows[i].pattern), rows[i].keeps_case, &error);

        ROW_TRUE(rows[i].name, pattern && pattern_matches(pattern, text_of(rows[i].value)) == rows[i].fits);
    }
    arena_free(arena);
    arena_pool_free(pool);
}

static const struct {
    const char *name, *pattern, *part;
} wrong[] = {
    { "unknown class", "a<digit>b", "<digit>" },
    { "class not closed", "a<digits", "<digits" },
    { "backslash at the end", "a\\", "\\" },
};

static void pattern_errors(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pattern_error error = { 0 };

        ROW_TRUE(wrong[i].name, !pattern_compile(arena, text_of(wrong[i].pattern), false, &error));
        ROW_TRUE(wrong[i].name, text_equal(error.part, text_of(wrong[i].part)));
    }
    arena_free(arena);
    arena_pool_free(pool);
}

/* The longest pattern, at the edge between two words of its places, against a long value. */
static void pattern_lengths(void)
{
    static char source[2 * PATTERN_ITEMS_MAX + 2], value[1 << 16];
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct pattern_error error;

    memset(value, 'a', sizeof value);
    for (size_t len = 1; len <= PATTERN_ITEMS_MAX; len++) {
        memset(source, '?', len);
        const struct pattern *pattern = pattern_compile(arena, (struct text){ source, len }, false, &error);

        CU_ASSERT_FATAL(pattern != NULL);
        CU_ASSERT(pattern_matches(pattern, (struct text){ value, len }));
        CU_ASSERT(!pattern_matches(pattern, (struct text){ value, len + 1 }));
        CU_ASSERT(!pattern_matches(pattern, (struct text){ value, len - 1 }));
    }
    memset(source, '?', sizeof source);
    CU_ASSERT(!pattern_compile(arena, (struct text){ source, PATTERN_ITEMS_MAX + 1 }, false, &error));
    /* What makes a backtracking matcher explode: many stars that all nearly fit. */
    for (size_t i = 0; i < 120; i++)
        memcpy(source + 2 * i, "*a", 2);
    source[240] = 'b';
    const struct pattern *stars = pattern_compile(arena, (struct text){ source, 241 }, false, &error);

    CU_ASSERT_FATAL(stars != NULL);
    CU_ASSERT(!pattern_matches(stars, (struct text){ value, sizeof value }));
    arena_free(arena);
    arena_pool_free(pool);
}

static void pattern_wild(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct pattern_error error;

    CU_ASSERT(!pattern_is_wild(pattern_compile(arena, TEXT("status-\\*"), true, &error)));
    CU_ASSERT(pattern_is_wild(pattern_compile(arena, TEXT("status-*"), true, &error)));
    CU_ASSERT(pattern_is_wild(pattern_compile(arena, TEXT("<digits>"), true, &error)));
    arena_free(arena);
    arena_pool_free(pool);
}

void base_pattern_suite(void);
void base_pattern_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/pattern", NULL, NULL);

    CU_add_test(suite, "rows", pattern_rows);
    CU_add_test(suite, "errors", pattern_errors);
    CU_add_test(suite, "lengths", pattern_lengths);
    CU_add_test(suite, "wild", pattern_wild);
}
