#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/loaded.h"

enum { WORDS_MAX = 40 };

/* A command line without the command's name; the words of the first error, NULL: it is good. */
static const struct {
    const char *name, *line, *error;
} rows[] = {
    { "an input", "a", NULL },
    { "no input", "-q", "no input: name a capture, a folder, or - for standard input" },
    { "flags after inputs", "a -q", NULL },
    { "after --, all are inputs", "-- -q", NULL },
    { "standard input", "-", NULL },
    { "standard input twice", "- a -", "standard input (-) can be read only once" },
    { "unknown flag", "--bogus-thing a", "unknown flag --bogus-thing" },
    { "unknown flag, nearly known", "--show-secret= a", "--show-secrets takes no value" },
    { "unknown flag with a value", "--colour=always a", "unknown flag --colour, did you mean --color?" },
    { "ambiguous flag", "--ex a", "unknown flag --ex" },
    { "unknown letter", "-x a", "unknown flag -x" },
    { "a letter among others", "-qxv a", "unknown flag -x" },
    { "a value is missing", "a --format", "--format needs a value: --format FORMAT[=FILE]" },
    { "a value is missing after a letter", "a -f", "--filter needs a value: --filter BPF" },
    { "a value too much", "--quiet=1 a", "--quiet takes no value" },
    { "severities", "--min-severity warning --fail-on never a", NULL },
    { "no severity", "--min-severity Error a", "--min-severity: 'Error' is not error, warning or info" },
    { "off is no level", "--fail-on off a", "--fail-on: 'off' is not error, warning, info or never" },
    { "never is not shown", "--min-severity never a", "--min-severity: 'never' is not error, warning or info" },
    { "colour", "--color sometimes a", "--color: 'sometimes' is not auto, always or never" },
    { "jobs", "-j 256 a", NULL },
    { "no jobs", "-j 0 a", "--jobs: '0' is not a number from 1 to 256" },
    { "too many jobs", "-j 257 a", "--jobs: '257' is not a number from 1 to 256" },
    { "jobs are a number", "-j 2x a", "--jobs: '2x' is not a number from 1 to 256" },
    { "two formats", "--format text --format jsonl=b a", NULL },
    { "two formats for one file", "--format text=b --format jsonl=b a",
      "--format: two formats for b; give each its own: --format jsonl=FILE" },
    { "two formats for standard output", "--format text --format jsonl=- a",
      "--format: two formats for standard output; give each its own: --format jsonl=FILE" },
    { "no format", "--format xml a", "--format: no format 'xml', there are: text, jsonl, json, sarif, junit, github, gitlab, checkstyle, markdown, syslog" },
    { "no file", "--format jsonl= a", "--format: 'jsonl=' names no file" },
    { "a limit", "--limit head_octets=1 a", NULL },
    { "a limit of nothing", "--limit head_octets=0 a",
      "--limit: '0' is not a number of at least 1 (K, M and G may follow)" },
    { "a limit of no number", "--limit head_octets=-1 a",
      "--limit: '-1' is not a number of at least 1 (K, M and G may follow)" },
    { "a limit without value", "--limit head_octets a", "--limit: 'head_octets' is not NAME=VALUE" },
    { "no limit, nearly one", "--limit head-octets=1 a", "--limit: no limit 'head-octets', did you mean 'head_octets'?" },
    { "no limit", "--limit z=1 a", "--limit: no limit 'z'; httplint --help lists them" },
    { "list", "--list-rules", NULL },
    { "list reads no input", "--list-rules a", "--list-rules reads no input, yet 'a' is given" },
    { "two commands", "--list-rules --version", "--list-rules and --version exclude each other" },
    { "help and another command", "--list-rules --help", NULL },
    { "check without files", "--check-rules", "--check-rules: name the rules files to check" },
    { "check", "--check-rules a b", NULL },
    { "live", "-i eth0 -i any -p -s 96 -B 1024 -n 5 --duration 9 -w f -C 1M -G 60 -W 3 -Z nobody", NULL },
    { "live and an input", "-i eth0 a", "--interface and the input 'a' exclude each other" },
    { "an interface twice", "-i eth0 -i eth0", "--interface: eth0 is named twice" },
    { "live flags without an interface", "-n 5 a", "--count is for a live capture: name its interface with -i" },
    { "no packets", "-i eth0 -n 0", "--count: '0' is not a number of at least 1" },
    { "too long a snap length", "-i eth0 -s 262145", "--snapshot-length: 262145 is more than 262144" },
    { "a file size of none", "-i eth0 -w f -C x",
      "--file-size: 'x' is not a number of octets of at least 1 (K, M and G may follow)" },
    { "files without an end", "-i eth0 -w f -W 3", "--file-count needs --file-size or --file-seconds" },
    { "sizes of no file", "-i eth0 -C 1M", "--file-size and --file-seconds need --write FILE" },
    { "live and annotated", "-i eth0 --annotate f", "--annotate is for recorded captures; keep the packets with -w first" },
};

