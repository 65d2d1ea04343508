/*
 * example.h - `.http` examples of a rule: taken apart to be shown, run to see that they hold.
 */
#ifndef HTTPLINT_CLI_EXAMPLE_H
#define HTTPLINT_CLI_EXAMPLE_H

#include "base/errors.h"
#include "httplint.h"

/* A case as a person reads it; views into the text that it was found in. */
struct example {
    struct text title;         /* empty: there is none */
    struct text text;          /* the lines behind `expect:` */
};

/* The first case of a transcript that is to show the rule (`shows`), or that is to show nothing at all. */
struct example example_pick(struct text transcript, struct text id, bool shows);

/* Runs all cases of the examples of a rule through the whole pipeline. What they show of rules that are not built in is
 * to be what they say; built-in rules count where a case names them. False with errors, which have file and line;
 * `ncases` grows by their number. */
bool example_check(const httplint_rules *, const struct httplint_rule *, struct errors *errors, size_t *ncases);

#endif
