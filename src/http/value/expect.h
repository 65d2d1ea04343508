/*
 * expect.h - expectations: members of Expect (RFC 9110 10.1.1). Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_EXPECT_H
#define HTTPLINT_HTTP_VALUE_EXPECT_H

#include "http/value/parameter.h"

struct expectation {
    struct parameter parameter;            /* the name and its value, if it has one */
    struct text parameters;                /* only one with a value may have some */
};

/* token [ "=" ( token / quoted-string ) parameters ] */
bool expect_read(struct text member, struct expectation *, struct text *culprit);

/* Is it 100-continue, in any case? */
bool expect_is_continue(const struct expectation *);

#endif
