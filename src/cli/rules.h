/*
 * rules.h - rules are loaded, found and listed.
 */
#ifndef HTTPLINT_CLI_RULES_H
#define HTTPLINT_CLI_RULES_H

#include "base/file.h"
#include "cli/options.h"

/* The rules that the options ask for, their files opened through a door; NULL with every mistake told on `err`. Freed by
 * httplint_rules_free. */
httplint_rules *rules_load(const struct options *, struct out *err);
httplint_rules *rules_load_through(const struct options *, const struct file_door *, struct out *err);

/* NULL if there is none of that id; rules_refuse then says so behind the words `before`, with the id that was meant
 * perhaps. Always false. */
const struct httplint_rule *rules_find(const httplint_rules *, struct text id);
bool rules_refuse(const httplint_rules *, const char *before, struct text id, struct errors *errors);

/* These rules in the formats of the options; gives the exit status. `out` is the descriptor of standard output. */
int rules_tell(const struct options *, const struct httplint_rule *const *, size_t count, int out, struct out *err);

/* The command --list-rules. */
int rules_list(const struct options *, int out, struct out *err);

#endif
