/*
 * signals.h - SIGINT and SIGTERM ask to stop, a second one kills; SIGPIPE is an error of write(2),
 * no death. A live capture hears SIGHUP and SIGUSR1 as well.
 *
 * Signals belong to the process, so what they ask are the only variables of the command outside a run.
 */
#ifndef HTTPLINT_CLI_SIGNALS_H
#define HTTPLINT_CLI_SIGNALS_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

struct signals {
    struct sigaction interrupt, terminate, pipe, hangup, question;
};

/* Takes the signals over, and gives them back as they were. */
void signals_begin(struct signals *before);
void signals_end(const struct signals *before);

/* Somebody asked to stop, by a signal or by signals_stop(); from any thread. */
bool signals_are_stopped(void);
void signals_stop(void);

/* A service obeys SIGHUP (read again what is read, open anew what is written) and SIGUSR1 (tell the statistics) from
 * signals_serve on until signals_end; SIGHUP not where whoever started us ignores it. */
void signals_serve(void);

/* True, once, after one came. */
bool signals_take_hangup(void);
bool signals_take_question(void);

/* The flag itself, for those who read it in a loop: not 0 once somebody asked. */
const atomic_int *signals_stopped(void);

#endif
