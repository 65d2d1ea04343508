/*
 * errors.h - what the user did wrong: words with a place, gathered until somebody prints them.
 *
 * Nothing below cli/ prints. A function that can be handed wrong input takes a struct errors,
 * appends to it and returns false or NULL; one run reports all of them.
 */
#ifndef HTTPLINT_BASE_ERRORS_H
#define HTTPLINT_BASE_ERRORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct error {
    char *file;                /* NULL: no file */
    unsigned line, column;     /* from 1; 0: unknown */
    char *words;
};

/* Zero is an empty list. Owns its strings; emptied by errors_clear. */
struct errors {
    struct error *items;
    size_t count;
};

/* Appends one error; the words are formatted as by printf(3). Always returns false, so that callers can return it. */
bool errors_add(struct errors *, const char *file, unsigned line, unsigned column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

void errors_clear(struct errors *);

/* The candidate nearest to `word` (edits, case ignored) if it is near enough to be meant, else the empty text. */
struct text errors_did_you_mean(struct text word, const struct text *candidates, size_t count);

#endif
