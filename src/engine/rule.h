/*
 * rule.h - what a person reads of a rule; how it is decided stays inside the engine.
 *
 * Rules belong to their ruleset, are immutable once loaded and shared by all sessions.
 */
#ifndef HTTPLINT_ENGINE_RULE_H
#define HTTPLINT_ENGINE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* What a rule looks at, and so how often it is decided: SCOPE_MESSAGE is each message of either side by itself. */
enum rule_scope { SCOPE_REQUEST, SCOPE_RESPONSE, SCOPE_EXCHANGE, SCOPE_CONNECTION, SCOPE_HISTORY, SCOPE_MESSAGE };

enum party { PARTY_UNKNOWN, PARTY_CLIENT, PARTY_SERVER };

/* What has to be seen for a rule to be decided, as bits. */
enum evidence {
    EVIDENCE_REQUEST = 1,
    EVIDENCE_RESPONSE = 2,
    EVIDENCE_BODY = 4,             /* how many octets there are, or which */
    EVIDENCE_TRAILERS = 8,
    EVIDENCE_HISTORY = 16          /* earlier exchanges */
};

/* Exchanges that show a rule at work, a `.http` text. */
struct rule_example {
    struct text text;
    unsigned line;                 /* in `source`, of the value */
};

struct rule {
    struct text id;
    struct text family;            /* the first word of the id */
    enum severity severity;        /* after the adjustments that need no exchange */
    enum rule_scope scope;
    enum party party;              /* who is at fault; PARTY_UNKNOWN with SCOPE_MESSAGE: who sent the message */
    struct text level;             /* MUST, SHOULD, advice; empty if the rule does not say */
    struct text since;
    struct text message;           /* with its holes */
    struct text why;
    const struct text *spec;       /* sections, as "RFC9110 15.5.6" */
    size_t nspec;
    struct text when, unless, require, forbid;     /* its conditions in words; empty: it has none */
    const char *check;             /* the check that decides it; NULL: none */
    unsigned evidence;             /* enum evidence bits */
    const struct rule_example *examples;
    size_t nexamples;
    const char *file;              /* where it was defined; NULL: built in */
    struct text source;            /* "rules/status.yaml" or the user's file */
    unsigned line;
    size_t index;                  /* place among the rules of its set, from 0 */
};

/* "error", "warning", "info", "off": static strings. */
const char *severity_name(enum severity);

/* False if it is none of these words. */
bool severity_find(struct text word, enum severity *severity);

#endif
