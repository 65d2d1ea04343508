/*
 * record.h - an exchange as the public header shows it.
 *
 * Everything that has to be composed (addresses, the URL) goes to the arena that is given.
 */
#ifndef HTTPLINT_LINT_RECORD_H
#define HTTPLINT_LINT_RECORD_H

#include "engine/finding.h"
#include "httplint.h"

/* The public view of an exchange; `interim` gets the status codes of its 1xx responses (room for all of them). */
struct httplint_exchange record_exchange(const struct exchange *, unsigned *interim, struct arena *);

/* The public view of a finding; `evidence_max` bounds the octets that are quoted. */
struct httplint_finding record_finding(const struct finding *, const struct httplint_rule *, uint64_t evidence_max);

#endif
