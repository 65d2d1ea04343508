#include "engine/plan.h"

#include "engine/compiled.h"
#include "tests/support/loaded.h"

static const char yaml[] =
    "rules:\n"
    "  a-any: { severity: info, message: m, forbid: response.Age }\n"
    "  b-200: { severity: info, message: m, when: { status: 200 }, forbid: response.Age }\n"
    "  c-range: { severity: info, message: m, when: { status: [1xx, 404..405, 590..] }, forbid: response.Age }\n"
    "  d-deep: { severity: info, message: m, when: { all: [{ status: 200 }, method] }, forbid: response.Age }\n"
    "  e-choice: { severity: info, message: m, when: { any: [{ status: 200 }, method] }, forbid: response.Age }\n"
    "  f-not: { severity: info, message: m, when: { not: { status: 200 } }, forbid: response.Age }\n"
    "  g-off: { severity: off, message: m, when: { status: 200 }, forbid: response.Age }\n"
    "  h-get: { severity: info, message: m, when: { method: GET }, forbid: request.Age }\n"
    "  i-p: { severity: info, message: m, when: { method: [p*, BREW] }, forbid: request.Age }\n"
    "  j-request: { severity: info, message: m, forbid: request.Age }\n"
    "  k-message: { severity: info, message: m, when: { status: 200, method: PUT }, forbid: message.Age }\n";

static void write_list(const struct ruleset *ruleset, const struct plan_list *list, char *words)
{
    words[0] = '\0';
    for (size_t i = 0; i < list->count; i++)
        strncat(words, ruleset->items[list->items[i]].rule.id.at, 1);
}

static const struct {
    const char *name;
    unsigned status;
    const char *ids;           /* their first letters */
} statuses[] = {
    { "200", 200, "bdk" }, { "201", 201, "" },       { "100", 100, "c" },    { "199", 199, "c" },
    { "404", 404, "c" },   { "406", 406, "" },       { "599", 599, "c" },    { "600", 600, "bcdk" },
    { "0", 0, "bcdk" },    { "65535", 65535, "bcdk" },
};

static const struct {
    const char *name;
    enum method method;
    const char *ids;
} methods[] = {
    { "GET", METHOD_GET, "h" }, { "PUT", METHOD_PUT, "ik" }, { "PATCH", METHOD_PATCH, "i" }, { "HEAD", METHOD_HEAD,
                                                                                               "" },
    { "none that is known", METHOD_UNKNOWN, "hik" },
};

static void plan_lists(void)
{
    char words[LOADED_WORDS_MAX];
    struct ruleset *ruleset = loaded_ruleset(yaml, words);

    ROW_STRING("errors", words, "");
    CU_ASSERT_FATAL(ruleset != NULL);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        write_list(ruleset, plan_for_status(&ruleset->plan, statuses[i].status), words);
        ROW_STRING(statuses[i].name, words, statuses[i].ids);
    }
    write_list(ruleset, &ruleset->plan.any_status, words);
    ROW_STRING("any status", words, "aef");
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        write_list(ruleset, plan_for_method(&ruleset->plan, methods[i].method), words);
        ROW_STRING(methods[i].name, words, methods[i].ids);
    }
    write_list(ruleset, &ruleset->plan.any_method, words);
    ROW_STRING("any method", words, "j");
    ruleset_free(ruleset);
}

void engine_plan_suite(void);
void engine_plan_suite(void)
{
    CU_add_test(CU_add_suite("engine/plan", NULL, NULL), "lists", plan_lists);
}
