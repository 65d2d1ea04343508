#include "flow/handshake.h"

#include <string.h>

#include "flow/conn.h"

/* The old connection ends, a new one takes its place between the same ends. */
static struct conn *reopen(struct conn *c, int *d, const struct segment *g)
{
    struct flow *flow = c->flow;
    uint64_t hash = c->hash;

    conn_end(c);
    conn_free(c);
    c = conn_new(flow, hash, g);
    *d = memcmp(&c->shown.ends[1], &g->from, sizeof g->from) == 0;
    return c;
}

/* A SYN of this direction with this number, seen or implied, tells the base, and who opened the
 * connection. */
static void add_isn(struct conn *c, int d, uint32_t isn, uint64_t frame)
{
    if (!stream_add_isn(&c->streams[d], isn))
        conn_note_once(c, NOTE_LIMIT, frame, "too many different SYNs in one handshake");
}

static void know_opener(struct conn *c, int *d, bool is_opener)
{
    if (c->shown.is_opener_known)
        return;
    if ((*d == 0) == is_opener) {
        c->shown.is_opener_known = true;
    } else if (!c->is_announced) {
        conn_swap(c);
        *d ^= 1;
        c->shown.is_opener_known = true;
    }
}

static struct conn *open_with_syn(struct conn *c, int *d, const struct segment *g)
{
    know_opener(c, d, true);
    add_isn(c, *d, g->seq, g->frame);
    return c;
}

/* Before the handshake is done either SYN may be the one that counts. */
static struct conn *open_beside(struct conn *c, int *d, const struct segment *g)
{
    struct stream own = c->streams[*d], other = c->streams[!*d];
    struct conn *fresh = reopen(c, d, g);

    open_with_syn(fresh, d, g);
    for (unsigned i = 0; i < own.nisns; i++)
        add_isn(fresh, *d, own.isns[i], g->frame);
    for (unsigned i = 0; i < other.nisns; i++)
        add_isn(fresh, !*d, other.isns[i], g->frame);
    fresh->streams[!*d].is_seen = other.is_seen;
    return fresh;
}

static bool is_over(const struct conn *c, int d)
{
    const struct stream *s = &c->streams[d];

    return c->is_closed || (c->has_reset && !c->is_reset_weak) || s->is_ended || s->fin;
}

/* The SYN precedes what was seen of its direction so far, and no other one did. */
static bool is_base(const struct conn *c, const struct stream *s, const struct segment *g)
{
    return !c->is_closed && !s->is_ended && !s->has_base && stream_fits_isn(s, g->seq);
}

static bool feed_syn(struct conn **conn, int *d, const struct segment *g)
{
    struct conn *c = *conn;
    struct stream *s = &c->streams[*d];

    if (stream_has_isn(s, g->seq))
        return true;
    if (is_base(c, s, g)) {
        open_with_syn(c, d, g);
    } else if (is_over(c, *d)) {
        *conn = open_with_syn(reopen(c, d, g), d, g);
    } else if (s->nisns > 0 && !c->is_established) {
        *conn = open_beside(c, d, g);
    } else {
        /* The late SYN of a direction that was taken up in mid-stream is not a new one. */
        c->has_reuse = s->nisns > 0 || !stream_fits_isn(s, g->seq);
        c->reuse_by = (uint8_t)*d;
        c->reuse_isn = g->seq;
        return false;
    }
    return true;
}

/* True if the SYN-ACK acknowledges the SYN, or octets that came with it (RFC 7413), or nothing
 * is known of it. */
static bool is_answer(const struct stream *opener, const struct segment *g)
{
    uint64_t ack;

    if (opener->nisns == 0 || stream_has_isn(opener, g->ack - 1))
        return true;
    ack = stream_position(opener, g->ack);
    return ack > opener->origin && ack <= opener->top;
}

static struct conn *confirm_reuse(struct conn *c, int *d, const struct segment *g)
{
    uint32_t isn = c->reuse_isn;
    int opener = c->reuse_by;
    bool is_answered = *d != opener;
    struct conn *fresh = reopen(c, d, g);

    opener = is_answered ? !*d : *d;
    know_opener(fresh, &opener, true);
    add_isn(fresh, opener, isn, g->frame);
    fresh->streams[opener].is_seen = true;
    *d = is_answered ? !opener : opener;
    return fresh;
}

static void add_answer(struct conn *c, int *d, const struct segment *g)
{
    struct stream *opener;

    know_opener(c, d, false);
    opener = &c->streams[!*d];
    add_isn(c, *d, g->seq, g->frame);
    if (opener->nisns == 0 && !opener->has_base && stream_fits_isn(opener, g->ack - 1))
        add_isn(c, !*d, g->ack - 1, g->frame);
    stream_settle(opener, g->ack);
}

static bool feed_syn_ack(struct conn **conn, int *d, const struct segment *g)
{
    struct conn *c = *conn;
    const struct stream *s = &c->streams[*d], *opener = &c->streams[!*d];
    bool is_known = stream_has_isn(s, g->seq);

    if (c->has_reuse && c->reuse_by != *d && g->ack == c->reuse_isn + 1)
        *conn = confirm_reuse(c, d, g);
    else if (!is_known && !is_base(c, s, g) && (is_over(c, *d) || is_over(c, !*d)))
        *conn = reopen(c, d, g);
    else if (!is_answer(opener, g) || (c->is_established && s->has_base && !is_known))
        return false;
    else if (!s->has_base && !stream_fits_isn(s, g->seq))
        return false;
    add_answer(*conn, d, g);
    return true;
}

/* Octets behind a SYN that was passed over, and far from those of the connection it was found
 * in. */
static bool is_following_reuse(const struct conn *c, int d, const struct segment *g)
{
    const struct stream *s = &c->streams[d];
    uint64_t pos;

    if (!c->has_reuse || c->reuse_by != d || g->wire_len == 0 || g->seq != c->reuse_isn + 1)
        return false;
    if (!s->has_anchor)
        return true;
    pos = stream_position(s, g->seq);
    return !stream_reaches(s, pos, pos + g->wire_len);
}

bool handshake_feed(struct conn **conn, int *d, const struct segment *g)
{
    struct conn *c;

    if (g->flags & TCP_RST)
        return true;
    if (g->flags & TCP_SYN)
        return g->flags & TCP_ACK ? feed_syn_ack(conn, d, g) : feed_syn(conn, d, g);
    if (is_following_reuse(*conn, *d, g))
        *conn = confirm_reuse(*conn, d, g);
    c = *conn;
    c->is_established = true;
    stream_settle(&c->streams[*d], g->seq);
    if (g->flags & TCP_ACK)
        stream_settle(&c->streams[!*d], g->ack);
    return true;
}
