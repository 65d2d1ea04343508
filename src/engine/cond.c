#include "engine/cond.h"

#include "base/memory.h"

/* Steps while their number is not yet known. */
struct steps {
    struct cond_step *items;
    uint32_t count, room;
};

static uint32_t push(struct steps *steps, enum cond_op op)
{
    if (steps->count == steps->room) {
        steps->room = steps->room ? steps->room * 2 : 8;
        steps->items = memory_grow(steps->items, steps->room, sizeof *steps->items);
    }
    steps->items[steps->count] = (struct cond_step){ .op = op };
    return steps->count++;
}

static bool compile_cond(struct loading *, const struct node *, struct steps *);

static bool compile_test(struct loading *loading, const struct node *node, bool is_bare, struct steps *steps)
{
    struct subject subject;

    if (!loading_subject(loading, node, !is_bare, is_bare ? node->text : node->key, &subject))
        return false;
    uint32_t at = push(steps, COND_TEST);

    return test_compile(loading, &subject, is_bare ? NULL : node, &steps->items[at].test);
}

static bool compile_group(struct loading *loading, const struct node *list, enum cond_op op, struct steps *steps)
{
    bool is_good = true;

    if (list->kind != NODE_LIST || list->count == 0)
        return loading_fail(loading, list, "'%.*s:' needs a list of conditions", (int)list->key.len, list->key.at);
    uint32_t at = push(steps, op);

    for (const struct node *member = list->first; member; member = member->next)
        is_good &= compile_cond(loading, member, steps);
    steps->items[at].end = steps->count;
    return is_good;
}

static bool compile_entry(struct loading *loading, const struct node *entry, struct steps *steps)
{
    if (text_equal(entry->key, TEXT("any")))
        return compile_group(loading, entry, COND_ANY, steps);
    if (text_equal(entry->key, TEXT("all")))
        return compile_group(loading, entry, COND_ALL, steps);
    if (!text_equal(entry->key, TEXT("not")))
        return compile_test(loading, entry, false, steps);

    uint32_t at = push(steps, COND_NOT);
    bool is_good = compile_cond(loading, entry, steps);

    steps->items[at].end = steps->count;
    return is_good;
}

/* Goes as deep as the tree, which yaml.h bounds. */
static bool compile_cond(struct loading *loading, const struct node *node, struct steps *steps)
{
    bool is_good = true;

    if (node->kind == NODE_LIST)
        return loading_fail(loading, node, "a list of conditions needs any: or all: before it");
    if (node->kind == NODE_SCALAR)
        return loading_is_text(loading, node) && compile_test(loading, node, true, steps);
    if (node->count == 0)
        return loading_fail(loading, node, "an empty condition says nothing");
    if (node->count == 1)
        return compile_entry(loading, node->first, steps);
    uint32_t at = push(steps, COND_ALL);

    for (const struct node *entry = node->first; entry; entry = entry->next)
        is_good &= compile_entry(loading, entry, steps);
    steps->items[at].end = steps->count;
    return is_good;
}

static bool is_flat(const struct steps *steps)
{
    bool is_flat = steps->count > 1 && (steps->items[0].op == COND_ALL || steps->items[0].op == COND_ANY);

    for (uint32_t i = 1; i < steps->count; i++)
        is_flat &= steps->items[i].op == COND_TEST;
    return is_flat;
}

bool cond_compile(struct loading *loading, const struct node *node, struct cond *cond)
{
    struct steps steps = { 0 };
    bool is_good = compile_cond(loading, node, &steps);

    if (is_good) {
        struct cond_step *kept = arena_alloc(loading->arena, steps.count * sizeof *kept);

        memcpy(kept, steps.items, steps.count * sizeof *kept);
        *cond = (struct cond){ kept, steps.count, is_flat(&steps) };
    }
    memory_free(steps.items);
    return is_good;
}

/* A group that is being decided: what its members say so far. */
struct frame {
    const struct cond_step *group;
    enum truth truth;
};

