#include "flow/order.h"

#include "flow/conn.h"

enum {
    ONE_SIDED_OCTETS = 16 << 10,
    SEGMENT_OCTETS_MAX = 1460  /* that a frame of Ethernet carries */
};

bool order_is_over(const struct conn *c, enum patience patience, uint32_t seen, int64_t time_us)
{
    const struct limits *limits = c->flow->limits;

    if (patience == PATIENCE_NONE || c->seen - seen >= limits->wait_segments)
        return true;
    if (patience != PATIENCE_TIME)
        return false;
    /* A time to come: the clock was set back. The connection has waited for its time since (flow.c). */
    return time_between(time_us, c->flow->now_us) >= limits->wait_us ||
           time_between(c->flow->now_us, time_us) > limits->wait_us;
}

static bool is_begin_over(const struct conn *c, const struct stream *s, enum patience patience)
{
    return order_is_over(c, patience, s->begun, s->begun_us);
}

bool order_is_met(const struct conn *c, int d, uint64_t need)
{
    const struct stream *other = &c->streams[!d];

    if (need == 0 || other->is_ended || other->is_absent || need <= other->excused)
        return true;
    if (other->has_base)
        return need <= other->next;
    /* Seen for long, and yet without octets: there is nothing to wait for. */
    return other->is_seen && !stream_head(other) && is_begin_over(c, other, PATIENCE_SEGMENTS);
}

/* Bad octets are used once acknowledged, but a good copy gets its chance to come late until that
 * never happened. */
static bool is_believed(const struct conn *c, const struct stream *s, const struct held *piece,
                        enum patience patience)
{
    if (!quality_is_unsure(piece->quality))
        return true;
    if (!piece->is_covered)
        return false;
    return s->trust == STREAM_TRUST ||
           order_is_over(c, patience, piece->covered, piece->covered_us);
}

static struct held *next_of(const struct stream *s)
{
    struct held *head = stream_head(s);

    return head && s->has_base && head->pos == s->next ? head : NULL;
}

static struct held *ready_of(const struct conn *c, int d, enum patience patience)
{
    const struct stream *s = &c->streams[d];
    struct held *piece = next_of(s);

    if (!piece || !is_believed(c, s, piece, patience) || !order_is_met(c, d, piece->need))
        return NULL;
    return piece;
}

static void deliver_fin(struct conn *c, int d)
{
    struct stream *s = &c->streams[d];

    /* The FIN has a number of its own, which the other side acknowledges (RFC 9293 3.4). */
    s->excused = s->next + 1;
    c->shown.is_closing_seen = true;
    conn_end_direction(c, d, FLOW_END_FIN);
}

static void note_checksum(struct conn *c, struct stream *s, const struct held *piece)
{
    if (piece->quality != QUALITY_BAD)
        return;
    conn_note_once(c, NOTE_CHECKSUM, piece->frame, NULL);
    if (piece->is_covered && s->trust < STREAM_TRUST)
        s->trust++;
}

static void deliver(struct conn *c, int d)
{
    struct stream *s = &c->streams[d];
    struct held *piece = stream_head(s);

    note_checksum(c, s, piece);
    if (piece->is_fin) {
        deliver_fin(c, d);
        return;
    }
    queue_take(s->queue);
    if (piece->quality == QUALITY_LOST) {
        conn_cut(c, d, held_end(piece));
    } else {
        struct piece shown = {
            .octets = held_octets(piece), .len = piece->len, .frame = piece->frame, .time_us = piece->time_us,
            .is_doubtful = piece->is_doubtful, .is_unproven = piece->is_unproven, .file_at = piece->file_at
        };

        conn_octets(c, d, &shown, piece->need);
    }
    held_free(piece, &c->flow->held);
}

/* The earlier frame first, where either may go. */
static bool deliver_ready(struct conn *c, enum patience patience)
{
    const struct held *a = ready_of(c, 0, patience), *b = ready_of(c, 1, patience);

    if (!a && !b)
        return false;
    deliver(c, !a || (b && b->frame < a->frame));
    return true;
}

/* A direction taken up in mid-stream begins at what is there, unless the other one shows where
 * it really began. */
static bool break_base(struct conn *c, int d, enum patience patience)
{
    struct stream *s = &c->streams[d];
    const struct stream *other = &c->streams[!d];
    const struct held *head = stream_head(s);
    bool is_known;

    if (s->has_base || !head || !is_begin_over(c, s, patience))
        return false;
    is_known = other->nisns > 0 && other->early == other->origin && other->early_ack <= head->pos;
    stream_set_base(s, is_known ? other->early_ack : head->pos);
    if (!is_known && !head->is_fin)
        conn_midstream(c, d, head->frame);
    return true;
}

