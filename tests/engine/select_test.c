#include "tests/support/loaded.h"

static const char yaml[] = "rules:\n  a-one: { severity: info, message: m, forbid: status }\n"
                           "  a-two: { severity: info, message: m, forbid: status }\n"
                           "  b-one: { severity: info, message: m, forbid: status }\n";

/* `on`: the rules that are left on; `words`: what is wrong. */
static const struct {
    const char *name, *select[2], *ignore[2], *extra, *on, *words;
} rows[] = {
    { "all", { 0 }, { 0 }, "", "a-one a-two b-one ", "" },
    { "one", { "a-one" }, { 0 }, "", "a-one ", "" },
    { "glob", { "a-*" }, { 0 }, "", "a-one a-two ", "" },
    { "comma list", { "a-one, b-*" }, { 0 }, "", "a-one b-one ", "" },
    { "two flags", { "a-one", "b-one" }, { 0 }, "", "a-one b-one ", "" },
    { "empty parts", { ",a-one,," }, { 0 }, "", "a-one ", "" },
    { "ignore", { 0 }, { "*-one" }, "", "a-two ", "" },
    { "select and ignore", { "a-*" }, { "*-one" }, "", "a-two ", "" },
    { "an ignored glob that fits nothing", { 0 }, { "c-*" }, "", "a-one a-two b-one ", "" },
    { "unknown", { "a-oen" }, { 0 }, "", NULL, "0:0: --select: unknown rule 'a-oen', did you mean 'a-one'?\n" },
    { "unknown, nothing near", { "xyzzyx" }, { 0 }, "", NULL, "0:0: --select: unknown rule 'xyzzyx'\n" },
    { "unknown, ignored", { 0 }, { "a-oen" }, "", NULL,
      "0:0: --ignore: unknown rule 'a-oen', did you mean 'a-one'?\n" },
    { "a glob that selects nothing", { "c-*" }, { 0 }, "", NULL, "0:0: --select: no rule fits 'c-*'\n" },
    { "no pattern", { "<a>" }, { 0 }, "", NULL,
      "0:0: --select: unknown class (there are <digits>, <hex>, <alpha> and <token>) '<a>'\n" },
    { "by the file", { 0 }, { 0 }, "select: [a-*]\nignore: a-two\n", "a-one ", "" },
    { "the flag wins", { "b-*" }, { 0 }, "select: [a-*]\n", "b-one ", "" },
    { "unknown in the file", { 0 }, { 0 }, "select: [a-oen]\n", NULL,
      "5:10: select: unknown rule 'a-oen', did you mean 'a-one'?\n" },
};

static size_t texts_of(const char *const strings[2], struct text texts[2])
{
    size_t count = 0;

    while (count < 2 && strings[count]) {
        texts[count] = text_of(strings[count]);
        count++;
    }
    return count;
}

static void select_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char all[512], words[LOADED_WORDS_MAX], on[128] = "";
        struct text select[2], ignore[2];
        struct rules_text text = { "t.yaml", { all, 0 }, false };
        struct ruleset_request request = { .texts = &text, .ntexts = 1, .select = select, .ignore = ignore };

        strcat(strcpy(all, yaml), rows[i].extra);
        text.octets.len = strlen(all);
        request.nselect = texts_of(rows[i].select, select);
        request.nignore = texts_of(rows[i].ignore, ignore);

        struct ruleset *ruleset = loaded_request(&request, words);
        size_t count = 0;
        const struct rule *const *rules = ruleset ? ruleset_rules(ruleset, &count) : NULL;

        for (size_t r = 0; r < count; r++)
            if (rules[r]->severity != SEVERITY_OFF)
                strcat(strncat(on, rules[r]->id.at, rules[r]->id.len), " ");
        ROW_TRUE(rows[i].name, (ruleset != NULL) == (rows[i].on != NULL));
        ROW_STRING(rows[i].name, on, rows[i].on ? rows[i].on : "");
        ROW_STRING(rows[i].name, words, rows[i].words);
        ruleset_free(ruleset);
    }
}

void engine_select_suite(void);
void engine_select_suite(void)
{
    CU_add_test(CU_add_suite("engine/select", NULL, NULL), "rows", select_rows);
}
