#include "cli/run.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/support/command.h"
#include "tests/support/loaded.h"

/* `out` and `err`: what is found there; NULL: nothing is written. */
struct row {
    const char *name, *line;
    int status;
    const char *out, *err;
};

/* The exit status, and who hears what. */
static const struct row lint_rows[] = {
    { "clean", "%/clean.http", 0, NULL, "1 exchange" },
    { "clean and quiet", "-q %/clean.http", 0, NULL, NULL },
    { "an error", "-q %/bad.http", 1, "bad.http:8: error: 405 without Allow [own-allow]", NULL },
    { "a warning does not fail", "-q %/warn.http", 0, "warning: got *** [own-cookie]", NULL },
    { "a warning fails if asked to", "-q --fail-on warning %/warn.http", 1, "own-cookie", NULL },
    { "an info fails if asked to", "-q --fail-on info %/info.http", 1, "own-server", NULL },
    { "never", "-q --fail-on never %/bad.http", 0, "own-allow", NULL },
    { "hiding is not forgiving", "-q --min-severity error --fail-on info %/info.http", 1, NULL, NULL },
    { "secrets if asked for", "-q --show-secrets %/warn.http", 0, "got id=secret", NULL },
    { "select", "-q --select own-server %/bad.http", 0, NULL, NULL },
    { "ignore", "-q --ignore own-allow,own-cookie %/bad.http", 0, NULL, NULL },
    { "exchanges", "-q --exchanges %/clean.http", 0, "200 GET http://shop.example/a", NULL },
    { "statistics", "-q --statistics %/bad.http", 1, "own-server", NULL },
    { "statuses", "--statistics %/bad.http", 1, "own-allow", "\n405 " },
    { "two inputs", "-q %/clean.http %/bad.http", 1, "own-allow", NULL },
    { "no such input", "-q %/none.pcap", 3, NULL, "none.pcap: cannot be read: No such file" },
    { "no such input, and another", "-q %/none.pcap %/bad.http", 3, "own-allow", "none.pcap" },
    { "no capture", "-q %/text.txt", 3, NULL, "text.txt" },
    { "no capture, and another", "-q %/text.txt %/clean.http", 3, NULL, "text.txt" },
    { "no HTTP", "-q %/empty.pcap", 3, NULL, "no HTTP in any input" },
    { "no HTTP, allowed", "-q --allow-empty %/empty.pcap", 0, NULL, NULL },
    { "no HTTP in one of two", "-q %/empty.pcap %/clean.http", 0, NULL, NULL },
    { "no HTTP in one of two is told", "-v %/empty.pcap %/clean.http", 0, "[no-http]", "1 x no HTTP" },
    { "breaks off", "-q --allow-empty %/cut.pcap", 3, NULL, "cut.pcap" },
    { "breaks off, allowed", "-q --allow-empty --allow-truncated %/cut.pcap", 0, NULL, NULL },
    { "breaks off, and no HTTP", "-q --allow-truncated %/cut.pcap", 3, NULL, "no HTTP" },
    { "a folder", "-q %/folder", 1, "folder/bad.http:8: error", NULL },
    { "a folder's notes", "-v %/folder", 1, "[not-a-capture]", "1 x not a capture" },
    { "a folder without captures", "-q %/barren", 3, NULL, "no HTTP in any input" },
    { "a folder without captures, allowed", "-q --allow-empty %/barren", 0, NULL, NULL },
    { "jsonl", "-q --format jsonl %/bad.http", 1, "{\"type\":\"finding\",\"rule\":\"own-allow\"", NULL },
    { "jsonl ends with its summary", "-q --format jsonl %/clean.http", 0, "{\"type\":\"summary\",\"inputs\":1,", NULL },
    { "a lower limit", "-q --limit head_octets=10 --allow-empty %/bad.http", 0, NULL, NULL },
    { "all colours", "-q --color always %/warn.http", 0, "\033[1;33mwarning:", NULL },
};

