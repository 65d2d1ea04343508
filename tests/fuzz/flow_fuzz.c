/*
 * TCP reassembly against a flat model. The input: an octet that picks the mode, one that picks
 * limits, then operations of eight octets, each a segment of one connection.
 *
 * Patient mode: true octets only, no wait ends before the capture does. What comes out is then
 * known exactly: each octet that some segment carried, and a gap for each run that none did.
 * Hasty mode: true octets, small limits. What is delivered is right and in its place, what is
 * not is a gap. Wild mode: any numbers, flags, garbage. The order of calls holds.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"

enum { STREAM_OCTETS = 1 << 14, OPERATION = 8 };
enum mode { PATIENT, HASTY, WILD, MODES };

struct fuzz_side {
    uint8_t octets[STREAM_OCTETS];
    bool has[STREAM_OCTETS];   /* some segment carried it */
    uint32_t isn, end;         /* `end`: behind the last octet carried */
    uint64_t next;             /* of the connection that is open: what was delivered, gaps counted */
    bool is_left;              /* its checksums, to the network card */
    bool is_ended;
};

struct fuzz {
    struct fuzz_side sides[2];
    enum mode mode;
    struct connection *open;
    uint64_t frame;
};

static void insist(bool is_true)
{
    if (!is_true)
        abort();
}

static struct fuzz_side *side_of(struct fuzz *fuzz, const struct connection *c, int direction)
{
    return &fuzz->sides[c->ends[direction].port == 80];
}

static void on_opened(void *context, struct connection *c)
{
    struct fuzz *fuzz = context;

    insist(!fuzz->open);
    fuzz->open = c;
    c->reader = fuzz;
    for (int d = 0; d < 2; d++) {
        fuzz->sides[d].next = 0;
        fuzz->sides[d].is_ended = false;
    }
}

static void on_octets(void *context, struct connection *c, int direction, const struct piece *piece)
{
    struct fuzz *fuzz = context;
    struct fuzz_side *side = side_of(fuzz, c, direction);

    insist(c == fuzz->open && !side->is_ended && piece->len > 0);
    insist(piece->at == side->next && piece->frame <= fuzz->frame);
    side->next += piece->len;
    if (fuzz->mode == WILD)
        return;
    insist(side->next <= STREAM_OCTETS && !piece->is_doubtful);
    insist(memcmp(piece->octets, side->octets + piece->at, piece->len) == 0);
    for (uint64_t at = piece->at; at < side->next; at++)
        insist(side->has[at]);
}

static void on_repeated(void *context, struct connection *c, int direction, const struct piece *piece)
{
    struct fuzz *fuzz = context;
    struct fuzz_side *side = side_of(fuzz, c, direction);

    insist(c == fuzz->open && !side->is_ended && piece->len > 0);
    insist(piece->at + piece->len <= side->next);
    if (fuzz->mode != WILD)
        insist(memcmp(piece->octets, side->octets + piece->at, piece->len) == 0);
}

static void on_gap(void *context, struct connection *c, int direction, uint64_t at, uint64_t missing)
{
    struct fuzz *fuzz = context;
    struct fuzz_side *side = side_of(fuzz, c, direction);

    insist(c == fuzz->open && !side->is_ended && at == side->next);
    insist(missing > 0 || (fuzz->mode == WILD && at == 0));
    side->next += missing;
    if (fuzz->mode == PATIENT)
        for (; at < side->next; at++)
            insist(at >= STREAM_OCTETS || !side->has[at]);
}

static void on_ended(void *context, struct connection *c, int direction, enum flow_end how)
{
    struct fuzz *fuzz = context;
    struct fuzz_side *side = side_of(fuzz, c, direction);

    insist(c == fuzz->open && !side->is_ended);
    insist(how == FLOW_END_UNSEEN || c->is_closing_seen);
    side->is_ended = true;
    if (fuzz->mode == PATIENT)
        insist(side->next >= side->end);
}

static void on_closed(void *context, struct connection *c)
{
    struct fuzz *fuzz = context;

    insist(c == fuzz->open && fuzz->sides[0].is_ended && fuzz->sides[1].is_ended);
    fuzz->open = NULL;
}

static void on_note(void *context, const struct note *note)
{
    const struct fuzz *fuzz = context;

    insist(note->code < NOTE_CODE_COUNT);
    insist(fuzz->mode == WILD || note->code != NOTE_CONFLICTING_DATA);
}

static void set_ends(struct segment *g, int direction)
{
    struct endpoint ends[2] = { { .family = 4, .port = 1000 }, { .family = 4, .port = 80 } };

    g->from = ends[direction];
    g->to = ends[!direction];
}

/* Octets of a side from `at` on, true or spoiled, in a block of their own. */
static void feed(struct fuzz *fuzz, struct flow *flow, struct segment *g, struct fuzz_side *side, uint32_t at)
{
    uint8_t *copy = malloc(g->data_len + 1);

    insist(copy);
    memcpy(copy, side->octets + at, g->data_len);
    if (fuzz->mode == WILD && (g->is_checksum_bad || (g->timestamp & 3) == 3))
        memset(copy, (int)g->timestamp, g->data_len);
    g->data = copy;
    g->frame = ++fuzz->frame;
    flow_feed(flow, g);
    free(copy);
}

