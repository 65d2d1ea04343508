/*
 * run.h - the whole command as one function, so that tests call what a shell would.
 */
#ifndef HTTPLINT_CLI_RUN_H
#define HTTPLINT_CLI_RUN_H

/* Does what the command line says and gives the exit status (status.h). `out` and `err` are
 * descriptors and stay the caller's; argv is permuted. */
int cli_run(int argc, char **argv, int out, int err);

#endif
