/*
 * annotate.h - findings become comments on the packets of the capture that they were found in, for --annotate.
 *
 * The capture is read a second time once it is linted, since only then all that is said of a packet is known. Keeps its
 * own words of each finding until then.
 */
#ifndef HTTPLINT_CLI_ANNOTATE_H
#define HTTPLINT_CLI_ANNOTATE_H

#include "base/errors.h"
#include "cli/options.h"

struct annotate;

/* Opens the file that --annotate names, without emptying it; one that was not there goes again if nothing is written,
 * unless a sandbox forbids that by then. NULL with an error if it cannot be written, or the input not be
 * copied (input/annotate.h): there must be exactly one. The options must outlive it. */
struct annotate *annotate_new(const struct options *, struct errors *errors);
void annotate_free(struct annotate *);

void annotate_exchange(struct annotate *, const struct httplint_exchange *, const struct httplint_finding *,
                       size_t nfindings);

/* Writes the copy. False, with an error, if that failed. What is wrong with the input was told when it was linted. */
bool annotate_write(struct annotate *, const struct httplint_summary *, struct errors *errors);

#endif
