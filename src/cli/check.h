/*
 * check.h - the command --check-rules: mistakes in rules files, and examples that do not hold.
 */
#ifndef HTTPLINT_CLI_CHECK_H
#define HTTPLINT_CLI_CHECK_H

#include "cli/options.h"

/* Loads the files, runs the examples of their rules, and lints nothing. Gives the exit status. */
int check_rules(struct options *, int out, struct out *err);

#endif
