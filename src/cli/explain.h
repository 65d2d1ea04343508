/*
 * explain.h - one rule in words: what it requires of whom, where that is written, why, what it needs to
 * see, and what breaks and keeps it. As text for a terminal, or as a page in Markdown.
 */
#ifndef HTTPLINT_CLI_EXPLAIN_H
#define HTTPLINT_CLI_EXPLAIN_H

#include "base/out.h"
#include "cli/examples.h"
#include "cli/options.h"

/* The command --explain; gives the exit status. */
int explain_rule(const struct options *, int out, struct out *err);

/* A page of its own for a rule. */
void explain_page(struct out *, const struct httplint_rule *, const struct examples *);

/* Text in Markdown that shows as it is. */
void explain_markdown(struct out *, struct text);

#endif
