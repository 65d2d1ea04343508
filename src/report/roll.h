/*
 * roll.h - the rules that a report has named, numbered from 0 in the order of their first finding.
 *
 * Keeps copies of their ids, so that rules may be loaded anew meanwhile.
 */
#ifndef HTTPLINT_REPORT_ROLL_H
#define HTTPLINT_REPORT_ROLL_H

#include "base/text.h"

struct roll;

struct roll *roll_new(void);
void roll_free(struct roll *);

/* The number of the rule; the next free one (roll_count before the call) if it is new. */
size_t roll_number(struct roll *, struct text id);

size_t roll_count(const struct roll *);

/* The id by its number, below roll_count. */
struct text roll_id(const struct roll *, size_t number);

#endif