/* True if the group's truth can no longer change. */
static bool take(struct frame *frame, enum truth truth)
{
    switch (frame->group->op) {
    case COND_ALL:
        if (truth < frame->truth)
            frame->truth = truth;
        return frame->truth == NO;
    case COND_ANY:
        if (truth > frame->truth)
            frame->truth = truth;
        return frame->truth == YES;
    default:
        frame->truth = (enum truth)(YES - truth);
        return true;
    }
}

static enum truth decide_flat(const struct cond *cond, const struct view *view)
{
    struct frame frame = { cond->steps, cond->steps->op == COND_ANY ? NO : YES };

    for (uint32_t at = 1; at < cond->count; at++)
        if (take(&frame, test_decide(&cond->steps[at].test, view, NULL)))
            break;
    return frame.truth;
}

static enum truth decide_deep(const struct cond *cond, const struct view *view)
{
    struct frame frames[2 * COND_DEPTH_MAX];   /* a mapping in a list under a key opens two groups for two levels */
    uint32_t depth = 0, at = 0;

    for (;;) {
        const struct cond_step *step = &cond->steps[at++];

        if (step->op != COND_TEST) {
            frames[depth++] = (struct frame){ step, step->op == COND_ANY ? NO : YES };
            continue;
        }
        enum truth truth = test_decide(&step->test, view, NULL);

        for (; depth > 0; depth--) {
            struct frame *frame = &frames[depth - 1];

            if (take(frame, truth))
                at = frame->group->end;
            if (at < frame->group->end)
                break;
            truth = frame->truth;
        }
        if (depth == 0)
            return truth;
    }
}

/* Nearly all conditions are none, one test, or one group of tests. */
enum truth cond_decide(const struct cond *cond, const struct view *view)
{
    if (cond->count == 0)
        return YES;
    if (cond->count == 1)
        return test_decide(&cond->steps->test, view, NULL);
    return cond->is_flat ? decide_flat(cond, view) : decide_deep(cond, view);
}

/* Goes as deep as the tree, which yaml.h bounds; asked once for two shapes. */
static struct bounds bounds_at(const struct cond *cond, uint32_t *at, const struct view *view)
{
    const struct cond_step *step = &cond->steps[(*at)++];

    if (step->op == COND_TEST)
        return test_bounds(&step->test, view);
    struct frame least = { step, step->op == COND_ANY ? NO : YES }, most = least;

    while (*at < step->end) {
        struct bounds member = bounds_at(cond, at, view);

        take(&least, step->op == COND_NOT ? member.most : member.least);
        take(&most, step->op == COND_NOT ? member.least : member.most);
    }
    return (struct bounds){ least.truth, most.truth };
}

struct bounds cond_bounds(const struct cond *cond, const struct view *view)
{
    uint32_t at = 0;

    return cond->count == 0 ? (struct bounds){ YES, YES } : bounds_at(cond, &at, view);
}

/* The tests that are reached through groups of one kind alone. */
static const struct test *next_within(const struct cond *cond, enum cond_op op, uint32_t *at)
{
    while (*at < cond->count) {
        const struct cond_step *step = &cond->steps[*at];

        *at = step->op == COND_TEST || step->op == op ? *at + 1 : step->end;
        if (step->op == COND_TEST)
            return &step->test;
    }
    return NULL;
}

const struct test *cond_next_needed(const struct cond *cond, uint32_t *at)
{
    return next_within(cond, COND_ALL, at);
}

const struct test *cond_next_sufficient(const struct cond *cond, uint32_t *at)
{
    return next_within(cond, COND_ANY, at);
}

const struct test *cond_next_test(const struct cond *cond, uint32_t *at, bool *is_negated)
{
    while (*at < cond->count) {
        const struct cond_step *step = &cond->steps[(*at)++];

        if (step->op != COND_TEST)
            continue;
        if (is_negated) {
            *is_negated = false;
            for (const struct cond_step *group = cond->steps; group < step; group++)
                if (group->op == COND_NOT && group->end > (uint32_t)(step - cond->steps))
                    *is_negated = !*is_negated;
        }
        return &step->test;
    }
    return NULL;
}
