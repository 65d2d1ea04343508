/*
 * confine.h - the sandbox (guard/sandbox.h) of a run: what it is told that linting still needs.
 */
#ifndef HTTPLINT_CLI_CONFINE_H
#define HTTPLINT_CLI_CONFINE_H

#include "base/out.h"
#include "cli/opener.h"
#include "cli/options.h"
#include "input/input.h"

/* As --sandbox says, once all but the inputs, and what they are compared with (`old`), has been opened. A layer that is
 * missing is told; false if it was required. */
bool confine(const struct options *, const struct input_files *, const struct input_files *old, struct out *err);

/* How a live capture opens what it needs later, so that it can give everything up. */
struct opener_conduct confine_opener(const struct options *);

/* The same for a live capture, once all is open and the opener (opener.h) has begun, with what that lacks in `missing`: the
 * user changes too, as -Z says; by --sandbox root becomes httplint, or nobody where there is no such user. Through the packet
 * sockets nothing can be sent. False with an error, told or in `errors`, if what was asked for cannot be. */
bool confine_live(const struct options *, const int *sockets, size_t nsockets, struct errors *missing,
                  struct out *err, struct errors *errors);

#endif