/* Nothing is linted. */
static const struct row other_rows[] = {
    { "nothing", "", 2, NULL, "usage: httplint" },
    { "no input", "-q", 2, NULL, "no input" },
    { "help", "--help", 0, "Exit status:", NULL },
    { "help in short", "-h", 0, "--explain RULE", NULL },
    { "help with mistakes that help explains", "-h --list-rules --explain x", 0, "usage", NULL },
    { "version", "--version", 0, " built-in rules\nlibraries:\n  llhttp ", NULL },
    { "list", "--no-default-rules --rules %/own.yaml --list-rules", 0, "own-cookie", NULL },
    { "list as jsonl", "--no-default-rules --rules %/own.yaml --list-rules --format jsonl", 0,
      "{\"type\":\"rule\",\"rule\":\"own-allow\",\"severity\":\"error\"", NULL },
    { "explain", "--no-default-rules --rules %/own.yaml --explain own-allow", 0, "sections    RFC9110 15.5.6", NULL },
    { "explain as jsonl", "--no-default-rules --rules %/own.yaml --explain own-allow --format jsonl", 0,
      "\"why\":\"It is required.\"", NULL },
    { "explain what is not there", "--no-default-rules --rules %/own.yaml --explain own-alow", 2, NULL,
      "did you mean 'own-allow'?" },
    { "check", "--no-default-rules --check-rules %/own.yaml", 0, "1 file without mistakes, 3 rules", NULL },
    { "check a bad one", "--no-default-rules --check-rules %/own.yaml %/bad.yaml", 2, NULL, "bad.yaml:2:" },
    { "bad rules", "--rules %/bad.yaml %/clean.http", 2, NULL, "bad.yaml:2:" },
    { "no such rules", "--rules %/none.yaml %/clean.http", 2, NULL, "none.yaml" },
    { "bad filter", "-f (((tcp %/clean.http", 2, NULL, "(((tcp" },
    { "unknown flag", "--exchnges %/clean.http", 2, NULL, "did you mean --exchanges?" },
    { "all mistakes at once", "--color x --jobs 0 %/clean.http", 2, NULL, "'0' is not a number" },
    { "a report over its capture", "--format jsonl=%/clean.http %/clean.http", 2, NULL, "is an input" },
    { "a report in no folder", "--format jsonl=%/none/x %/clean.http", 2, NULL, "cannot write the report" },
};

static struct command ran;

static void expect(const struct row *row)
{
    ROW_TRUE(row->name, ran.status == row->status);
    ROW_TRUE(row->name, row->out ? strstr(ran.out, row->out) != NULL : ran.out[0] == '\0');
    ROW_TRUE(row->name, row->err ? strstr(ran.err, row->err) != NULL : ran.err[0] == '\0');
}

static void run_lints(void)
{
    for (size_t i = 0; i < sizeof lint_rows / sizeof *lint_rows; i++) {
        command_lint(lint_rows[i].line, &ran);
        expect(&lint_rows[i]);
    }
}

static void run_others(void)
{
    for (size_t i = 0; i < sizeof other_rows / sizeof *other_rows; i++) {
        command_run(other_rows[i].line, &ran);
        expect(&other_rows[i]);
    }
}

/* The same octets for any number of threads, in the order of the inputs. */
static void run_jobs_agree(void)
{
    static const char inputs[] = "%/clean.http %/bad.http %/warn.http %/folder %/info.http %/bad.http %/empty.pcap";
    static struct command first;
    char line[512];

    for (int jobs = 1; jobs <= 9; jobs++) {
        snprintf(line, sizeof line, "-v --exchanges --statistics --format text --format jsonl=%%/out.jsonl -j %d %s", jobs,
                 inputs);
        command_lint(line, jobs == 1 ? &first : &ran);
        if (jobs == 1)
            continue;
        ROW_STRING("standard output", ran.out, first.out);
        ROW_STRING("standard error", ran.err, first.err);
        CU_ASSERT_EQUAL(ran.status, first.status);
    }
}

/* What a file of the folder holds. */
static void read_file(const char *name, char *octets, size_t size)
{
    int file = open(command_path(name), O_RDONLY | O_CLOEXEC);
    ssize_t len = read(file, octets, size - 1);

    octets[len > 0 ? len : 0] = '\0';
    close(file);
}

/* Each to its file, all of the same run. */
static void run_formats(void)
{
    static const struct {
        const char *file, *begins, *holds;
    } rows[] = {
        { "f.jsonl", "{\"type\":\"finding\",\"rule\":\"own-cookie\"", "{\"type\":\"summary\"" },
        { "f.json", "{\"findings\":[\n{\"type\":\"finding\",\"rule\":\"own-cookie\"", "\"summary\":{" },
        { "f.sarif", "{\"$schema\":", "\"executionSuccessful\":true" },
        { "f.junit", "<?xml ", "<failure type=\"own-allow\" message=\"405 without Allow\">" },
        { "f.github", "::warning file=", ",line=5,title=own-cookie::got *** (GET" },
        { "f.gitlab", "[\n{\"description\":\"got *** (GET", "\"severity\":\"major\"" },
        { "f.checkstyle", "<?xml ", "severity=\"warning\" message=\"got *** (GET" },
        { "f.markdown", "### httplint: 1 error, 1 warning, 0 infos\n", "<code>own-allow</code>" },
        { "f.syslog", "<4>warning: got *** [own-cookie] GET ", "<3>error: 405 without Allow [own-allow]" },
    };
    static char written[16384];

    command_lint("-q --format text --format jsonl=%/f.jsonl --format json=%/f.json --format sarif=%/f.sarif "
                 "--format junit=%/f.junit --format github=%/f.github --format gitlab=%/f.gitlab "
                 "--format checkstyle=%/f.checkstyle --format markdown=%/f.markdown --format syslog=%/f.syslog %/bad.http",
                 &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "own-allow"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_file(rows[i].file, written, sizeof written);
        ROW_TRUE(rows[i].file, strncmp(written, rows[i].begins, strlen(rows[i].begins)) == 0);
        ROW_TRUE(rows[i].file, strstr(written, rows[i].holds) != NULL);
        ROW_TRUE(rows[i].file, !strstr(written, "id=secret"));
    }
}

