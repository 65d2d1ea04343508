/* expect.yaml beside inputs, and --require-coverage, as a user meets them. */
#include "cli/expect.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

static struct command ran;

static void write_file(const char *name, const char *text)
{
    CU_ASSERT_EQUAL_FATAL(command_write(name, text, strlen(text)), 0);
}

#define EXCHANGE(method, status) \
    "=== a\n>>>\n" method " /a HTTP/1.1\nHost: shop.example\n\n<<<\nHTTP/1.1 " status " x\nContent-Length: 0\n\n"

/* Of bad.http: own-allow and own-cookie. */
static const struct {
    const char *name, *yaml, *line;
    int status;
    const char *err;                     /* NULL: nothing */
} rows[] = {
    { "met", "bad.http: [own-allow, own-cookie]\n", "-q %/bad.http", 0, NULL },
    { "met, and told", "bad.http: [own-allow, own-cookie]\n", "%/bad.http", 0,
      "1 of 1 input with expectations shows what is expected\n" },
    { "by a glob", "'*.http': ['own-*']\n", "-q %/bad.http", 0, NULL },
    { "the first key that fits", "bad.http: ['own-*']\n'*.http': none\n", "-q %/bad.http %/clean.http", 0, NULL },
    { "how often, and where", "bad.http:\n  - { rule: own-allow, count: 1, exchange: 1 }\n  - { rule: own-cookie, count: 1..2 }\n",
      "-q %/bad.http", 0, NULL },
    { "none", "clean.http: none\n", "-q %/clean.http", 0, NULL },
    { "an empty list", "clean.http: []\n", "-q %/clean.http", 0, NULL },
    { "nothing is said of it", "clean.http: none\n", "-q %/bad.http", 1, NULL },
    { "not read", "bad.http: ['own-*']\n", "-q --no-expect %/bad.http", 1, NULL },
    { "none, but some", "bad.http: none\n", "-q --fail-on never %/bad.http", 1,
      "%/bad.http: does not show what %/expect.yaml:1 expects:\n"
      "  + own-cookie in exchange 1 (frame 5): found, not expected\n"
      "  + own-allow in exchange 1 (frame 8): found, not expected\n" },
    { "one more", "bad.http:\n  - own-allow\n", "-q %/bad.http", 1,
      "  + own-cookie in exchange 1 (frame 5): found, not expected\n" },
    { "one too few", "bad.http: [own-allow, own-cookie, own-server]\n", "-q %/bad.http", 1,
      "  - own-server: expected at least 1 time, found 0 times\n" },
    { "too few", "bad.http: [own-allow, { rule: own-cookie, count: 2 }]\n", "-q %/bad.http", 1,
      "  - own-cookie: expected 2 times, found 1 time\n" },
    { "too many", "bad.http: [{ rule: 'own-*', count: 0..1 }]\n", "-q %/bad.http", 1,
      "  - own-*: expected 0 to 1 time, found 2 times\n" },
    { "another exchange", "bad.http: [own-cookie, { rule: own-allow, exchange: 2 }]\n", "-q %/bad.http", 1,
      "  - own-allow in exchange 2: expected at least 1 time, found 0 times\n"
      "  + own-allow in exchange 1 (frame 8): found, not expected\n" },
    { "at will", "bad.http: [{ rule: 'own-*', count: 0.. }]\n", "-q %/bad.http %/clean.http", 0, NULL },
    { "never", "bad.http: [{ rule: own-allow, count: 0 }, own-cookie]\n", "-q %/bad.http", 1,
      "  + own-allow in exchange 1 (frame 8): found, not expected\n" },
    { "a rule that is off", "clean.http: [own-allow]\n", "-q --ignore own-allow %/clean.http", 1,
      "found 0 times (the rule is off)\n" },
    { "it is no input", "bad.http: ['own-*']\n", "-q %/bad.http %/expect.yaml", 0, NULL },
    { "what is hidden counts", "bad.http: [own-allow]\n", "-q --min-severity error %/bad.http", 1, "own-cookie" },
    { "what is suppressed does not", "bad.http: [own-allow]\n", "-q --ignore own-cookie %/bad.http", 0, NULL },
    { "a list", "- own-allow\n", "-q %/bad.http", 2, "expect.yaml:1:1: " },
    { "of somebody else's", "retries: 3\n", "-q %/bad.http", 2, "is not understood; --no-expect lints without it\n" },
    { "no list", "bad.http: own-allow\n", "-q %/bad.http", 2,
      "expect.yaml:1:11: must be a list of what is expected, or none\n" },
    { "no rule", "bad.http:\n  - { count: 2 }\n", "-q %/bad.http", 2, "expect.yaml:2:5: 'rule:' is missing: which one?\n" },
    { "an unknown rule", "bad.http:\n  - own-alow\n", "-q %/bad.http", 2,
      "expect.yaml:2:5: unknown rule 'own-alow', did you mean 'own-allow'?\n" },
    { "an unknown key", "bad.http:\n  - { rule: own-allow, cuont: 2 }\n", "-q %/bad.http", 2,
      "expect.yaml:2:24: unknown key 'cuont', did you mean 'count'?\n" },
    { "no count", "bad.http:\n  - { rule: own-allow, count: some }\n", "-q %/bad.http", 2,
      "expect.yaml:2:31: must be a number or a range of numbers, as 2 or 1..3 or 0..\n" },
    { "a count the wrong way", "bad.http:\n  - { rule: own-allow, count: 3..1 }\n", "-q %/bad.http", 2, "must be a number or" },
    { "no limits", "bad.http:\n  - { rule: own-allow, count: .. }\n", "-q %/bad.http", 2, "must be a number or" },
    { "exchange 0", "bad.http:\n  - { rule: own-allow, exchange: 0 }\n", "-q %/bad.http", 2,
      "must be the number of an exchange, from 1\n" },
    { "no pattern", "'a<b': none\n", "-q %/bad.http", 2, "expect.yaml:1:1: no pattern: " },
    { "no YAML", "a: [\n", "-q %/bad.http", 2, "expect.yaml:2:1: " },
    { "an entry in a list", "bad.http: [[own-allow]]\n", "-q %/bad.http", 2, "must be a rule, or a mapping of rule:" },
};

