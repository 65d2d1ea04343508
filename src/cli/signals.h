/*
 * signals.h - SIGINT and SIGTERM ask to stop, a second one kills; SIGPIPE is an error of write(2),
 * no death.
 *
 * Signals belong to the process, so what they ask is the one variable of the command outside a run.
 */
#ifndef HTTPLINT_CLI_SIGNALS_H
#define HTTPLINT_CLI_SIGNALS_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

struct signals {
    struct sigaction interrupt, terminate, pipe;
};

/* Takes the signals over, and gives them back as they were. */
void signals_begin(struct signals *before);
void signals_end(const struct signals *before);

/* Somebody asked to stop, by a signal or by signals_stop(); from any thread. */
bool signals_are_stopped(void);
void signals_stop(void);

/* The flag itself, for those who read it in a loop: not 0 once somebody asked. */
const atomic_int *signals_stopped(void);

#endif
