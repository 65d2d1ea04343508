/*
 * cond.h - a condition: tests joined by all, any and not.
 *
 * Compiled to a flat program in which each group is followed by its members; decided without
 * recursion, in Kleene's three truths: `all` is the least, `any` the greatest, `not` the other end.
 * Programs live in the ruleset's arena and are immutable.
 */
#ifndef HTTPLINT_ENGINE_COND_H
#define HTTPLINT_ENGINE_COND_H

#include "engine/test.h"

enum { COND_DEPTH_MAX = YAML_DEPTH_MAX };

enum cond_op { COND_TEST, COND_ALL, COND_ANY, COND_NOT };

struct cond_step {
    enum cond_op op;
    uint32_t end;              /* groups: the step after their last member */
    struct test test;          /* COND_TEST */
};

/* Without steps: there is no condition. */
struct cond {
    const struct cond_step *steps;
    uint32_t count;
    bool is_flat;              /* one group of tests, without groups in it */
};

/* The condition in the tree; false and errors if it is none. */
bool cond_compile(struct loading *, const struct node *, struct cond *);

/* No steps: YES, as nothing is asked. */
enum truth cond_decide(const struct cond *, const struct view *);

/* Between which truths it lies for messages of these shapes (test.h). No steps: YES. */
struct bounds cond_bounds(const struct cond *, const struct view *);

/* The tests that must each hold for the condition to hold, one per call; `*at` starts at 0. NULL at the end. */
const struct test *cond_next_needed(const struct cond *, uint32_t *at);

/* The tests each of which alone makes the condition hold. As above. */
const struct test *cond_next_sufficient(const struct cond *, uint32_t *at);

/* All tests in order; `is_negated` (may be NULL): under an odd number of `not`. `*at` starts at 0. NULL at the end. */
const struct test *cond_next_test(const struct cond *, uint32_t *at, bool *is_negated);

#endif
