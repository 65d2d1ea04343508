#include "engine/history.h"

#include <string.h>

#include "base/memory.h"

enum { STATUSES = 1000, ROOM_FIRST = 16, ROOM_MOST = 1 << 30, AHEAD = 4 };

/* How far back one looks; a method that a server knows is found by nothing but looking. */
static const unsigned steps[PAST_KEYS] = {
    [PAST_SERVER] = 256, [PAST_RESOURCE] = 32, [PAST_OWN] = 16, [PAST_LOCATION] = 16,
};

/* What an exchange is found by, small, so that chains are followed without the exchanges themselves. A link is how much less the
 * number is that it leads to; 0: none. Since both are remembered when it is made, no more than the room lies between them. */
struct links {
    uint64_t keys[PAST_KEYS];
    int32_t older[PAST_KEYS];          /* to the next one with the same key */
    int32_t others[PAST_KEYS];         /* of the newest with its key: to the newest of another key in the bucket */
};

struct history {
    struct hash_secret secret;
    struct note_sink notes;
    struct past *exchanges;            /* two rings: the place of number n is n & mask; not zeroed, read once they are written */
    struct links *links;
    uint64_t mask;
    uint64_t room, newest;             /* remembered are the `room` newest */
    uint64_t room_most;                /* it doubles until then: most inputs are small */
    uint64_t *buckets[PAST_KEYS];      /* as many as places: the newest number of each; 0: none */
    char *octets;                      /* a ring of texts */
    uint64_t octets_room, octets_at;
    uint64_t events;
    uint32_t statuses[STATUSES], methods[METHOD_COUNT];    /* how many are remembered of each */
    uint64_t redirections;             /* the same for those that PAST_LOCATION finds */
    bool is_noted;
};

struct history *history_new(const struct limits *limits, const uint8_t key[HASH_KEY_OCTETS], struct note_sink notes)
{
    struct history *history = memory_new(sizeof *history);

    hash_secret_make(&history->secret, key);
    history->notes = notes;
    history->room_most = limits->history_exchanges < ROOM_MOST ? limits->history_exchanges : ROOM_MOST;
    history->room = history->room_most < ROOM_FIRST ? history->room_most : ROOM_FIRST;
    history->mask = ROOM_FIRST - 1;
    history->exchanges = memory_grow(NULL, ROOM_FIRST, sizeof *history->exchanges);
    history->links = memory_grow(NULL, ROOM_FIRST, sizeof *history->links);
    for (unsigned i = 0; i < PAST_KEYS; i++)
        history->buckets[i] = memory_new(ROOM_FIRST * sizeof *history->buckets[i]);
    history->octets_room = limits->history_octets < SIZE_MAX ? limits->history_octets : SIZE_MAX;
    history->octets = memory_grow(NULL, history->octets_room, 1);
    return history;
}

void history_free(struct history *history)
{
    if (!history)
        return;
    for (unsigned i = 0; i < PAST_KEYS; i++)
        memory_free(history->buckets[i]);
    memory_free(history->exchanges);
    memory_free(history->links);
    memory_free(history->octets);
    memory_free(history);
}

/* ---- the rings ---- */

static bool is_remembered(const struct history *history, uint64_t number)
{
    return number > 0 && number + history->room > history->newest;
}

static struct past *exchange_at(const struct history *history, uint64_t number)
{
    return &history->exchanges[number & history->mask];
}

static struct links *links_at(const struct history *history, uint64_t number)
{
    return &history->links[number & history->mask];
}

/* NULL if it was forgotten. */
static struct past *exchange_get(const struct history *history, uint64_t number)
{
    return is_remembered(history, number) ? exchange_at(history, number) : NULL;
}

/* The number that a link leads to; 0: none, or forgotten. */
static uint64_t linked(const struct history *history, uint64_t from, int32_t link)
{
    uint64_t number = from - (uint64_t)(int64_t)link;

    return link != 0 && is_remembered(history, number) ? number : 0;
}

static int32_t link_to(uint64_t number, uint64_t from)
{
    return number > 0 ? (int32_t)(from - number) : 0;
}

static void tell_limit(struct history *history)
{
    if (!history->is_noted && history->notes.note)
        history->notes.note(history->notes.context,
                            &(struct note){ NOTE_LIMIT, "earlier exchanges are forgotten", 0, NOTE_NO_STREAM });
    history->is_noted = true;
}

/* The keys of a bucket go to two, in the same order; nothing was forgotten yet. */
static void split_bucket(struct history *history, enum past_key by, uint64_t number, uint64_t *low, uint64_t *high)
{
    uint64_t places = history->mask + 1, next, low_end = 0, high_end = 0;

    for (; number > 0; number = next) {
        struct links *links = links_at(history, number);
        bool is_high = links->keys[by] & places;
        uint64_t *end = is_high ? &high_end : &low_end;

        next = linked(history, number, links->others[by]);
        if (*end > 0)
            links_at(history, *end)->others[by] = link_to(number, *end);
        else
            *(is_high ? high : low) = number;
        links->others[by] = 0;
        *end = number;
    }
}

