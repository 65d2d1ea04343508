/*
 * gate.h - what has to be there, or not, for a rule to be broken, at the cost of a bit each: the second gate.
 */
#ifndef HTTPLINT_ENGINE_GATE_H
#define HTTPLINT_ENGINE_GATE_H

#include "engine/compiled.h"

/* Finds up to GATES_MAX gates in the conditions of the rule. */
void gates_make(struct compiled *);

/* True if an exchange is remembered after which the check can say that the rule is broken. */
bool gates_history_has(const struct check *, const struct history *);

/* The gates that the heads of request and response alone decide. */
static inline bool gates_of_fields_pass(const struct compiled *compiled, const struct view *view)
{
    for (unsigned i = 0; i < compiled->ngates; i++) {
        const struct gate *gate = &compiled->gates[i];
        const struct message *message = view->of[gate->whose];

        if (!message)
            return false;
        if (gate->is_anomaly ? message->nanomalies == 0 : bits_has(&message->has, gate->field) != gate->is_present)
            return false;
    }
    return true;
}

/* What is remembered: false if the check cannot say that the rule is broken. */
static inline bool gates_of_history_pass(const struct compiled *compiled, const struct history *history)
{
    return !compiled->is_after || gates_history_has(compiled->check, history);
}

#endif
