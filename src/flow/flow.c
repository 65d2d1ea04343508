#include "flow/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "flow/conn.h"
#include "flow/handshake.h"
#include "flow/order.h"
#include "flow/segment.h"
#include "flow/table.h"

enum { ROOMY = 4 };            /* the table has room while it is filled to less than a quarter */

struct flow *flow_new(const struct limits *limits, const uint8_t key[16],
                      const struct flow_sink *sink, struct note_sink notes)
{
    struct flow *flow = memory_new(sizeof *flow);

    flow->limits = limits;
    flow->sink = *sink;
    flow->notes = notes;
    table_make(&flow->table, key);
    for (int age = 0; age < AGE_COUNT; age++)
        list_clear(&flow->ages[age]);
    list_clear(&flow->waiting);
    list_clear(&flow->resting);
    return flow;
}

static struct conn *oldest_of(struct list *list)
{
    return list_is_empty(list) ? NULL : LIST_MEMBER(list->after, struct conn, age);
}

static struct conn *first_waiting(struct list *list)
{
    return list_is_empty(list) ? NULL : LIST_MEMBER(list->after, struct conn, wait);
}

void flow_free(struct flow *flow)
{
    struct conn *c;

    if (!flow)
        return;
    for (int age = 0; age < AGE_COUNT; age++)
        while ((c = oldest_of(&flow->ages[age])))
            conn_free(c);
    table_free(&flow->table);
    memory_free(flow);
}

static void forget(struct conn *c)
{
    conn_end(c);
    conn_free(c);
}

static uint64_t age_limit(const struct limits *limits, enum age age)
{
    if (age == AGE_OPEN)
        return limits->idle_us;
    return age == AGE_HANDSHAKE ? limits->handshake_us : limits->closed_us;
}

static enum age age_of(const struct conn *c)
{
    if (c->is_closed)
        return AGE_CLOSED;
    return c->is_established || c->is_announced ? AGE_OPEN : AGE_HANDSHAKE;
}

static bool is_expired(const struct conn *c)
{
    return time_between(c->last_us, c->flow->now_us) >= age_limit(c->flow->limits, age_of(c));
}

/* Connections that are over, or never began, hold nothing but their ends. While the table has
 * room they are kept for longer than their time, to tell what comes late from a new connection:
 * a SYN is sent again for minutes. */
static bool is_kept(const struct flow *flow, enum age age)
{
    return age != AGE_OPEN && flow->table.count <= flow->limits->connections / ROOMY;
}

/* A time that lies far ahead of the clock is no time to wait for: the connection ages from now
 * on. */
static bool is_ahead(struct conn *c)
{
    struct flow *flow = c->flow;

    if (time_between(flow->now_us, c->last_us) <= age_limit(flow->limits, age_of(c)))
        return false;
    c->last_us = flow->now_us;
    list_join(&flow->ages[age_of(c)], &c->age);
    return true;
}

static void expire(struct flow *flow)
{
    for (int age = 0; age < AGE_COUNT; age++) {
        struct conn *c;

        while (!is_kept(flow, (enum age)age) && (c = oldest_of(&flow->ages[age]))) {
            if (is_expired(c))
                forget(c);
            else if (!is_ahead(c))
                break;
        }
    }
}

/* Who goes first where there is no room for all: those that are over, then those that never began (RFC 4987), then the one idle for
 * longest. NULL: there is none. */
static struct conn *most_idle(struct flow *flow)
{
    struct conn *c = oldest_of(&flow->ages[AGE_CLOSED]);

    if (!c)
        c = oldest_of(&flow->ages[AGE_HANDSHAKE]);
    return c ? c : oldest_of(&flow->ages[AGE_OPEN]);
}

static void make_room(struct flow *flow)
{
    while (flow->table.count > 0 && flow->table.count >= flow->limits->connections) {
        struct conn *c = most_idle(flow);

        if (!c->is_closed && (!flow->is_full_noted || c->is_established)) {
            flow->is_full_noted = true;
            conn_note_once(c, NOTE_LIMIT, 0,
                           "too many open connections: the one idle for longest was dropped");
        }
        forget(c);
    }
}

