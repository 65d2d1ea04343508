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
    { "the last one wins", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info }]", GET,
      "a-b info '' @1000\n" },
    { "off here", "[{ rules: a-b, severity: off, " WHERE ", reason: probes }]", GET, "" },
    { "off elsewhere", "[{ rules: a-b, severity: off, " WHERE " }]", OTHER, "a-b warning '' @1000\n" },
    { "off perhaps", "[{ rules: a-b, severity: off, " WHERE " }]", NULL, "" },
    { "raised perhaps", "[{ rules: a-b, severity: error, " WHERE " }]", NULL, "a-b warning '' @1000\n" },
    { "raised here", "[{ rules: a-b, severity: error, " WHERE " }]", GET, "a-b error '' @1000\n" },
    { "off, but for here", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info, " WHERE " }]", GET,
      "a-b info '' @1000\n" },
    { "off, but for elsewhere", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info, " WHERE " }]", OTHER,
      "" },
    { "off, perhaps but for here", "[{ rules: a-b, severity: off }, { rules: a-b, severity: info, " WHERE " }]", NULL,
      "" },
    { "here lowered, then off for all", "[{ rules: a-b, severity: info, " WHERE " }, { rules: a-b, severity: off }]",
      GET,
      "" },
    { "until today", "[{ rules: a-b, severity: off, until: 2024-02-29 }]", GET, "" },
    { "until yesterday", "[{ rules: a-b, severity: off, until: 2024-02-28 }]", GET, "a-b warning '' @1000\n" },
    { "until long ago", "[{ rules: a-b, severity: off, until: 1970-01-01 }]", GET, "a-b warning '' @1000\n" },
    { "until much later", "[{ rules: a-b, severity: off, until: 2100-12-31 }]", GET, "" },
};

/* 2024-02-29 23:59:59 */
static const int64_t today_us = 1709251199LL * 1000000;

static struct ruleset *load_as(const char *key, const char *adjust, char words[LOADED_WORDS_MAX])
{
    char yaml[1024];
    struct rules_text text = { "t.yaml", { yaml, 0 }, false };

    text.octets.len = (size_t)snprintf(yaml, sizeof yaml,
                                       "rules:\n  a-b: { severity: warning, message: m, require: response.Age }\n"
                                       "  x-y: { severity: info, message: m, forbid: { status: 999 } }\n%s: %s\n",
                                       key, adjust);
    return loaded_request(&(struct ruleset_request){ .texts = &text, .ntexts = 1, .today_us = today_us }, words);
}

