/*
 * finding.h - a rule that is known to be broken, and the octets that prove it.
 *
 * Plain data; it and all it points to lives in the arena of its exchange or in the ruleset.
 */
#ifndef HTTPLINT_ENGINE_FINDING_H
#define HTTPLINT_ENGINE_FINDING_H

#include "engine/rule.h"
#include "http/exchange.h"

struct finding {
    const struct rule *rule;
    const struct exchange *exchange;
    const struct message *about;   /* the message that breaks the rule; NULL: the connection */
    enum severity severity;        /* after adjustments and softening */
    bool is_uncertain;             /* what was seen contradicts itself, so the severity was lowered to info */
    struct text message;           /* holes filled; octets of the wire as they came: reporters escape */
    struct text culprit;           /* the octets at fault, in about->head or elsewhere; empty: the message as a whole */
    struct text field;             /* name of the field line at fault; empty: none */
    uint64_t frame;                /* the frame that holds the octets */
    uint64_t offset;               /* their stream offset */
    uint64_t file_at, file_octets; /* where they stand in the file, and how many of them are there; 0: not known */
};

struct finding_sink {
    void (*finding)(void *context, const struct finding *);
    void *context;
};

#endif
