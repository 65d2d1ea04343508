/*
 * batch.h - what flow delivered, written down to be read by other threads.
 *
 * A batch is filled by one thread, then read by several, then emptied and filled again. Its events stand in the order in
 * which they came, whatever connection they are of. Owns copies of all octets and words; seats belong to split.c.
 */
#ifndef HTTPLINT_LINT_BATCH_H
#define HTTPLINT_LINT_BATCH_H

#include "base/note.h"
#include "flow/flow.h"
#include "lint/share.h"

enum { BATCH_EVENTS = 128, BATCH_OCTETS = 32 << 10 };

/* A connection as those see it who read batches: what flow knows of it goes on changing. */
struct seat {
    struct connection connection;
    uint8_t share;             /* who reads it */
};

enum { EVENT_OF_NO_SHARE = UINT8_MAX };

enum event_kind {
    EVENT_OPENED, EVENT_OCTETS, EVENT_REPEATED, EVENT_GAP, EVENT_ENDED, EVENT_CLOSED,  /* flow_sink */
    EVENT_NOTE,
    EVENT_TIME                 /* nothing but the time before it */
};

/* The time that came before an event: what had settled by then is over first. */
struct tick {
    int64_t time_us;           /* INT64_MIN: none */
    const struct flow_holding *holding;    /* what flow held back then; NULL: nothing */
};

/* What flow held back before an event and when it came, where it did: mostly nothing. */
struct held_back {
    const struct flow_holding *before;
    struct moment now;
};

/* Small, since what one core wrote comes slowly to another. */
struct event {
    struct seat *seat;         /* NULL: of no connection */
    uint16_t next;             /* event of the share; BATCH_EVENTS: none */
    uint16_t held;             /* which of the batch, from 1; 0: nothing was held back */
    uint8_t kind;              /* enum event_kind */
    uint8_t share;             /* that of the seat; EVENT_OF_NO_SHARE */
    uint8_t direction;
    bool is_put_seen;          /* put.h */
    union {
        struct piece piece;    /* octets, repeated */
        struct {
            uint64_t at, missing;
        } gap;
        enum flow_end end;
        struct note note;
    };
};

struct batch {
    struct event *events;
    size_t count;
    int64_t *times;            /* those of the ticks before the events */
    struct held_back *held;
    size_t nheld;
    uint16_t first[HTTP_SHARES], last[HTTP_SHARES];  /* event of a share; BATCH_EVENTS: none */
    uint8_t *octets;
    size_t noctets, room;
    int64_t latest_us;         /* the greatest of its ticks */
    struct arena *arena;       /* of what flow held */
    const struct flow_holding *holding;    /* the last of that; NULL: none yet */
};

/* The pool must outlive it, and serve whoever fills it. */
void batch_begin(struct batch *, struct arena_pool *);
void batch_end(struct batch *);

/* No events, no octets. */
void batch_clear(struct batch *, struct arena_pool *);

/* True if an event with that many octets still fits. An empty batch takes one of any size. */
bool batch_has_room(struct batch *, size_t octets);

/* One more event, of a seat or (NULL) of none; there must be room. The rest of it is the caller's to set. */
struct event *batch_add(struct batch *, enum event_kind, struct seat *, const struct tick *before, const struct moment *now);

/* What flow knew when the event came, and what it held back before. */
struct held_back batch_held(const struct batch *, const struct event *);

/* A copy that lives as long as the batch is not cleared. */
void *batch_copy(struct batch *, const void *octets, size_t len);

/* The same for what flow holds, which is rare; a copy that is there already will do. */
__attribute__((cold)) const struct flow_holding *batch_copy_holding(struct batch *, const struct flow_holding *);

#endif
