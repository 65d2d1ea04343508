#include "service/syslog.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/out.h"
#include "tests/support/folder.h"

void service_syslog_suite(void);

static char path[64];

static int syslog_begin(void)
{
    if (folder_begin() != 0)
        return -1;
    strcpy(path, below("log"));
    return 0;
}

static int listen_at_path(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int listener = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    strcpy(address.sun_path, path);
    unlink(path);
    CU_ASSERT_EQUAL(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    return listener;
}

static struct syslog *opened(const char *facility)
{
    struct errors errors = { 0 };
    struct syslog *log = syslog_open(facility, path, &errors);

    CU_ASSERT_EQUAL(errors.count, 0);
    errors_clear(&errors);
    return log;
}

/* The next datagram, NUL-terminated; empty: none. */
static const char *heard(int listener)
{
    static char line[2 * SYSLOG_LINE_MAX];
    ssize_t len = recv(listener, line, sizeof line - 1, 0);

    line[len > 0 ? len : 0] = '\0';
    return line;
}

static void test_lines(void)
{
    static const struct {
        const char *facility;
        unsigned severity, priority;
    } rows[] = { { "user", 3, 11 }, { "daemon", 6, 30 }, { "local0", 0, 128 }, { "local7", 7, 191 } };
    int listener = listen_at_path();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct syslog *log = opened(rows[i].facility);
        unsigned priority = 0, day, hour, minute, second;
        char month[8];
        long process = 0;
        int end = 0;

        CU_ASSERT_PTR_NOT_NULL_FATAL(log);
        syslog_line(log, rows[i].severity, TEXT("error: \xC3\xA4 %s%n"));
        const char *line = heard(listener);

        CU_ASSERT_EQUAL(sscanf(line, "<%u>%3s %2u %2u:%2u:%2u httplint[%ld]: %n", &priority, month, &day, &hour, &minute,
                               &second, &process, &end), 7);
        CU_ASSERT_EQUAL(priority, rows[i].priority);
        CU_ASSERT_EQUAL(process, (long)getpid());
        CU_ASSERT_STRING_EQUAL(line + end, "error: \xC3\xA4 %s%n");
        CU_ASSERT_STRING_EQUAL(heard(listener), "");
        CU_ASSERT_EQUAL(syslog_lost(log), 0);
        syslog_close(log);
    }
    close(listener);
    unlink(path);
}

/* A line that is too long is cut, not within a character. */
static void test_length(void)
{
    int listener = listen_at_path();
    struct syslog *log = opened("daemon");
    struct out *words = out_new_memory();

    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    for (int i = 0; i < SYSLOG_LINE_MAX; i++)
        out_string(words, "\xC3\xA4");
    for (int i = 0; i < 2; i++) {
        syslog_line(log, 3, out_held(words));
        const char *line = heard(listener);
        size_t len = strlen(line);

        CU_ASSERT_TRUE(len >= SYSLOG_LINE_MAX - 1 && len <= SYSLOG_LINE_MAX);
        CU_ASSERT_TRUE(memcmp(line + len - 2, "\xC3\xA4", 2) == 0);
        out_string(words, "x");
    }
    out_free(words);
    syslog_close(log);
    close(listener);
    unlink(path);
}

/* A daemon that is started again hears us again; what was said in between is counted. */
static void test_daemon_restarts(void)
{
    int listener = listen_at_path();
    struct syslog *log = opened("daemon");

    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    close(listener);
    syslog_line(log, 3, TEXT("nobody"));
    unlink(path);
    syslog_line(log, 3, TEXT("nothing"));
    CU_ASSERT_EQUAL(syslog_lost(log), 2);
    listener = listen_at_path();
    syslog_line(log, 3, TEXT("somebody"));
    CU_ASSERT_PTR_NOT_NULL(strstr(heard(listener), "]: somebody"));
    CU_ASSERT_EQUAL(syslog_lost(log), 2);
    syslog_close(log);
    close(listener);
    unlink(path);
}

/* One that hangs does not hang us: with a patience of a tenth of a second a line this would take hours. */
static void test_daemon_hangs(void)
{
    enum { LINES = 100000 };
    int listener = listen_at_path();
    struct syslog *log = opened("daemon");
    uint64_t taken = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    for (int i = 0; i < LINES; i++)
        syslog_line(log, 3, TEXT("line"));
    while (*heard(listener))
        taken++;
    CU_ASSERT_TRUE(taken > 0 && taken < LINES);
    CU_ASSERT_EQUAL(syslog_lost(log), LINES - taken);
    syslog_line(log, 3, TEXT("awake"));
    CU_ASSERT_PTR_NOT_NULL(strstr(heard(listener), "]: awake"));
    syslog_close(log);
    close(listener);
    unlink(path);
}

static void test_mistakes(void)
{
    struct errors errors = { 0 };

    CU_ASSERT_PTR_NULL(syslog_open("daemon", path, &errors));
    CU_ASSERT_EQUAL(errors.count, 1);
    CU_ASSERT_TRUE(syslog_check("syslog", "local3", &errors));
    CU_ASSERT_FALSE(syslog_check("syslog", "local8", &errors));
    CU_ASSERT_FALSE(syslog_check("syslog", "", &errors));
    CU_ASSERT_FALSE(syslog_check("syslog", "kern", &errors));
    CU_ASSERT_EQUAL(errors.count, 4);
    errors_clear(&errors);
}

void service_syslog_suite(void)
{
    CU_pSuite suite = CU_add_suite("service/syslog", syslog_begin, folder_end);

    CU_add_test(suite, "lines", test_lines);
    CU_add_test(suite, "a long line", test_length);
    CU_add_test(suite, "a daemon that is started again", test_daemon_restarts);
    CU_add_test(suite, "a daemon that hangs", test_daemon_hangs);
    CU_add_test(suite, "mistakes", test_mistakes);
}
