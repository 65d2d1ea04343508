#include "cli/settings.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

#define RULES "--no-default-rules --rules %/own.yaml --config %/c.yaml "

/* A configuration file, a command line, and what comes of both. */
static const struct {
    const char *name, *yaml, *line;
    int status;
    const char *out, *err;
} rows[] = {
    { "an input", "inputs: bad.http\n", RULES "-q", 1, "bad.http:8: error: 405 without Allow", NULL },
    { "inputs given beat it", "inputs: bad.http\n", RULES "-q %/clean.http", 0, NULL, NULL },
    { "no input at all", "inputs: []\n", RULES "-q", 2, NULL, "no input" },
    { "standard input twice", "inputs: ['-', '-']\n", RULES "-q", 2, NULL, "can be read only once" },
    { "fail-on", "fail-on: warning\n", RULES "-q %/warn.http", 1, "own-cookie", NULL },
    { "never", "fail-on: never\n", RULES "-q %/bad.http", 0, "own-allow", NULL },
    { "the flag wins", "fail-on: warning\n", RULES "-q --fail-on error %/warn.http", 0, "own-cookie", NULL },
    { "min-severity", "min-severity: error\n", RULES "-q %/warn.http", 0, NULL, NULL },
    { "a format", "formats: jsonl\n", RULES "-q %/warn.http", 0, "{\"type\":\"finding\"", NULL },
    { "a format, and the flag", "formats: jsonl\n", RULES "-q --format text %/warn.http", 0, "http:5: warning", NULL },
    { "a list is no linting", "formats: jsonl\n", RULES "--list-rules", 0, "own-allow   ", NULL },
    { "select", "select: own-server\n", RULES "-q %/bad.http", 0, NULL, NULL },
    { "select, and the flag", "select: own-server\n", RULES "-q --select own-allow %/bad.http", 1, "own-allow", NULL },
    { "ignore", "ignore: own-*\n", RULES "-q %/bad.http", 0, NULL, NULL },
    { "adjust", "adjust: [{ rules: own-allow, severity: info }]\n", RULES "-q %/bad.http", 0, "info: 405 without", NULL },
    { "a later file wins", "fail-on: never\n", RULES "--rules %/later.yaml -q %/warn.http", 1, "own-cookie", NULL },
    { "an adjustment past its date is told of",
      "adjust: [{ rules: own-allow, severity: off, until: 2001-01-01 }]\n", RULES "-q %/bad.http", 1, "own-allow",
      "this adjustment ended on 2001-01-01 and is not applied" },
    { "suppressed", "suppress: [{ rules: own-allow, reason: known }]\n", RULES "%/bad.http", 0, "own-cookie",
      "0 errors, 1 warning, 0 info, 1 suppressed\n" },
    { "a suppression that is not used is told of",
      "suppress:\n  - { rules: own-allow, where: { status: 404 }, reason: known }\n", RULES "-q %/bad.http", 1, "own-allow",
      "c.yaml:2:5: this suppression was not used: nothing that it names was found (reason: known)\n" },
    { "but not where its rules are off", "suppress: [{ rules: own-allow, reason: known }]\n",
      RULES "-q --ignore own-allow %/bad.http", 0, "own-cookie", NULL },
    { "nor where an input breaks off", "suppress: [{ rules: own-allow, where: { status: 404 }, reason: known }]\n",
      RULES "-q %/bad.http %/cut.pcap", 3, "own-allow", "cut.pcap: breaks off" },
    { "a suppression past its date is told of",
      "suppress: [{ rules: own-allow, reason: known, until: 2001-01-01 }]\n", RULES "-q %/bad.http", 1, "own-allow",
      "this suppression ended on 2001-01-01 and is not applied" },
    { "suppressed, for programs", "suppress: [{ rules: own-*, reason: known }]\n", RULES "-q --format jsonl %/bad.http", 0,
      "\"suppressed\":2", NULL },
    { "a preset", "extends: strict\n", "--config %/c.yaml --select status-402-418-reserved --list-rules", 0,
      "status-402-418-reserved                        warning", NULL },
    { "a preset about rules that are left out", "extends: [strict, default]\n", RULES "-q %/warn.http", 1, "own-cookie", NULL },
    { "two that exclude each other", "{}\n", "--config %/c.yaml --no-config %/bad.http", 2, NULL, "exclude each other" },
    { "printed", "fail-on: warning\nselect: [own-*,\n  'level:*']\n", RULES "--print-config --min-severity error a.pcap", 0,
      "select: [\"own-*\", \"level:*\"]  # %/c.yaml:2\n"
      "ignore: []  # default\n"
      "min-severity: error  # --min-severity\n"
      "fail-on: warning  # %/c.yaml:1\n"
      "inputs: [\"a.pcap\"]  # command line\n"
      "formats: [\"text\"]  # default\n", NULL },
    { "printed, as it is resolved", "inputs: [a, /b, '-']\nformats: ['jsonl=x\"y', text]\nbaseline: c\n",
      RULES "--print-config", 0,
      "inputs: [\"%/a\", \"/b\", \"-\"]  # %/c.yaml:1\nformats: [\"jsonl=%/x\\\"y\", \"text\"]  # %/c.yaml:2\n"
      "baseline: \"%/c\"  # %/c.yaml:3\n", NULL },
};

