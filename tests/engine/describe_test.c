#include "engine/describe.h"

#include <stdio.h>

#include "tests/support/loaded.h"

static const struct {
    const char *name, *cond, *words;
} rows[] = {
    { "a subject", "response.Allow", "response.Allow is present" },
    { "a value", "{ status: 405 }", "status is 405" },
    { "absent", "{ method: absent }", "method is absent" },
    { "two values", "{ status: [404, 5xx] }", "status is 404 or 5xx" },
    { "three values", "{ status: [1xx, 404, 5xx] }", "status is 1xx, 404 or 5xx" },
    { "two entries", "{ status: 405, method: GET }", "status is 405 and method is GET" },
    { "any", "{ any: [request.If-Match, { status: 200, method: PUT }] }",
      "request.If-Match is present or (status is 200 and method is PUT)" },
    { "any among others", "{ status: 200, any: [method, host] }",
      "status is 200 and (method is present or host is present)" },
    { "any of one", "{ status: 200, any: [method] }", "status is 200 and method is present" },
    { "all", "{ all: [method, { any: [host, path] }] }", "method is present and (host is present or path is present)" },
    { "not", "{ not: { path: /scratch/* } }", "not (path is /scratch/*)" },
    { "not of several", "{ not: { any: [method, host] } }", "not (method is present or host is present)" },
    { "raw", "{ response.ETag: { raw: '*\"' } }", "response.ETag as it stands is *\"" },
    { "matches", "{ response.ETag: { matches: '^W' } }", "response.ETag matches ^W" },
    { "count", "{ response.ETag: { count: 2.. } }", "response.ETag occurs in 2.. lines" },
};

static void describe_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[512], words[LOADED_WORDS_MAX];

        snprintf(yaml, sizeof yaml, "rules: { a-b: { severity: info, message: m, when: %s, forbid: status } }",
                 rows[i].cond);
        struct ruleset *ruleset = loaded_ruleset(yaml, words);

        ROW_STRING(rows[i].name, words, "");
        if (!ruleset)
            continue;
        struct text when = ruleset_find(ruleset, TEXT("a-b"))->when;

        snprintf(words, sizeof words, "%.*s", (int)when.len, when.at);
        ROW_STRING(rows[i].name, words, rows[i].words);
        ruleset_free(ruleset);
    }
}

void engine_describe_suite(void);
void engine_describe_suite(void)
{
    CU_add_test(CU_add_suite("engine/describe", NULL, NULL), "rows", describe_rows);
}
