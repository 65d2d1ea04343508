#include "cli/signals.h"

/* Set by handlers, read by all threads: lock-free, which the C standard demands of the one and the other. */
static atomic_int stopped;

_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal handler may set the flag");

static void on_signal(int number)
{
    (void)number;
    atomic_store(&stopped, 1);
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
    /* nohup and the shell's background jobs ignore SIGINT on purpose. */
    if (before->interrupt.sa_handler == SIG_IGN)
        sigaction(SIGINT, &before->interrupt, NULL);
}

void signals_end(const struct signals *before)
{
    sigaction(SIGINT, &before->interrupt, NULL);
    sigaction(SIGTERM, &before->terminate, NULL);
    sigaction(SIGPIPE, &before->pipe, NULL);
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
