/* Every kind of mistake in a rules or configuration file: told with its place, exit status 2, and nothing is linted. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

#define RULE "rules:\n  acme-a:\n    severity: info\n    message: m\n    forbid: response.Age\n"
#define FILE_TEXT(text) text, sizeof(text) - 1

/* The file is m.yaml; `words` is found on standard error behind its path. */
static const struct {
    const char *name, *octets;
    size_t len;
    const char *words;
} rows[] = {
    { "an unknown key", FILE_TEXT("selct: status-*\n"), ":1:1: unknown key 'selct', did you mean 'select'?" },
    { "a key twice", FILE_TEXT("fail-on: error\nfail-on: info\n"), ":2:1: 'fail-on' is given twice (before in line 1)" },
    { "a rule twice", FILE_TEXT(RULE "  acme-a: {}\n"), ":6:3: 'acme-a' is given twice (before in line 2)" },
    { "a list for a mapping", FILE_TEXT("rules: [a]\n"), ":1:8: 'rules:' must be a mapping, not a list" },
    { "a mapping for text", FILE_TEXT("fail-on: { a: b }\n"), ":1:10: this must be text, not a mapping" },
    { "a value is missing", FILE_TEXT("fail-on:\n"), ":1:9: a value is missing here" },
    { "several values for one", FILE_TEXT("fail-on: [error,\n  info]\n"), ":2:3: 'fail-on' takes one value" },
    { "no severity", FILE_TEXT("min-severity: loud\n"), ":1:15: --min-severity: 'loud' is not error, warning or info" },
    { "no level of failing", FILE_TEXT("fail-on: off\n"), ":1:10: --fail-on: 'off' is not error, warning, info or never" },
    { "no format", FILE_TEXT("formats: [text,\n  xml=a]\n"), ":2:3: --format: no format 'xml', there are: text, jsonl" },
    { "a format without its file", FILE_TEXT("formats: jsonl=\n"), ":1:10: --format: 'jsonl=" },
    { "two formats for one", FILE_TEXT("formats: [text, jsonl]\n"), ":1:17: --format: two formats for standard output" },
    { "an unknown rule is selected", FILE_TEXT("select: [status-*, status-405-alow-missing]\n"),
      ":1:20: select: unknown rule 'status-405-alow-missing', did you mean 'status-405-allow-missing'?" },
    { "an unknown rule is ignored", FILE_TEXT("ignore: acme-b\n" RULE), ":1:9: ignore: unknown rule 'acme-b', did you" },
    { "nothing is selected", FILE_TEXT("select: 'spec:RFC1 *'\n"), ":1:9: select: no rule fits 'spec:RFC1 *'" },
    { "no pattern", FILE_TEXT("ignore: 'a<b>'\n"), ":1:9: ignore: unknown class" },
    { "a bad pattern in a rule", FILE_TEXT(RULE "    when: { host: '<digit>' }\n"), ":6:19: no pattern: unknown class" },
    { "a bad regular expression", FILE_TEXT(RULE "    when: { host: { matches: '(' } }\n"),
      ":6:30: no regular expression: missing closing parenthesis" },
    { "an unknown rule is adjusted", FILE_TEXT("adjust: [{ rules: acme-b, severity: off }]\n" RULE),
      ":1:19: unknown rule 'acme-b', did you mean 'acme-a'?" },
    { "no YAML", FILE_TEXT("rules: [\n"), ":2:1: not YAML" },
    { "a tab", FILE_TEXT("rules:\n\tacme-a: {}\n"), ":2:1: not YAML" },
    { "text alone", FILE_TEXT("rules\n"), ":1:1: a rules file is a mapping" },
    { "an alias", FILE_TEXT("a: &a [x]\nb: [*a, *a]\n"), ":1:4: anchors are not allowed" },
    { "a tag", FILE_TEXT("rules: !!map {}\n"), ":1:8: tags are not allowed" },
    { "two documents", FILE_TEXT(RULE "---\n" RULE), ":6:1: a second document begins here" },
    { "a NUL", FILE_TEXT("rules: {}\n\0"), ":2:1: holds a NUL octet" },
    { "a NUL in disguise", FILE_TEXT("inputs: \"a\\0b\"\n"), ":1:9: holds a NUL octet" },
    { "a byte order mark", FILE_TEXT("\xEF\xBB\xBFrules: {}\n"), ":1:1: begins with a byte order mark" },
    { "UTF-16", FILE_TEXT("\xFF\xFEr\0u\0"), ":1:1: begins with a byte order mark" },
    { "not UTF-8", FILE_TEXT("rules: {}\n# caf\xE9\n"), ":2:6: not UTF-8" },
    { "it extends itself", FILE_TEXT("extends: m.yaml\n"), ":1:10: extends itself by way of" },
    { "it extends what is not there", FILE_TEXT("extends: [default, none.yaml]\n"), ":1:20: cannot open '" },
    { "it extends nearly a preset", FILE_TEXT("extends: strickt\n"), "did you mean the preset 'strict'?" },
    { "it extends a folder", FILE_TEXT("extends: folder\n"), ":1:10: cannot read '" },
    { "it extends a mistake", FILE_TEXT("extends: bad.yaml\n"), "bad.yaml:2:24: unknown severity 'loud'" },
    { "it extends a mapping", FILE_TEXT("extends: { a: b }\n"), ":1:10: 'extends:' needs names of files" },
};

