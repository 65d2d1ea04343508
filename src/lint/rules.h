/*
 * rules.h - the rules as the public header shows them, over the ruleset that the engine runs.
 */
#ifndef HTTPLINT_LINT_RULES_H
#define HTTPLINT_LINT_RULES_H

#include "engine/ruleset.h"
#include "httplint.h"

struct httplint_rules {
    struct ruleset *set;
    struct httplint_rule *views;         /* by rule->index */
    struct httplint_text *specs;         /* those of all rules, one behind the other */
    struct httplint_example *examples;   /* likewise */
    size_t count;
};

/* The public view of a rule of the set. */
const struct httplint_rule *rules_view(const httplint_rules *, const struct rule *);

/* Texts of both kinds are the same octets. */
static inline struct httplint_text public_text(struct text text)
{
    return (struct httplint_text){ text.at, text.len };
}

#endif
