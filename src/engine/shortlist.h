/*
 * shortlist.h - the rules that two shapes of heads leave open: the third gate.
 *
 * Messages of the same shape (http/known.h) have the same start line but for the target, the same field
 * names, and the same values where these do not vary. So what the first two gates say of them, and every
 * condition that asks for nothing else, is the same each time a request of one shape is answered by one of
 * another: a rule that is known not to be broken by these alone need not be looked at again. What depends on
 * more stays on the list: values that vary, bodies, checks, history. Not for messages with anomalies.
 *
 * A list is made when its shapes meet for the second time. Bounded; in the steady state nothing is allocated; never fails.
 */
#ifndef HTTPLINT_ENGINE_SHORTLIST_H
#define HTTPLINT_ENGINE_SHORTLIST_H

#include "engine/compiled.h"

enum { SHORTLIST_RULES_MAX = 44 };

/* A rule that is open. */
struct shortlisted {
    uint32_t index;                        /* into the ruleset's items */
    bool applies;                          /* `when` holds and `unless` does not, by the shapes alone */
};

struct shortlist {
    uint64_t request, response;            /* shapes; 0: not seen */
    bool is_response;                      /* the response is looked at */
    bool is_made;
    uint32_t count;
    struct shortlisted items[SHORTLIST_RULES_MAX];
};

struct shortlists;

/* Freed by shortlists_free. Serves one engine. */
struct shortlists *shortlists_new(const struct ruleset *);
void shortlists_free(struct shortlists *);

/* What is left of the rules of two lists of the plan for what is looked at; NULL: ask those. */
const struct shortlist *shortlist_find(struct shortlists *, const struct view *, const struct plan_list *of_value,
                                       const struct plan_list *of_any);

#endif