static void wait_no_more(struct conn *c)
{
    list_leave(&c->wait);
    list_join(&c->flow->ages[age_of(c)], &c->age);
    c->is_resting = false;
    for (int d = 0; d < 2; d++)
        stream_trim(&c->streams[d]);
}

/* What is ready goes, and what has waited long enough. */
static void advance(struct conn *c, enum patience patience)
{
    order_pump(c, patience);
    if (c->has_reset && !c->is_reset_weak && order_is_over(c, patience, c->reset_seen, c->reset_us))
        conn_end(c);
}

static bool is_over_limit(const struct conn *c)
{
    const struct limits *limits = c->flow->limits;

    for (int d = 0; d < 2; d++) {
        const struct queue *queue = c->streams[d].queue;

        if (queue && (queue->octets > limits->queue_octets ||
                      queue->count > limits->queue_segments))
            return true;
    }
    return false;
}

static void restrain(struct conn *c, uint64_t frame)
{
    while (is_over_limit(c)) {
        conn_note_once(c, NOTE_LIMIT, frame,
                       "too many octets of one connection wait for those before them");
        if (!order_force(c))
            return;
    }
}

static void mark_holding(struct conn *c)
{
    if (!conn_is_holding(c))
        c->held_at = 0;
    else if (c->held_at == 0)
        c->held_at = c->flow->nfed;
}

static void wait_or_not(struct conn *c)
{
    struct flow *flow = c->flow;

    mark_holding(c);
    if (!conn_is_waiting(c)) {
        wait_no_more(c);
    } else if (c->is_resting || list_is_empty(&c->wait)) {
        c->is_resting = false;
        c->wait_us = flow->now_us;
        list_join(&flow->waiting, &c->wait);
    }
}

/* Connections whose wait time has ended. `fed` is the one whose segment told the time: its own
 * clock does not count. */
static void release(struct flow *flow, const struct conn *fed)
{
    struct conn *c;

    while ((c = first_waiting(&flow->waiting)) && c != fed) {
        if (time_between(flow->now_us, c->wait_us) > flow->limits->wait_us) {
            c->wait_us = flow->now_us;       /* the clock was set back: it waits from now on */
            list_join(&flow->waiting, &c->wait);
            return;                          /* the others see to it in their turn, or each packet would look at all */
        }
        if (time_between(c->wait_us, flow->now_us) < flow->limits->wait_us)
            return;
        advance(c, PATIENCE_TIME);
        mark_holding(c);
        if (!conn_is_waiting(c)) {
            wait_no_more(c);
        } else if (time_between(c->last_us, flow->now_us) >= flow->limits->wait_us) {
            c->is_resting = true;
            list_join(&flow->resting, &c->wait);
        } else {
            c->wait_us = flow->now_us;
            list_join(&flow->waiting, &c->wait);
        }
    }
}

/* Those that have waited in vain for longest give way first. */
static void relieve(struct flow *flow)
{
    while (flow->held > flow->limits->memory_octets) {
        struct conn *c = first_waiting(&flow->resting);

        if (!c)
            c = first_waiting(&flow->waiting);
        if (!c)
            return;
        conn_note_once(c, NOTE_LIMIT, 0, "too many octets wait for those before them");
        order_pump(c, PATIENCE_NONE);
        for (int d = 0; d < 2; d++)
            stream_drop(&c->streams[d], &flow->held);
        wait_no_more(c);
    }
}

static void feed(struct conn *c, int d, const struct segment *g)
{
    struct flow *flow = c->flow;

    c->seen++;
    c->last_us = g->time_us;
    if (handshake_feed(&c, &d, g) && !c->is_closed) {
        segment_feed(c, d, g);
        if (conn_is_waiting(c))
            advance(c, PATIENCE_SEGMENTS);
        restrain(c, g->frame);
    }
    flow->latest = c->shown.number;
    list_join(&flow->ages[age_of(c)], &c->age);
    wait_or_not(c);
    expire(flow);
    release(flow, c);
    relieve(flow);
}

/* One segment with a time far ahead of all others must not age every connection: the next one
 * has to confirm it. */
static void tell_time(struct flow *flow, int64_t time_us)
{
    flow->now_us = flow->before_us && flow->before_us < time_us ? flow->before_us : time_us;
    flow->before_us = time_us;
}

