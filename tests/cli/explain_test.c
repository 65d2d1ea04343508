#include "cli/explain.h"

#include <stdio.h>

#include "tests/support/cases.h"
#include "tests/support/command.h"
#include "tests/support/loaded.h"

static struct command ran;

/* `%` is the folder of command.h. */
static const struct {
    const char *name, *line;
    int status;
    const char *out, *err;
} rows[] = {
    { "says", "--explain status-405-allow-missing", 0, "says        405 Method Not Allowed without Allow\n", NULL },
    { "when", "--explain status-405-allow-missing", 0, "\nwhen        status is 405\nunless      response.Via is present or method is CONNECT or (target-form is\n"
      "            absolute and not (method is GET, HEAD or POST))\n"
      "requires    response.Allow is present\n", NULL },
    { "level", "--explain status-405-allow-missing", 0, "level       MUST: an absolute requirement\n", NULL },
    { "needs", "--explain status-304-unconditional", 0, "needs       the request and the response;", NULL },
    { "a check", "--explain status-304-unconditional", 0, "check       asks-if-modified\n", NULL },
    { "a case that breaks it", "--explain status-405-allow-missing", 0, "\nbroken: 405 without Allow\n    >>>\n", NULL },
    { "a case that keeps it", "--explain status-405-allow-missing", 0, "\nkept: 405 with Allow\n    >>>\n", NULL },
    { "Markdown", "--explain status-405-allow-missing --format markdown", 0,
      "| written in | [RFC9110 15.5.6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6), ", NULL },
    { "a case in Markdown", "--explain status-405-allow-missing --format markdown", 0,
      "\n## Broken: 405 without Allow\n```http\n>>>\n", NULL },
    { "findings alone", "--explain status-405-allow-missing --format junit", 2, NULL,
      "--explain: --format junit tells findings, not rules" },
    { "the nearest id", "--explain status-405-allow-mising", 2, NULL, "did you mean 'status-405-allow-missing'?" },
    { "no id near", "--explain xyzzy", 2, NULL, "no rule 'xyzzy'; httplint --list-rules names them all" },
    { "pages into no folder", "--rule-pages %/none", 3, NULL, "none/README.md: cannot be written: No such file" },
};

static void explain_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        command_run(rows[i].line, &ran);
        ROW_TRUE(rows[i].name, ran.status == rows[i].status);
        ROW_TRUE(rows[i].name, rows[i].out ? strstr(ran.out, rows[i].out) != NULL : ran.out[0] == '\0');
        ROW_TRUE(rows[i].name, rows[i].err ? strstr(ran.err, rows[i].err) != NULL : ran.err[0] == '\0');
    }
}

/* Each built-in rule has a page of sense: a case that breaks it came with the program. */
static void explain_all(void)
{
    const httplint_rules *rules = cases_rules();
    struct examples *examples = examples_new();

    for (size_t i = 0; i < httplint_rules_count(rules); i++) {
        const struct httplint_rule *rule = httplint_rules_get(rules, i);
        struct out *page = out_new_memory();
        char name[128];

        snprintf(name, sizeof name, "%.*s", (int)rule->id.len, rule->id.at);
        explain_page(page, rule, examples);
        out_text(page, (struct text){ "", 1 });
        ROW_TRUE(name, strstr(out_held(page).at, "\n## Broken: ") != NULL);
        ROW_TRUE(name, strstr(out_held(page).at, "It needs to see ") != NULL);
        out_free(page);
    }
    examples_free(examples);
}

static void explain_escapes(void)
{
    struct out *out = out_new_memory();

    explain_markdown(out, TEXT("a <b> *c* | [d](e) `f` #g _h_ \\i"));
    out_text(out, (struct text){ "", 1 });
    ROW_STRING("escaped", out_held(out).at, "a \\<b\\> \\*c\\* \\| \\[d\\](e) \\`f\\` \\#g \\_h\\_ \\\\i");
    out_free(out);
}

void cli_explain_suite(void);
void cli_explain_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/explain", command_begin, command_end);

    CU_add_test(suite, "one rule", explain_rows);
    CU_add_test(suite, "all rules", explain_all);
    CU_add_test(suite, "Markdown", explain_escapes);
}
