#include "lint/batch.h"

#include <stddef.h>
#include <string.h>

#include "base/memory.h"

void batch_begin(struct batch *batch, struct arena_pool *pool)
{
    batch->arena = NULL;
    batch->events = memory_grow(NULL, BATCH_EVENTS, sizeof *batch->events);
    batch->times = memory_grow(NULL, BATCH_EVENTS, sizeof *batch->times);
    batch->held = memory_grow(NULL, BATCH_EVENTS, sizeof *batch->held);
    batch->octets = memory_grow(NULL, BATCH_OCTETS, 1);
    batch->room = BATCH_OCTETS;
    batch_clear(batch, pool);
}

void batch_end(struct batch *batch)
{
    arena_free(batch->arena);
    memory_free(batch->events);
    memory_free(batch->times);
    memory_free(batch->held);
    memory_free(batch->octets);
}

void batch_clear(struct batch *batch, struct arena_pool *pool)
{
    arena_free(batch->arena);
    batch->arena = arena_new(pool);
    batch->holding = NULL;
    batch->count = 0;
    batch->nheld = 0;
    batch->noctets = 0;
    batch->latest_us = INT64_MIN;
    for (size_t i = 0; i < HTTP_SHARES; i++)
        batch->first[i] = BATCH_EVENTS;
}

bool batch_has_room(struct batch *batch, size_t octets)
{
    if (batch->count == 0 && octets > batch->room) {
        memory_free(batch->octets);
        batch->octets = memory_grow(NULL, octets, 1);
        batch->room = octets;
    }
    return batch->count < BATCH_EVENTS && octets <= batch->room - batch->noctets;
}

static void add_to_share(struct batch *batch, uint8_t share, uint16_t number)
{
    if (batch->first[share] == BATCH_EVENTS)
        batch->first[share] = number;
    else
        batch->events[batch->last[share]].next = number;
    batch->last[share] = number;
}

/* The number by which an event refers to it. */
static uint16_t add_held(struct batch *batch, const struct tick *before, const struct moment *now)
{
    if (!before->holding && !now->holding)
        return 0;
    batch->held[batch->nheld++] = (struct held_back){ before->holding, *now };
    return (uint16_t)batch->nheld;
}

struct event *batch_add(struct batch *batch, enum event_kind kind, struct seat *seat, const struct tick *before,
                        const struct moment *now)
{
    uint16_t number = (uint16_t)batch->count++;
    struct event *event = &batch->events[number];

    event->kind = (uint8_t)kind;
    event->share = seat ? seat->share : EVENT_OF_NO_SHARE;
    event->seat = seat;
    event->held = add_held(batch, before, now);
    event->next = BATCH_EVENTS;
    batch->times[number] = before->time_us;
    if (before->time_us > batch->latest_us)
        batch->latest_us = before->time_us;
    if (seat)
        add_to_share(batch, seat->share, number);
    return event;
}

struct held_back batch_held(const struct batch *batch, const struct event *event)
{
    return event->held > 0 ? batch->held[event->held - 1] : (struct held_back){ 0 };
}

void *batch_copy(struct batch *batch, const void *octets, size_t len)
{
    uint8_t *copy = batch->octets + batch->noctets;

    if (len > 0)
        memcpy(copy, octets, len);
    batch->noctets += len;
    return copy;
}

static size_t holding_size(const struct flow_holding *holding)
{
    return offsetof(struct flow_holding, items) + holding->count * sizeof *holding->items;
}

const struct flow_holding *batch_copy_holding(struct batch *batch, const struct flow_holding *holding)
{
    size_t size = holding_size(holding);

    if (batch->holding && batch->holding->count == holding->count && memcmp(batch->holding, holding, size) == 0)
        return batch->holding;
    struct flow_holding *copy = arena_alloc(batch->arena, size);

    memcpy(copy, holding, size);
    batch->holding = copy;
    return copy;
}
