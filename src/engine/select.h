/*
 * select.h - which rules the user wants at all: `--select` and `--ignore`, globs over ids.
 */
#ifndef HTTPLINT_ENGINE_SELECT_H
#define HTTPLINT_ENGINE_SELECT_H

#include "engine/compiled.h"

/* Comma lists of globs as the user gave them, and where. */
struct selection {
    const struct text *lists;
    size_t count;
    const char *what;              /* "--select" or "select:" */
    const char *file;              /* NULL: the command line */
    unsigned line, column;
};

/* Sets `is_picked` of each rule that a glob fits. An id without wildcard that no rule has, or a glob that must fit
 * something (`is_needed`) and fits nothing, is an error; then it gives false. */
bool selection_pick(const struct selection *, const struct ruleset *, bool is_needed, bool *is_picked,
                    struct errors *);

#endif
