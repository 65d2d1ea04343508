/*
 * manual.h - the manual page httplint(1), made from the table of flags, about.h, the limits and the built-in rules.
 */
#ifndef HTTPLINT_CLI_MANUAL_H
#define HTTPLINT_CLI_MANUAL_H

#include "base/out.h"
#include "cli/options.h"

/* The command --manual, in the language of man(7); gives the exit status. */
int manual_write(const struct options *, int out, struct out *err);

#endif
