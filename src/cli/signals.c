#include "cli/signals.h"

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void)number;
    stopped = 1;
}

void signals_begin(struct signals *before)
{
    /* Without SA_RESTART, so that a read which waits for a pipe comes back. */
    struct sigaction stop = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    stopped = 0;
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

const volatile sig_atomic_t *signals_stopped(void)
{
    return &stopped;
}

void signals_stop(void)
{
    stopped = 1;
}
