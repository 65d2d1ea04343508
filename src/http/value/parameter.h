/*
 * parameter.h - `;name=value` parameters, and the name=value in them (RFC 9110 5.6.6).
 *
 * Pure views. Blanks beside '=', which this grammar lacks, and names without a value, which other
 * fields allow, are read and told, so that each check can say what it holds of them.
 */
#ifndef HTTPLINT_HTTP_VALUE_PARAMETER_H
#define HTTPLINT_HTTP_VALUE_PARAMETER_H

#include "http/value/cursor.h"

struct parameter {
    struct text name;
    struct text value;         /* of a quoted-string the inside, not unescaped (quoted.h) */
    struct text whole;         /* from the name to the end of the value */
    struct text blanks;        /* beside '='; empty: none */
    bool has_value, is_quoted;
};

/* Takes a name, and if '=' follows, a token or quoted-string as its value. False: the cursor stands
 * at the octet at fault. */
bool parameter_take(struct text *rest, struct parameter *);

/* Takes the next one behind a ';' and OWS; empty ones (";;") are passed over. */
enum step parameter_next(struct text *rest, struct parameter *);

/* Are these all parameters, each with a value? Blanks beside '=' pass. */
bool parameter_check(struct text parameters, struct text *culprit);

/* The first one with the name in any case; false if there is none. */
bool parameter_find(struct text parameters, struct text name, struct parameter *);

/* True if a name occurs twice; `culprit` becomes the second parameter. */
bool parameter_repeats(struct text parameters, struct text *culprit);

/* True if a parameter has blanks beside its '='; `culprit` becomes the parameter. */
bool parameter_has_blanks(struct text parameters, struct text *culprit);

/* Is the value, unescaped, the same as `plain` but for ASCII case? */
bool parameter_is(const struct parameter *, struct text plain);

#endif
