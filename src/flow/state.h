/*
 * state.h - the parts of a flow and of a connection, shared by the files of this folder only.
 *
 *     flow.c       the doors: feed, tick, finish; expiry and the limits over all connections
 *     table.c      which connection a segment belongs to
 *     handshake.c  SYNs: which connection, which base, and when a 4-tuple is used anew
 *     segment.c    one segment of a known connection: reach, acknowledgment, octets, FIN, RST
 *     order.c      what may be delivered, and when waiting is over
 *     conn.c       what the consumer is told, and the end of a connection
 */
#ifndef HTTPLINT_FLOW_STATE_H
#define HTTPLINT_FLOW_STATE_H

#include "base/hash.h"
#include "flow/flow.h"
#include "flow/list.h"
#include "flow/stream.h"

/* Ages of a connection, each with its own time until it is forgotten. */
enum age { AGE_HANDSHAKE, AGE_OPEN, AGE_CLOSED, AGE_COUNT };

struct conn {
    struct connection shown;   /* what the consumer sees */
    struct stream streams[2];
    struct flow *flow;
    struct conn *chain;        /* next in its bucket of the table */
    struct list age, wait;     /* flow->ages[], flow->waiting or ->resting */
    uint64_t hash;
    int64_t last_us;           /* of the last segment */
    int64_t wait_us;           /* since when it waits */
    uint64_t held_at;          /* since which segment of the flow it holds octets, 0: it does not */
    uint32_t seen;             /* segments so far */
    uint32_t noted;            /* bits by note_code: said already */
    uint64_t reset_at;         /* RST that was accepted: position, and when, in segments and time */
    int64_t reset_us;
    uint32_t reset_seen;
    uint32_t reuse_isn;        /* SYN inside an open connection, not yet confirmed */
    uint8_t reset_by, reuse_by;
    bool has_reset;
    bool is_reset_weak;        /* it counts only if nothing contradicts it until the end */
    bool has_reuse;
    bool is_resting;           /* in flow->resting */
    bool is_established;       /* something other than a SYN was seen */
    bool is_announced;         /* opened() was called */
    bool is_closed;            /* closed() was called; kept to tell late segments from new ones */
};

struct table {
    struct conn **buckets;
    size_t nbuckets, count;
    struct hash_secret secret;
};

struct flow {
    const struct limits *limits;
    struct flow_sink sink;
    struct note_sink notes;
    struct table table;
    struct list ages[AGE_COUNT];   /* oldest first */
    struct list waiting;           /* hold something that time may release, in order of wait_us */
    struct list resting;           /* hold something that time has not released */
    int64_t now_us;                /* the clock: of two segments in a row the lesser time */
    int64_t before_us;             /* time of the last segment; 0: none yet */
    uint64_t nopened, nfed;
    uint64_t latest;               /* the connection that the last segment was of */
    size_t held;
    size_t nholding;               /* connections that held octets when the capture ended */
    bool is_full_noted, is_short_noted;
};

/* Microseconds from `then` to `now`, 0 where the clock went back. */
static inline uint64_t time_between(int64_t then, int64_t now)
{
    return now > then ? (uint64_t)now - (uint64_t)then : 0;
}

#endif
