/*
 * manager.h - the service manager that started us, if it asked to be told (sd_notify(3)): that we are ready, read
 * rules again, stop; what we are at; that we are alive.
 *
 * The protocol is one datagram to the socket that $NOTIFY_SOCKET names, fixed by its documentation, which is why
 * there is no library: libsystemd would bring four more into a process that reads what strangers send. The socket is
 * opened and connected at once, nothing is opened later, and nothing ever waits. Where nobody asked to be told there
 * is no manager, NULL, which all functions take.
 */
#ifndef HTTPLINT_SERVICE_MANAGER_H
#define HTTPLINT_SERVICE_MANAGER_H

#include "base/errors.h"

struct manager;

/* As the environment says. NULL: nobody asked, or with an error: it cannot be told. */
struct manager *manager_open(struct errors *errors);
void manager_close(struct manager *);

void manager_ready(struct manager *);
void manager_reloading(struct manager *);        /* until manager_ready is called again */
void manager_stopping(struct manager *);

/* One line for people, as `systemctl status` shows it. */
void manager_status(struct manager *, const char *words);

/* To be called by the loop that must not hang, once a turn: it keeps the watchdog quiet, in half of its time. */
void manager_beat(struct manager *);

#endif
