/*
 * select.h - which rules the user wants at all: `--select` and `--ignore`, rules as naming.h has
 * them.
 */
#ifndef HTTPLINT_ENGINE_SELECT_H
#define HTTPLINT_ENGINE_SELECT_H

#include "engine/compiled.h"

/* Comma lists of names as the user gave them, and where. */
struct selection {
    const struct text *lists;
    size_t count;
    const char *what;              /* "--select" or "select:" */
    const struct setting *setting; /* the key of a file that they stand in; NULL: the command line */
};

/* Sets `is_picked` of each rule that a name fits. An id without wildcard that no rule has, or a name that must fit
 * something (`is_needed`) and fits nothing, is an error; then it gives false. What a built-in file names and is not
 * there is passed over: the user may have left the built-in rules out. */
bool selection_pick(const struct selection *, const struct ruleset *, bool is_needed, bool *is_picked,
                    struct errors *);

#endif
