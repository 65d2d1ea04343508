#include "service/manager.h"

#include <CUnit/CUnit.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/folder.h"

void service_manager_suite(void);

static char path[64], name[64];

static int manager_begin(void)
{
    if (folder_begin() != 0)
        return -1;
    strcpy(path, below("notify"));
    snprintf(name, sizeof name, "@httplint-test-%ld", (long)getpid());
    return 0;
}

static int manager_end(void)
{
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    return folder_end();
}

/* A socket as a service manager has it, at a path or after '@' a name. */
static int listen_at(const char *where)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int listener = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    memcpy(address.sun_path, where, strlen(where));
    if (where[0] == '@')
        address.sun_path[0] = '\0';
    CU_ASSERT_EQUAL(bind(listener, (struct sockaddr *)&address,
                         (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(where))), 0);
    return listener;
}

/* The next thing it was told, NUL-terminated; empty: nothing. */
static const char *told(int listener)
{
    static char words[1024];
    ssize_t len = recv(listener, words, sizeof words - 1, 0);

    words[len > 0 ? len : 0] = '\0';
    return words;
}

static struct manager *opened(const char *where)
{
    struct errors errors = { 0 };

    setenv("NOTIFY_SOCKET", where, 1);
    struct manager *manager = manager_open(&errors);

    CU_ASSERT_EQUAL(errors.count, 0);
    errors_clear(&errors);
    return manager;
}

static void test_words(void)
{
    const char *const places[] = { path, name };

    for (size_t i = 0; i < 2; i++) {
        int listener = listen_at(places[i]);
        struct manager *manager = opened(places[i]);
        char words[64];
        long long us = 0;
        int end = 0;

        CU_ASSERT_PTR_NOT_NULL(manager);
        manager_ready(manager);
        CU_ASSERT_STRING_EQUAL(told(listener), "READY=1");
        manager_status(manager, "8 packets");
        CU_ASSERT_STRING_EQUAL(told(listener), "STATUS=8 packets");
        manager_reloading(manager);
        snprintf(words, sizeof words, "%s", told(listener));
        CU_ASSERT_EQUAL(sscanf(words, "RELOADING=1\nMONOTONIC_USEC=%lld%n", &us, &end), 1);
        CU_ASSERT_TRUE(us > 0 && words[end] == '\0');
        manager_stopping(manager);
        CU_ASSERT_STRING_EQUAL(told(listener), "STOPPING=1");
        manager_beat(manager);
        CU_ASSERT_STRING_EQUAL(told(listener), "");    /* there is no watchdog */
        manager_close(manager);
        close(listener);
    }
    unlink(path);
}

/* A beat at once, and the next in its time; for another process none. */
static void test_watchdog(void)
{
    int listener = listen_at(path);
    char process[32];

    snprintf(process, sizeof process, "%ld", (long)getpid());
    setenv("WATCHDOG_USEC", "100000", 1);
    setenv("WATCHDOG_PID", process, 1);
    struct manager *manager = opened(path);

    manager_beat(manager);
    CU_ASSERT_STRING_EQUAL(told(listener), "WATCHDOG=1");
    nanosleep(&(struct timespec){ .tv_nsec = 60000000 }, NULL);
    manager_beat(manager);
    CU_ASSERT_STRING_EQUAL(told(listener), "WATCHDOG=1");
    manager_close(manager);

    setenv("WATCHDOG_USEC", "3600000000", 1);
    manager = opened(path);
    manager_beat(manager);
    manager_beat(manager);
    CU_ASSERT_STRING_EQUAL(told(listener), "WATCHDOG=1");
    CU_ASSERT_STRING_EQUAL(told(listener), "");
    manager_close(manager);

    setenv("WATCHDOG_PID", "1", 1);
    manager = opened(path);
    manager_beat(manager);
    CU_ASSERT_STRING_EQUAL(told(listener), "");
    manager_close(manager);
    close(listener);
    unlink(path);
}

/* A manager that does not listen, or not any more, or not now, holds up nobody. */
static void test_deafness(void)
{
    int listener = listen_at(path);
    struct manager *manager = opened(path);

    for (int i = 0; i < 100000; i++)
        manager_ready(manager);
    CU_ASSERT_STRING_EQUAL(told(listener), "READY=1");
    close(listener);
    manager_ready(manager);
    manager_close(manager);
    unlink(path);
}

static void test_environment(void)
{
    static const char *const wrong[] = { "/tmp/httplint-nobody-hears-here", "relative", "@", "/", "vsock:2:1234" };
    struct errors errors = { 0 };

    unsetenv("NOTIFY_SOCKET");
    CU_ASSERT_PTR_NULL(manager_open(&errors));
    setenv("NOTIFY_SOCKET", "", 1);
    CU_ASSERT_PTR_NULL(manager_open(&errors));
    CU_ASSERT_EQUAL(errors.count, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        setenv("NOTIFY_SOCKET", wrong[i], 1);
        CU_ASSERT_PTR_NULL(manager_open(&errors));
        CU_ASSERT_EQUAL(errors.count, i + 1);
    }
    errors_clear(&errors);
    manager_ready(NULL);
    manager_beat(NULL);
    manager_close(NULL);
}

void service_manager_suite(void)
{
    CU_pSuite suite = CU_add_suite("service/manager", manager_begin, manager_end);

    CU_add_test(suite, "what it is told", test_words);
    CU_add_test(suite, "the watchdog", test_watchdog);
    CU_add_test(suite, "one that is deaf", test_deafness);
    CU_add_test(suite, "the environment", test_environment);
}