/* `%` stands for the folder here too. */
static const char *expand(char room[2048], const char *words)
{
    size_t len = 0;

    for (; *words && len < 1024; words++)
        if (*words == '%')
            len += (size_t)snprintf(room + len, 2048 - len, "%.*s", (int)strlen(command_path("")) - 1, command_path(""));
        else
            room[len++] = *words;
    room[len] = '\0';
    return room;
}

static void expect_rows(void)
{
    char room[2048];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_file("expect.yaml", rows[i].yaml);
        command_lint(rows[i].line, &ran);
        bool is_told = rows[i].err ? strstr(ran.err, expand(room, rows[i].err)) != NULL : ran.err[0] == '\0';

        ROW_TRUE(rows[i].name, ran.status == rows[i].status);
        ROW_TRUE(rows[i].name, is_told);
        ROW_TRUE(rows[i].name, rows[i].status != 2 || ran.out[0] == '\0');
        if (ran.status != rows[i].status || !is_told)
            fprintf(stderr, "    %s%s", ran.out, ran.err);
    }
    unlink(command_path("expect.yaml"));
}

static void expect_is_marked(void)
{
    write_file("expect.yaml", "bad.http: [own-allow]\n");
    command_lint("-q %/bad.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "405 without Allow (expected) [own-allow]"));
    CU_ASSERT_PTR_NULL(strstr(ran.out, "(expected) [own-cookie]"));
    command_lint("-q --format jsonl %/bad.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\"expected\":true"));
    unlink(command_path("expect.yaml"));
}

