#include "engine/history.h"

#include "base/memory.h"

enum { STATUSES = 1000, ROOM_FIRST = 16 };

/* How far back one looks; a method that a server knows is found by nothing but looking. */
static const unsigned steps[PAST_KEYS] = {
    [PAST_SERVER] = 256, [PAST_RESOURCE] = 32, [PAST_OWN] = 16, [PAST_LOCATION] = 16,
};

struct entry {
    struct past past;
    uint64_t older[PAST_KEYS];         /* the next one with the same key; 0: none */
    uint64_t others[PAST_KEYS];        /* of the newest with its key: the newest of another key in the bucket */
};

struct history {
    struct hash_secret secret;
    struct note_sink notes;
    struct entry *entries;             /* a ring: the place of number n is n % room */
    uint64_t room, newest;
    uint64_t room_most;                /* it doubles until then: most inputs are small */
    uint64_t *buckets[PAST_KEYS];      /* the newest number of each; 0: none */
    uint64_t nbuckets;                 /* a power of two */
    char *octets;                      /* a ring of texts */
    uint64_t octets_room, octets_at;
    uint64_t events;
    uint32_t statuses[STATUSES], methods[METHOD_COUNT];    /* how many are remembered of each */
    bool is_noted;
};

struct history *history_new(const struct limits *limits, const uint8_t key[HASH_KEY_OCTETS], struct note_sink notes)
{
    struct history *history = memory_new(sizeof *history);

    hash_secret_make(&history->secret, key);
    history->notes = notes;
    history->room_most = limits->history_exchanges;
    history->room = history->room_most < ROOM_FIRST ? history->room_most : ROOM_FIRST;
    history->nbuckets = ROOM_FIRST;
    history->entries = memory_new(history->room * sizeof *history->entries);
    for (unsigned i = 0; i < PAST_KEYS; i++)
        history->buckets[i] = memory_new(history->nbuckets * sizeof *history->buckets[i]);
    history->octets_room = limits->history_octets;
    history->octets = memory_grow(NULL, history->octets_room, 1);      /* not zeroed: what is not written is not read */
    return history;
}

void history_free(struct history *history)
{
    if (!history)
        return;
    for (unsigned i = 0; i < PAST_KEYS; i++)
        memory_free(history->buckets[i]);
    memory_free(history->entries);
    memory_free(history->octets);
    memory_free(history);
}

/* ---- the ring ---- */

/* NULL if it was forgotten. */
static struct entry *entry_get(const struct history *history, uint64_t number)
{
    struct entry *entry = &history->entries[number % history->room];

    return number > 0 && entry->past.number == number ? entry : NULL;
}

static void tell_limit(struct history *history)
{
    if (!history->is_noted && history->notes.note)
        history->notes.note(history->notes.context,
                            &(struct note){ NOTE_LIMIT, "earlier exchanges are forgotten", 0, NOTE_NO_STREAM });
    history->is_noted = true;
}

/* The keys of a bucket of `nbuckets` go to two, in the same order; nothing was forgotten yet. */
static void split_bucket(const struct history *history, enum past_key by, uint64_t number, uint64_t *low,
                         uint64_t *high)
{
    struct entry *entry;

    while ((entry = entry_get(history, number)) != NULL) {
        uint64_t **end = entry->past.keys[by] & history->nbuckets ? &high : &low;

        **end = number;
        number = entry->others[by];
        *end = &entry->others[by];
    }
    *low = *high = 0;
}

static void double_buckets(struct history *history, enum past_key by)
{
    uint64_t count = history->nbuckets, *before = history->buckets[by];
    uint64_t *buckets = memory_new(2 * count * sizeof *buckets);

    for (uint64_t i = 0; i < count; i++)
        split_bucket(history, by, before[i], &buckets[i], &buckets[count + i]);
    history->buckets[by] = buckets;
    memory_free(before);
}

/* The ring is full for the first time at this size. */
static void grow(struct history *history)
{
    uint64_t room = 2 * history->room < history->room_most ? 2 * history->room : history->room_most;
    struct entry *entries = memory_new(room * sizeof *entries);

    for (uint64_t number = 1; number <= history->newest; number++)
        entries[number % room] = history->entries[number % history->room];
    memory_free(history->entries);
    history->entries = entries;
    history->room = room;
    for (enum past_key by = 0; by < PAST_KEYS; by++)
        double_buckets(history, by);
    history->nbuckets *= 2;
}

static void forget(struct history *history, const struct entry *entry)
{
    tell_limit(history);
    if (entry->past.status < STATUSES)
        history->statuses[entry->past.status] -= entry->past.status > 0;
    if (!entry->past.is_loss && entry->past.method < METHOD_COUNT)
        history->methods[entry->past.method]--;
}