static void double_buckets(struct history *history, enum past_key by)
{
    uint64_t count = history->mask + 1, *before = history->buckets[by];
    uint64_t *buckets = memory_new(2 * count * sizeof *buckets);

    for (uint64_t i = 0; i < count; i++)
        split_bucket(history, by, before[i], &buckets[i], &buckets[count + i]);
    history->buckets[by] = buckets;
    memory_free(before);
}

/* The rings are full for the first time at this size. */
static void grow(struct history *history)
{
    uint64_t places = 2 * (history->mask + 1);
    struct past *exchanges = memory_grow(NULL, places, sizeof *exchanges);
    struct links *links = memory_grow(NULL, places, sizeof *links);

    for (enum past_key by = 0; by < PAST_KEYS; by++)
        double_buckets(history, by);
    for (uint64_t number = 1; number <= history->newest; number++) {
        exchanges[number] = *exchange_at(history, number);
        links[number] = *links_at(history, number);
    }
    memory_free(history->exchanges);
    memory_free(history->links);
    history->exchanges = exchanges;
    history->links = links;
    history->mask = places - 1;
    history->room = places < history->room_most ? places : history->room_most;
}

static void forget(struct history *history, const struct past *past)
{
    tell_limit(history);
    if (past->status < STATUSES)
        history->statuses[past->status] -= past->status > 0;
    history->redirections -= past->location > 0;
    if (!past->is_loss && past->method < METHOD_COUNT)
        history->methods[past->method]--;
}

/* The next places are long out of the cache: this one is there again by the time it is needed. */
static void fetch_ahead(const struct history *history)
{
    const char *place = (const char *)exchange_at(history, history->newest + AHEAD);

    for (size_t at = 0; at < sizeof(struct past); at += CACHE_LINE)
        __builtin_prefetch(place + at, 1);
    __builtin_prefetch(links_at(history, history->newest + AHEAD), 1);
}

/* One more, which nothing finds yet; the oldest is forgotten. */
static struct past *exchange_add(struct history *history, const struct past *past)
{
    if (history->newest == history->room && history->room < history->room_most)
        grow(history);
    if (history->newest >= history->room)
        forget(history, exchange_at(history, history->newest + 1 - history->room));
    history->newest++;
    struct past *added = exchange_at(history, history->newest);

    *added = *past;
    added->number = history->newest;
    added->asked_at = ++history->events;
    *links_at(history, history->newest) = (struct links){ 0 };
    fetch_ahead(history);
    return added;
}

static uint64_t *bucket_of(const struct history *history, enum past_key by, uint64_t key)
{
    return &history->buckets[by][key & history->mask];
}

/* It becomes the newest with its key, and the first of its bucket: what follows one that was forgotten is older. */
static void link_exchange(struct history *history, const struct past *past, enum past_key by)
{
    uint64_t key = past->keys[by], *bucket = bucket_of(history, by, key), number = *bucket, before = 0, next;
    struct links *links = links_at(history, past->number);

    links->keys[by] = key;
    for (; is_remembered(history, number); before = number, number = next) {
        const struct links *other = links_at(history, number);

        next = linked(history, number, other->others[by]);
        if (other->keys[by] == key) {
            links->older[by] = link_to(number, past->number);
            if (before > 0)
                links_at(history, before)->others[by] = link_to(next, before);
            else
                *bucket = next;
            break;
        }
    }
    links->others[by] = is_remembered(history, *bucket) ? link_to(*bucket, past->number) : 0;
    *bucket = past->number;
}

/* The number of the newest with that key; 0: none. */
static uint64_t newest_of(const struct history *history, enum past_key by, uint64_t key)
{
    uint64_t number = *bucket_of(history, by, key);

    while (is_remembered(history, number) && links_at(history, number)->keys[by] != key)
        number = linked(history, number, links_at(history, number)->others[by]);
    return is_remembered(history, number) ? number : 0;
}

/* ---- what happens ---- */

static uint64_t newest_loss(const struct history *history, const struct past *past)
{
    uint64_t client = newest_of(history, PAST_OWN, past->client_end);
    uint64_t server = newest_of(history, PAST_SERVER, past->server_end);

    return client > server ? client : server;
}

static void asked(struct history *history, const struct happening *happening)
{
    struct past *past = exchange_add(history, happening->past);

    if (past->method < METHOD_COUNT)
        history->methods[past->method]++;
    past->lost = newest_loss(history, past);
    link_exchange(history, past, PAST_SERVER);
    link_exchange(history, past, PAST_RESOURCE);
    link_exchange(history, past, PAST_OWN);
    happening->of->number = past->number;
}

/* Where the rest of the ring is too short for it, a text begins at the start. */
static struct past_text text_keep(struct history *history, struct text text)
{
    uint64_t room = history->octets_room, at = history->octets_at;

