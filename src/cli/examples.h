/*
 * examples.h - the cases of tests/cases that came with the program, two for each built-in rule.
 *
 * They are packed at build time (examples.sh) and unpacked to explain rules; linting never does.
 */
#ifndef HTTPLINT_CLI_EXAMPLES_H
#define HTTPLINT_CLI_EXAMPLES_H

#include "base/text.h"

struct examples;

struct examples *examples_new(void);
void examples_free(struct examples *);

/* A transcript of a case that shows the rule and one that shows nothing; empty if there is none. Lives as long as the
 * examples. */
struct text examples_get(const struct examples *, struct text id);

/* What examples.sh makes: gzip of, for each rule in the order of their ids, a line "\001ID" and the transcript. */
struct text examples_packed(void);

#endif
