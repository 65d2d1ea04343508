/*
 * run.h - the whole command as one function, so that tests call what a shell would.
 */
#ifndef HTTPLINT_CLI_RUN_H
#define HTTPLINT_CLI_RUN_H

#include <stdbool.h>

/* Does what the command line says and gives the exit status (status.h). `out` and `err` are
 * descriptors and stay the caller's; argv is permuted. A process that `is_ours` gives up rights on
 * the way (--sandbox), and never gets them back. */
int cli_run(int argc, char **argv, int out, int err, bool is_ours);

#endif
