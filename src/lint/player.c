#include "lint/player.h"

#include <string.h>

#include "base/memory.h"

enum {
    FETCHED_EVENTS = 8,                    /* so many before they are played */
    FETCHED_OCTETS = 640                   /* most heads are shorter */
};

/* ---- keeping ---- */

static void on_outcome(void *context, struct outcome *outcome)
{
    struct player *player = context;
    struct made *made = player->made;
    struct kept *kept = arena_alloc(made->arena, sizeof *kept);

    kept->next = NULL;
    kept->place = player->place;
    kept->exchange = NULL;
    kept->outcome = *outcome;
    if (outcome->kind == OUTCOME_HAPPENING && outcome->happening.kind == HAPPENING_ANSWERED)
        kept->outcome.happening.past = memcpy(arena_alloc(made->arena, sizeof(struct past)), outcome->happening.past,
                                              sizeof(struct past));
    if (outcome->kind == OUTCOME_EXCHANGE) {
        kept->exchange = outcome->exchange->arena;
        outcome->exchange->arena = NULL;
        arena_detach(kept->exchange);
    }
    made->has_settled |= player->place.is_settled;
    *made->end = kept;
    made->end = &kept->next;
}

static struct moment on_moment(void *context)
{
    const struct player *player = context;

    return batch_held(player->batch, player->event).now;
}

void made_clear(struct made *made)
{
    for (struct kept *kept = made->first, *next; kept; kept = next) {
        next = kept->next;
        arena_free(kept->exchange);
    }
    arena_free(made->arena);
    *made = (struct made){ 0 };
}

/* ---- playing ---- */

/* What has settled by the times before the events `from` to `to`. Mostly nothing does in the whole batch. */
static void settle(struct player *player, const struct batch *batch, size_t from, size_t to)
{
    struct http *http = player->share.http;
    const struct due *due = http_due(http);

    for (size_t i = from; due && due->time_us <= batch->latest_us && i < to; i++) {
        for (; due && due->time_us <= batch->times[i]; due = http_due(http)) {
            player->place = (struct place){ i, true, *due };
            http_settle(http);
        }
    }
}

static void play(struct http *http, const struct event *event)
{
    struct connection *on = &event->seat->connection;

    switch ((enum event_kind)event->kind) {
    case EVENT_OPENED:
        http_opened(http, on);
        break;
    case EVENT_OCTETS:
        http_octets(http, on, event->direction, &event->piece);
        break;
    case EVENT_REPEATED:
        http_repeated(http, on, event->direction, &event->piece);
        break;
    case EVENT_GAP:
        http_gap(http, on, event->direction, event->gap.at, event->gap.missing);
        break;
    case EVENT_ENDED:
        http_ended(http, on, event->direction, event->end);
        break;
    case EVENT_CLOSED:
        http_closed(http, on);
        break;
    case EVENT_NOTE:
    case EVENT_TIME:
        break;
    }
}

/* What another core wrote comes slowly: it is asked for while what comes before it is read, events early, octets one event before. */
static void fetch_event(const struct batch *batch, size_t number)
{
    if (number >= BATCH_EVENTS)
        return;
    __builtin_prefetch(&batch->events[number]);
    __builtin_prefetch((const char *)&batch->events[number + 1] - 1);
}

static void fetch_octets(const struct batch *batch, size_t number)
{
    if (number == BATCH_EVENTS || batch->events[number].kind != EVENT_OCTETS)
        return;
    const struct piece *piece = &batch->events[number].piece;

    for (size_t at = 0; at < piece->len && at < FETCHED_OCTETS; at += CACHE_LINE)
        __builtin_prefetch(piece->octets + at);
}

void player_play(struct player *player, const struct batch *batch, uint64_t first, uint8_t number, struct made *made)
{
    struct http *http = player->share.http;
    size_t at = 0;

    made->end = &made->first;
    made->arena = arena_new(player->pool);
    player->made = made;
    player->batch = batch;
    for (size_t i = batch->first[number]; i < BATCH_EVENTS; i = batch->events[i].next) {
        const struct event *event = &batch->events[i];

        fetch_event(batch, i + FETCHED_EVENTS);
        fetch_octets(batch, event->next);
        settle(player, batch, at, i + 1);
        at = i + 1;
        player->place = (struct place){ .event = i };
        player->event = event;
        player->share.put.is_seen = event->is_put_seen;
        http_count_calls(http, first + i);
        play(http, event);
    }
    settle(player, batch, at, batch->count);
    made->streams = http_streams(http);
}

/* ---- life ---- */

void player_begin(struct player *player, const struct http_options *options, const struct ruleset *ruleset,
                  const struct hash_secret *secret, bool counts_rules)
{
    player->engine = engine_new(ruleset, options->limits, (struct finding_sink){ 0 }, (struct note_sink){ 0 });
    if (counts_rules)
        engine_count_on(player->engine);
    player->pool = arena_pool_new();
    share_begin(&player->share, options, player->engine, secret, (struct outcome_sink){ on_outcome, on_moment, player });
}

void player_end(struct player *player)
{
    share_end(&player->share);
    engine_free(player->engine);
    arena_pool_free(player->pool);
}

void player_adopt(struct player *player, const struct ruleset *ruleset, const struct hash_secret *secret)
{
    engine_adopt(player->engine, ruleset, NULL);
    share_adopt(&player->share, ruleset_names(ruleset), ruleset_reads_bodies(ruleset), secret);
}
