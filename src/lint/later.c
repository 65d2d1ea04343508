#include "lint/later.h"

#include <string.h>

struct later_item {
    struct later_item *next;
    bool is_note;
    union {
        struct httplint_note note;
        struct {
            struct httplint_exchange exchange;
            struct httplint_finding *findings;
            size_t nfindings;
        };
    };
};

void later_begin(struct later *later, struct arena *arena)
{
    later->arena = arena;
    later->first = NULL;
    later->end = &later->first;
}

static struct later_item *add(struct later *later)
{
    struct later_item *item = arena_zero(later->arena, sizeof *item);

    *later->end = item;
    later->end = &item->next;
    return item;
}

void later_note(struct later *later, const struct httplint_note *note)
{
    struct later_item *item = add(later);

    item->is_note = true;
    item->note = *note;
}

void later_exchange(struct later *later, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                    size_t count)
{
    struct later_item *item = add(later);

    item->exchange = *exchange;
    item->findings = arena_alloc(later->arena, count * sizeof *findings + 1);
    item->nfindings = count;
    if (count > 0)
        memcpy(item->findings, findings, count * sizeof *findings);
}

void later_tell(const struct later *later, const struct httplint_sink *sink)
{
    for (const struct later_item *item = later->first; item; item = item->next) {
        if (item->is_note)
            sink->note(sink->context, &item->note);
        else
            sink->exchange(sink->context, &item->exchange, item->findings, item->nfindings);
    }
}