static struct ruleset *load(const char *adjust, char words[LOADED_WORDS_MAX])
{
    return load_as("adjust", adjust, words);
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
    { "for all, then some", "[{ rules: a-b, severity: info }, { rules: a-b, severity: off, " WHERE " }]",
      SEVERITY_INFO },
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

#define ALL "{ rules: '*', reason: known }"

/* What is found despite suppressions, and how many findings they took away: all, the first one, the second one. */
static const struct {
    const char *name, *suppress, *request, *findings;
    uint64_t all, by[2];
} suppressed[] = {
    { "none", "[]", GET, "a-b warning '' @1000\n", 0, { 0 } },
    { "everywhere", "[{ rules: a-b, reason: known }]", GET, "", 1, { 1 } },
    { "another rule", "[{ rules: x-y, reason: known }]", GET, "a-b warning '' @1000\n", 0, { 0 } },
    { "here", "[{ rules: a-*, " WHERE ", reason: known }]", GET, "", 1, { 1 } },
    { "elsewhere", "[{ rules: a-*, " WHERE ", reason: known }]", OTHER, "a-b warning '' @1000\n", 0, { 0 } },
    { "perhaps", "[{ rules: a-*, " WHERE ", reason: known }]", NULL, "", 1, { 1 } },
    { "by method and status", "[{ rules: a-*, where: { method: GET, status: 2xx }, reason: known }]", GET, "", 1,
      { 1 } },
    { "another status", "[{ rules: a-*, where: { status: 4xx }, reason: known }]", GET, "a-b warning '' @1000\n", 0,
      { 0 } },
    { "twice: both are in use", "[{ rules: a-b, reason: known }, " ALL "]", GET, "", 1, { 1, 1 } },
    { "the second", "[{ rules: a-b, " WHERE ", reason: known }, " ALL "]", OTHER, "", 1, { 0, 1 } },
    { "until yesterday", "[{ rules: a-b, reason: known, until: 2024-02-28 }]", GET, "a-b warning '' @1000\n", 0,
      { 0 } },
    { "until today", "[{ rules: a-b, reason: known, until: 2024-02-29 }]", GET, "", 1, { 1 } },
};

/* Loaded without an adjustment that could hide what happens: the rule stays on. */
static void suppress_rows(void)
{
    for (size_t i = 0; i < sizeof suppressed / sizeof *suppressed; i++) {
        struct arena_pool *pool = arena_pool_new();
        struct arena *arena = arena_new(pool);
        char words[LOADED_WORDS_MAX];
        uint64_t counted[3];
        struct ruleset *ruleset = load_as("suppress", suppressed[i].suppress, words);

        ROW_TRUE(suppressed[i].name, ruleset != NULL);
        if (ruleset) {
            ROW_TRUE(suppressed[i].name, ruleset_find(ruleset, TEXT("a-b"))->severity == SEVERITY_WARNING);
            loaded_suppressed(ruleset, made_exchange(arena, ruleset_names(ruleset), suppressed[i].request, OK), words,
                              counted);
            ROW_STRING(suppressed[i].name, words, suppressed[i].findings);
            ROW_TRUE(suppressed[i].name, counted[0] == suppressed[i].all);
            ROW_TRUE(suppressed[i].name, counted[1] == suppressed[i].by[0] && counted[2] == suppressed[i].by[1]);
        }
        ruleset_free(ruleset);
        arena_free(arena);
        arena_pool_free(pool);
    }
}

static const struct {
    const char *name, *suppress, *words;
} mistakes[] = {
    { "no reason", "[{ rules: a-b }]", "4:12: 'reason:' is missing: why is it right not to tell?\n" },
    { "an empty reason", "[{ rules: a-b, reason: '' }]", "4:34: a value is missing here\n" },
    { "no rules", "[{ reason: known }]", "4:12: 'rules:' is missing: which ones?\n" },
    { "a rule that there is not", "[{ rules: a-c, reason: known }]",
      "4:21: unknown rule 'a-c', did you mean 'a-b'?\n" },
    { "a severity", "[{ rules: a-b, reason: known, severity: off }]", "4:41: unknown key 'severity'\n" },
    { "a key that is nearly one", "[{ rules: a-b, raeson: known, reason: x }]",
      "4:26: unknown key 'raeson', did you mean 'reason'?\n" },
    { "no date", "[{ rules: a-b, reason: known, until: soon }]", "4:48: 'soon' is no date (write 2027-01-31)\n" },
    { "no list", "{ rules: a-b }", "4:11: 'suppress:' must be a list, not a mapping\n" },
    { "no mapping", "[a-b]", "4:12: a suppression is a mapping of rules:, where:, reason: and until:\n" },
    { "a subject that there is not", "[{ rules: a-b, where: { hots: a }, reason: known }]",
      "4:35: unknown subject 'hots', did you mean 'host'?\n" },
    { "over", "[{ rules: a-b, reason: known, until: 2024-02-28 }]",
      "4:48: this suppression ended on 2024-02-28 and is not applied\n" },
};

static void suppress_mistakes(void)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char words[LOADED_WORDS_MAX];

        ruleset_free(load_as("suppress", mistakes[i].suppress, words));
        ROW_STRING(mistakes[i].name, words, mistakes[i].words);
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
    CU_add_test(suite, "suppressed", suppress_rows);
    CU_add_test(suite, "mistakes in suppressions", suppress_mistakes);
}
