#include "lint/split.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "lint/player.h"

enum {
    DEPTH = 64,                            /* batches between the one that is filled and the one that is told */
    LOOKS = 2000,                          /* so often one looks for work before one sleeps: to wake a core takes longer */
    WAKING = 16                            /* that many wait: whoever sleeps is woken, which costs as much as reading a few */
};

/* A batch and what is made of it. */
struct stage {
    struct batch batch;
    uint64_t first;                        /* the number of its first event */
    struct made made[HTTP_SHARES];
    struct later later;                    /* what is to be told of it; emptied by who concludes the next batch here */
};

/* A share, and how far it is. */
struct reading {
    struct player player;
    uint64_t done;                         /* batches that are read: guarded by the lock */
    bool is_busy;                          /* likewise */
    uint64_t cleared;                      /* batches of which nothing is kept any more */
};

struct split {
    struct split_options options;
    struct split_sink sink;
    struct stage stages[DEPTH];            /* the place of batch n is n % DEPTH */
    struct reading readings[HTTP_SHARES];
    size_t nreadings;
    struct arena_pool *pool;               /* of batches */
    struct arena_pool *later_pool;         /* of who concludes */
    pthread_t helpers[HTTP_SHARES];
    size_t nhelpers;
    bool is_started;

    char apart[CACHE_LINE];                /* session.c says why */
    struct tick before;                    /* of the next event */
    struct put put;
    uint64_t nevents;
    char apart_too[CACHE_LINE];

    uint64_t streams;
    pthread_mutex_t lock;                  /* guards what follows, and what says so */
    pthread_cond_t has_work, has_concluded;
    uint64_t filled;                       /* batches */
    _Atomic unsigned changes;              /* of that, to be looked at without the lock */
    uint64_t concluded, told;
    bool is_concluding;                    /* a thread, one at a time */
    bool is_waiting;                       /* the thread that feeds, for has_concluded */
    bool is_over;
};

static struct stage *stage_of(struct split *split, uint64_t batch)
{
    return &split->stages[batch % DEPTH];
}

/* ---- reading: any thread ---- */

/* The share that lies back most and that nobody reads; NULL: all that could be read is. */
static struct reading *take(struct split *split)
{
    struct reading *taken = NULL;

    for (size_t i = 0; i < split->nreadings; i++) {
        struct reading *reading = &split->readings[i];

        if (!reading->is_busy && reading->done < split->filled && (!taken || reading->done < taken->done))
            taken = reading;
    }
    if (taken)
        taken->is_busy = true;
    return taken;
}

/* Called with the lock, which is given back in between. */
static void read_next(struct split *split, struct reading *reading)
{
    struct stage *stage = stage_of(split, reading->done);
    uint8_t number = (uint8_t)(reading - split->readings);
    uint64_t told = split->told;

    pthread_mutex_unlock(&split->lock);
    while (reading->cleared < told)
        made_clear(&stage_of(split, reading->cleared++)->made[number]);
    player_play(&reading->player, &stage->batch, stage->first, number, &stage->made[number]);
    pthread_mutex_lock(&split->lock);
    reading->done++;
    reading->is_busy = false;
}

/* ---- concluding: any thread, but one at a time ---- */

static void conclude(struct split *split, struct stage *stage, struct outcome *outcome, const struct flow_holding *holding)
{
    split->sink.outcome(split->sink.context, outcome, holding, &stage->later);
}

static bool is_due_before(const struct due *a, const struct due *b)
{
    return a->time_us != b->time_us ? a->time_us < b->time_us : a->call < b->call;
}

/* The share whose next outcome is the first to have settled before the event; HTTP_SHARES: none. */
static size_t first_settled(struct kept *const next[HTTP_SHARES], size_t event)
{
    size_t first = HTTP_SHARES;

    for (size_t i = 0; i < HTTP_SHARES; i++)
        if (next[i] && next[i]->place.is_settled && next[i]->place.event == event &&
            (first == HTTP_SHARES || is_due_before(&next[i]->place.due, &next[first]->place.due)))
            first = i;
    return first;
}

