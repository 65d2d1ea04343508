/*
 * monitor.h - a live capture: packets are linted as they pass, kept if asked, and told of at once.
 *
 * Owns what it opens: interfaces, kept packets, the session. What it comes to goes into the struct work, as the inputs of a
 * run on files do.
 */
#ifndef HTTPLINT_CLI_MONITOR_H
#define HTTPLINT_CLI_MONITOR_H

#include "cli/work.h"

struct monitor;

/* Opens all that the options name, but for interfaces that are down. NULL with errors. `work` must outlive it; its outputs
 * are open, its opener has not begun yet. */
struct monitor *monitor_new(struct work *work, struct errors *errors);

/* Waits until all interfaces are open, and gives up what is not needed any more (confine.h). False with errors. */
bool monitor_begin(struct monitor *, struct errors *errors);

/* Lints until a signal, --count, --duration or a report that nobody reads any more ends it. */
void monitor_run(struct monitor *);

/* Frees the rules that were read on the way, so all reports must have ended. NULL is allowed. */
void monitor_free(struct monitor *);

#endif
