/*
 * confine.h - the sandbox (guard/sandbox.h) of a run: what it is told that linting still needs.
 */
#ifndef HTTPLINT_CLI_CONFINE_H
#define HTTPLINT_CLI_CONFINE_H

#include "base/out.h"
#include "cli/options.h"
#include "input/input.h"

/* As --sandbox says, once all but the inputs, and what they are compared with (`old`), has been opened. A layer that is
 * missing is told; false if it was required. */
bool confine(const struct options *, const struct input_files *, const struct input_files *old, struct out *err);

#endif
