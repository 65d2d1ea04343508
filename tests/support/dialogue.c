#include "tests/support/dialogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"

enum { CONNECTIONS = 3, SEGMENTS = 4096, TURNS = 24 };

/* A segment of the dialogue; `octets` NULL: those of the flat stream. */
struct said {
    int direction;
    uint32_t at, len, ack;     /* stream offsets */
    uint32_t seq_off;          /* added to the sequence number */
    uint32_t isn;              /* of a SYN that does not belong here */
    uint32_t timestamp;
    uint8_t flags;
    bool is_bad, is_garbage, is_foreign_syn;
    uint64_t key;
};

struct side {
    uint8_t octets[DIALOGUE_OCTETS];
    uint32_t needs[DIALOGUE_OCTETS];   /* of the other direction, per octet */
    uint32_t len, isn;
    /* what came out */
    uint32_t base;             /* stream offset 0 of flow is this octet */
    uint64_t next;
    uint32_t lost_at, lost_len;
    bool is_begun, is_ended, has_fin;
    enum flow_end how;
};

struct dialogue {
    struct side sides[2];
    struct said *said;
    size_t nsaid, nfed;
    uint32_t clock;
    bool is_closed;
};

struct stage {
    struct dialogue dialogues[CONNECTIONS];
    uint64_t random;
    unsigned spoil;
};

static char wrong[256];

