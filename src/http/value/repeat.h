/*
 * repeat.h - which names were met before, among the first of a value.
 *
 * So that the cost stays linear, only REPEAT_MAX names are remembered: a value with more of them
 * is not searched any further. Lives on the stack; zero is empty.
 */
#ifndef HTTPLINT_HTTP_VALUE_REPEAT_H
#define HTTPLINT_HTTP_VALUE_REPEAT_H

#include "base/text.h"

enum { REPEAT_MAX = 32 };

struct repeat {
    struct text names[REPEAT_MAX];
    unsigned count;
};

/* True if the name, but for ASCII case, was given before; else it is remembered. */
bool repeat_meets(struct repeat *, struct text name);

#endif
