/*
 * flow.h - segments become connections, and each direction of a connection octets in order.
 *
 * Flow owns the connections: it opens one at its first segment, delivers each octet of each
 * direction once and in order, says where octets are missing, and closes it at FIN, RST, expiry
 * (by capture time), eviction or the end of the capture. It knows TCP and nothing of HTTP.
 *
 * Order across the directions is causal: octets that were sent with the acknowledgment A are
 * delivered after the other direction has been delivered up to A (or its hole became a gap).
 */
#ifndef HTTPLINT_FLOW_FLOW_H
#define HTTPLINT_FLOW_FLOW_H

#include <stddef.h>

#include "base/limits.h"
#include "base/note.h"
#include "wire/packet.h"

/* A direction is the end that sends: ends[0] or ends[1]. */
struct connection {
    struct endpoint ends[2];   /* ends[0] opened the connection, as far as `is_opener_known`; else sent the first
                                * segment seen */
    uint64_t number;           /* from 0 in the order of the first segments: tshark's tcp.stream */
    bool is_opener_known;      /* a SYN was seen */
    bool is_closing_seen;      /* FIN or RST was seen */
    void *reader;              /* the consumer's, set in opened() */
    uint8_t watched[2];        /* of whoever watches the octets of a direction, 0 at first */
};

/* Octets of one direction, in order. */
struct piece {
    const uint8_t *octets;
    size_t len;
    uint64_t at;               /* stream offset of the first one: octets of this direction before it, gaps counted */
    uint64_t frame;            /* the frame that carried them */
    int64_t time_us;
    uint64_t acked;            /* stream offset in the other direction: octets below it had reached
                                * the sender when it sent these; 0: unknown */
    uint64_t file_at;          /* where in the file the first one stands; 0: not known */
    bool is_doubtful;          /* conflicting overlap, or a checksum that fails and was not acknowledged */
    bool is_unproven;          /* a checksum that fails, and too few segments to tell whether checksums mean anything */
};

enum flow_end {
    FLOW_END_FIN,              /* the sender ended its direction */
    FLOW_END_RST,              /* either end reset the connection */
    FLOW_END_UNSEEN            /* the capture ended, or the connection expired or was evicted, without either */
};

struct flow_sink {
    void *context;
    /* Before the first other call about the connection, not at its first segment: a SYN that was captured late may
     * still tell by then which end opened it. */
    void (*opened)(void *context, struct connection *);
    void (*octets)(void *context, struct connection *, int direction, const struct piece *);
    /* Octets at `at` that were delivered before came again and may differ: the consumer compares what it still
     * holds. */
    void (*repeated)(void *context, struct connection *, int direction, const struct piece *);
    /* `missing` octets from stream offset `at` on were not captured; the next octets follow them. 0: unknown how many
     * (the direction was taken up in mid-stream, before its first octet). */
    void (*gap)(void *context, struct connection *, int direction, uint64_t at, uint64_t missing);
    /* No more octets of this direction. Once per direction, before closed(). After a RST this comes when the wait is
     * over, for the octets before it may come late. */
    void (*ended)(void *context, struct connection *, int direction, enum flow_end);
    /* Both directions have ended. The connection is gone when this returns; flow itself remembers its ends for a while,
     * to tell late segments from a new connection. */
    void (*closed)(void *context, struct connection *);
};

struct flow;

/* Owned by the caller, freed by flow_free; `limits` must outlive it. `key` seeds the hash of the table (16 octets;
 * random, so that nobody can choose colliding connections). */
struct flow *flow_new(const struct limits *limits, const uint8_t key[16], const struct flow_sink *, struct note_sink);
void flow_free(struct flow *);

/* One segment, in the order of the capture. Cannot fail. */
void flow_feed(struct flow *, const struct segment *);

/* Time passed without a packet (live): holes whose wait is over become gaps, idle connections expire. */
void flow_tick(struct flow *, int64_t now_us);

/* The capture is over: what is held is delivered, every connection ended and closed, in order of its number. */
void flow_finish(struct flow *);

/* Memory is short: the connection that can be spared best ends as if the capture had, with a note if it was open. False: there is
 * none. */
bool flow_shed(struct flow *);

/* The number of the connection that the last segment was of; once one was fed. */
uint64_t flow_latest(const struct flow *);

/* Connections opened so far, and octets that the queues hold now. */
uint64_t flow_opened(const struct flow *);
size_t flow_held(const struct flow *);

/* Octets of memory: those in the queues, and what connections take by themselves. */
size_t flow_memory(const struct flow *);

/* Segments fed so far. */
uint64_t flow_fed(const struct flow *);

/* Connections that hold octets back: all of them, or is_many if there are more than are looked at. In flow_finish it is those
 * that did when it began, many if there were several. */
enum { FLOW_LOOKED_AT = 64 };

struct flow_held {
    struct connection on;
    uint64_t since;            /* segments fed until then */
};

struct flow_holding {
    bool is_many;
    unsigned count;
    struct flow_held items[2 * FLOW_LOOKED_AT];
};

/* False if there are none; then `holding` may not be looked at. */
bool flow_holding(const struct flow *, struct flow_holding *);

/* Does another connection that has a host in common with this one, since before that many segments were fed? */
bool flow_holding_has(const struct flow_holding *, const struct connection *, uint64_t fed);

#endif
