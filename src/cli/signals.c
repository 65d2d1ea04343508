#include "cli/signals.h"

/* Set by handlers, read by all threads: lock-free, which the C standard demands of the one and the other. */
static atomic_int stopped, hung_up, questioned;

_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal handler may set the flag");

static void on_signal(int number)
{
    (void)number;
    atomic_store(&stopped, 1);
}

static void on_hangup(int number)
{
    (void)number;
    atomic_store(&hung_up, 1);
}

static void on_question(int number)
{
    (void)number;
    atomic_store(&questioned, 1);
}

void signals_begin(struct signals *before)
{
    /* Without SA_RESTART, so that a read which waits for a pipe comes back. */
    struct sigaction stop = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    atomic_store(&stopped, 0);
    sigaction(SIGINT, &stop, &before->interrupt);
    sigaction(SIGTERM, &stop, &before->terminate);
    sigaction(SIGPIPE, &ignore, &before->pipe);
    sigaction(SIGHUP, NULL, &before->hangup);
    sigaction(SIGUSR1, NULL, &before->question);
    /* nohup and the shell's background jobs ignore SIGINT on purpose. */
    if (before->interrupt.sa_handler == SIG_IGN)
        sigaction(SIGINT, &before->interrupt, NULL);
}

void signals_end(const struct signals *before)
{
    sigaction(SIGINT, &before->interrupt, NULL);
    sigaction(SIGTERM, &before->terminate, NULL);
    sigaction(SIGPIPE, &before->pipe, NULL);
    sigaction(SIGHUP, &before->hangup, NULL);
    sigaction(SIGUSR1, &before->question, NULL);
}

void signals_serve(void)
{
    struct sigaction hangup = { .sa_handler = on_hangup }, question = { .sa_handler = on_question }, now;

    atomic_store(&hung_up, 0);
    atomic_store(&questioned, 0);
    sigaction(SIGUSR1, &question, NULL);
    sigaction(SIGHUP, NULL, &now);
    if (now.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &hangup, NULL);
}

bool signals_take_hangup(void)
{
    return atomic_exchange(&hung_up, 0) != 0;
}

bool signals_take_question(void)
{
    return atomic_exchange(&questioned, 0) != 0;
}

bool signals_are_stopped(void)
{
    return atomic_load(&stopped) != 0;
}

const atomic_int *signals_stopped(void)
{
    return &stopped;
}

void signals_stop(void)
{
    atomic_store(&stopped, 1);
}
