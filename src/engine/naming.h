/*
 * naming.h - how users name rules: a glob over ids, `spec:GLOB` over the sections that rules cite,
 * `level:GLOB` over how strongly they are written.
 */
#ifndef HTTPLINT_ENGINE_NAMING_H
#define HTTPLINT_ENGINE_NAMING_H

#include "base/pattern.h"
#include "engine/rule.h"

enum naming_kind { NAMING_ID, NAMING_SPEC, NAMING_LEVEL };

struct naming {
    enum naming_kind kind;
    const struct pattern *pattern;
};

/* False if the words hold no pattern: then `error` tells why. The pattern lives in the arena. */
bool naming_compile(struct arena *, struct text words, struct naming *, struct pattern_error *error);

/* True if the rule is one of those that are named. */
bool naming_fits(const struct naming *, const struct rule *);

/* True if only one id is meant, which therefore ought to exist. */
bool naming_is_single(const struct naming *);

#endif
