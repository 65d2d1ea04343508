#include "flow/segment.h"

#include "base/memory.h"
#include "flow/conn.h"
#include "flow/order.h"

enum {
    ACK_REACH = 1 << 17,       /* beyond the highest octet seen: what a capture may lose at once */
    RESET_REACH = 1 << 16
};

/* A segment in terms of positions. */
struct arrival {
    const struct segment *segment;
    const uint8_t *data;
    uint64_t pos, end;         /* of what the segment had on the wire */
    uint64_t need;
    uint32_t data_len;         /* of what is here */
    uint8_t quality;
};

/* A host may have dropped it. */
static bool is_bad(const struct stream *s, const struct segment *g)
{
    bool is_offloaded = !s->has_good && (s->trust == STREAM_TRUST || g->is_checksum_left);

    return g->is_checksum_bad && !is_offloaded;
}

static void judge_checksum(struct conn *c, struct stream *s, struct arrival *a)
{
    const struct segment *g = a->segment;

    if (!g->is_checksum_bad && g->data_len >= g->wire_len)
        s->has_good = true;
    s->nbad = (uint8_t)(s->nbad + (g->is_checksum_bad && s->nbad < STREAM_TRUST));
    if (is_bad(s, g))
        a->quality = QUALITY_BAD;
    else if (g->is_checksum_left)
        conn_note_once(c, NOTE_CHECKSUM, g->frame, "checksums left to the network card");
}

/* RFC 7323 5.3, with the difference that segment.h explains. */
static void judge_timestamp(struct stream *s, struct arrival *a)
{
    const struct segment *g = a->segment;
    bool is_old = s->has_timestamp && g->timestamp - s->timestamp > UINT32_C(1) << 31;

    if (!g->has_timestamp || !s->has_base || a->quality == QUALITY_BAD)
        return;
    if (is_old) {
        a->quality = QUALITY_OLD;
    } else if (a->pos <= s->next && a->end >= s->next) {
        s->has_timestamp = true;
        s->timestamp = g->timestamp;
    }
}

/* Pieces that the acknowledgment now covers remember when. */
static void cover(struct conn *c, struct stream *s, uint64_t before)
{
    uint32_t count = s->queue ? s->queue->count : 0;

    for (uint32_t i = count ? queue_find(s->queue, before - (before > 0)) : 0; i <= count; i++) {
        struct held *piece = i < count ? queue_piece(s->queue, i) : s->fin;

        if (!piece || piece->pos > s->acked)
            return;
        if (piece->is_covered || stream_mark(piece) > s->acked)
            continue;
        piece->is_covered = true;
        piece->covered = c->seen;
        piece->covered_us = c->flow->now_us;
    }
}

static bool is_for_far(const struct stream *s, uint64_t ack)
{
    return s->far && ack >= s->far->pos && ack <= held_end(s->far) + STREAM_REACH;
}

static void acknowledge(struct conn *c, struct stream *s, uint64_t ack)
{
    uint64_t before = s->acked;

    s->has_acked = true;
    if (ack <= before)
        return;
    s->acked = ack;
    if (stream_head(s))
        cover(c, s, before);
}

/* An acknowledgment of what nobody can have sent is passed over; that of a bad segment counts as
 * far as octets were seen, be it before or after it. */
static void feed_ack(struct conn *c, int d, struct arrival *a)
{
    struct stream *s = &c->streams[!d];
    uint64_t ack = stream_anchor(s, a->segment->ack);

    if (ack > s->top + ACK_REACH && !is_for_far(s, ack)) {
        s->far_ack = ack;
        return;
    }
    a->need = ack;
    if (a->quality != QUALITY_BAD || ack <= s->top)
        acknowledge(c, s, ack);
    else if (ack > s->bad_ack)
        s->bad_ack = ack;
}

/* What a direction acknowledges before it has sent anything is the first number of the other
 * one. */
static void feed_early(struct conn *c, int d, const struct arrival *a)
{
    struct stream *s = &c->streams[d];

    if (c->streams[!d].has_base || a->need == 0 || (s->early > 0 && a->pos > s->early))
        return;
    if (a->pos != s->early || a->need < s->early_ack)
        s->early_ack = a->need;
    s->early = a->pos;
}