/* What fails the run fails the case, and no more; what could not be read is told. */
static void run_formats_obey(void)
{
    static char written[16384];

    command_lint("-q --fail-on error --format junit %/warn.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "tests=\"1\" failures=\"0\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "<system-out>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "warning: got ***"));
    command_lint("-q --fail-on warning --format junit %/warn.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "tests=\"1\" failures=\"1\""));
    command_lint("-q --fail-on never --format junit %/bad.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "tests=\"1\" failures=\"0\""));
    command_lint("-q --format text --format junit=%/f.junit %/clean.http %/folder %/clean.http", &ran);
    read_file("f.junit", written, sizeof written);
    CU_ASSERT_PTR_NOT_NULL(strstr(written, "id=\"2\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(written, "/clean.http\" name=\"GET http://shop.example/a -&gt; 200 #1\""));
    CU_ASSERT_PTR_NULL(strstr(written, "tests=\"0\""));
    command_lint("-q --format sarif %/bad.http %/cut.pcap", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\"executionSuccessful\":false"));
}

/* Help is read in 80 columns. */
static void run_help_fits(void)
{
    command_run("--help", &ran);
    for (const char *line = ran.out; *line; line += strcspn(line, "\n") + 1)
        ROW_TRUE(line, strcspn(line, "\n") <= 80);
}

static int to_descriptor(const char *line, int out)
{
    int err = memfd_create("err", MFD_CLOEXEC), status = command_run_to(line, out, err);
    ssize_t len = pread(err, ran.err, sizeof ran.err - 1, 0);

    ran.err[len > 0 ? len : 0] = '\0';
    close(err);
    return status;
}

static void run_output_fails(void)
{
    static const char line[] = "-q --no-default-rules --rules %/own.yaml %/bad.http";
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC), ends[2];

    CU_ASSERT_EQUAL(to_descriptor(line, full), 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "standard output: the report is incomplete: No space left"));
    close(full);
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    close(ends[0]);
    CU_ASSERT_EQUAL(to_descriptor(line, ends[1]), 3);
    ROW_STRING("a reader that went away", ran.err, "");
    close(ends[1]);
    CU_ASSERT_EQUAL(to_descriptor(line, ends[1]), 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "Bad file descriptor"));
}

/* The n-th allocation fails, in a child: it ends with 3, and what it wrote is whole lines, the summary last if any. */
static int run_short_of_memory(size_t nth, int out)
{
    pid_t child = fork();
    int status = -1;

    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);

        memory_fail_at(nth);
        _exit(command_run_to("-j 1 --exchanges --format jsonl --no-default-rules --rules %/own.yaml %/bad.http %/warn.http",
                             out, nowhere));
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void run_memory_runs_out(void)
{
    bool has_ended_well = false, has_failed_early = false;

    for (size_t nth = 1, step = 1; step < 1000; nth += 1 + nth / 16, step++) {
        int out = memfd_create("out", MFD_CLOEXEC), status = run_short_of_memory(nth, out);
        ssize_t len = pread(out, ran.out, sizeof ran.out - 1, 0);
        const char *summary;

        ran.out[len > 0 ? len : 0] = '\0';
        close(out);
        if (status == 1)
            break;             /* so many are not needed */
        CU_ASSERT_EQUAL(status, 3);
        CU_ASSERT_TRUE(len <= 0 || ran.out[len - 1] == '\n');
        has_failed_early |= len == 0;
        summary = strstr(ran.out, "{\"type\":\"summary\"");
        if (len > 0)
            CU_ASSERT_TRUE(summary && strchr(summary, '\n') == ran.out + len - 1);
        has_ended_well |= len > 0;
    }
    CU_ASSERT_TRUE(has_ended_well);
    CU_ASSERT_TRUE(has_failed_early);
}

void cli_run_suite(void);
void cli_run_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/run", command_begin, command_end);

    CU_add_test(suite, "linting", run_lints);
    CU_add_test(suite, "all else", run_others);
    CU_add_test(suite, "any number of threads", run_jobs_agree);
    CU_add_test(suite, "all formats at once", run_formats);
    CU_add_test(suite, "formats obey --fail-on", run_formats_obey);
    CU_add_test(suite, "help fits 80 columns", run_help_fits);
    CU_add_test(suite, "output fails", run_output_fails);
    CU_add_test(suite, "memory runs out", run_memory_runs_out);
}
