/*
 * pattern.h - the small pattern language in which rules and the command line name values.
 *
 * `*` any run of octets, none too; `?` one octet; `<digits>` `<hex>` `<alpha>` `<token>` a run of
 * one or more such octets; `\c` the octet c itself; all else stands for itself. A pattern is
 * anchored at both ends and is matched in time linear in the value, whatever it holds. Compiled
 * patterns live in the arena they were made in, are immutable and may be shared by threads.
 */
#ifndef HTTPLINT_BASE_PATTERN_H
#define HTTPLINT_BASE_PATTERN_H

#include "base/arena.h"

enum { PATTERN_ITEMS_MAX = 255 };

struct pattern;

/* What is wrong with a pattern: the words are a static string, the part is a view into the source. */
struct pattern_error {
    const char *words;
    struct text part;
};

/* NULL if the source is no pattern: then `error` (not NULL) tells why. ASCII case counts only if `keeps_case`. */
const struct pattern *pattern_compile(struct arena *, struct text source, bool keeps_case, struct pattern_error *error);

/* True if the whole value fits. Cannot fail. */
bool pattern_matches(const struct pattern *, struct text value);

/* True if there is a `*`, `?` or class in it, so that it can fit more than one value. */
bool pattern_is_wild(const struct pattern *);

#endif
