#include "flow/conn.h"

#include "base/memory.h"
#include "flow/order.h"
#include "flow/segment.h"
#include "flow/table.h"

struct conn *conn_new(struct flow *flow, uint64_t hash, const struct segment *g)
{
    struct conn *c = memory_new(sizeof *c);
    bool is_answer = (g->flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK);

    c->flow = flow;
    c->hash = hash;
    c->shown.number = flow->nopened++;
    c->shown.ends[is_answer] = g->from;
    c->shown.ends[!is_answer] = g->to;
    c->last_us = flow->now_us;
    list_clear(&c->age);
    list_clear(&c->wait);
    table_add(&flow->table, c);
    return c;
}

void conn_free(struct conn *c)
{
    list_leave(&c->age);
    list_leave(&c->wait);
    table_remove(&c->flow->table, c);
    stream_drop(&c->streams[0], &c->flow->held);
    stream_drop(&c->streams[1], &c->flow->held);
    memory_free(c);
}

void conn_swap(struct conn *c)
{
    struct endpoint end = c->shown.ends[0];
    struct stream stream = c->streams[0];

    c->shown.ends[0] = c->shown.ends[1];
    c->shown.ends[1] = end;
    c->streams[0] = c->streams[1];
    c->streams[1] = stream;
    c->reset_by ^= 1;
    c->reuse_by ^= 1;
}

void conn_note(struct conn *c, enum note_code code, uint64_t frame, const char *words)
{
    struct note note = { code, words, frame, (int64_t)c->shown.number };

    if (c->flow->notes.note)
        c->flow->notes.note(c->flow->notes.context, &note);
}

void conn_note_once(struct conn *c, enum note_code code, uint64_t frame, const char *words)
{
    _Static_assert(NOTE_CODE_COUNT <= 32, "noted has a bit for each code");

    if (c->noted & UINT32_C(1) << code)
        return;
    c->noted |= UINT32_C(1) << code;
    conn_note(c, code, frame, words);
}

static const struct flow_sink *sink_of(struct conn *c)
{
    const struct flow_sink *sink = &c->flow->sink;

    if (!c->is_announced) {
        c->is_announced = true;
        sink->opened(sink->context, &c->shown);
    }
    return sink;
}

void conn_octets(struct conn *c, int d, struct piece *piece, uint64_t need)
{
    const struct flow_sink *sink = sink_of(c);
    struct stream *s = &c->streams[d];
    const struct stream *other = &c->streams[!d];

    piece->at = s->next - s->origin;
    piece->acked = other->has_base && need > other->origin ? need - other->origin : 0;
    s->next += piece->len;
    s->has_data = true;
    sink->octets(sink->context, &c->shown, d, piece);
}

void conn_repeated(struct conn *c, int d, uint64_t pos, const struct piece *octets)
{
    struct stream *s = &c->streams[d];
    struct piece piece = *octets;
    uint64_t end = pos + piece.len < s->next ? pos + piece.len : s->next;
    const struct flow_sink *sink;

    if (pos < s->solid) {
        if (end <= s->solid)
            return;
        piece.octets += s->solid - pos;
        piece.file_at = file_at_behind(piece.file_at, s->solid - pos);
        pos = s->solid;
    }
    if (end <= pos)
        return;
    piece.len = (size_t)(end - pos);
    piece.at = pos - s->origin;
    sink = sink_of(c);
    sink->repeated(sink->context, &c->shown, d, &piece);
}

void conn_cut(struct conn *c, int d, uint64_t to)
{
    const struct flow_sink *sink = sink_of(c);
    struct stream *s = &c->streams[d];
    uint64_t from = s->next;

    s->next = s->solid = to;
    if (s->top < to)
        s->top = to;
    sink->gap(sink->context, &c->shown, d, from - s->origin, to - from);
}

void conn_gap(struct conn *c, int d, uint64_t to, uint64_t frame)
{
    conn_note(c, NOTE_GAP, frame, NULL);
    conn_cut(c, d, to);
}

void conn_midstream(struct conn *c, int d, uint64_t frame)
{
    const struct flow_sink *sink = sink_of(c);

    conn_note_once(c, NOTE_MIDSTREAM, frame, NULL);
    sink->gap(sink->context, &c->shown, d, 0, 0);
}

static void conn_close(struct conn *c)
{
    const struct stream *s = c->streams;
    const struct flow_sink *sink = sink_of(c);

    if ((!s[0].is_seen && s[1].has_data) || (!s[1].is_seen && s[0].has_data))
        conn_note_once(c, NOTE_ONE_SIDED, 0, NULL);
    c->is_closed = true;
    c->has_reset = false;
    sink->closed(sink->context, &c->shown);
}

void conn_end_direction(struct conn *c, int d, enum flow_end how)
{
    const struct flow_sink *sink = sink_of(c);
    struct stream *s = &c->streams[d];

    s->is_ended = true;
    stream_drop(s, &c->flow->held);
    sink->ended(sink->context, &c->shown, d, how);
    if (c->streams[!d].is_ended)
        conn_close(c);
}

/* Octets at the end that were sent, as the acknowledgment or a RST shows, and not captured. */
static void conn_end_gap(struct conn *c, int d)
{
    struct stream *s = &c->streams[d];
    uint64_t to = s->acked;

    if (!s->is_seen || !s->has_base || s->is_ended)
        return;
    /* A number acknowledged beyond the octets seen may be that of a FIN. */
    if (to <= s->next + 1)
        to = s->next;
    if (c->has_reset && c->reset_by == d && c->reset_at > s->next + 1)
        to = to > c->reset_at ? to : c->reset_at;
    if (to > s->next)
        conn_gap(c, d, to, 0);
}

void conn_end(struct conn *c)
{
    enum flow_end how;

    if (c->is_closed)
        return;
    for (int d = 0; d < 2; d++)
        segment_admit_last(c, d);
    order_pump(c, PATIENCE_NONE);
    if (c->is_closed)
        return;
    how = c->has_reset ? FLOW_END_RST : FLOW_END_UNSEEN;
    c->shown.is_closing_seen |= c->has_reset;
    for (int d = 0; d < 2; d++)
        conn_end_gap(c, d);
    for (int d = 0; d < 2 && !c->is_closed; d++)
        if (!c->streams[d].is_ended)
            conn_end_direction(c, d, how);
}

bool conn_is_waiting(const struct conn *c)
{
    return !c->is_closed &&
           (c->has_reset || stream_is_holding(&c->streams[0]) || stream_is_holding(&c->streams[1]));
}

static bool has_octets(const struct stream *s)
{
    return s->far || queue_head(s->queue);
}

bool conn_is_holding(const struct conn *c)
{
    return !c->is_closed && (has_octets(&c->streams[0]) || has_octets(&c->streams[1]));
}
