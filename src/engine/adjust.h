/*
 * adjust.h - the user's word on severities: changed, switched off, for all or for some exchanges;
 * and on findings that are known and are not to be told.
 *
 * Adjustments are applied to findings only, in order; where it is unknown whether one applies, the
 * milder severity wins. A suppression is an adjustment that comes last and says "off", but what it
 * takes away is counted. One past its date is not applied.
 */
#ifndef HTTPLINT_ENGINE_ADJUST_H
#define HTTPLINT_ENGINE_ADJUST_H

#include "engine/cond.h"
#include "engine/naming.h"

enum adjust_form { ADJUST, SUPPRESS };

/* One entry of `adjust` or `suppress`. */
struct adjustment {
    enum adjust_form form;
    const struct naming *names;        /* of the rules that it is for */
    size_t count;
    struct cond where;                 /* no steps: everywhere */
    enum severity severity;            /* of a suppression: off */
    size_t number;                     /* of a suppression, from 0 */
    struct text reason;
    const char *file;
    unsigned line, column;
};

/* The key of the file that has entries of a form: "adjust", "suppress". */
const char *adjust_key(enum adjust_form);

/* The keys of an entry, by number; the empty text past the last one. */
struct text adjustment_key(enum adjust_form, size_t number);

/* The entry in a node; false and errors if it is wrong. `*is_over`: its date lies before `today_us` (0: none does). */
bool adjustment_compile(struct loading *, const struct node *, enum adjust_form, int64_t today_us, struct adjustment *,
                        bool *is_over);

/* True if it names the rule. */
bool adjustment_names(const struct adjustment *, const struct rule *);

/* What `declared` becomes where the adjustments that say no `where` are all that is known to apply. */
enum severity adjust_always(const struct adjustment *const *, size_t count, enum severity declared);

/* What it becomes for a finding in this view. */
enum severity adjust_for(const struct adjustment *const *, size_t count, enum severity declared, const struct view *);

/* True if it is, or may be, for a finding in this view. */
bool adjust_may_fit(const struct adjustment *, const struct view *);

/* The most severe that it can become in any view. */
enum severity adjust_most(const struct adjustment *const *, size_t count, enum severity declared);

#endif
