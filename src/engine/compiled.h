/*
 * compiled.h - a rule as the engine runs it, and the ruleset that owns all of them.
 *
 * Made by the loader, immutable afterwards, shared by engines and threads. What a person reads of
 * a rule is its `rule`; all else here is how it is decided.
 */
#ifndef HTTPLINT_ENGINE_COMPILED_H
#define HTTPLINT_ENGINE_COMPILED_H

#include "engine/adjust.h"
#include "engine/check.h"
#include "engine/cond.h"
#include "engine/plan.h"
#include "engine/ruleset.h"
#include "engine/wording.h"

enum { GATES_MAX = 4 };

/* The rule can only be broken if the field occurs, or does not occur, in that message's header section; or if that
 * message has an anomaly. */
struct gate {
    enum whose whose;
    uint16_t field;
    bool is_present;
    bool is_anomaly;
};

struct compiled {
    struct rule rule;
    enum severity declared;            /* as the rule says, before adjustments */
    struct cond when, unless, require, forbid;
    const struct check *check;         /* NULL: none */
    const struct subject *on;          /* the fields whose lines a field check is given */
    size_t non;
    const struct wording *wording;
    struct gate gates[GATES_MAX];
    unsigned ngates;
    bool is_after;                     /* it can only be broken after an exchange with a status of check->after */
    bool reads_request, reads_response;/* by its conditions: doubts about these are doubts about it */
    bool on_request, on_response;      /* it is decided for the request, for each response */
    enum whose about;                  /* the message at fault */
    bool is_on;                        /* some exchange could get a finding from it */
    const struct adjustment *const *adjustments;   /* those that name it, in order */
    size_t nadjustments;
    const struct adjustment *const *suppressions;  /* likewise */
    size_t nsuppressions;
};

struct ruleset {
    struct arena_pool *pool;
    struct arena *arena;
    struct names *names;
    struct regex_link *regexes;
    struct compiled *items;            /* in the order of their ids */
    const struct rule **rules;         /* the same */
    size_t count;
    struct plan plan;
    const struct setting *settings;    /* the newest first */
    const struct suppression *suppressions;
    size_t nsuppressions;
};

/* True if the octets of a body are read to decide the rule, how severe it is or whether it is told. */
bool compiled_reads_body(const struct compiled *);

static inline bool compiled_reads_history(const struct compiled *compiled)
{
    return compiled->check && compiled->check->history;
}

/* The order of ids: octet by octet. Less than, equal to or greater than 0. */
int ruleset_compare(struct text a, struct text b);

#endif
