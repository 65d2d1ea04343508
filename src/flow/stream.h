/*
 * stream.h - one direction of a connection: sequence numbers become positions.
 *
 * A position is a sequence number unwrapped to 64 bits, so that everything above compares
 * positions with `<` and never meets the wrap at 2^32 (RFC 9293 3.4). Position 2^32 is the first
 * number of the direction that was seen, be it in a segment of its own or acknowledged by the
 * peer; the room below it is for what was sent earlier and comes later.
 *
 * The base (stream offset 0) is the octet after the SYN. Where the SYN was not captured it is
 * told by the peer's SYN-ACK, or by what the peer acknowledged before it had sent anything; else
 * it is the lowest position that arrived within the wait, and the direction is in mid-stream.
 * That the peer's acknowledgment leaves nothing earlier outstanding does not shorten the wait:
 * there are captures whose segments are in random order.
 *
 * A stream owns what it holds back, decides nothing about waits, and calls no sink.
 */
#ifndef HTTPLINT_FLOW_STREAM_H
#define HTTPLINT_FLOW_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "flow/queue.h"

enum {
    STREAM_ISNS = 4,           /* initial sequence numbers kept while the handshake is not done */
    STREAM_REACH = 1 << 19,    /* beyond what is known a segment may lie and be believed alone */
    STREAM_TRUST = 3           /* bad segments acknowledged until more are taken for offloaded */
};

struct stream {
    uint64_t origin;           /* position of stream offset 0, once has_base */
    uint64_t next;             /* of the next octet to deliver; before has_base: the anchor */
    uint64_t top;              /* behind the highest octet seen */
    uint64_t acked;            /* the peer acknowledged everything below */
    uint64_t excused;          /* the other one waits for nothing below: a FIN, or in vain */
    uint64_t solid;            /* delivered without a gap from here to `next` */
    struct queue *queue;       /* NULL: nothing was ever held */
    struct held *fin;          /* FIN that cannot be delivered yet; lies behind all of `queue` */
    struct held *far;          /* one good segment out of reach, until something speaks for it */
    uint64_t early;            /* lowest position seen while the other had no base; 0: none */
    uint64_t early_ack;        /* the least that it acknowledged from there */
    uint64_t far_ack;          /* the last acknowledgment out of reach: 0 none */
    uint64_t bad_ack;          /* the highest in a bad segment, of octets that were not seen yet: 0 none */
    int64_t begun_us;          /* first segment seen, in time and in segments of the connection */
    uint32_t begun;
    uint32_t shift;            /* sequence number = (low half of a position) + shift */
    uint32_t timestamp;        /* RFC 7323 TS.Recent */
    uint32_t isns[STREAM_ISNS];
    uint8_t nisns;             /* 0: no SYN seen nor implied */
    uint8_t trust;             /* up to STREAM_TRUST */
    uint8_t nbad;              /* segments whose checksum fails, up to STREAM_TRUST */
    bool is_seen;              /* a segment of this direction was seen */
    bool is_absent;            /* nothing of it came within the wait: none waits for it now */
    bool is_far_last;          /* nothing in reach came after `far` */
    bool is_settled;           /* of several isns it is known which one holds */
    bool has_anchor, has_base, has_acked, has_timestamp;
    bool has_good;             /* a whole segment with a good checksum was seen */
    bool has_data;             /* octets were delivered */
    bool is_ended;
};

/* The position of a sequence number, at most 2^31 away from `next`. The stream must have its
 * anchor. */
uint64_t stream_position(const struct stream *, uint32_t seq);

/* The position of a sequence number; the first one ever seen becomes the anchor. */
uint64_t stream_anchor(struct stream *, uint32_t seq);

/* Stream offset 0 is at `pos`, and nothing was delivered yet. */
void stream_set_base(struct stream *, uint64_t pos);

/* True if `isn` is one of those that are kept. */
bool stream_has_isn(const struct stream *, uint32_t isn);

/* A SYN with `isn` was seen or implied. The first one gives the base; what is known already is
 * passed over. False if too many are kept. */
bool stream_add_isn(struct stream *, uint32_t isn);

/* True if a SYN with `isn` can have opened this direction, judged by what was seen of it so far. */
bool stream_fits_isn(const struct stream *, uint32_t isn);

/* Octets with number `seq` were sent or acknowledged: of several isns the one just below is
 * right. */
void stream_settle(struct stream *, uint32_t seq);

/* The lowest piece held, the FIN if there is none before it, or NULL. */
struct held *stream_head(const struct stream *);

/* True if a segment from pos to end can be of this direction and is not far from all that is
 * known of it. */
bool stream_reaches(const struct stream *, uint64_t pos, uint64_t end);

/* What the receiver must acknowledge before a piece counts as covered: good octets when
 * everything before them was received (the hole before them is then a hole of the capture only),
 * bad ones when they were received themselves. */
static inline uint64_t stream_mark(const struct held *piece)
{
    return quality_is_unsure(piece->quality) ? held_end(piece) + piece->is_fin : piece->pos;
}

/* Nothing shows yet whether checksums mean anything here. Where several fail and none is good, their sender leaves them to its
 * network card; a single one may as well have been spoilt, which a good one would show that was not captured. */
static inline bool stream_is_untested(const struct stream *s)
{
    return !s->has_good && s->nbad < STREAM_TRUST;
}

static inline bool stream_is_holding(const struct stream *s)
{
    return stream_head(s) || s->far;
}

/* An emptied queue is freed: most connections need one for a moment only. */
void stream_trim(struct stream *);

/* All that is held is freed. */
void stream_drop(struct stream *, size_t *total);

#endif
