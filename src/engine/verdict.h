/*
 * verdict.h - what becomes of one rule, by what a view shows: it does not apply, it is kept, it is broken, or nobody can tell.
 *
 * Nothing is remembered, and nothing fails. What a verdict views is the messages'.
 */
#ifndef HTTPLINT_ENGINE_VERDICT_H
#define HTTPLINT_ENGINE_VERDICT_H

#include "engine/compiled.h"

struct verdict {
    enum truth when, unless, broken;
    struct text culprit;                   /* what its check pointed at */
    uint64_t earlier;                      /* what it compared the exchange with */
};

/* Does the rule apply, and is it broken? True if both; the verdict says more. Where the rule is not known to apply, `unless` is decided
 * only if all is asked. */
bool verdict_of(const struct compiled *, const struct view *, bool asks_all, struct verdict *);

/* The same in two steps. The first is true if the rule applies, and leaves `broken` at NO; the second is for a rule that applies, and
 * true if it is broken. */
bool verdict_unasked(const struct compiled *, const struct view *, bool asks_all, struct verdict *);
bool verdict_applied(const struct compiled *, const struct view *, struct verdict *);

static inline bool verdict_applies(const struct verdict *verdict)
{
    return verdict->when == YES && verdict->unless == NO;
}

static inline bool verdict_is_broken(const struct verdict *verdict)
{
    return verdict_applies(verdict) && verdict->broken == YES;
}

/* The message that a check over one message is given, and that a finding is about; NULL: none is known. */
const struct message *verdict_about(const struct compiled *, const struct view *);

/* What speaks against the octets of that message, and of those that the rule reads: bits. */
enum { DOUBTFUL = 1, UNPROVEN = 2 };

unsigned verdict_doubts(const struct compiled *, const struct view *);

#endif