static uint64_t file_at_of(const struct arrival *a)
{
    return file_at_behind(a->segment->file_at, (uint64_t)(a->data - a->segment->data));
}

static void describe(const struct conn *c, const struct stream *s, const struct arrival *a,
                     struct held *model)
{
    *model = (struct held){
        .pos = a->pos, .need = a->need, .frame = a->segment->frame, .time_us = a->segment->time_us,
        .arrived = c->seen, .len = a->data_len, .quality = a->quality,
        .is_late = s->has_acked && s->acked >= a->end, .file_at = file_at_of(a),
    };
}

static void set_covered(const struct conn *c, const struct stream *s, struct held *piece)
{
    piece->is_covered = s->has_acked && stream_mark(piece) <= s->acked;
    piece->covered = c->seen;
    piece->covered_us = c->flow->now_us;
}

static void hold(struct conn *c, struct stream *s, struct held *model, const uint8_t *octets)
{
    if (model->len == 0)
        return;
    if (!s->queue)
        s->queue = queue_new(&c->flow->held);
    set_covered(c, s, model);
    if (queue_insert(s->queue, model, octets))
        conn_note_once(c, NOTE_CONFLICTING_DATA, model->frame, NULL);
}

static void hold_arrival(struct conn *c, struct stream *s, const struct arrival *a)
{
    struct held model;

    describe(c, s, a, &model);
    hold(c, s, &model, a->data);
    model.pos = held_end(&model);
    model.len = (uint32_t)(a->end - model.pos);
    model.quality = QUALITY_LOST;
    hold(c, s, &model, NULL);
}

static struct piece piece_of(const struct arrival *a)
{
    return (struct piece){
        .octets = a->data, .len = a->data_len, .frame = a->segment->frame, .time_us = a->segment->time_us,
        .file_at = file_at_of(a)
    };
}

/* The arrival without what lies before `from`. */
static void cut_front(struct arrival *a, uint64_t from)
{
    uint32_t away = (uint32_t)(from - a->pos), here = away < a->data_len ? away : a->data_len;

    a->pos = from;
    a->data += here;
    a->data_len -= here;
}

static void cut_back(struct arrival *a, uint64_t to)
{
    a->end = to;
    if (a->data_len > to - a->pos)
        a->data_len = (uint32_t)(to - a->pos);
}

static void repeat(struct conn *c, int d, struct arrival *a)
{
    struct stream *s = &c->streams[d];

    if (a->pos < s->origin)
        cut_front(a, a->end < s->origin ? a->end : s->origin);
    if (a->quality == QUALITY_GOOD && a->data_len > 0 && a->pos < s->next) {
        const struct piece again = piece_of(a);

        conn_repeated(c, d, a->pos, &again);
    }
    if (a->pos < s->next)
        cut_front(a, a->end < s->next ? a->end : s->next);
}

/* Octets need no more of the other direction than good ones behind them do. */
static uint64_t need_of(const struct stream *s, const struct arrival *a)
{
    const struct held *head = stream_head(s);
    bool is_known = head && head->quality == QUALITY_GOOD && head->need > 0;

    return is_known && head->need < a->need ? head->need : a->need;
}

static bool is_next(const struct conn *c, int d, const struct arrival *a)
{
    const struct stream *s = &c->streams[d];
    const struct held *head = stream_head(s);

    return s->has_base && a->pos == s->next && a->quality == QUALITY_GOOD &&
           a->data_len == a->end - a->pos &&
           (!head || head->pos >= a->end) && order_is_met(c, d, need_of(s, a));
}

/* A FIN contradicted by octets behind it holds, unless it may never have arrived. */
static void heed_fin(struct conn *c, struct stream *s, struct arrival *a)
{
    if (!s->fin || a->end <= s->fin->pos)
        return;
    if (s->fin->quality < QUALITY_GOOD && a->quality == QUALITY_GOOD) {
        held_free(s->fin, &c->flow->held);
        s->fin = NULL;
        return;
    }
    if (a->pos > s->fin->pos)
        a->pos = s->fin->pos;
    cut_back(a, s->fin->pos);
}