static struct command ran;

static void expect(const char *name, const char *words)
{
    ROW_TRUE(name, ran.status == 2);
    ROW_TRUE(name, ran.out[0] == '\0');
    ROW_TRUE(name, strstr(ran.err, words) != NULL);
    if (!strstr(ran.err, words))
        fprintf(stderr, "    %s\n", ran.err);
}

/* As a configuration file, as rules, and when it is only checked. */
static void mistakes_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT_EQUAL_FATAL(command_write("m.yaml", rows[i].octets, rows[i].len), 0);
        command_run("--config %/m.yaml %/bad.http", &ran);
        expect(rows[i].name, rows[i].words);
        command_run("--rules %/m.yaml %/bad.http", &ran);
        expect(rows[i].name, rows[i].words);
        command_run("--check-rules %/m.yaml", &ran);
        expect(rows[i].name, rows[i].words);
        command_run("--print-config --config %/m.yaml", &ran);
        expect(rows[i].name, rows[i].words);
    }
}

static void mistakes_unreadable(void)
{
    command_run("--config %/none.yaml %/bad.http", &ran);
    expect("not there", "none.yaml: cannot be read: No such file or directory");
    command_run("--config %/folder %/bad.http", &ran);
    expect("a folder", "folder: cannot be read: Is a directory");
    CU_ASSERT_EQUAL_FATAL(command_write("m.yaml", "rules: {}\n", 10), 0);
    CU_ASSERT_EQUAL(chmod(command_path("m.yaml"), 0), 0);
    if (geteuid() != 0) {
        command_run("--config %/m.yaml %/bad.http", &ran);
        expect("not ours to read", "m.yaml: cannot be read: Permission denied");
    }
    CU_ASSERT_EQUAL(unlink(command_path("m.yaml")), 0);
}

/* What grows without bound is refused, and in time. */
static void mistakes_large(void)
{
    enum { SIZE = (1 << 20) + 1, DEEP = 100000, MANY = 150000 };
    char *octets = malloc(8 * MANY);
    size_t len = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
    memset(octets, '#', SIZE);
    CU_ASSERT_EQUAL_FATAL(command_write("m.yaml", octets, SIZE), 0);
    command_run("--config %/m.yaml %/bad.http", &ran);
    expect("large", "m.yaml: larger than 1 MiB");
    memset(octets, '[', DEEP);
    CU_ASSERT_EQUAL_FATAL(command_write("m.yaml", octets, DEEP), 0);
    command_run("--config %/m.yaml %/bad.http", &ran);
    expect("deep", "m.yaml:1:33: nested more than 32 deep");
    len = (size_t)sprintf(octets, "select: [");
    for (size_t i = 0; i < MANY; i++, len += 2)
        memcpy(octets + len, "a,", 2);
    CU_ASSERT_EQUAL_FATAL(command_write("m.yaml", octets, len), 0);
    command_run("--config %/m.yaml %/bad.http", &ran);
    expect("many values", "more than 100000 values");
    free(octets);
}

void cli_mistakes_suite(void);
void cli_mistakes_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/mistakes", command_begin, command_end);

    CU_add_test(suite, "each kind", mistakes_rows);
    CU_add_test(suite, "unreadable", mistakes_unreadable);
    CU_add_test(suite, "too much", mistakes_large);
}