static struct command ran;

/* `%` stands for the folder here too. */
static const char *expand(char room[1024], const char *words)
{
    size_t len = 0;

    for (; *words && len < 512; words++)
        if (*words == '%')
            len += (size_t)snprintf(room + len, 1024 - len, "%.*s", (int)strlen(command_path("")) - 1, command_path(""));
        else
            room[len++] = *words;
    room[len] = '\0';
    return room;
}

static void settings_rows(void)
{
    char room[1024];

    CU_ASSERT_EQUAL_FATAL(command_write("later.yaml", "fail-on: warning\n", 17), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT_EQUAL_FATAL(command_write("c.yaml", rows[i].yaml, strlen(rows[i].yaml)), 0);
        command_run(rows[i].line, &ran);
        ROW_TRUE(rows[i].name, ran.status == rows[i].status);
        ROW_TRUE(rows[i].name, rows[i].out ? strstr(ran.out, expand(room, rows[i].out)) != NULL : ran.out[0] == '\0');
        ROW_TRUE(rows[i].name, rows[i].err ? strstr(ran.err, rows[i].err) != NULL : ran.err[0] == '\0');
        if (ran.status != rows[i].status || (rows[i].out && !strstr(ran.out, expand(room, rows[i].out))))
            fprintf(stderr, "    %s%s\n", ran.out, ran.err);
    }
}

/* What is printed is a configuration file that comes to the same. */
static void settings_print_again(void)
{
    static const char yaml[] = "select: own-*\nfail-on: never\ninputs: bad.http\n";
    static struct command first;

    CU_ASSERT_EQUAL_FATAL(command_write("c.yaml", yaml, sizeof yaml - 1), 0);
    command_run(RULES "--print-config", &first);
    CU_ASSERT_EQUAL(first.status, 0);
    CU_ASSERT_EQUAL_FATAL(command_write("d.yaml", first.out, strlen(first.out)), 0);
    command_run("--no-default-rules --rules %/own.yaml --config %/d.yaml -q", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "own-allow"));
}

/* The report goes beside the file that asks for it. */
static void settings_report(void)
{
    static const char yaml[] = "formats: jsonl=found.jsonl\n";

    CU_ASSERT_EQUAL_FATAL(command_write("folder/c.yaml", yaml, sizeof yaml - 1), 0);
    command_run("--no-default-rules --rules %/own.yaml --config %/folder/c.yaml -q %/bad.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    ROW_STRING("standard output", ran.out, "");
    CU_ASSERT_EQUAL(access(command_path("folder/found.jsonl"), R_OK), 0);
}

/* Without any word of the command line, what is configured is linted. */
static void settings_alone(void)
{
    static const char yaml[] = "inputs: ../../bad.http\n";

    CU_ASSERT_EQUAL_FATAL(mkdir(command_path("config/httplint"), 0700), 0);
    CU_ASSERT_EQUAL_FATAL(command_write("config/httplint/config.yaml", yaml, sizeof yaml - 1), 0);
    command_run("", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "status-405-allow-missing"));
    CU_ASSERT_EQUAL(unlink(command_path("config/httplint/config.yaml")), 0);
}

void cli_settings_suite(void);
void cli_settings_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/settings", command_begin, command_end);

    CU_add_test(suite, "files and flags", settings_rows);
    CU_add_test(suite, "what is printed holds", settings_print_again);
    CU_add_test(suite, "a report of its own", settings_report);
    CU_add_test(suite, "alone", settings_alone);
}
