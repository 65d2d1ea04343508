/*
 * later.h - what is to be told to the sink of a session, kept until the thread that may call it comes by.
 *
 * Records are copied, what they view is not: it has to stay until they were told.
 */
#ifndef HTTPLINT_LINT_LATER_H
#define HTTPLINT_LINT_LATER_H

#include "base/arena.h"
#include "httplint.h"

struct later_item;

struct later {
    struct arena *arena;       /* of the items */
    struct later_item *first, **end;
};

/* Empty; the arena is the caller's, and must outlive it. */
void later_begin(struct later *, struct arena *);

void later_note(struct later *, const struct httplint_note *);
void later_exchange(struct later *, const struct httplint_exchange *, const struct httplint_finding *findings, size_t count);

/* All of it, in the order in which it came. */
void later_tell(const struct later *, const struct httplint_sink *);

#endif
