/*
 * lint.h - inputs are read, each in a session of its own, and told to the outputs in their order.
 *
 * The same for any number of threads: an input whose turn it is not yet keeps its records until it
 * is.
 */
#ifndef HTTPLINT_CLI_LINT_H
#define HTTPLINT_CLI_LINT_H

#include "cli/options.h"
#include "cli/outputs.h"

/* Lints the inputs of the options, or those that a configuration file names: what such files say goes into the
 * options. Gives the exit status (status.h). */
int lint_run(struct options *, int out, struct out *err, int err_descriptor);

#endif
