/*
 * mistakes.h - what is wrong in a text that is read as an input: each mistake with its line and column, up to a bound.
 *
 * Lines are counted on from mistake to mistake, so that mistakes in the order of the text cost one walk over it.
 */
#ifndef HTTPLINT_INPUT_MISTAKES_H
#define HTTPLINT_INPUT_MISTAKES_H

#include "base/errors.h"

enum { MISTAKES_MAX = 50 };    /* that are told */

/* Zero but for the first three is none. */
struct mistakes {
    struct errors *errors;
    const char *name;          /* of the file */
    struct text text;
    size_t count;              /* those that are not told too */
    size_t counted_at;         /* the place up to which lines were counted */
    size_t line_at;            /* where the line begins */
    unsigned line;             /* lines before it */
};

/* One more, at a place in the text, its end included; the words as by printf(3), 199 octets of them at most. */
void mistakes_add(struct mistakes *, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
