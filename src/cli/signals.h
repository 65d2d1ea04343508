/*
 * signals.h - SIGINT and SIGTERM ask to stop, a second one kills; SIGPIPE is an error of write(2),
 * no death.
 *
 * Signals belong to the process, so what they ask is the one variable of the command outside a run.
 */
#ifndef HTTPLINT_CLI_SIGNALS_H
#define HTTPLINT_CLI_SIGNALS_H

#include <signal.h>

struct signals {
    struct sigaction interrupt, terminate, pipe;
};

/* Takes the signals over, and gives them back as they were. */
void signals_begin(struct signals *before);
void signals_end(const struct signals *before);

/* Non-zero once somebody asked to stop, by a signal or by signals_stop(). */
const volatile sig_atomic_t *signals_stopped(void);
void signals_stop(void);

#endif
