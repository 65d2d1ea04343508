#include "service/syslog.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { PATIENCE_US = 100000 };

/* RFC 5424 6.2.1, as they are called in configurations. */
static const struct {
    struct text name;
    unsigned number;
} facilities[] = {
    { TEXT_INIT("user"), 1 },    { TEXT_INIT("daemon"), 3 },  { TEXT_INIT("local0"), 16 }, { TEXT_INIT("local1"), 17 },
    { TEXT_INIT("local2"), 18 }, { TEXT_INIT("local3"), 19 }, { TEXT_INIT("local4"), 20 }, { TEXT_INIT("local5"), 21 },
    { TEXT_INIT("local6"), 22 }, { TEXT_INIT("local7"), 23 },
};

enum { FACILITIES = sizeof facilities / sizeof facilities[0] };

struct syslog {
    int socket;
    struct sockaddr_un daemon;
    unsigned facility;
    bool is_stuck;                       /* the daemon did not take the last line in time: the next does not wait */
    uint64_t lost;
};

static bool find(const char *name, unsigned *number)
{
    for (size_t i = 0; i < FACILITIES; i++)
        if (text_equal(text_of(name), facilities[i].name)) {
            *number = facilities[i].number;
            return true;
        }
    return false;
}

bool syslog_check(const char *flag, const char *facility, struct errors *errors)
{
    unsigned number;

    if (find(facility, &number))
        return true;
    return errors_add(errors, NULL, 0, 0, "--%s: '%.200s' is not user, daemon or local0 to local7", flag, facility);
}

/* Whether somebody hears is found out by a socket of its own: the one that writes stays unconnected. */
static bool is_heard(const struct sockaddr_un *daemon)
{
    int trial = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool is_heard = trial >= 0 && connect(trial, (const struct sockaddr *)daemon, sizeof *daemon) == 0;
    int error = errno;

    if (trial >= 0)
        close(trial);
    errno = error;
    return is_heard;
}

struct syslog *syslog_open(const char *facility, const char *path, struct errors *errors)
{
    const struct timeval patience = { .tv_usec = PATIENCE_US };
    struct syslog *log = memory_new(sizeof *log);

    log->daemon.sun_family = AF_UNIX;
    snprintf(log->daemon.sun_path, sizeof log->daemon.sun_path, "%s", path);
    log->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (log->socket >= 0 && find(facility, &log->facility) && is_heard(&log->daemon) &&
        setsockopt(log->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0) {
        tzset();                         /* reads a file, which may not be opened later */
        return log;
    }
    errors_add(errors, path, 0, 0, "no log daemon hears there: %s", strerror(errno));
    syslog_close(log);
    return NULL;
}

void syslog_close(struct syslog *log)
{
    if (!log)
        return;
    if (log->socket >= 0)
        close(log->socket);
    memory_free(log);
}

/* "<27>Nov 26 12:30:00 httplint[4711]: ": the form that daemons read at this socket since 4.2BSD; that of RFC 5424 is
 * for the network, and journald knows no other than this. */
static size_t begin_line(const struct syslog *log, unsigned severity, char line[SYSLOG_LINE_MAX])
{
    time_t now = time(NULL);
    struct tm local;
    char when[32] = "";

    if (localtime_r(&now, &local))
        strftime(when, sizeof when, "%b %e %H:%M:%S ", &local);
    return (size_t)snprintf(line, SYSLOG_LINE_MAX, "<%u>%shttplint[%ld]: ", log->facility * 8 + severity, when,
                            (long)getpid());
}

void syslog_line(struct syslog *log, unsigned severity, struct text words)
{
    char line[SYSLOG_LINE_MAX];
    size_t len = begin_line(log, severity, line);
    struct text part = utf8_cut(words, sizeof line - len);
    ssize_t sent;

    memcpy(line + len, part.at, part.len);
    do
        sent = sendto(log->socket, line, len + part.len, MSG_NOSIGNAL | (log->is_stuck ? MSG_DONTWAIT : 0),
                      (const struct sockaddr *)&log->daemon, sizeof log->daemon);
    while (sent < 0 && errno == EINTR);
    log->is_stuck = sent < 0;
    log->lost += sent < 0;
}

uint64_t syslog_lost(const struct syslog *log)
{
    return log->lost;
}
