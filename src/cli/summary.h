/*
 * summary.h - the totals of a run, in words for a person.
 */
#ifndef HTTPLINT_CLI_SUMMARY_H
#define HTTPLINT_CLI_SUMMARY_H

#include "base/out.h"
#include "httplint.h"

/* What was read, what was found, and what limits the evidence; with `has_statuses` the status codes
 * too. */
void summary_tell(struct out *, const struct httplint_summary *, size_t inputs, bool has_statuses);

#endif