/* The place for one more, the oldest being forgotten. */
static struct entry *entry_new(struct history *history)
{
    if (history->newest == history->room && history->room < history->room_most)
        grow(history);
    struct entry *entry = &history->entries[(history->newest + 1) % history->room];

    /* A place that was never used is not read: to write to memory that was only read costs a second page fault. */
    if (history->newest >= history->room)
        forget(history, entry);
    *entry = (struct entry){ 0 };
    return entry;
}

static uint64_t *bucket_of(const struct history *history, enum past_key by, uint64_t key)
{
    return &history->buckets[by][key & (history->nbuckets - 1)];
}

/* The entry becomes the newest with its key, and the first of its bucket: what follows one that was forgotten is
 * older. */
static void link_entry(struct history *history, struct entry *entry, enum past_key by)
{
    uint64_t key = entry->past.keys[by], *bucket = bucket_of(history, by, key), *link = bucket;
    struct entry *other;

    while ((other = entry_get(history, *link)) != NULL && other->past.keys[by] != key)
        link = &other->others[by];
    if (other) {
        entry->older[by] = *link;
        *link = other->others[by];
    }
    entry->others[by] = *bucket;
    *bucket = entry->past.number;
}

/* The number of the newest with that key; 0: none. */
static uint64_t newest_of(const struct history *history, enum past_key by, uint64_t key)
{
    uint64_t number = *bucket_of(history, by, key);
    const struct entry *entry;

    while ((entry = entry_get(history, number)) != NULL && entry->past.keys[by] != key)
        number = entry->others[by];
    return entry ? number : 0;
}

static void number_entry(struct history *history, struct entry *entry)
{
    entry->past.number = ++history->newest;
    entry->past.asked_at = ++history->events;
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
    struct entry *entry = entry_new(history);

    entry->past = *happening->past;
    if (entry->past.method < METHOD_COUNT)
        history->methods[entry->past.method]++;
    number_entry(history, entry);
    entry->past.lost = newest_loss(history, &entry->past);
    link_entry(history, entry, PAST_SERVER);
    link_entry(history, entry, PAST_RESOURCE);
    link_entry(history, entry, PAST_OWN);
    happening->of->number = entry->past.number;
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
    struct entry *entry = entry_get(history, happening->of->number);

    if (!entry || entry->past.answered_at > 0)
        return;
    struct past asked = entry->past;

    entry->past = *happening->past;
    entry->past.number = asked.number;
    entry->past.asked_at = asked.asked_at;
    entry->past.lost = asked.lost;
    entry->past.answered_at = ++history->events;
    if (entry->past.status < STATUSES)
        history->statuses[entry->past.status]++;
    if (entry->past.location == 0)
        return;
    entry->past.target = text_keep(history, happening->target);
    entry->past.goal = text_keep(history, happening->goal);
    link_entry(history, entry, PAST_LOCATION);
}

static void lose_end(struct history *history, const struct connection *on, int end)
{
    struct entry *entry = entry_new(history);

    past_lose(&entry->past, on, end, &history->secret);
    number_entry(history, entry);
    link_entry(history, entry, PAST_SERVER);
    link_entry(history, entry, PAST_OWN);
}

/* Which end is the client need not be known yet. */
static void lost(struct history *history, const struct connection *on)
{
    const struct entry *last = entry_get(history, history->newest);

    if (last && last->past.is_loss && last->past.connection == on->number)
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
    const struct entry *entry = x->request && x->remembered ? entry_get(history, x->remembered->number) : NULL;

    return entry ? &entry->past : NULL;
}

static struct history_walk walk(const struct history *history, enum past_key by, uint64_t next)
{
    return (struct history_walk){ history, by, next, UINT64_MAX, steps[by] };
}

struct history_walk history_walk(const struct history *history, enum past_key by, const struct past *self)
{
    const struct entry *entry = entry_get(history, self->number);

    return walk(history, by, entry ? entry->older[by] : 0);
}

/* This chain is in the order of the answers, so requests that came later are passed over. */
struct history_walk history_walk_redirections(const struct history *history, const struct past *self)
{
    struct history_walk from = walk(history, PAST_LOCATION, newest_of(history, PAST_LOCATION, self->keys[PAST_OWN]));

    from.before = self->number;
    return from;
}

const struct past *history_next(struct history_walk *from)
{
    const struct entry *entry;

    while (from->left > 0 && (entry = entry_get(from->history, from->next)) != NULL) {
        from->left--;
        from->next = entry->older[from->by];
        if (entry->past.number < from->before)
            return &entry->past;
    }
    return NULL;
}

bool history_is_unbroken(const struct history *history, const struct past *earlier, const struct exchange *x)
{
    const struct past *self = history_self(history, x);

    if (!self || x->is_held || self->lost > earlier->number)
        return false;
    return x->held_at == 0 || newest_loss(history, self) <= self->number;
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
