/*
 * plan.h - which rules have to be looked at for a message: the first gate.
 *
 * A rule that can only be broken by certain statuses, or for certain methods, is found in the
 * lists of these alone. A list may hold a rule too many, never one too few.
 */
#ifndef HTTPLINT_ENGINE_PLAN_H
#define HTTPLINT_ENGINE_PLAN_H

#include "base/arena.h"
#include "http/message.h"

enum { PLAN_STATUS_FIRST = 100, PLAN_STATUSES = 500 };

/* Indexes into the ruleset's items, ascending. */
struct plan_list {
    const uint32_t *items;
    size_t count;
};

struct plan {
    struct plan_list of_status[PLAN_STATUSES + 1];     /* the last one: all others */
    struct plan_list any_status;
    struct plan_list of_method[METHOD_COUNT];
    struct plan_list any_method;
    struct plan_list readers[PLAN_STATUSES + 1];       /* of all rules for that status those that read bodies */
};

struct compiled;

/* The plan of the rules that are on. */
void plan_make(struct plan *, struct arena *, const struct compiled *, size_t count);

/* The rules that want this status, or this method; besides them come those of any_status, any_method. */
const struct plan_list *plan_for_status(const struct plan *, unsigned status);
const struct plan_list *plan_readers(const struct plan *, unsigned status);
const struct plan_list *plan_for_method(const struct plan *, enum method);

#endif
