#include "service/manager.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum { DATAGRAM_MAX = 512 };

struct manager {
    int socket;
    int64_t beat_us, next_us;            /* between beats (0: there is no watchdog); when the next is due */
};

/* What is not taken is not missed: the next status and the next beat follow. */
static void say(struct manager *manager, const char *words)
{
    if (manager)
        (void)!send(manager->socket, words, strlen(words), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* A path, or after '@' a name that is none (unix(7), abstract). */
static bool reach(int descriptor, const char *name)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    size_t len = strlen(name);

    if ((name[0] != '/' && name[0] != '@') || len < 2 || len >= sizeof address.sun_path) {
        errno = EINVAL;
        return false;
    }
    memcpy(address.sun_path, name, len);
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    len += offsetof(struct sockaddr_un, sun_path);
    return connect(descriptor, (struct sockaddr *)&address, (socklen_t)len) == 0;
}

/* $WATCHDOG_USEC, if it is for us and not for who started us: sd_watchdog_enabled(3). */
static int64_t watchdog_us(void)
{
    const char *interval = getenv("WATCHDOG_USEC"), *process = getenv("WATCHDOG_PID");
    uint64_t us, number;

    if (!interval || !text_number(text_of(interval), &us) || us > INT64_MAX)
        return 0;
    if (process && (!text_number(text_of(process), &number) || number != (uint64_t)getpid()))
        return 0;
    return (int64_t)us;
}

struct manager *manager_open(struct errors *errors)
{
    const char *name = getenv("NOTIFY_SOCKET");
    struct manager *manager;

    if (!name || !*name)
        return NULL;
    manager = memory_new(sizeof *manager);
    manager->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (manager->socket >= 0 && reach(manager->socket, name)) {
        manager->beat_us = watchdog_us() / 2;
        return manager;
    }
    errors_add(errors, name, 0, 0, "the service manager cannot be told ($NOTIFY_SOCKET): %s", strerror(errno));
    manager_close(manager);
    return NULL;
}

void manager_close(struct manager *manager)
{
    if (!manager)
        return;
    if (manager->socket >= 0)
        close(manager->socket);
    memory_free(manager);
}

void manager_ready(struct manager *manager)
{
    say(manager, "READY=1");
}

/* The time tells the manager which reload this is an answer to. */
void manager_reloading(struct manager *manager)
{
    char words[DATAGRAM_MAX];

    snprintf(words, sizeof words, "RELOADING=1\nMONOTONIC_USEC=%" PRId64, clock_us(CLOCK_MONOTONIC));
    say(manager, words);
}

void manager_stopping(struct manager *manager)
{
    say(manager, "STOPPING=1");
}

void manager_status(struct manager *manager, const char *words)
{
    char line[DATAGRAM_MAX];

    snprintf(line, sizeof line, "STATUS=%s", words);
    say(manager, line);
}

void manager_beat(struct manager *manager)
{
    if (!manager || manager->beat_us == 0 || clock_us(CLOCK_MONOTONIC) < manager->next_us)
        return;
    manager->next_us = clock_us(CLOCK_MONOTONIC) + manager->beat_us;
    say(manager, "WATCHDOG=1");
}
