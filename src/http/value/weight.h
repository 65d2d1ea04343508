/*
 * weight.h - how much something is wanted: q=0.5, and names that carry it (RFC 9110 12.4.2).
 *
 * Pure. Whether a weight is a qvalue is a fact of its own, so that one rule speaks of weights and
 * another one of the rest of the value.
 */
#ifndef HTTPLINT_HTTP_VALUE_WEIGHT_H
#define HTTPLINT_HTTP_VALUE_WEIGHT_H

#include "http/value/parameter.h"

enum { WEIGHT_ONE = 1000 };

struct weight {
    struct text text;          /* the qvalue as written; empty: none */
    uint16_t thousandths;      /* 0 .. WEIGHT_ONE; WEIGHT_ONE if there is no valid one */
    bool is_valid;             /* true too if there is none */
};

/* A member of Accept-Encoding, Accept-Charset, Accept-Language: a token (or "*", which is one),
 * then perhaps ";q=". */
struct weighted {
    struct text name;
    struct weight weight;
};

/* The weight of a list's member without "q". */
struct weight weight_none(void);

/* The weight that a parameter called q states. */
struct weight weight_of(const struct parameter *);

/* Is the member a name with at most a weight behind it? */
bool weight_read(struct text member, struct weighted *, struct text *culprit);

#endif