static bool is_here(const struct stream *s, uint64_t pos)
{
    uint32_t index = s->queue ? queue_find(s->queue, pos) : 0;
    const struct held *piece;

    if (pos < s->next || !s->queue || index == s->queue->count)
        return pos < s->next;
    piece = queue_piece(s->queue, index);
    return piece->pos <= pos && piece->quality == QUALITY_GOOD;
}

static bool is_probe(const struct stream *s, const struct arrival *a)
{
    return a->end - a->pos == 1 && a->end == s->top && s->has_base && is_here(s, a->pos);
}

/* The sender of a RST sends nothing after it: this one was forged. */
static void heed_reset(struct conn *c, int d, const struct arrival *a)
{
    if (c->has_reset && c->reset_by == d && a->quality == QUALITY_GOOD && a->end > c->reset_at)
        c->has_reset = false;
}

static void feed_data(struct conn *c, int d, struct arrival a)
{
    struct stream *s = &c->streams[d];

    if (a.end == a.pos || is_probe(s, &a))
        return;
    heed_reset(c, d, &a);
    heed_fin(c, s, &a);
    if (a.segment->flags & TCP_URG)
        conn_note_once(c, NOTE_URGENT, a.segment->frame, NULL);
    if (a.segment->data_len < a.segment->wire_len)
        conn_note_once(c, NOTE_SNAPLEN, a.segment->frame, NULL);
    if (a.end > s->top)
        s->top = a.end;
    if (s->has_base)
        repeat(c, d, &a);
    if (a.pos == a.end)
        return;
    if (is_next(c, d, &a)) {
        struct piece piece = piece_of(&a);

        conn_octets(c, d, &piece, need_of(s, &a));
    } else {
        hold_arrival(c, s, &a);
    }
    if (s->bad_ack > 0 && s->bad_ack <= s->top) {
        acknowledge(c, s, s->bad_ack);
        s->bad_ack = 0;
    }
}

/* A FIN before octets that are good does not hold; those that may never have arrived do not hold
 * against it. */
static void feed_fin(struct conn *c, int d, const struct arrival *a)
{
    struct stream *s = &c->streams[d];
    struct held model;

    if (s->fin && (s->fin->quality >= a->quality || s->fin->pos != a->end))
        return;
    if ((s->has_base && a->end < s->next) || (s->queue && queue_has_good(s->queue, a->end)))
        return;
    if (s->queue && a->quality == QUALITY_GOOD)
        queue_cut(s->queue, a->end);
    else if (s->queue && queue_find(s->queue, a->end) < s->queue->count)
        return;
    c->shown.is_closing_seen |= a->quality == QUALITY_GOOD;
    describe(c, s, a, &model);
    model.pos = a->end;
    model.is_fin = true;
    model.is_late = s->has_acked && s->acked > a->end;
    set_covered(c, s, &model);
    held_free(s->fin, &c->flow->held);
    s->fin = held_new(&model, NULL, a->end, 0, &c->flow->held);
}

static bool is_exact_reset(const struct conn *c, int d, uint64_t pos, const struct segment *g)
{
    const struct stream *s = &c->streams[d], *other = &c->streams[!d];

    if (s->has_anchor && (s->is_seen || s->has_acked || s->has_base) &&
        (pos == s->top || (s->has_base && pos == s->next) || (s->has_acked && pos == s->acked) ||
         (s->is_ended && pos == s->next + 1)))
        return true;
    /* The answer of a closed port to a SYN has no number of its own (RFC 9293 3.5.2). */
    return !s->is_seen && (g->flags & TCP_ACK) && other->has_anchor &&
           stream_position(other, g->ack) == other->top;
}

