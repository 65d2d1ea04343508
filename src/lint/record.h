/*
 * record.h - an exchange as the public header shows it.
 *
 * Everything that has to be composed (addresses, the URL, the list of interim responses) goes to the arena that is given.
 */
#ifndef HTTPLINT_LINT_RECORD_H
#define HTTPLINT_LINT_RECORD_H

#include "engine/finding.h"
#include "httplint.h"

/* The public view of an exchange. */
struct httplint_exchange record_exchange(const struct exchange *, struct arena *);

/* The public view of a finding; `evidence_max` bounds the octets that are quoted. */
struct httplint_finding record_finding(const struct finding *, const struct httplint_rule *, uint64_t evidence_max);

#endif