static void conclude_event(struct split *split, struct stage *stage, size_t number, struct kept **next)
{
    const struct event *event = &stage->batch.events[number];
    const struct flow_holding *holding = batch_held(&stage->batch, event).now.holding;

    if (event->kind == EVENT_NOTE)
        conclude(split, stage, &(struct outcome){ .kind = OUTCOME_NOTE, .note = event->note }, holding);
    for (; next && *next && (*next)->place.event == number; *next = (*next)->next)
        conclude(split, stage, &(*next)->outcome, holding);
    if (event->kind == EVENT_CLOSED)
        memory_free(event->seat);
}

static void conclude_batch(struct split *split, struct stage *stage)
{
    const struct batch *batch = &stage->batch;
    struct kept *next[HTTP_SHARES] = { NULL };
    bool has_settled = false;

    arena_free(stage->later.arena);
    later_begin(&stage->later, arena_new(split->later_pool));
    split->streams = 0;
    for (size_t i = 0; i < split->nreadings; i++) {
        next[i] = stage->made[i].first;
        has_settled |= stage->made[i].has_settled;
        split->streams += stage->made[i].streams;
    }
    for (size_t i = 0; i < batch->count; i++) {
        const struct event *event = &batch->events[i];
        size_t settled;

        while (has_settled && (settled = first_settled(next, i)) < HTTP_SHARES) {
            conclude(split, stage, &next[settled]->outcome, batch_held(batch, event).before);
            next[settled] = next[settled]->next;
        }
        conclude_event(split, stage, i, event->seat ? &next[event->share] : NULL);
    }
}

/* With the lock: true if all shares have read the batch that is concluded next, and nobody is at it. */
static bool can_conclude(const struct split *split)
{
    for (size_t i = 0; i < split->nreadings; i++)
        if (split->readings[i].done <= split->concluded)
            return false;
    return !split->is_concluding;
}

/* Called with the lock, which is given back in between. */
static void conclude_next(struct split *split)
{
    struct stage *stage = stage_of(split, split->concluded);

    split->is_concluding = true;
    pthread_mutex_unlock(&split->lock);
    conclude_batch(split, stage);
    pthread_mutex_lock(&split->lock);
    split->concluded++;
    split->is_concluding = false;
    if (split->is_waiting)
        pthread_cond_signal(&split->has_concluded);
}

/* ---- helping ---- */