    if (text.len > PAST_TARGET_OCTETS || text.len > room)
        return (struct past_text){ 0 };
    if (at % room + text.len > room)
        at += room - at % room;
    if (at + text.len > room)
        tell_limit(history);
    memcpy(history->octets + at % room, text.at, text.len);
    history->octets_at = at + text.len;
    return (struct past_text){ at, (uint32_t)text.len };
}

static void answered(struct history *history, const struct happening *happening)
{
    struct past *past = exchange_get(history, happening->of->number);

    if (!past || past->answered_at > 0)
        return;
    uint64_t asked_at = past->asked_at, lost = past->lost;

    *past = *happening->past;
    past->number = happening->of->number;
    past->asked_at = asked_at;
    past->lost = lost;
    past->answered_at = ++history->events;
    if (past->status < STATUSES)
        history->statuses[past->status]++;
    if (past->location == 0)
        return;
    past->target = text_keep(history, happening->target);
    past->goal = text_keep(history, happening->goal);
    history->redirections++;
    link_exchange(history, past, PAST_LOCATION);
}

static void lose_end(struct history *history, const struct connection *on, int end)
{
    struct past loss = { 0 };

    past_lose(&loss, on, end, &history->secret);
    const struct past *past = exchange_add(history, &loss);

    link_exchange(history, past, PAST_SERVER);
    link_exchange(history, past, PAST_OWN);
}

/* Which end is the client need not be known yet. */
static void lost(struct history *history, const struct connection *on)
{
    const struct past *last = exchange_get(history, history->newest);

    if (last && last->is_loss && last->connection == on->number)
        return;
    lose_end(history, on, 0);
    lose_end(history, on, 1);
}

void history_take(struct history *history, const struct happening *happening)
{
    switch (happening->kind) {
    case HAPPENING_ASKED:
        asked(history, happening);
        break;
    case HAPPENING_ANSWERED:
        answered(history, happening);
        break;
    case HAPPENING_LOST:
        lost(history, happening->on);
        break;
    }
}

const struct hash_secret *history_secret(const struct history *history)
{
    return &history->secret;
}

/* ---- what is asked ---- */

const struct past *history_self(const struct history *history, const struct exchange *x)
{
    return x->request && x->remembered ? exchange_get(history, x->remembered->number) : NULL;
}

static struct history_walk walk(const struct history *history, enum past_key by, uint64_t next)
{
    return (struct history_walk){ history, by, next, UINT64_MAX, steps[by] };
}

static uint64_t older_than(const struct history *history, enum past_key by, uint64_t number)
{
    return linked(history, number, links_at(history, number)->older[by]);
}

struct history_walk history_walk(const struct history *history, enum past_key by, const struct past *self)
{
    return walk(history, by, is_remembered(history, self->number) ? older_than(history, by, self->number) : 0);
}

/* This chain is in the order of the answers, so requests that came later are passed over. */
struct history_walk history_walk_redirections(const struct history *history, const struct past *self)
{
    bool has_any = history->redirections > 0;
    struct history_walk from =
        walk(history, PAST_LOCATION, has_any ? newest_of(history, PAST_LOCATION, self->keys[PAST_OWN]) : 0);

    from.before = self->number;
    return from;
}

const struct past *history_next(struct history_walk *from)
{
    while (from->left > 0 && is_remembered(from->history, from->next)) {
        uint64_t number = from->next;

        from->left--;
        from->next = older_than(from->history, from->by, number);
        if (number < from->before)
            return exchange_at(from->history, number);
    }
    return NULL;
}

bool history_is_settled(struct history_walk from, const struct past *seen)
{
    const struct past *past;

    while ((past = history_next(&from)) != NULL)
        if (!past_is_safe(past) && !past_is_before(past, seen))
            return false;
    return true;
}

/* Octets that were held back when it was asked for were requests from before, which show only now. */
static bool is_overtaken(const struct history *history, const struct past *self)
{
    struct history_walk from = walk(history, PAST_SERVER, newest_of(history, PAST_SERVER, self->keys[PAST_SERVER]));
    const struct past *past;

    while ((past = history_next(&from)) != NULL && past->number > self->number)
        if (past->asked_us < self->asked_us)
            return true;
    return from.left == 0;
}

bool history_is_unbroken(const struct history *history, const struct past *earlier, const struct exchange *x)
{
    const struct past *self = history_self(history, x);

    if (!self || x->is_held || self->lost > earlier->number)
        return false;
    return x->held_at == 0 || (newest_loss(history, self) <= self->number && !is_overtaken(history, self));
}

bool history_has_status(const struct history *history, unsigned status)
{
    return status < STATUSES && history->statuses[status] > 0;
}

bool history_has_method(const struct history *history, enum method method)
{
    return history->methods[method] > 0;
}

struct text history_text(const struct history *history, struct past_text text)
{
    if (text.len == 0 || history->octets_at - text.at > history->octets_room)
        return (struct text){ "", 0 };
    return (struct text){ history->octets + text.at % history->octets_room, text.len };
}

uint64_t history_hash(const struct history *history, struct text value)
{
    return past_hash(&history->secret, value);
}
