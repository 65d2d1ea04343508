#include "cli/check.h"

#include <stdio.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

#define RULE "rules:\n  acme-age:\n    severity: info\n    message: m\n    forbid: response.Age\n"
#define HEAD "    examples: |\n      === a case\n"
#define REQUEST "      >>>\n      GET / HTTP/1.1\n      Host: a.example\n\n"
#define OLD "      <<<\n      HTTP/1.1 200 OK\n      Age: 5\n      Content-Length: 0\n"
#define NEW "      <<<\n      HTTP/1.1 200 OK\n      Content-Length: 0\n"

/* The examples of a file that is checked: x.yaml. */
static const struct {
    const char *name, *yaml;
    int status;
    const char *out, *err;
} rows[] = {
    { "no examples", RULE, 0, "1 file without mistakes, ", NULL },
    { "it is shown", RULE HEAD "      expect: acme-age\n" REQUEST OLD, 0, ", 1 example shows what it says\n", NULL },
    { "it is silent", RULE HEAD "      expect:\n" REQUEST NEW, 0, ", 1 example shows what it says\n", NULL },
    { "two", RULE HEAD "      expect: acme-age\n" REQUEST OLD "\n      === another\n      expect:\n" REQUEST NEW, 0,
      ", 2 examples show what they say\n", NULL },
    { "it is not shown", RULE HEAD "      expect: acme-age\n" REQUEST NEW, 2, NULL,
      "x.yaml:7: the example 'a case' shows nothing, and says acme-age\n" },
    { "it is not silent", RULE HEAD "      expect:\n" REQUEST OLD, 2, NULL,
      "x.yaml:7: the example 'a case' shows acme-age, and says nothing\n" },
    { "shown once, said twice", RULE HEAD "      expect: acme-age, acme-age\n" REQUEST OLD, 2, NULL,
      "x.yaml:7: the example 'a case' shows acme-age, and says acme-age, acme-age\n" },
    { "what it is to show is missing", RULE HEAD REQUEST OLD, 2, NULL, "x.yaml:7: 'expect:' is missing" },
    { "there is no such rule", RULE HEAD "      expect: acme-bge\n" REQUEST OLD, 2, NULL,
      "x.yaml:7: there is no rule 'acme-bge'" },
    { "built-in rules count where they are said", RULE HEAD "      expect: status-405-allow-missing\n" REQUEST
      "      <<<\n      HTTP/1.1 405 No\n      Content-Length: 0\n", 0, ", 1 example shows", NULL },
    { "a built-in rule that is not shown", RULE HEAD "      expect: status-405-allow-missing\n" REQUEST NEW, 2, NULL,
      "shows nothing, and says status-405-allow-missing" },
    { "a mistake in it", RULE HEAD "      expect:\n      >>>\n      GET / \\q\n", 2, NULL, "x.yaml:10: '" },
    { "no case", RULE "    examples: |\n      # nothing\n", 2, NULL, "x.yaml:7: an example has at least one case" },
    { "no example", RULE "    examples: [one]\n", 2, NULL, "expected '=== ' and the title of a case" },
};

static struct command ran;

static void check_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT_EQUAL_FATAL(command_write("x.yaml", rows[i].yaml, strlen(rows[i].yaml)), 0);
        command_run("--check-rules %/x.yaml", &ran);
        ROW_TRUE(rows[i].name, ran.status == rows[i].status);
        ROW_TRUE(rows[i].name, rows[i].out ? strstr(ran.out, rows[i].out) != NULL : ran.out[0] == '\0');
        ROW_TRUE(rows[i].name, rows[i].err ? strstr(ran.err, rows[i].err) != NULL : ran.err[0] == '\0');
        if (rows[i].err && !strstr(ran.err, rows[i].err))
            fprintf(stderr, "    %s\n", ran.err);
    }
}

/* Nothing is linted for an example that is only explained; and it need not hold. */
static void check_explained(void)
{
    static const char yaml[] = RULE HEAD "      expect: acme-age\n" REQUEST OLD "\n      === another\n      expect:\n" REQUEST NEW;

    CU_ASSERT_EQUAL_FATAL(command_write("x.yaml", yaml, sizeof yaml - 1), 0);
    command_run("--no-config --rules %/x.yaml --explain acme-age", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\nbroken: a case\n    >>>\n    GET / HTTP/1.1\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\nkept: another\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "forbids     response.Age is present\n"));
}

void cli_check_suite(void);
void cli_check_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/check", command_begin, command_end);

    CU_add_test(suite, "examples", check_rows);
    CU_add_test(suite, "examples explained", check_explained);
}
