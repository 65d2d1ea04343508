#include "engine/plan.h"

#include "engine/compiled.h"

/* The test that must hold of a subject without prefix, if `when` has one. */
static const struct test *needed_test(const struct compiled *compiled, const char *name, enum test_kind kind)
{
    const struct test *test;

    for (uint32_t at = 0; (test = cond_next_needed(&compiled->when, &at)) != NULL;)
        if (!test->subject.fact->has_prefix && !test->is_negated && test->kind == kind &&
            strcmp(test->subject.fact->name, name) == 0)
            return test;
    return NULL;
}

static bool wants_status(const struct test *test, unsigned status)
{
    for (size_t i = 0; i < test->count; i++)
        if (test->ranges[i].from <= status && test->ranges[i].to >= status)
            return true;
    return false;
}

/* A method that has no number can still fit a pattern: case does not count there. */
static bool wants_method(const struct test *test, enum method method)
{
    if (method == METHOD_UNKNOWN || test->part != PART_WHOLE)
        return true;
    for (size_t i = 0; i < test->count; i++)
        if (pattern_matches(test->patterns[i], text_of(method_name(method))))
            return true;
    return false;
}

/* The rules of one kind with the test that they need; NULL: they need none. */
struct wanting {
    const struct test **tests;
    uint32_t *indexes;
    size_t count;
};

static struct wanting gather(struct arena *arena, const struct compiled *items, size_t count, bool is_response)
{
    struct wanting all = { arena_alloc(arena, count * sizeof(struct test *) + 1),
                           arena_alloc(arena, count * sizeof(uint32_t) + 1), 0 };

    for (size_t i = 0; i < count; i++) {
        if (!items[i].is_on || !(is_response ? items[i].on_response : items[i].on_request))
            continue;
        all.tests[all.count] = is_response ? needed_test(&items[i], "status", TEST_RANGES)
                                           : needed_test(&items[i], "method", TEST_PATTERNS);
        all.indexes[all.count++] = (uint32_t)i;
    }
    return all;
}

/* Those that read bodies. */
static struct wanting readers_of(struct arena *arena, const struct compiled *items, const struct wanting *all)
{
    struct wanting readers = { arena_alloc(arena, all->count * sizeof(struct test *) + 1),
                               arena_alloc(arena, all->count * sizeof(uint32_t) + 1), 0 };

    for (size_t i = 0; i < all->count; i++) {
        if (!compiled_reads_body(&items[all->indexes[i]]))
            continue;
        readers.tests[readers.count] = all->tests[i];
        readers.indexes[readers.count++] = all->indexes[i];
    }
    return readers;
}

typedef bool wants(const struct test *, unsigned value);

static bool wants_method_number(const struct test *test, unsigned value)
{
    return wants_method(test, (enum method)value);
}

static bool wants_all(const struct test *test, unsigned value)
{
    (void)test;
    (void)value;
    return true;
}

/* Those that need a test and want the value; or, without `fits`, those that need none; or both kinds. */
static struct plan_list list_of(struct arena *arena, const struct wanting *all, wants *fits, unsigned value, bool is_both)
{
    uint32_t *items = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < all->count; i++) {
        if (fits && all->tests[i] ? !fits(all->tests[i], value) : !is_both && (fits || all->tests[i]))
            continue;
        if (count == room) {
            items = arena_grow(arena, items, room * sizeof *items, (room * 2 + 4) * sizeof *items);
            room = room * 2 + 4;
        }
        items[count++] = all->indexes[i];
    }
    return (struct plan_list){ items, count };
}

void plan_make(struct plan *plan, struct arena *arena, const struct compiled *items, size_t count)
{
    struct wanting responses = gather(arena, items, count, true);
    struct wanting requests = gather(arena, items, count, false);
    struct wanting readers = readers_of(arena, items, &responses);

    for (unsigned i = 0; i < PLAN_STATUSES; i++) {
        plan->of_status[i] = list_of(arena, &responses, wants_status, PLAN_STATUS_FIRST + i, false);
        plan->readers[i] = list_of(arena, &readers, wants_status, PLAN_STATUS_FIRST + i, true);
    }
    plan->of_status[PLAN_STATUSES] = list_of(arena, &responses, wants_all, 0, false);
    plan->readers[PLAN_STATUSES] = list_of(arena, &readers, wants_all, 0, true);
    plan->any_status = list_of(arena, &responses, NULL, 0, false);
    for (unsigned method = 0; method < METHOD_COUNT; method++)
        plan->of_method[method] = list_of(arena, &requests, wants_method_number, method, false);
    plan->any_method = list_of(arena, &requests, NULL, 0, false);
}

static unsigned status_index(unsigned status)
{
    bool is_usual = status >= PLAN_STATUS_FIRST && status < PLAN_STATUS_FIRST + PLAN_STATUSES;

    return is_usual ? status - PLAN_STATUS_FIRST : PLAN_STATUSES;
}

const struct plan_list *plan_for_status(const struct plan *plan, unsigned status)
{
    return &plan->of_status[status_index(status)];
}

const struct plan_list *plan_readers(const struct plan *plan, unsigned status)
{
    return &plan->readers[status_index(status)];
}

const struct plan_list *plan_for_method(const struct plan *plan, enum method method)
{
    return &plan->of_method[method < METHOD_COUNT ? method : METHOD_UNKNOWN];
}
