/*
 * summary.h - the totals of a run, in words for a person.
 */
#ifndef HTTPLINT_CLI_SUMMARY_H
#define HTTPLINT_CLI_SUMMARY_H

#include "cli/tally.h"

/* What was read, what was found, and what limits the evidence; with a tally (else NULL) by server
 * and status too. */
void summary_tell(struct out *, const struct httplint_summary *, size_t inputs, const struct tally *);

#endif
