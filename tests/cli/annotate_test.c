/* --annotate, as a person uses it: what it refuses, what it writes, and what tshark reads of it. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "tests/support/command.h"
#include "tests/support/loaded.h"

#define CAPTURE "captures/faulty-origin.pcap"

static struct command ran;

static const struct {
    const char *line;
    int status;
    const char *words;         /* on standard error */
} rows[] = {
    { "--annotate %/a.pcapng --fail-on never " CAPTURE, 0, "exchanges" },
    { "--annotate %/a.pcapng --fail-on error " CAPTURE, 1, "exchanges" },
    { "--annotate %/a.pcapng " CAPTURE " captures/ipv6.pcap", 2, "--annotate copies one capture, yet 2 inputs are given" },
    { "--annotate %/a.pcapng -", 2, "standard input can be read only once" },
    { "--annotate %/a.pcapng %/folder", 2, "is a folder: --annotate copies one capture" },
    { "--annotate %/a.pcapng %/clean.http", 2, "has no packets to comment on" },
    { "--annotate %/a.pcapng captures/har-proxy.har", 2, "has no packets to comment on" },
    { "--annotate %/cut.pcap %/cut.pcap", 2, "is an input: --annotate would overwrite it" },
    { "--annotate %/x --format jsonl=%/x " CAPTURE, 2, "is written by --format too" },
    { "--annotate %/none/a.pcapng " CAPTURE, 2, "none/a.pcapng: cannot be written: No such file" },
    { "--annotate /dev/full --fail-on never " CAPTURE, 3, "/dev/full: the annotated capture is incomplete: No space" },
    { "--annotate %/a.pcapng %/text.txt", 3, "text.txt: is no capture" },
    { "--annotate %/a.pcapng %/none.pcap", 3, "none.pcap: cannot be read: No such file" },
    { "--annotate %/a.pcapng %/cut.pcap", 3, "cut.pcap: breaks off" },
};

static void annotate_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        command_run(rows[i].line, &ran);
        ROW_TRUE(rows[i].line, ran.status == rows[i].status);
        ROW_TRUE(rows[i].line, strstr(ran.err, rows[i].words) != NULL);
        if (!strstr(ran.err, rows[i].words))
            fprintf(stderr, "    %d %s\n", ran.status, ran.err);
    }
}

/* What is not written leaves no file, and takes none away. */
static void annotate_unwritten(void)
{
    command_run("--annotate %/new.pcapng %/text.txt", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    CU_ASSERT_NOT_EQUAL(access(command_path("new.pcapng"), F_OK), 0);
    command_write("old.pcapng", "old", 3);
    command_run("--annotate %/old.pcapng %/text.txt", &ran);
    command_run("--annotate %/old.pcapng --format jsonl=%/none/x " CAPTURE, &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_EQUAL(access(command_path("old.pcapng"), F_OK), 0);
}

/* A shorter copy over a longer one, and the other way round; no octet of the one before is left. */
static void annotate_again(void)
{
    static const char *const captures[] = { CAPTURE, "captures/ipv6.pcap", CAPTURE };
    long sizes[3];

    for (size_t i = 0; i < 3; i++) {
        char line[256];

        snprintf(line, sizeof line, "--annotate %%/b.pcapng --fail-on never %s", captures[i]);
        command_run(line, &ran);
        CU_ASSERT_EQUAL(ran.status, 0);
        FILE *file = fopen(command_path("b.pcapng"), "r");

        CU_ASSERT_FATAL(file && fseek(file, 0, SEEK_END) == 0);
        sizes[i] = ftell(file);
        fclose(file);
    }
    CU_ASSERT_TRUE(sizes[0] == sizes[2] && sizes[1] < sizes[0]);
    /* It is a capture like any other. */
    command_run("--fail-on never %/b.pcapng", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
}

/* ---- tshark ---- */

static bool has_tshark(void)
{
    if (system("tshark --version > /dev/null 2>&1") == 0)
        return true;
    fprintf(stderr, "skipped: tshark is not installed (make tools)\n");
    if (getenv("HTTPLINT_NO_SKIP"))
        CU_FAIL("a test was skipped");
    return false;
}

/* What tshark prints; to be freed. */
static char *tshark(const char *path, const char *arguments)
{
    enum { ROOM = 1 << 20 };
    char *said = memory_new(ROOM + 1), command[512];

    snprintf(command, sizeof command, "tshark -r '%s' %s 2>/dev/null", path, arguments);
    FILE *pipe = popen(command, "r");

    CU_ASSERT_FATAL(pipe != NULL);
    size_t len = fread(said, 1, ROOM, pipe);

    CU_ASSERT_TRUE(len < ROOM && pclose(pipe) == 0);
    said[len] = '\0';
    return said;
}

static void annotate_tshark(void)
{
    static const char *const facts = "-T fields -e frame.number -e frame.time_epoch -e frame.len -e frame.cap_len -e tcp.payload";
    static const char *const wanted = "-Y frame.comment -T fields -e frame.number -e frame.comment";

    if (!has_tshark())
        return;
    command_run("--annotate %/c.pcapng --fail-on never --no-config " CAPTURE, &ran);
    CU_ASSERT_EQUAL(ran.status, 0);

    char *before = tshark(CAPTURE, facts), *after = tshark(command_path("c.pcapng"), facts);
    char *commented = tshark(command_path("c.pcapng"), wanted);

    CU_ASSERT_TRUE(before[0] != '\0');
    CU_ASSERT_STRING_EQUAL(before, after);
    /* Each finding of the text report: "captures/NAME:42: error: words [rule]". */
    size_t findings = 0;

    for (struct text rest = text_of(ran.out); rest.len > 0;) {
        struct text line = text_until(rest, '\n', &rest);
        unsigned long frame;
        char comment[1200], number[32];
        const char *at;

        if (sscanf(line.at, CAPTURE ":%lu: ", &frame) != 1)
            continue;
        struct text words = line;

        text_until(words, ' ', &words);
        snprintf(number, sizeof number, "\n%lu\t", frame);
        snprintf(comment, sizeof comment, "%.*s", (int)words.len, words.at);
        at = strstr(commented, number + (strncmp(commented, number + 1, strlen(number) - 1) == 0));
        CU_ASSERT_FATAL(at != NULL);
        const char *end = strchr(at + 1, '\n'), *found = strstr(at, comment);

        ROW_TRUE(comment, found && found < end);
        findings++;
    }
    CU_ASSERT_TRUE(findings > 30);
    memory_free(before);
    memory_free(after);
    memory_free(commented);
}

void cli_annotate_suite(void);
void cli_annotate_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/annotate", command_begin, command_end);

    CU_add_test(suite, "what it says", annotate_rows);
    CU_add_test(suite, "not written", annotate_unwritten);
    CU_add_test(suite, "written again", annotate_again);
    CU_add_test(suite, "read by tshark", annotate_tshark);
}
