/*
 * check.h - what the rule language cannot say, answered in C.
 *
 * A check answers one question, "is the rule kept?", over a const view: it neither allocates,
 * nor prints, nor remembers. Rules name it in YAML; all that a person reads stands there.
 */
#ifndef HTTPLINT_ENGINE_CHECK_H
#define HTTPLINT_ENGINE_CHECK_H

#include "http/exchange.h"

struct history;

enum truth { NO, UNKNOWN, YES };   /* in this order: Kleene's `all` is the minimum, `any` the maximum */

enum { CHECK_AFTER_MAX = 4 };

/* Exactly one of the functions is set. */
struct check {
    const char *name;              /* NULL ends a family */
    /* The exchange as a whole; `x->response` is the response that is looked at. `culprit` (initially empty) may be set
     * to the octets at fault: a view into a head of the exchange. */
    enum truth (*exchange)(const struct exchange *x, struct text *culprit);
    /* One value of a field that the rule names under `on`; called once per field line. */
    enum truth (*field)(const struct exchange *x, struct text value, struct text *culprit);
    /* One message: called for the request and for each response, or for those only that the rule's conditions are
     * about. */
    enum truth (*message)(const struct exchange *x, const struct message *m, struct text *culprit);
    /* The exchange and those before it (history.h). `earlier` (initially 0) may be set to the frame of the request of
     * the one that it was compared with. */
    enum truth (*history)(const struct exchange *x, const struct history *, struct text *culprit, uint64_t *earlier);
    uint16_t after[CHECK_AFTER_MAX];   /* .history answers NO only where an exchange with one of these statuses is remembered; all
                                        * 0: it may always */
    enum method after_method;          /* the same of a method; METHOD_UNKNOWN: of any */
    bool reads_body;               /* it looks at body.sample, so that samples have to be kept */
};

#endif