static uint32_t chance(struct stage *stage, uint32_t below)
{
    /* SplitMix64 by Steele, Lea and Flood. */
    uint64_t z = stage->random += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

static void complain(const char *what, uint64_t a, uint64_t b)
{
    if (wrong[0] == '\0')
        snprintf(wrong, sizeof wrong, "%s (%llu, %llu)", what, (unsigned long long)a, (unsigned long long)b);
}

/* Making */

static struct said *add(struct dialogue *talk, int direction, uint8_t flags)
{
    struct said *said = &talk->said[talk->nsaid++];
    struct side *side = &talk->sides[direction];

    if (talk->nsaid >= SEGMENTS)
        abort();
    *said = (struct said){ .direction = direction, .at = side->len, .ack = talk->sides[!direction].len, .flags = flags };
    said->timestamp = talk->clock++;
    return said;
}

static void speak(struct stage *stage, struct dialogue *talk, int direction)
{
    struct side *side = &talk->sides[direction];
    uint32_t left = 1 + chance(stage, chance(stage, 4) ? 300 : 6000);

    while (left > 0 && side->len < DIALOGUE_OCTETS) {
        uint32_t len = 1 + chance(stage, chance(stage, 3) ? 1460 : 8);
        struct said *said = add(talk, direction, TCP_ACK);

        if (len > left)
            len = left;
        if (len > DIALOGUE_OCTETS - side->len)
            len = DIALOGUE_OCTETS - side->len;
        said->len = len;
        for (uint32_t i = 0; i < len; i++, side->len++) {
            side->octets[side->len] = (uint8_t)chance(stage, 256);
            side->needs[side->len] = said->ack;
        }
        left -= len;
        if (chance(stage, 2))
            add(talk, !direction, TCP_ACK);
    }
}

static void part(struct stage *stage, struct dialogue *talk)
{
    int first = (int)chance(stage, 2);
    struct said *said;

    add(talk, first, TCP_ACK);
    add(talk, !first, TCP_ACK);
    if (chance(stage, 4) == 0)
        return;
    add(talk, first, TCP_ACK | TCP_FIN);
    said = add(talk, !first, TCP_ACK | TCP_FIN);
    said->ack++;
    said = add(talk, first, TCP_ACK);
    said->at++, said->ack++;
    talk->sides[0].has_fin = talk->sides[1].has_fin = true;
}

static void resend(struct stage *stage, struct dialogue *talk)
{
    int direction = (int)chance(stage, 2);
    struct side *side = &talk->sides[direction];
    struct said *said;

    if (side->len < 2)
        return;
    said = add(talk, direction, TCP_ACK);
    said->at = side->len - 1 - chance(stage, side->len < 3000 ? side->len - 1 : 2999);
    said->len = 1 + chance(stage, side->len - said->at);
    if (said->len > 2000)
        said->len = 2000;
}

/* Garbage where octets are due: at the end of what was said so far, before they are said. */
static void add_garbage(struct stage *stage, struct dialogue *talk, int direction)
{
    struct said *said;

    if ((stage->spoil & SPOIL_BAD) && chance(stage, 3) == 0) {
        said = add(talk, direction, TCP_ACK);
        said->len = 1 + chance(stage, 600);
        said->is_bad = said->is_garbage = true;
    }
    if ((stage->spoil & SPOIL_OLD) && chance(stage, 3) == 0 && talk->nsaid > DIALOGUE_SHIFT + 9) {
        said = add(talk, direction, TCP_ACK);
        said->len = 1 + chance(stage, 600);
        said->timestamp -= 100000;
        said->is_garbage = true;
    }
}

static void add_far(struct stage *stage, struct dialogue *talk)
{
    static const uint8_t flags[] = { TCP_ACK, TCP_ACK, TCP_RST, TCP_SYN, TCP_ACK | TCP_FIN };
    struct said *said = add(talk, (int)chance(stage, 2), flags[chance(stage, sizeof flags)]);

    said->is_garbage = true;
    said->timestamp = 0;
    if (said->flags == TCP_SYN) {
        said->is_foreign_syn = true;
        said->isn = 0x40000000 + talk->sides[said->direction].isn + chance(stage, 1 << 20);
        return;
    }
    said->seq_off = 0x10000000 + chance(stage, 0x40000000);
    if (said->flags & TCP_ACK)
        said->len = chance(stage, 500);
    if (said->flags == TCP_ACK && chance(stage, 3) == 0 && said->at > 0) {
        said->seq_off = UINT32_MAX;    /* keep-alive */
        said->len = stage->spoil & SPOIL_REORDER ? 0 : chance(stage, 2);
    }
}

static void converse(struct stage *stage, struct dialogue *talk)
{
    uint32_t turns = 1 + chance(stage, TURNS);
    struct said *said;

    for (int d = 0; d < 2; d++)
        talk->sides[d].isn = chance(stage, UINT32_MAX);
    if (stage->spoil & SPOIL_WRAP)
        talk->sides[chance(stage, 2)].isn = UINT32_MAX - chance(stage, 5000);
    said = add(talk, 0, TCP_SYN);
    said->at--, said->ack = 0;
    said = add(talk, 1, TCP_SYN | TCP_ACK);
    said->at--;
    add(talk, 0, TCP_ACK);
    for (uint32_t i = 0; i < turns && talk->nsaid < SEGMENTS / 4; i++) {
        add_garbage(stage, talk, i & 1);
        speak(stage, talk, i & 1);
        if ((stage->spoil & SPOIL_RESEND) && chance(stage, 2))
            resend(stage, talk);
        if ((stage->spoil & SPOIL_FAR) && talk->nsaid > DIALOGUE_SHIFT + 9 && chance(stage, 2))
            add_far(stage, talk);
    }
    part(stage, talk);
}

/* Spoiling */

static void repeat_some(struct stage *stage, struct dialogue *talk)
{
    for (size_t i = 0, n = talk->nsaid; i < n; i++)
        if (chance(stage, 6) == 0) {
            struct said *copy = &talk->said[talk->nsaid++];

            *copy = talk->said[i];
            copy->key = i * 2 + 1;
        }
}

static void lose_one(struct stage *stage, struct dialogue *talk)
{
    size_t i = chance(stage, (uint32_t)talk->nsaid);
    struct side *side = &talk->sides[talk->said[i].direction];

    if (!talk->said[i].is_garbage) {
        side->lost_at = talk->said[i].at;
        side->lost_len = talk->said[i].len;
    }
    if ((talk->said[i].flags & TCP_FIN) && !talk->said[i].is_garbage)
        side->has_fin = false;
    memmove(&talk->said[i], &talk->said[i + 1], (--talk->nsaid - i) * sizeof *talk->said);
}

static void begin_late(struct stage *stage, struct dialogue *talk)
{
    size_t skipped = chance(stage, (uint32_t)talk->nsaid);

    talk->nsaid -= skipped;
    memmove(talk->said, talk->said + skipped, talk->nsaid * sizeof *talk->said);
    for (int d = 0; d < 2; d++) {
        struct side *side = &talk->sides[d];

        side->base = side->len;
        for (size_t i = 0; i < talk->nsaid; i++)
            if (talk->said[i].direction == d && talk->said[i].len > 0 && talk->said[i].at < side->base)
                side->base = talk->said[i].at;
        side->has_fin = false;
        for (size_t i = 0; i < talk->nsaid; i++)
            if (talk->said[i].direction == d && (talk->said[i].flags & TCP_FIN))
                side->has_fin = true;
    }
}

static int by_key(const void *a, const void *b)
{
    const struct said *left = a, *right = b;

    return (left->key > right->key) - (left->key < right->key);
}

/* A foreign SYN that comes after a FIN would rightly open a new connection. */
static uint64_t shift_of(struct stage *stage, const struct said *said)
{
    return stage->spoil & SPOIL_REORDER && !said->is_foreign_syn ? chance(stage, DIALOGUE_SHIFT) : 0;
}

static void spoil(struct stage *stage, struct dialogue *talk)
{
    if (stage->spoil & SPOIL_LOSE)
        lose_one(stage, talk);
    if (stage->spoil & SPOIL_MIDDLE)
        begin_late(stage, talk);
    for (size_t i = 0; i < talk->nsaid; i++)
        talk->said[i].key = i * 2;
    if (stage->spoil & SPOIL_DOUBLE)
        repeat_some(stage, talk);
    qsort(talk->said, talk->nsaid, sizeof *talk->said, by_key);
    for (size_t i = 0; i < talk->nsaid; i++)
        talk->said[i].key = (i + shift_of(stage, &talk->said[i])) << 20 | i;
    qsort(talk->said, talk->nsaid, sizeof *talk->said, by_key);
}

/* Judging */

static void on_opened(void *context, struct connection *c)
{
    struct stage *stage = context;
    uint16_t port = c->ends[0].port == 80 ? c->ends[1].port : c->ends[0].port;

    c->reader = &stage->dialogues[port - 1000];
    if (!(stage->spoil & SPOIL_MIDDLE) && (c->ends[0].port == 80 || !c->is_opener_known))
        complain("opener", c->number, 0);
}

static int side_of(const struct connection *c, int direction)
{
    return c->ends[direction].port == 80;
}

/* What an octet's sender had received was delivered before it. */
static void judge_cause(const struct stage *stage, const struct dialogue *talk, int d, uint64_t from, uint64_t to)
{
    const struct side *side = &talk->sides[d], *other = &talk->sides[!d];

    if (stage->spoil & (SPOIL_LOSE | SPOIL_MIDDLE))
        return;
    for (; from < to; from++)
        if (side->needs[from] > other->next) {
            complain("an octet before its cause", from, side->needs[from]);
            return;
        }
}

static void on_octets(void *context, struct connection *c, int direction, const struct piece *piece)
{
    struct dialogue *talk = c->reader;
    int d = side_of(c, direction);
    struct side *side = &talk->sides[d];

    if (!side->is_begun)
        side->next = side->base;
    side->is_begun = true;
    if (piece->at + side->base != side->next)
        complain("octets at another offset", piece->at + side->base, side->next);
    else if (side->next + piece->len > side->len)
        complain("too many octets", side->next + piece->len, side->len);
    else if (memcmp(piece->octets, side->octets + side->next, piece->len) != 0)
        complain("other octets", side->next, piece->len);
    if (piece->is_doubtful)
        complain("doubtful octets", side->next, piece->len);
    if (side->is_ended)
        complain("octets after the end", side->next, piece->len);
    if (wrong[0] == '\0')
        judge_cause(context, talk, d, side->next, side->next + piece->len);
    side->next += piece->len;
}

static void on_repeated(void *context, struct connection *c, int direction, const struct piece *piece)
{
    const struct dialogue *talk = c->reader;
    const struct side *side = &talk->sides[side_of(c, direction)];
    uint64_t at = piece->at + side->base;

    (void)context;
    if (at + piece->len > side->next || memcmp(piece->octets, side->octets + at, piece->len) != 0)
        complain("repeated octets differ", at, piece->len);
}

static void on_gap(void *context, struct connection *c, int direction, uint64_t at, uint64_t missing)
{
    struct stage *stage = context;
    struct dialogue *talk = c->reader;
    struct side *side = &talk->sides[side_of(c, direction)];

    if (missing == 0) {
        if (!(stage->spoil & SPOIL_MIDDLE) || side->is_begun)
            complain("a beginning unknown", at, side->next);
        return;
    }
    if (at + side->base != side->next)
        complain("a gap at another offset", at, side->next);
    if (side->next < side->lost_at || side->next + missing > side->lost_at + side->lost_len)
        complain("a gap where nothing was lost", side->next, missing);
    side->next += missing;
    side->is_begun = true;
}

static void on_ended(void *context, struct connection *c, int direction, enum flow_end how)
{
    struct dialogue *talk = c->reader;
    struct side *side = &talk->sides[side_of(c, direction)];

    (void)context;
    if (side->is_ended)
        complain("ended twice", 0, 0);
    side->is_ended = true;
    side->how = how;
}

static void on_closed(void *context, struct connection *c)
{
    struct stage *stage = context;
    struct dialogue *talk = c->reader;

    if (talk->is_closed)
        complain("closed twice", c->number, 0);
    talk->is_closed = true;
    for (int d = 0; d < 2; d++) {
        struct side *side = &talk->sides[d];
        bool is_known = !(stage->spoil & SPOIL_MIDDLE) || side->is_begun;

        if (is_known && side->next != side->len && side->next + side->lost_len != side->len)
            complain("octets are missing", side->next, side->len);
        if (!side->is_ended || (side->how == FLOW_END_FIN) != side->has_fin)
            complain("another end", side->how, side->has_fin);
    }
}

static void on_note(void *context, const struct note *note)
{
    const struct stage *stage = context;
    bool is_due = note->code == NOTE_MALFORMED || note->code == NOTE_CHECKSUM ||
                  (note->code == NOTE_GAP && (stage->spoil & SPOIL_LOSE)) ||
                  ((note->code == NOTE_MIDSTREAM || note->code == NOTE_ONE_SIDED) && (stage->spoil & SPOIL_MIDDLE));

    if (!is_due)
        complain(note_code_name(note->code), (uint64_t)note->stream, note->frame);
}

/* Feeding */

static void set_ends(struct segment *g, int direction, uint16_t port)
{
    struct endpoint ends[2] = { { .family = 4, .port = port }, { .family = 4, .port = 80 } };

    ends[0].address[3] = 1;
    ends[1].address[3] = 2;
    g->from = ends[direction];
    g->to = ends[!direction];
}

static void feed(struct stage *stage, struct flow *flow, int number, uint64_t frame)
{
    struct dialogue *talk = &stage->dialogues[number];
    const struct said *said = &talk->said[talk->nfed++];
    const struct side *side = &talk->sides[said->direction];
    uint8_t *octets = malloc(said->len + 1);
    struct segment g = { .flags = said->flags, .data = octets, .data_len = said->len, .wire_len = said->len };

    set_ends(&g, said->direction, (uint16_t)(1000 + number));
    g.seq = said->is_foreign_syn ? said->isn : side->isn + 1 + said->at + said->seq_off;
    g.ack = said->flags & TCP_ACK ? talk->sides[!said->direction].isn + 1 + said->ack : 0;
    g.has_timestamp = (stage->spoil & SPOIL_OLD) && !(said->flags & TCP_RST);
    g.timestamp = said->timestamp;
    g.is_checksum_bad = said->is_bad;
    g.frame = frame;
    g.time_us = (int64_t)frame * 100;
    if (said->is_garbage)
        memset(octets, '#', said->len);
    else
        memcpy(octets, side->octets + (said->len ? said->at : 0), said->len);
    flow_feed(flow, &g);
    free(octets);
}

static void feed_all(struct stage *stage)
{
    static const uint8_t key[16] = "dialogue";
    struct flow_sink sink = { stage, on_opened, on_octets, on_repeated, on_gap, on_ended, on_closed };
    struct flow *flow = flow_new(&limits_default, key, &sink, (struct note_sink){ on_note, stage });
    uint64_t frame = 0;

    for (int left = CONNECTIONS; left > 0;) {
        int number = (int)chance(stage, CONNECTIONS);
        struct dialogue *talk = &stage->dialogues[number];

        if (talk->nfed == talk->nsaid)
            continue;
        feed(stage, flow, number, ++frame);
        left -= talk->nfed == talk->nsaid;
    }
    flow_finish(flow);
    if (flow_held(flow) != 0)
        complain("octets are still held", flow_held(flow), 0);
    flow_free(flow);
}

const char *dialogue_run(uint64_t seed, unsigned spoils)
{
    struct stage *stage = calloc(1, sizeof *stage);

    wrong[0] = '\0';
    stage->random = seed;
    stage->spoil = spoils;
    for (int i = 0; i < CONNECTIONS; i++) {
        stage->dialogues[i].said = malloc(2 * SEGMENTS * sizeof(struct said));
        converse(stage, &stage->dialogues[i]);
        spoil(stage, &stage->dialogues[i]);
    }
    feed_all(stage);
    for (int i = 0; i < CONNECTIONS; i++) {
        if (!stage->dialogues[i].is_closed)
            complain("never closed", (uint64_t)i, 0);
        free(stage->dialogues[i].said);
    }
    free(stage);
    return wrong[0] ? wrong : NULL;
}