static void feed_reset(struct conn *c, int d, const struct segment *g)
{
    const struct stream *s = &c->streams[d];
    uint64_t pos = s->has_anchor ? stream_position(s, g->seq) : 0;
    uint64_t known = s->acked > s->top ? s->acked : s->top;
    bool is_exact = is_exact_reset(c, d, pos, g);
    bool is_near = !s->has_anchor || (pos >= s->next && pos <= known + RESET_REACH);

    if (!is_exact && !is_near) {
        conn_note_once(c, NOTE_MALFORMED, g->frame, "a reset that does not fit the connection");
        return;
    }
    if (c->has_reset && !c->is_reset_weak)
        return;
    c->has_reset = true;
    c->is_reset_weak = !is_exact || is_bad(s, g);
    c->reset_by = (uint8_t)d;
    c->reset_at = pos;
    c->reset_seen = c->seen;
    c->reset_us = c->flow->now_us;
}

static void admit_far(struct conn *c, struct stream *s)
{
    struct held *far = s->far;

    s->far = NULL;
    if (!s->is_ended && !s->fin) {
        hold(c, s, far, held_octets(far));
        if (s->top < held_end(far))
            s->top = held_end(far);
    }
    held_free(far, &c->flow->held);
}

/* What was out of reach and no longer is. */
static void recall_far(struct conn *c, struct stream *s)
{
    if (s->far && !s->is_ended && stream_reaches(s, s->far->pos, held_end(s->far)))
        admit_far(c, s);
}

void segment_admit_last(struct conn *c, int d)
{
    struct stream *s = &c->streams[d];

    if (s->far && s->is_far_last && !s->has_acked)
        admit_far(c, s);
}

/* True if the peer acknowledged up to about here, or never does and the direction goes on from
 * another one like it. */
static bool is_borne_out(const struct stream *s, const struct arrival *a)
{
    if (s->far_ack > 0 && a->end >= s->far_ack && a->pos <= s->far_ack + ACK_REACH)
        return true;
    return s->far && s->is_far_last && !s->has_acked && a->pos >= held_end(s->far);
}

/* True if the segment is taken in at once. */
static bool feed_far(struct conn *c, struct stream *s, const struct arrival *a)
{
    struct held model;

    /* Sent again, however long after it was delivered: a window can be larger than what is reached. */
    if (s->has_base && a->pos >= s->origin && a->end <= s->next)
        return false;
    if (a->pos < s->next || a->data_len == 0 || a->quality != QUALITY_GOOD) {
        conn_note_once(c, NOTE_MALFORMED, a->segment->frame,
                       "sequence numbers far from those of the connection");
        return false;
    }
    if (is_borne_out(s, a)) {
        if (s->far && s->is_far_last)
            admit_far(c, s);
        return true;
    }
    describe(c, s, a, &model);
    held_free(s->far, &c->flow->held);
    s->far = held_new(&model, a->data, a->pos, model.len, &c->flow->held);
    s->is_far_last = true;
    return false;
}

static void see(struct conn *c, struct stream *s)
{
    if (!s->is_seen) {
        s->is_seen = true;
        s->is_absent = false;
        s->begun = c->seen;
        s->begun_us = c->flow->now_us;
    }
}

static struct arrival arrival_of(struct stream *s, const struct segment *g)
{
    uint32_t length = g->wire_len > g->data_len ? g->wire_len : g->data_len;
    struct arrival a = {
        .segment = g, .data = g->data, .data_len = g->data_len, .quality = QUALITY_GOOD
    };

    a.pos = stream_anchor(s, g->seq + !!(g->flags & TCP_SYN));
    a.end = a.pos + length;
    return a;
}

void segment_feed(struct conn *c, int d, const struct segment *g)
{
    struct stream *s = &c->streams[d];
    struct arrival a;

    if (g->flags & TCP_RST) {
        feed_reset(c, d, g);
        return;
    }
    a = arrival_of(s, g);
    see(c, s);
    judge_checksum(c, s, &a);
    if (!stream_reaches(s, a.pos, a.end) && !feed_far(c, s, &a))
        return;
    judge_timestamp(s, &a);
    if (g->flags & TCP_ACK)
        feed_ack(c, d, &a);
    feed_early(c, d, &a);
    if (!s->is_ended) {
        s->is_far_last &= a.end == a.pos;
        feed_data(c, d, a);
        if (g->flags & TCP_FIN)
            feed_fin(c, d, &a);
    }
    recall_far(c, s);
    recall_far(c, &c->streams[!d]);
}
