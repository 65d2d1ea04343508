/*
 * loading.h - what the parts of the loader share while a ruleset is made: where to put things,
 * where to complain.
 *
 * Nothing stops at the first mistake: each part complains and goes on, so that one run reports
 * them all. What is compiled lives in the ruleset's arena and never looks into a tree.
 */
#ifndef HTTPLINT_ENGINE_LOADING_H
#define HTTPLINT_ENGINE_LOADING_H

#include "base/pattern.h"
#include "base/regex.h"
#include "engine/subject.h"
#include "engine/yaml.h"

/* Regular expressions have memory of their own: the ruleset frees them by this list. */
struct regex_link {
    struct regex *regex;
    struct regex_link *next;
};

struct loading {
    struct arena *arena;               /* of the ruleset */
    struct errors *errors;
    struct names *names;
    const char *file;                  /* that is read now */
    struct regex_link *regexes;
    const struct check *const *checks; /* families, NULL at the end; NULL: none */
};

/* Appends an error at the value, or at the key, of a node. Always false. */
bool loading_fail(struct loading *, const struct node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool loading_fail_key(struct loading *, const struct node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends "..., did you mean '...'?" to the words if one of the candidates is near enough. Always false. */
bool loading_fail_guess(struct loading *, const struct node *at, bool is_key, const char *what, struct text word,
                        const struct text *candidates, size_t count);

/* A subject; `is_key`: the words are the key of `at`, for the place. `words` may be a part of it. */
bool loading_subject(struct loading *, const struct node *at, bool is_key, struct text words, struct subject *);

/* True if the node is a scalar and not empty; else complains. */
bool loading_is_text(struct loading *, const struct node *);

/* The text of such a node, a copy that lives as long as the ruleset; else complains and gives the empty text. */
struct text loading_text(struct loading *, const struct node *);

/* The pattern in a scalar, in the ruleset's arena; NULL and an error if it is none. */
const struct pattern *loading_pattern(struct loading *, const struct node *, bool keeps_case);

/* A node that may be one thing or a list of them, seen as a list: the first, then the next of each. */
const struct node *loading_items(const struct node *);
const struct node *loading_next(const struct node *list, const struct node *item);

#endif