static const struct {
    const char *name, *size;
    uint64_t octets;           /* 0: refused */
} sizes[] = {
    { "octets", "1", 1 },
    { "kibi", "3K", 3 << 10 },
    { "small letter", "3k", 3 << 10 },
    { "mebi", "256M", 256 << 20 },
    { "gibi in full", "1GiB", 1 << 30 },
    { "the largest", "18446744073709551615", UINT64_MAX },
    { "larger", "18446744073709551616", 0 },
    { "larger by its unit", "17179869184G", 0 },
    { "the largest with a unit", "17179869183G", (uint64_t)17179869183 << 30 },
    { "no such unit", "1T", 0 },
    { "a unit and more", "1KB", 0 },
    { "a blank", "1 K", 0 },
    { "no number", "K", 0 },
    { "nothing", "", 0 },
    { "a sign", "+1", 0 },
};

/* Splits at blanks, as a shell would; `line` must outlive argv. */
static int split(char *line, char *argv[WORDS_MAX])
{
    static char name[] = "httplint";
    int argc = 0;

    argv[argc++] = name;
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    return argc;
}

static void options_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options options;
        struct errors errors = { 0 };
        char line[256], *argv[WORDS_MAX];

        snprintf(line, sizeof line, "%s", rows[i].line);
        int argc = split(line, argv);
        bool is_good = options_parse(&options, argc, argv, &errors) &&
                       (options.mode != MODE_LINT || options_check_inputs(&options, &errors));

        ROW_TRUE(rows[i].name, is_good == (rows[i].error == NULL));
        ROW_STRING(rows[i].name, errors.count > 0 ? errors.items[0].words : "", rows[i].error ? rows[i].error : "");
        options_clear(&options);
        errors_clear(&errors);
    }
}

static void options_sizes(void)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct options options;
        struct errors errors = { 0 };
        char flag[128], name[] = "httplint", input[] = "a", *argv[] = { name, flag, input, NULL };

        snprintf(flag, sizeof flag, "--max-memory=%s", sizes[i].size);
        bool is_good = options_parse(&options, 3, argv, &errors);

        ROW_TRUE(sizes[i].name, is_good == (sizes[i].octets > 0));
        if (is_good) {
            ROW_STRING(sizes[i].name, options.limits[0].name, "memory_octets");
            ROW_TRUE(sizes[i].name, options.limits[0].value == sizes[i].octets);
        }
        options_clear(&options);
        errors_clear(&errors);
    }
}

/* Each value arrives where it belongs. */
static void options_values(void)
{
    struct options options;
    struct errors errors = { 0 };
    char line[] = "-f tcp --rules r1 a --rules r2 --select s --ignore i --no-default-rules --min-severity error "
                  "--fail-on info -qv -j 3 b",
         *argv[WORDS_MAX];
    int argc = split(line, argv);

    CU_ASSERT_TRUE_FATAL(options_parse(&options, argc, argv, &errors));
    ROW_STRING("filter", options.filter, "tcp");
    CU_ASSERT_EQUAL(options.rules.count, 2);
    ROW_STRING("rules", options.rules.items[1], "r2");
    ROW_STRING("select", options.select.items[0], "s");
    ROW_STRING("ignore", options.ignore.items[0], "i");
    CU_ASSERT_EQUAL(options.inputs.count, 2);
    ROW_STRING("input", options.inputs.items[1], "b");
    CU_ASSERT_TRUE(options.has_no_default_rules && options.is_quiet && options.is_verbose);
    CU_ASSERT_FALSE(options.shows_secrets || options.allows_empty || options.allows_truncated);
    CU_ASSERT_EQUAL(options.min_severity, HTTPLINT_ERROR);
    CU_ASSERT_EQUAL(options.fail_on, HTTPLINT_INFO);
    CU_ASSERT_EQUAL(options.jobs, 3);
    CU_ASSERT_EQUAL(options.nformats, 1);
    ROW_STRING("format", options.formats[0].reporter->name, "text");
    options_clear(&options);
}

/* The table is fit for help and getopt_long: no name or letter twice. */
static void options_table(void)
{
    for (const struct flag *flag = flags; flag->name; flag++)
        for (const struct flag *other = flag + 1; other->name; other++) {
            ROW_TRUE(flag->name, strcmp(flag->name, other->name) != 0);
            ROW_TRUE(flag->name, flag->letter == 0 || flag->letter != other->letter);
        }
}

void cli_options_suite(void);
void cli_options_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/options", NULL, NULL);

    CU_add_test(suite, "command lines", options_rows);
    CU_add_test(suite, "sizes", options_sizes);
    CU_add_test(suite, "values", options_values);
    CU_add_test(suite, "the table", options_table);
}
