/*
 * rules.h - rules are loaded, listed and explained.
 */
#ifndef HTTPLINT_CLI_RULES_H
#define HTTPLINT_CLI_RULES_H

#include "cli/options.h"

/* The rules that the options ask for; NULL with every mistake told on `err`. Freed by
 * httplint_rules_free. */
httplint_rules *rules_load(const struct options *, struct out *err);

/* The commands; each gives the exit status. `out` is the descriptor of standard output. */
int rules_list(const struct options *, int out, struct out *err);
int rules_explain(const struct options *, int out, struct out *err);
int rules_check(const struct options *, int out, struct out *err);

#endif