/* What lies behind the piece shows that its receiver went on, or nobody will ever tell. */
static bool is_passed(const struct conn *c, const struct stream *s, const struct held *piece,
                      enum patience patience)
{
    if (patience == PATIENCE_NONE)
        return true;
    if (piece->is_covered)
        return order_is_over(c, patience, piece->covered, piece->covered_us);
    return !s->has_acked && (s->fin || s->top - piece->pos >= ONE_SIDED_OCTETS) &&
           order_is_over(c, patience, piece->arrived, piece->time_us);
}

static void believe(struct conn *c, struct stream *s, struct held *piece)
{
    note_checksum(c, s, piece);
    piece->is_doubtful |= !piece->is_covered;
    piece->is_unproven |= !piece->is_covered && piece->quality == QUALITY_BAD && stream_is_untested(s);
    piece->quality = QUALITY_GOOD;
}

/* Octets that are not known to have arrived, with nothing behind them, never did: old ones where the receiver acknowledges,
 * and bad ones where other segments of this direction are good. */
static bool is_vain(const struct stream *s, const struct held *piece)
{
    bool is_telling = s->has_good && (s->has_acked || piece->quality == QUALITY_BAD);

    return !piece->is_covered && is_telling && s->trust == 0 && !s->fin && piece->len <= SEGMENT_OCTETS_MAX &&
           !queue_has_good(s->queue, piece->pos);
}

static bool break_bad(struct conn *c, int d, enum patience patience)
{
    struct stream *s = &c->streams[d];
    struct held *piece = next_of(s);

    if (!piece || !quality_is_unsure(piece->quality) || !is_passed(c, s, piece, patience))
        return false;
    if (!piece->is_fin && is_vain(s, piece))
        queue_cut(s->queue, s->next);
    else
        believe(c, s, piece);
    return true;
}

/* The piece that waits only for the other direction, if it has waited long enough. */
static struct held *needy_of(const struct conn *c, int d, enum patience patience)
{
    const struct stream *s = &c->streams[d];
    struct held *piece = next_of(s);

    if (!piece || !is_believed(c, s, piece, patience) || order_is_met(c, d, piece->need))
        return NULL;
    return order_is_over(c, patience, piece->arrived, piece->time_us) ? piece : NULL;
}

/* Both directions are complete and each waits for the other. */
static void break_circle(struct held *mine, struct held *theirs)
{
    bool is_mine = mine->is_late != theirs->is_late ? mine->is_late : mine->frame > theirs->frame;

    (is_mine ? mine : theirs)->need = 0;
}

/* The other direction is brought to where the piece needs it. */
static void break_hole_below(struct conn *c, int d, const struct held *piece)
{
    struct stream *other = &c->streams[!d];
    const struct held *behind = stream_head(other);
    uint64_t to = behind && behind->pos < piece->need ? behind->pos : piece->need;

    if (!behind && to == other->next + 1)
        other->excused = to;
    else
        conn_gap(c, !d, to, behind ? behind->frame : piece->frame);
}

static bool break_need(struct conn *c, int d, enum patience patience)
{
    struct held *piece = needy_of(c, d, patience);
    struct stream *other = &c->streams[!d];
    struct held *theirs = next_of(other);

    if (!piece)
        return false;
    if (!other->is_seen)
        other->is_absent = true;
    else if (!other->has_base && patience != PATIENCE_NONE && !is_begin_over(c, other, patience))
        return false;
    else if (piece->is_late || !other->has_base)
        piece->need = 0;
    else if (theirs && !is_believed(c, other, theirs, patience))
        believe(c, other, theirs);
    else if (theirs)
        break_circle(piece, theirs);
    else
        break_hole_below(c, d, piece);
    return true;
}

static bool break_hole(struct conn *c, int d, enum patience patience)
{
    struct stream *s = &c->streams[d];
    const struct held *piece = stream_head(s);

    if (!piece || !s->has_base || piece->pos <= s->next || !is_passed(c, s, piece, patience))
        return false;
    conn_gap(c, d, piece->pos, piece->frame);
    return true;
}

static uint64_t frame_of(const struct stream *s)
{
    const struct held *head = stream_head(s);

    return head ? head->frame : UINT64_MAX;
}

static bool break_one(struct conn *c, enum patience patience)
{
    static bool (*const breakers[])(struct conn *, int, enum patience) = {
        break_base, break_bad, break_need, break_hole
    };
    int first = frame_of(&c->streams[1]) < frame_of(&c->streams[0]);

    for (size_t i = 0; i < sizeof breakers / sizeof *breakers; i++)
        if (breakers[i](c, first, patience) || breakers[i](c, !first, patience))
            return true;
    return false;
}

bool order_force(struct conn *c)
{
    return deliver_ready(c, PATIENCE_SEGMENTS) || break_one(c, PATIENCE_NONE);
}

void order_pump(struct conn *c, enum patience patience)
{
    do {
        while (deliver_ready(c, patience))
            continue;
    } while (break_one(c, patience));
}
