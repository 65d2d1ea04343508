#include "flow/stream.h"

static const uint64_t ANCHOR = UINT64_C(1) << 32;

uint64_t stream_position(const struct stream *s, uint32_t seq)
{
    uint32_t ahead = (uint32_t)(seq - s->shift - (uint32_t)s->next);

    /* RFC 9293 3.4: numbers compare modulo 2^32, the nearer way round. */
    return ahead < UINT32_C(1) << 31 ? s->next + ahead : s->next - (UINT32_MAX - ahead) - 1;
}

uint64_t stream_anchor(struct stream *s, uint32_t seq)
{
    if (!s->has_anchor) {
        s->has_anchor = true;
        s->shift = seq;
        s->next = s->top = ANCHOR;
    }
    return stream_position(s, seq);
}

void stream_set_base(struct stream *s, uint64_t pos)
{
    s->has_base = true;
    s->origin = s->next = s->solid = pos;
    if (s->top < pos)
        s->top = pos;
    if (s->acked < pos)
        s->acked = pos;
}

bool stream_has_isn(const struct stream *s, uint32_t isn)
{
    for (unsigned i = 0; i < s->nisns; i++)
        if (s->isns[i] == isn)
            return true;
    return false;
}

bool stream_add_isn(struct stream *s, uint32_t isn)
{
    if (stream_has_isn(s, isn))
        return true;
    if (s->nisns == STREAM_ISNS)
        return false;
    s->isns[s->nisns++] = isn;
    s->is_settled = s->nisns == 1;
    if (s->nisns == 1)
        stream_set_base(s, stream_anchor(s, isn + 1));
    return true;
}

bool stream_fits_isn(const struct stream *s, uint32_t isn)
{
    const struct held *head = stream_head(s);
    uint64_t pos, lowest;

    if (!s->has_anchor)
        return true;
    pos = stream_position(s, isn + 1);
    lowest = s->has_base ? s->origin : s->next;
    if (!s->has_base && head)
        lowest = head->pos < lowest ? head->pos : lowest;
    else if (!s->has_base)
        lowest++;              /* an acknowledgment before the SYN may bear its number */
    return pos <= lowest && lowest - pos <= STREAM_REACH;
}

void stream_settle(struct stream *s, uint32_t seq)
{
    uint32_t best = 0;
    bool has_best = false;

    if (s->is_settled || s->nisns == 0)
        return;
    for (unsigned i = 0; i < s->nisns; i++) {
        uint32_t above = seq - (s->isns[i] + 1);

        if (above <= STREAM_REACH && (!has_best || above < seq - (best + 1))) {
            best = s->isns[i];
            has_best = true;
        }
    }
    if (!has_best)
        return;
    s->is_settled = true;
    if (s->next != s->origin || stream_head(s))
        return;
    s->next = stream_position(s, best + 1);
    s->top = s->acked = s->next;
    stream_set_base(s, s->next);
}

struct held *stream_head(const struct stream *s)
{
    struct held *head = queue_head(s->queue);

    return head ? head : s->fin;
}

bool stream_reaches(const struct stream *s, uint64_t pos, uint64_t end)
{
    uint64_t known = s->acked > s->top ? s->acked : s->top;
    uint64_t oldest = s->next - STREAM_REACH;

    return end >= oldest && pos <= known + STREAM_REACH;
}

void stream_trim(struct stream *s)
{
    if (!s->queue || s->queue->count > 0)
        return;
    queue_free(s->queue);
    s->queue = NULL;
}

void stream_drop(struct stream *s, size_t *total)
{
    queue_free(s->queue);
    held_free(s->fin, total);
    held_free(s->far, total);
    s->queue = NULL;
    s->fin = s->far = NULL;
}
