#include "engine/adjust.h"

#include <stdio.h>

#include "tests/support/loaded.h"
#include "tests/support/made.h"

#define GET "GET /health/x HTTP/1.1\r\nHost: a.internal\r\n\r\n"
#define OTHER "GET /api HTTP/1.1\r\nHost: www.example\r\n\r\n"
#define OK "HTTP/1.1 200 x\r\n\r\n"
#define WHERE "where: { host: '*.internal', path: /health* }"

static const struct {
    const char *name, *adjust, *request, *findings;
} rows[] = {
    { "none", "[]", GET, "a-b warning '' @1000\n" },
    { "raised", "[{ rules: a-b, severity: error }]", GET, "a-b error '' @1000\n" },
    { "off", "[{ rules: a-b, severity: off }]", GET, "" },
    { "by a glob", "[{ rules: 'a-*', severity: info }]", GET, "a-b info '' @1000\n" },
    { "by a list", "[{ rules: [x-*, a-?], severity: info }]", GET, "a-b info '' @1000\n" },
    { "another rule", "[{ rules: x-*, severity: info }]", GET, "a-b warning '' @1000\n" },
    { "the last one wins", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info }]", GET, "a-b info '' @1000\n" },
    { "off here", "[{ rules: a-b, severity: off, " WHERE ", reason: probes }]", GET, "" },
    { "off elsewhere", "[{ rules: a-b, severity: off, " WHERE " }]", OTHER, "a-b warning '' @1000\n" },
    { "off perhaps", "[{ rules: a-b, severity: off, " WHERE " }]", NULL, "" },
    { "raised perhaps", "[{ rules: a-b, severity: error, " WHERE " }]", NULL, "a-b warning '' @1000\n" },
    { "raised here", "[{ rules: a-b, severity: error, " WHERE " }]", GET, "a-b error '' @1000\n" },
    { "off, but for here", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info, " WHERE " }]", GET,
      "a-b info '' @1000\n" },
    { "off, but for elsewhere", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info, " WHERE " }]", OTHER, "" },
    { "off, perhaps but for here", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info, " WHERE " }]", NULL, "" },
    { "here lowered, then off for all", "[{ rules: a-b, severity: info, " WHERE " }, { rules: a-b, severity: off }]", GET,
      "" },
    { "until today", "[{ rules: a-b, severity: off, until: 2024-02-29 }]", GET, "" },
    { "until yesterday", "[{ rules: a-b, severity: off, until: 2024-02-28 }]", GET, "a-b warning '' @1000\n" },
    { "until long ago", "[{ rules: a-b, severity: off, until: 1970-01-01 }]", GET, "a-b warning '' @1000\n" },
    { "until much later", "[{ rules: a-b, severity: off, until: 2100-12-31 }]", GET, "" },
};

/* 2024-02-29 23:59:59 */
static const int64_t today_us = 1709251199LL * 1000000;

static struct ruleset *load(const char *adjust, char words[LOADED_WORDS_MAX])
{
    char yaml[1024];
    struct rules_text text = { "t.yaml", { yaml, 0 }, false };

    text.octets.len = (size_t)snprintf(yaml, sizeof yaml,
                                       "rules:\n  a-b: { severity: warning, message: m, require: response.Age }\n"
                                       "  x-y: { severity: info, message: m, forbid: { status: 999 } }\nadjust: %s\n",
                                       adjust);
    return loaded_request(&(struct ruleset_request){ .texts = &text, .ntexts = 1, .today_us = today_us }, words);
}

static void adjust_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena_pool *pool = arena_pool_new();
        struct arena *arena = arena_new(pool);
        char words[LOADED_WORDS_MAX];
        struct ruleset *ruleset = load(rows[i].adjust, words);

        ROW_TRUE(rows[i].name, ruleset != NULL);
        if (ruleset) {
            loaded_judge(ruleset, made_exchange(arena, ruleset_names(ruleset), rows[i].request, OK), false, words);
            ROW_STRING(rows[i].name, words, rows[i].findings);
        }
        ruleset_free(ruleset);
        arena_free(arena);
        arena_pool_free(pool);
    }
}

static void adjust_is_over(void)
{
    char words[LOADED_WORDS_MAX];
    struct ruleset *ruleset = load("[{ rules: a-b, severity: off, until: 2024-02-28 }]", words);

    CU_ASSERT(ruleset != NULL);
    ROW_STRING("remark", words, "4:46: this adjustment ended on 2024-02-28 and is not applied\n");
    ruleset_free(ruleset);
}

static const struct {
    const char *name, *adjust;
    enum severity severity;
} shown[] = {
    { "none", "[]", SEVERITY_WARNING },
    { "for all", "[{ rules: a-b, severity: error }]", SEVERITY_ERROR },
    { "for some", "[{ rules: a-b, severity: off, " WHERE " }]", SEVERITY_WARNING },
    { "for all, then some", "[{ rules: a-b, severity: info }, { rules: a-b, severity: off, " WHERE " }]", SEVERITY_INFO },
};

static void adjust_shown(void)
{
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        char words[LOADED_WORDS_MAX];
        struct ruleset *ruleset = load(shown[i].adjust, words);

        ROW_TRUE(shown[i].name, ruleset && ruleset_find(ruleset, TEXT("a-b"))->severity == shown[i].severity);
        ruleset_free(ruleset);
    }
}

static const struct {
    const char *date;
    bool is_good;
} dates[] = {
    { "2024-02-29", true }, { "2023-02-29", false }, { "2000-02-29", true },  { "1900-02-28", false },
    { "2024-13-01", false }, { "2024-00-10", false }, { "2024-04-31", false }, { "2024-4-30", false },
    { "24-04-30", false },   { "2024/04/30", false }, { "9999-12-31", true },  { "2024-01-00", false },
};

static void adjust_dates(void)
{
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char words[LOADED_WORDS_MAX], adjust[128];

        snprintf(adjust, sizeof adjust, "[{ rules: a-b, severity: off, until: %s }]", dates[i].date);
        struct ruleset *ruleset = load(adjust, words);

        ROW_TRUE(dates[i].date, (ruleset != NULL) == dates[i].is_good);
        ruleset_free(ruleset);
    }
}

void engine_adjust_suite(void);
void engine_adjust_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/adjust", NULL, NULL);

    CU_add_test(suite, "rows", adjust_rows);
    CU_add_test(suite, "is over", adjust_is_over);
    CU_add_test(suite, "shown", adjust_shown);
    CU_add_test(suite, "dates", adjust_dates);
}
