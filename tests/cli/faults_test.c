/*
 * Signals while a capture is read, after every number of its packets: the capture comes through a FIFO that stays open.
 */
#include <CUnit/CUnit.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/command.h"

void cli_faults_suite(void);

enum { FILE_HEADER = 24, PACKET_HEADER = 16, CAPTURE_OCTETS_MAX = 1 << 20, PACKETS_MAX = 40 };

static struct command ran;

/* The begin of the capture with so many packets, in octets; all of it if there are not so many. */
static size_t begin_of(struct text capture, unsigned packets)
{
    size_t at = FILE_HEADER;

    while (packets-- > 0 && at + PACKET_HEADER <= capture.len) {
        uint32_t captured;

        memcpy(&captured, capture.at + at + 8, sizeof captured);
        at += PACKET_HEADER + captured;
    }
    return at < capture.len ? at : capture.len;
}

static pid_t lint_fifo(int out)
{
    pid_t child = fork();

    if (child == 0) {
        signal(SIGINT, SIG_DFL);       /* a shell's background job has it ignored */
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

        _exit(command_run_to("-j 1 --no-config --exchanges --format jsonl --fail-on never %/fifo", out, nowhere));
    }
    return child;
}

/* Its exit status, or -1 if it was killed. A signal that came just before it began to read shows at the next octet, or at
 * the end of the FIFO, which comes after a while. */
static int status_of(pid_t child, int fifo)
{
    enum { PATIENCE = 1000 };
    const struct timespec nap = { 0, 1000000 };
    int status = -1, left = PATIENCE;

    while (left > 0 && waitpid(child, &status, WNOHANG) == 0 && --left > 0)
        nanosleep(&nap, NULL);
    close(fifo);
    if (left == 0)
        waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_good_end(const char *what, unsigned packets)
{
    const char *summary = strstr(ran.out, "{\"type\":\"summary\"");
    bool is_good = summary && strchr(summary, '\n') && strchr(summary, '\n')[1] == '\0';

    if (!is_good)
        fprintf(stderr, "    %s after %u packets: the report ends badly\n", what, packets);
    CU_ASSERT_TRUE(is_good);
}

static void read_report(int out)
{
    ssize_t len = pread(out, ran.out, sizeof ran.out - 1, 0);

    ran.out[len > 0 ? len : 0] = '\0';
    close(out);
}

static void send_signal(struct text capture, unsigned packets, int number, const char *name)
{
    size_t len = begin_of(capture, packets);
    int out = memfd_create("out", MFD_CLOEXEC);
    pid_t child = lint_fifo(out);
    int fifo = open(command_path("fifo"), O_WRONLY | O_CLOEXEC);

    CU_ASSERT_TRUE_FATAL(child > 0 && fifo >= 0);
    CU_ASSERT_EQUAL(write(fifo, capture.at, len), (ssize_t)len);
    kill(child, number);
    CU_ASSERT_NOT_EQUAL(status_of(child, fifo), -1);
    read_report(out);
    expect_good_end(name, packets);
}

static void test_stop(void)
{
    struct errors errors = { 0 };
    struct text capture = file_read("captures/http10-close.pcap", CAPTURE_OCTETS_MAX, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(capture.at);
    CU_ASSERT_EQUAL_FATAL(mkfifo(command_path("fifo"), 0600), 0);
    for (unsigned packets = 0; packets < PACKETS_MAX; packets++) {
        send_signal(capture, packets, SIGINT, "SIGINT");
        send_signal(capture, packets, SIGTERM, "SIGTERM");
    }
    memory_free((char *)(uintptr_t)capture.at);
    errors_clear(&errors);
}

/* Stopped and continued, which interrupts system calls, it misses nothing. */
static void test_pause(void)
{
    struct errors errors = { 0 };
    struct text capture = file_read("captures/http10-close.pcap", CAPTURE_OCTETS_MAX, &errors);
    int out = memfd_create("out", MFD_CLOEXEC);
    pid_t child = lint_fifo(out);
    int fifo = open(command_path("fifo"), O_WRONLY | O_CLOEXEC);

    CU_ASSERT_TRUE_FATAL(capture.at && child > 0 && fifo >= 0);
    for (size_t at = 0; at < capture.len; at += 500) {
        size_t len = capture.len - at < 500 ? capture.len - at : 500;

        CU_ASSERT_EQUAL(write(fifo, capture.at + at, len), (ssize_t)len);
        kill(child, SIGSTOP);
        kill(child, SIGCONT);
    }
    close(fifo);
    CU_ASSERT_EQUAL(status_of(child, -1), 0);
    read_report(out);
    expect_good_end("SIGSTOP", 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\"packets\":105,"));
    memory_free((char *)(uintptr_t)capture.at);
    errors_clear(&errors);
}

void cli_faults_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/faults", command_begin, command_end);

    CU_add_test(suite, "a signal after every packet", test_stop);
    CU_add_test(suite, "stopped and continued", test_pause);
}
