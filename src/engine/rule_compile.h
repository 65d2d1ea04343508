/*
 * rule_compile.h - one entry of `rules:` made a rule that can be run.
 */
#ifndef HTTPLINT_ENGINE_RULE_COMPILE_H
#define HTTPLINT_ENGINE_RULE_COMPILE_H

#include "engine/compiled.h"

/* The rule in a member of `rules:`; false and errors if anything in it is wrong. */
bool rule_compile(struct loading *, const struct node *, bool is_builtin, struct compiled *);

/* The keys of a rule, by number; the empty text past the last one. */
struct text rule_key(size_t number);

#endif