/* A folder that is linted whole has all that its file names; expect.yaml is no note there. */
static void expect_of_a_folder(void)
{
    write_file("folder/expect.yaml", "bad.http: ['own-*']\ngone.http: none\n'x-*': none\n");
    command_lint("-q --format jsonl %/folder", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "folder/expect.yaml:2: no input 'gone.http' is there\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "folder/expect.yaml:3: no input 'x-*' is there\n"));
    CU_ASSERT_PTR_NULL(strstr(ran.out, "expect.yaml"));
    command_lint("-q %/folder/bad.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    ROW_STRING("errors", ran.err, "");
    unlink(command_path("folder/expect.yaml"));
}

/* Only the first ones of many are listed. */
static void expect_of_many(void)
{
    static char text[4096];

    text[0] = '\0';
    for (int i = 0; i < 15; i++)
        strcat(text, EXCHANGE("GET", "405"));
    write_file("many.http", text);
    write_file("expect.yaml", "many.http: none\n");
    command_lint("-q %/many.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "own-allow in exchange 10 "));
    CU_ASSERT_PTR_NULL(strstr(ran.err, "own-allow in exchange 11 "));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "  + and 5 more\n"));
    write_file("expect.yaml", "many.http: [{ rule: own-allow, count: 15 }]\n");
    command_lint("-q -j 4 %/many.http %/bad.http %/many.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    ROW_STRING("errors", ran.err, "");
    unlink(command_path("expect.yaml"));
}

/* What is expected is no part of a baseline. */
static void expect_and_baseline(void)
{
    write_file("expect.yaml", "bad.http: ['own-*']\n");
    command_lint("-q --write-baseline %/e.json %/bad.http %/warn.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    command_lint("-q --baseline %/e.json --strict-baseline %/warn.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    unlink(command_path("expect.yaml"));
}

static const struct {
    const char *name, *line;
    int status;
    const char *err;
} coverage[] = {
    { "broken once", "-q --require-coverage own-allow=1 --fail-on never %/bad.http", 0, NULL },
    { "kept too", "-q --require-coverage own-server=3 --fail-on never %/bad.http %/warn.http %/info.http", 0, NULL },
    { "never", "-q --require-coverage own-allow=1 %/clean.http", 1,
      "httplint: --require-coverage: own-allow was decided 0 times, required 1 time: not applicable 1 time\n" },
    { "too seldom", "-q --require-coverage own-server=2 %/clean.http", 1, "own-server was decided 1 time, required 2 times: " },
    { "a glob is each of them", "-q --require-coverage own-*=1 %/clean.http", 1, "own-allow was decided 0 times" },
    { "more than one", "-q --require-coverage own-server=1 --require-coverage own-allow=1 %/clean.http", 1, "own-allow was" },
    { "what is off", "-q --require-coverage own-server=1 --ignore own-server %/clean.http", 1, "required 1 time: it is off\n" },
    { "an input breaks off", "-q --require-coverage own-server=9 %/clean.http %/cut.pcap", 3, "cut.pcap" },
    { "no such rule", "-q --require-coverage own-sever=1 %/clean.http", 2,
      "--require-coverage: no rule 'own-sever', did you mean 'own-server'?" },
    { "no number", "-q --require-coverage own-server %/clean.http", 2, "is not RULE=N, a rule and a number of at least 1" },
    { "none at all", "-q --require-coverage own-server=0 %/clean.http", 2, "is not RULE=N" },
    { "no pattern", "-q --require-coverage <x=1 %/clean.http", 2, "--require-coverage: no pattern" },
};

static void coverage_rows(void)
{
    for (size_t i = 0; i < sizeof coverage / sizeof *coverage; i++) {
        command_lint(coverage[i].line, &ran);
        bool is_told = coverage[i].err ? strstr(ran.err, coverage[i].err) != NULL : ran.err[0] == '\0';

        ROW_TRUE(coverage[i].name, ran.status == coverage[i].status);
        ROW_TRUE(coverage[i].name, is_told);
        ROW_TRUE(coverage[i].name, strstr(ran.out, "\"statistics\"") == NULL);
        if (ran.status != coverage[i].status || !is_told)
            fprintf(stderr, "    %s%s", ran.out, ran.err);
    }
}

void cli_expect_suite(void);
void cli_expect_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/expect", command_begin, command_end);

    CU_add_test(suite, "expectations", expect_rows);
    CU_add_test(suite, "what is expected is marked", expect_is_marked);
    CU_add_test(suite, "a whole folder", expect_of_a_folder);
    CU_add_test(suite, "many that are not expected", expect_of_many);
    CU_add_test(suite, "beside a baseline", expect_and_baseline);
    CU_add_test(suite, "coverage", coverage_rows);
}
