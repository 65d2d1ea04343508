/*
 * queue.h - what one direction holds back: octets that cannot be delivered yet.
 *
 * Pieces are sorted by position and do not overlap. The better copy of an octet stays, among
 * equals the first one; where two good copies differ the piece becomes doubtful. A sender's
 * acknowledgments only grow, so octets need no more of the other direction than good ones behind
 * them or another copy: what was sent again shows a newer acknowledgment. The queue owns
 * its pieces and counts what they take in a total that all queues share. It knows nothing of
 * connections, waits or TCP. Nothing here fails (memory.h).
 *
 * Finding a place costs O(log n); putting a piece moves at most n/2 pointers and none at either
 * end, so that in-order and reversed arrival are both cheap.
 */
#ifndef HTTPLINT_FLOW_QUEUE_H
#define HTTPLINT_FLOW_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How far a copy of octets is to be believed; a higher one replaces a lower one. */
enum quality {
    QUALITY_LOST,              /* cut off by the snap length: only their number is known */
    QUALITY_BAD,               /* a host may have dropped them: the checksum fails */
    QUALITY_OLD,               /* a host may have dropped them: an old timestamp */
    QUALITY_GOOD
};

struct held {
    uint64_t pos;              /* of the first octet (stream.h) */
    uint64_t need;             /* the other direction must have come this far first; 0: no matter */
    uint64_t frame, file_at;   /* as in struct piece */
    int64_t time_us;
    int64_t covered_us;        /* when the receiver was first seen to have come this far */
    uint32_t arrived, covered; /* the same two moments, in segments of the connection */
    uint32_t len;
    uint32_t skip, room;       /* room in `octets`, of which the first `skip` count no more */
    uint8_t quality;
    bool is_fin;               /* the end of the direction: no octets */
    bool is_doubtful, is_unproven;     /* as in struct piece */
    bool is_late;              /* acknowledged by the receiver before this copy came */
    bool is_covered;
    uint8_t octets[];          /* none if LOST */
};

/* True for octets of which it is not known whether they arrived. */
static inline bool quality_is_unsure(uint8_t quality)
{
    return quality == QUALITY_BAD || quality == QUALITY_OLD;
}

struct queue {
    struct held **pieces;      /* `count` of them from `first` on, room for `capacity` */
    uint32_t first, count, capacity;
    size_t octets;             /* room for data in the pieces */
    size_t *total;
};

/* `len` octets from position `pos` of what `model` describes, its own octets being at `octets`
 * (not read if LOST). Counted in `total` until held_free. */
struct held *held_new(const struct held *model, const uint8_t *octets, uint64_t pos, uint32_t len,
                      size_t *total);
void held_free(struct held *, size_t *total);

/* The `len` octets of a piece that is not LOST. */
static inline const uint8_t *held_octets(const struct held *piece)
{
    return piece->octets + piece->skip;
}

/* The position behind the piece. */
static inline uint64_t held_end(const struct held *piece)
{
    return piece->pos + piece->len;
}

struct queue *queue_new(size_t *total);
void queue_free(struct queue *);          /* NULL is allowed */

/* The octets of `model` (its len octets at `octets`) as far as they are not there yet in the
 * same or a better quality. True if good octets that were there already differ. */
bool queue_insert(struct queue *, const struct held *model, const uint8_t *octets);

/* The lowest piece or NULL; alive until the next insertion or queue_take. */
static inline struct held *queue_head(const struct queue *queue)
{
    return queue && queue->count ? queue->pieces[queue->first] : NULL;
}

/* The lowest piece, which is then the caller's, to be freed with held_free. There must be one. */
struct held *queue_take(struct queue *);

/* Octets from position `to` on are dropped. */
void queue_cut(struct queue *, uint64_t to);

/* True if there are good octets from `pos` on. */
bool queue_has_good(const struct queue *, uint64_t pos);

/* The index of the first piece that ends behind `pos`: queue->count if there is none. Pieces by
 * index from 0. */
uint32_t queue_find(const struct queue *, uint64_t pos);

static inline struct held *queue_piece(const struct queue *queue, uint32_t index)
{
    return queue->pieces[queue->first + index];
}

#endif