/* Lets the other thread of the core, if it has one, do more meanwhile. */
static void relax(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

/* Called with the lock. False if there is nothing to be done, until others have done what they are at. What was just read is
 * concluded first: it is still in the cache of this thread. */
static bool take_part(struct split *split)
{
    if (can_conclude(split)) {
        conclude_next(split);
        return true;
    }
    struct reading *reading = take(split);

    if (reading)
        read_next(split, reading);
    return reading != NULL;
}

/* With the lock, which is given back in between. */
static void await_work(struct split *split)
{
    uint64_t filled = split->filled;
    unsigned changes = split->changes;

    pthread_mutex_unlock(&split->lock);
    for (int i = 0; i < LOOKS && atomic_load_explicit(&split->changes, memory_order_relaxed) == changes; i++)
        relax();
    pthread_mutex_lock(&split->lock);
    if (split->filled == filled && !split->is_over)
        pthread_cond_wait(&split->has_work, &split->lock);
}

static void *help(void *context)
{
    struct split *split = context;

    pthread_mutex_lock(&split->lock);
    while (!split->is_over)
        if (!take_part(split))
            await_work(split);
    pthread_mutex_unlock(&split->lock);
    return NULL;
}

/* Signals are for the thread that feeds. Threads that cannot be had are done without. */
static void start(struct split *split)
{
    sigset_t all, before;

    split->is_started = true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (split->nhelpers < split->options.helpers &&
           pthread_create(&split->helpers[split->nhelpers], NULL, help, split) == 0)
        split->nhelpers++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- telling: the thread that feeds ---- */

/* With the lock, which is given back in between. */
static void tell_next(struct split *split)
{
    const struct later *later = &stage_of(split, split->told)->later;

    pthread_mutex_unlock(&split->lock);
    split->sink.later(split->sink.context, later);
    pthread_mutex_lock(&split->lock);
    split->told++;
}

/* Tells what is ready, and helps or waits until no more than `left` batches remain. */
static void drain(struct split *split, uint64_t left)
{
    pthread_mutex_lock(&split->lock);
    while (split->told < split->concluded || split->filled - split->told > left) {
        if (split->told < split->concluded) {
            tell_next(split);
        } else if (!take_part(split)) {
            split->is_waiting = true;
            pthread_cond_wait(&split->has_concluded, &split->lock);
            split->is_waiting = false;
        }
    }
    pthread_mutex_unlock(&split->lock);
}

/* ---- filling: the thread that feeds ---- */

static struct stage *filling(struct split *split)
{
    return stage_of(split, split->filled);
}

/* The batch that is filled may be read; afterwards there is an empty one. */
static void hand_over(struct split *split, uint64_t left)
{
    split->nevents += filling(split)->batch.count;
    pthread_mutex_lock(&split->lock);
    split->filled++;
    split->changes++;
    bool is_full = split->filled - split->told >= DEPTH;

    if (is_full || split->filled - split->told >= WAKING)
        pthread_cond_broadcast(&split->has_work);
    pthread_mutex_unlock(&split->lock);
    drain(split, is_full && left > 0 ? DEPTH / 2 : left);
    batch_clear(&filling(split)->batch, split->pool);
    if (split->before.holding)
        split->before.holding = batch_copy_holding(&filling(split)->batch, split->before.holding);
    filling(split)->first = split->nevents;
}

static struct moment moment_of(struct split *split)
{
    struct moment now = split->sink.moment(split->sink.context);

    if (now.holding)
        now.holding = batch_copy_holding(&filling(split)->batch, now.holding);
    return now;
}

static struct event *add(struct split *split, enum event_kind kind, struct seat *seat, size_t octets)
{
    if (!batch_has_room(&filling(split)->batch, octets)) {
        if (!split->is_started)
            start(split);
        hand_over(split, DEPTH - 1);
        batch_has_room(&filling(split)->batch, octets);
    }
    const struct moment now = moment_of(split);
    struct event *event = batch_add(&filling(split)->batch, kind, seat, &split->before, &now);

    event->is_put_seen = split->put.is_seen;
    split->before.time_us = INT64_MIN;
    return event;
}

static void on_opened(void *context, struct connection *connection)
{
    struct split *split = context;
    struct seat *seat = memory_new(sizeof *seat);

    seat->connection = *connection;
    seat->share = (uint8_t)(connection->number % HTTP_SHARES % split->nreadings);
    connection->reader = seat;
    add(split, EVENT_OPENED, seat, 0);
}

static void add_piece(struct split *split, enum event_kind kind, const struct connection *connection, int direction,
                      const struct piece *piece)
{
    struct event *event = add(split, kind, connection->reader, piece->len);

    event->direction = (uint8_t)direction;
    event->piece = *piece;
    event->piece.octets = batch_copy(&filling(split)->batch, piece->octets, piece->len);
}

static void on_octets(void *context, struct connection *connection, int direction, const struct piece *piece)
{
    put_watch(&((struct split *)context)->put, connection, direction, piece);
    add_piece(context, EVENT_OCTETS, connection, direction, piece);
}

static void on_repeated(void *context, struct connection *connection, int direction, const struct piece *piece)
{
    add_piece(context, EVENT_REPEATED, connection, direction, piece);
}

static void on_gap(void *context, struct connection *connection, int direction, uint64_t at, uint64_t missing)
{
    struct event *event = add(context, EVENT_GAP, connection->reader, 0);

    event->direction = (uint8_t)direction;
    event->gap.at = at;
    event->gap.missing = missing;
}

static void on_ended(void *context, struct connection *connection, int direction, enum flow_end end)
{
    struct event *event = add(context, EVENT_ENDED, connection->reader, 0);

    event->direction = (uint8_t)direction;
    event->end = end;
}

static void on_closed(void *context, struct connection *connection)
{
    add(context, EVENT_CLOSED, connection->reader, 0);
    connection->reader = NULL;
}

static void on_note(void *context, const struct note *note)
{
    struct split *split = context;
    size_t size = note->words ? strlen(note->words) + 1 : 0;
    struct event *event = add(split, EVENT_NOTE, NULL, size);

    event->note = *note;
    if (note->words)
        event->note.words = batch_copy(&filling(split)->batch, note->words, size);
}

struct flow_sink split_flow_sink(struct split *split)
{
    return (struct flow_sink){ split, on_opened, on_octets, on_repeated, on_gap, on_ended, on_closed };
}

struct note_sink split_note_sink(struct split *split)
{
    return (struct note_sink){ on_note, split };
}

/* Between two events only the latest time counts, as long as flow holds the same back. */
void split_tick(struct split *split, int64_t now_us)
{
    struct tick *before = &split->before;
    const struct flow_holding *holding = moment_of(split).holding;

    if (before->time_us != INT64_MIN && before->holding != holding) {
        add(split, EVENT_TIME, NULL, 0);
        holding = moment_of(split).holding;
    }
    before->holding = holding;
    if (now_us > before->time_us)
        before->time_us = now_us;
}

/* ---- life ---- */

struct split *split_new(const struct split_options *options, struct split_sink sink)
{
    struct split *split = memory_new(sizeof *split);

    split->options = *options;
    if (split->options.helpers > HTTP_SHARES)
        split->options.helpers = HTTP_SHARES;
    split->sink = sink;
    split->pool = arena_pool_new();
    split->later_pool = arena_pool_new();
    split->nreadings = split->options.helpers + 1 < HTTP_SHARES ? split->options.helpers + 1 : HTTP_SHARES;
    split->before.time_us = INT64_MIN;
    pthread_mutex_init(&split->lock, NULL);
    pthread_cond_init(&split->has_work, NULL);
    pthread_cond_init(&split->has_concluded, NULL);
    for (size_t i = 0; i < DEPTH; i++)
        batch_begin(&split->stages[i].batch, split->pool);
    for (size_t i = 0; i < split->nreadings; i++)
        player_begin(&split->readings[i].player, &options->http, options->ruleset, options->secret, options->counts_rules);
    return split;
}

void split_flush(struct split *split)
{
    if (split->before.time_us != INT64_MIN)
        add(split, EVENT_TIME, NULL, 0);
    if (filling(split)->batch.count > 0)
        hand_over(split, 0);
}

/* Nobody reads: all batches were told. */
void split_adopt(struct split *split, const struct ruleset *ruleset, const struct hash_secret *secret)
{
    for (size_t i = 0; i < split->nreadings; i++)
        player_adopt(&split->readings[i].player, ruleset, secret);
}

void split_finish(struct split *split)
{
    split_flush(split);
    pthread_mutex_lock(&split->lock);
    split->is_over = true;
    pthread_cond_broadcast(&split->has_work);
    pthread_mutex_unlock(&split->lock);
    for (size_t i = 0; i < split->nhelpers; i++)
        pthread_join(split->helpers[i], NULL);
    split->nhelpers = 0;
}

void split_free(struct split *split)
{
    if (!split)
        return;
    for (size_t i = 0; i < DEPTH; i++) {
        for (size_t share = 0; share < split->nreadings; share++)
            made_clear(&split->stages[i].made[share]);
        arena_free(split->stages[i].later.arena);
        batch_end(&split->stages[i].batch);
    }
    for (size_t i = 0; i < split->nreadings; i++)
        player_end(&split->readings[i].player);
    pthread_cond_destroy(&split->has_concluded);
    pthread_cond_destroy(&split->has_work);
    pthread_mutex_destroy(&split->lock);
    arena_pool_free(split->pool);
    arena_pool_free(split->later_pool);
    memory_free(split);
}

uint64_t split_streams(const struct split *split)
{
    return split->streams;
}

uint64_t split_suppressed(const struct split *split)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < split->nreadings; i++)
        sum += engine_suppressed(split->readings[i].player.engine);
    return sum;
}

uint64_t split_suppressed_by(const struct split *split, size_t suppression)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < split->nreadings; i++)
        sum += engine_suppressed_by(split->readings[i].player.engine, suppression);
    return sum;
}

void split_add_counts(const struct split *split, const struct rule *rule, struct rule_count *sum)
{
    for (size_t i = 0; i < split->nreadings; i++) {
        const struct rule_count *part = engine_counts(split->readings[i].player.engine, rule);

        sum->kept += part->kept;
        sum->broken += part->broken;
        sum->not_applicable += part->not_applicable;
        for (size_t lack = 0; lack < LACK_COUNT; lack++)
            sum->undecidable[lack] += part->undecidable[lack];
    }
}
