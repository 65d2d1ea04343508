/*
 * completion.h - the table of flags as completions for a shell: flags, and what their arguments may be. Ids of rules
 * are asked of the command when they are completed, so those of the user's own rules are among them.
 */
#ifndef HTTPLINT_CLI_COMPLETION_H
#define HTTPLINT_CLI_COMPLETION_H

#include "cli/options.h"

/* The command --completion; gives the exit status. */
int completion_write(const struct options *, int out, struct out *err);

#endif