static void feed_true(struct fuzz *fuzz, struct flow *flow, const uint8_t *op, int64_t time_us)
{
    int d = op[0] & 1;
    struct fuzz_side *side = &fuzz->sides[d], *other = &fuzz->sides[!d];
    uint32_t at = (uint32_t)(op[1] << 8 | op[2]) & (op[0] & 2 ? STREAM_OCTETS - 1 : 0x01ff), len = op[3];
    struct segment g = { .flags = TCP_ACK, .is_checksum_bad = side->is_left, .is_checksum_left = side->is_left,
                         .time_us = time_us };

    if (op[0] & 4)
        len <<= 4;
    if (len > STREAM_OCTETS - at)
        len = STREAM_OCTETS - at;
    /* Not a probe, which is rightly passed over. */
    if (len == 1)
        len = 0;
    set_ends(&g, d);
    g.seq = side->isn + 1 + at;
    g.ack = other->isn + 1 + (op[0] & 8 ? other->end : op[4]);
    g.data_len = g.wire_len = len;
    for (uint32_t i = 0; i < len; i++)
        side->has[at + i] = true;
    if (at + len > side->end && len > 0)
        side->end = at + len;
    feed(fuzz, flow, &g, side, at);
}

static void feed_wild(struct fuzz *fuzz, struct flow *flow, const uint8_t *op, int64_t time_us)
{
    int d = op[0] & 1;
    struct fuzz_side *side = &fuzz->sides[d];
    uint32_t at = (uint32_t)(op[1] << 8 | op[2]) % STREAM_OCTETS;
    struct segment g = { .flags = op[4] & 63, .time_us = time_us };

    set_ends(&g, d);
    g.seq = side->isn + at + (op[0] & 2 ? (uint32_t)op[5] << 24 : 0);
    g.ack = fuzz->sides[!d].isn + op[6] + (op[0] & 4 ? (uint32_t)op[5] << 16 : 0);
    g.data_len = op[3] > STREAM_OCTETS - at ? 0 : op[3];
    g.wire_len = g.data_len + (op[0] & 8 ? op[6] : 0);
    g.is_checksum_bad = op[0] & 16;
    g.is_checksum_left = g.is_checksum_bad && op[0] & 64;
    g.has_timestamp = op[0] & 32;
    g.timestamp = op[7];
    feed(fuzz, flow, &g, side, at);
}

static void open_both(struct fuzz *fuzz, struct flow *flow, uint8_t pick)
{
    for (int d = 0; d < 2; d++) {
        struct fuzz_side *side = &fuzz->sides[d];
        struct segment g = { .flags = d ? TCP_SYN | TCP_ACK : TCP_SYN };

        g.is_checksum_bad = g.is_checksum_left = side->is_left = pick & (4 << d);
        side->isn = pick & (1 << d) ? UINT32_MAX - pick * 16u : 1000u * pick;
        for (uint32_t i = 0; i < STREAM_OCTETS; i++)
            side->octets[i] = (uint8_t)(i * 7 + (i >> 8) * 13 + (uint32_t)d);
        g.seq = side->isn;
        g.ack = fuzz->sides[0].isn + 1;
        set_ends(&g, d);
        if (fuzz->mode != WILD)
            feed(fuzz, flow, &g, side, 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    static const uint8_t key[16] = "fuzz";
    struct limits limits = limits_default;
    struct fuzz *fuzz;
    struct flow *flow;
    int64_t time_us = 0;

    if (size < 2)
        return 0;
    fuzz = calloc(1, sizeof *fuzz);
    insist(fuzz);
    fuzz->mode = octets[0] % MODES;
    if (fuzz->mode == PATIENT) {
        limits.wait_segments = limits.wait_us = limits.queue_octets = limits.queue_segments = UINT32_MAX;
    } else {
        limits.queue_segments = 1 + octets[1] % 32;
        limits.wait_segments = 1 + octets[1] / 32;
    }
    if (fuzz->mode == WILD && octets[1] & 1)
        limits.memory_octets = 1000;
    flow = flow_new(&limits, key,
                    &(struct flow_sink){ fuzz, on_opened, on_octets, on_repeated, on_gap, on_ended, on_closed },
                    (struct note_sink){ on_note, fuzz });
    open_both(fuzz, flow, octets[1]);
    for (size_t at = 2; at + OPERATION <= size; at += OPERATION) {
        time_us += octets[at + 7] * (fuzz->mode == WILD ? 10000 : 1);
        (fuzz->mode == WILD ? feed_wild : feed_true)(fuzz, flow, octets + at, time_us);
    }
    flow_finish(flow);
    insist(!fuzz->open && flow_held(flow) == 0);
    flow_free(flow);
    free(fuzz);
    return 0;
}