void flow_feed(struct flow *flow, const struct segment *g)
{
    uint64_t hash = table_hash(&flow->table, &g->from, &g->to);
    int d;
    struct conn *c = table_find(&flow->table, hash, g, &d);

    flow->nfed++;
    tell_time(flow, g->time_us);
    if (c && age_of(c) == AGE_OPEN && is_expired(c)) {
        forget(c);
        c = NULL;
    }
    if (!c) {
        make_room(flow);
        c = conn_new(flow, hash, g);
        d = memcmp(&c->shown.ends[0], &g->from, sizeof g->from) != 0;
    }
    feed(c, d, g);
}

void flow_tick(struct flow *flow, int64_t now_us)
{
    flow->now_us = flow->before_us = now_us;
    release(flow, NULL);
    expire(flow);
}

bool flow_shed(struct flow *flow)
{
    struct conn *c = most_idle(flow);

    if (!c)
        return false;
    if (!c->is_closed && (!flow->is_short_noted || c->is_established)) {
        flow->is_short_noted = true;
        conn_note_once(c, NOTE_LIMIT, 0, "memory is short: the connection idle for longest was dropped");
    }
    forget(c);
    return true;
}

static int by_number(const void *a, const void *b)
{
    uint64_t left = (*(struct conn *const *)a)->shown.number;
    uint64_t right = (*(struct conn *const *)b)->shown.number;

    return (left > right) - (left < right);
}

void flow_finish(struct flow *flow)
{
    size_t count = flow->table.count, n = 0;
    struct conn **all = memory_new(count * sizeof *all);

    for (size_t i = 0; i < flow->table.nbuckets; i++)
        for (struct conn *c = flow->table.buckets[i]; c; c = c->chain)
            all[n++] = c;
    qsort(all, count, sizeof *all, by_number);
    for (size_t i = 0; i < count; i++)
        flow->nholding += conn_is_holding(all[i]);
    for (size_t i = 0; i < count; i++)
        forget(all[i]);
    memory_free(all);
}

uint64_t flow_latest(const struct flow *flow)
{
    return flow->latest;
}

uint64_t flow_opened(const struct flow *flow)
{
    return flow->nopened;
}

size_t flow_held(const struct flow *flow)
{
    return flow->held;
}

uint64_t flow_fed(const struct flow *flow)
{
    return flow->nfed;
}

/* ---- what is held back ---- */

static void add_holding(struct flow_holding *holding, const struct list *list)
{
    unsigned left = FLOW_LOOKED_AT;

    for (const struct list *link = list->after; link != list; link = link->after) {
        const struct conn *c = LIST_MEMBER(link, struct conn, wait);

        if (left-- == 0) {
            holding->is_many = true;
            return;
        }
        if (c->held_at > 0)
            holding->items[holding->count++] = (struct flow_held){ c->shown, c->held_at };
    }
}

bool flow_holding(const struct flow *flow, struct flow_holding *holding)
{
    if (flow->nholding <= 1 && list_is_empty(&flow->waiting) && list_is_empty(&flow->resting))
        return false;
    holding->is_many = flow->nholding > 1;
    holding->count = 0;
    add_holding(holding, &flow->waiting);
    add_holding(holding, &flow->resting);
    return holding->is_many || holding->count > 0;
}

size_t flow_memory(const struct flow *flow)
{
    return flow->held + flow->table.count * sizeof(struct conn);
}

static bool has_host(const struct connection *on, const struct endpoint *host)
{
    for (int end = 0; end < 2; end++)
        if (on->ends[end].family == host->family && memcmp(on->ends[end].address, host->address, sizeof host->address) == 0)
            return true;
    return false;
}

bool flow_holding_has(const struct flow_holding *holding, const struct connection *on, uint64_t fed)
{
    for (unsigned i = 0; i < holding->count; i++) {
        const struct connection *other = &holding->items[i].on;

        if (other->number != on->number && holding->items[i].since < fed &&
            (has_host(other, &on->ends[0]) || has_host(other, &on->ends[1])))
            return true;
    }
    return holding->is_many;
}
