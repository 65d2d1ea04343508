/*
 * coverage.h - rules that have to be decided often enough, so that silence and success can be told apart.
 */
#ifndef HTTPLINT_CLI_COVERAGE_H
#define HTTPLINT_CLI_COVERAGE_H

#include "cli/options.h"

/* False, with errors, if --require-coverage names a rule that there is not. */
bool coverage_check(const struct options *, const httplint_rules *, struct errors *errors);

/* True if each rule that is named was kept or broken as often as is required; else tells which were not, and why not.
 * `counts`: by the rule's number. */
bool coverage_is_met(const struct options *, const httplint_rules *, const struct httplint_rule_counts *counts,
                     struct out *err);

#endif
