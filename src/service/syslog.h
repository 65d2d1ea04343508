/*
 * syslog.h - lines to the system's log, a datagram each to the socket that a log daemon has at /dev/log.
 *
 * Not by syslog(3): that connects anew by itself when the daemon has been started again, which a process in a sandbox
 * must not, and it waits for a daemon that hangs as long as that hangs. Here the socket stays unconnected, so a
 * daemon that returns hears us again, and a line waits a tenth of a second at most. What is not taken is counted, not
 * kept.
 */
#ifndef HTTPLINT_SERVICE_SYSLOG_H
#define HTTPLINT_SERVICE_SYSLOG_H

#include "base/errors.h"
#include "base/text.h"

/* The socket of log daemons. */
#define SYSLOG_PATH "/dev/log"

enum { SYSLOG_LINE_MAX = 2048 };         /* octets of a datagram: what RFC 5424 6.1 wants everybody to take */

struct syslog;

/* False with an error of `flag` if there is no facility of that name. */
bool syslog_check(const char *flag, const char *facility, struct errors *errors);

/* For a facility that syslog_check likes; `path` is of the daemon's socket. NULL with an error if nobody hears there
 * now. */
struct syslog *syslog_open(const char *facility, const char *path, struct errors *errors);
void syslog_close(struct syslog *);

/* One line without its end, of printable characters, of a severity from 0 (emergency) to 7 (debug); a longer one is
 * cut. */
void syslog_line(struct syslog *, unsigned severity, struct text line);

/* Lines that were not taken. */
uint64_t syslog_lost(const struct syslog *);

#endif
