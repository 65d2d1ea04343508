/*
 * adjust.h - the user's word on severities: changed, switched off, for all or for some exchanges.
 *
 * Adjustments are applied to findings only, in order; where it is unknown whether one applies, the
 * milder severity wins. One past its date is not applied.
 */
#ifndef HTTPLINT_ENGINE_ADJUST_H
#define HTTPLINT_ENGINE_ADJUST_H

#include "engine/cond.h"
#include "engine/naming.h"

/* One entry of `adjust`. */
struct adjustment {
    const struct naming *names;        /* of the rules that it is for */
    size_t count;
    struct cond where;                 /* no steps: everywhere */
    enum severity severity;
    struct text reason;
    const char *file;
    unsigned line, column;
};

/* The entry in a node; false and errors if it is wrong. `*is_over`: its date lies before `today_us` (0: none does). */
bool adjustment_compile(struct loading *, const struct node *, int64_t today_us, struct adjustment *, bool *is_over);

/* True if it names the rule. */
bool adjustment_names(const struct adjustment *, const struct rule *);

/* What `declared` becomes where the adjustments that say no `where` are all that is known to apply. */
enum severity adjust_always(const struct adjustment *const *, size_t count, enum severity declared);

/* What it becomes for a finding in this view. */
enum severity adjust_for(const struct adjustment *const *, size_t count, enum severity declared, const struct view *);

/* The most severe that it can become in any view. */
enum severity adjust_most(const struct adjustment *const *, size_t count, enum severity declared);

#endif
