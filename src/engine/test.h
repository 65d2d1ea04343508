/*
 * test.h - one subject compared with one set of values: the leaves of a condition.
 *
 * Deciding is pure, in time linear in the value, and knows three truths: what was not seen whole
 * can be known to fit, but not known not to.
 */
#ifndef HTTPLINT_ENGINE_TEST_H
#define HTTPLINT_ENGINE_TEST_H

#include "engine/loading.h"

enum test_kind {
    TEST_PRESENT,
    TEST_RANGES,               /* the number lies in one of them */
    TEST_PATTERNS,             /* one of them fits */
    TEST_REGEXES,              /* one of them fits somewhere */
    TEST_COUNT,                /* the number of field lines lies in one of the ranges */
    TEST_ANOMALIES             /* one of those in `anomalies` was met */
};

/* What of a value the patterns are compared with. */
enum test_part { PART_WHOLE, PART_MEMBER, PART_MEDIA };

struct range {
    uint64_t from, to;         /* both in it */
};

struct test {
    struct subject subject;
    enum test_kind kind;
    enum test_part part;
    bool is_negated;           /* `absent` */
    size_t count;              /* of what the next ones point to */
    const struct range *ranges;
    const struct pattern *const *patterns;
    struct regex *const *regexes;
    uint64_t anomalies;        /* bits by enum anomaly_kind */
};

/* The keys of a test that is no plain value, by number; the empty text past the last one. */
struct text test_key(size_t number);

/* The test that `value` (NULL: `present`) makes of the subject; false and errors if there is none. */
bool test_compile(struct loading *, const struct subject *, const struct node *value, struct test *);

/* `hit` (may be NULL) becomes the octets that fit, if one value did and the test is not negated. */
enum truth test_decide(const struct test *, const struct view *, struct text *hit);

/* The truths that a condition can come to on messages of the same shapes as these and, whatever else they have or NULL, on
 * these once all of them was seen. */
struct bounds {
    enum truth least, most;
};
struct bounds test_bounds(const struct test *, const struct view *);

/* True if the octets of a body are looked at, not only counted. */
bool test_reads_body(const struct test *);

#endif
