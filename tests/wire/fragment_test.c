#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/guard.h"
#include "tests/support/packets.h"
#include "wire/fragment.h"

enum { UNIT = 8, MODEL_MAX = 4096, MODELS = 3 };

/* One datagram as a flat array: which octets came first, and whether they were here or cut. */
struct model {
    uint32_t id, size;
    uint8_t octets[MODEL_MAX];
    bool has[MODEL_MAX], is_here[MODEL_MAX];
};

static void count_note(void *context, const struct note *note)
{
    struct seen *seen = context;

    seen->nnotes++;
    seen->note = note->code;
    seen->note_frame = note->frame;
}

static struct fragments *fragments_over(const struct limits *limits, struct seen *seen)
{
    memset(seen, 0, sizeof *seen);
    return fragments_new(limits, (struct note_sink){ count_note, seen });
}

static struct descent part_of(uint32_t id, uint32_t offset, struct octets octets, bool is_last)
{
    struct descent down = { .rest = octets };

    down.segment.from = (struct endpoint){ .address = { 10, 0, 0, 1 }, .family = 4 };
    down.segment.to = (struct endpoint){ .address = { 10, 0, 0, 2 }, .family = 4 };
    down.fragment = (struct fragment){
        .id = id, .offset = offset, .protocol = 6, .is_last = is_last, .next = LAYER_TCP
    };
    return down;
}

static void model_begin(struct model *model, unsigned *seed)
{
    static uint32_t ids;

    memset(model, 0, sizeof *model);
    model->id = ids++;
    model->size = 1 + (uint32_t)rand_r(seed) % (rand_r(seed) % 2 ? 64 : MODEL_MAX);
}

static void model_add(struct model *model, uint32_t from, const struct octets *part)
{
    for (uint32_t at = 0; at < part->wire; at++) {
        if (model->has[from + at])
            continue;
        model->has[from + at] = true;
        model->is_here[from + at] = at < part->len;
        if (at < part->len)
            model->octets[from + at] = part->at[at];
    }
}

static uint32_t model_count(const bool *flags, uint32_t size)
{
    uint32_t count = 0;

    while (count < size && flags[count])
        count++;
    return count;
}

/* A random part, often short, sometimes cut, its octets never those of another part. */
static struct octets model_part(const struct model *model, struct guard *guard, unsigned *seed,
                                uint32_t *from)
{
    uint8_t octets[MODEL_MAX];
    uint32_t nunits = (model->size + UNIT - 1) / UNIT, first = (uint32_t)rand_r(seed) % nunits;
    uint32_t most = rand_r(seed) % 4 ? 8 : nunits, last = first + 1 + (uint32_t)rand_r(seed) % most;
    uint32_t to = last * UNIT < model->size ? last * UNIT : model->size, len;

    *from = first * UNIT;
    len = rand_r(seed) % 50 ? to - *from : (uint32_t)rand_r(seed) % (to - *from + 1);
    for (uint32_t at = 0; at < len; at++)
        octets[at] = (uint8_t)rand_r(seed);
    return (struct octets){ guard_lay(guard, octets, len), len, to - *from };
}

/* Feeds one part to both; true if that was the last one wanted. */
static bool model_step(struct model *model, struct fragments *all, struct guard *guard,
                       unsigned *seed)
{
    uint32_t from;
    struct octets part = model_part(model, guard, seed, &from);
    struct descent down = part_of(model->id, from, part, from + part.wire == model->size);
    struct packet packet = { .frame = 1, .time_us = 1 };
    enum layer layer = fragments_add(all, &down, &packet);

    model_add(model, from, &part);
    if (model_count(model->has, model->size) < model->size) {
        CU_ASSERT_EQUAL(layer, LAYER_PASSED);
        return false;
    }
    uint32_t here = model_count(model->is_here, model->size);

    CU_ASSERT_EQUAL_FATAL(layer, LAYER_TCP);
    CU_ASSERT_EQUAL(down.rest.wire, model->size);
    CU_ASSERT_EQUAL_FATAL(down.rest.len, here);
    CU_ASSERT_EQUAL(memcmp(down.rest.at, model->octets, here), 0);
    fragments_release(all);
    return true;
}

static void fragment_model(void)
{
    static struct model models[MODELS];
    struct seen seen;
    struct fragments *all = fragments_over(&limits_default, &seen);
    struct guard *guard = guard_new(MODEL_MAX);
    unsigned seed = 7;

    for (int at = 0; at < MODELS; at++)
        model_begin(&models[at], &seed);
    for (int parts = 0; parts < 60000; parts++) {
        struct model *model = &models[rand_r(&seed) % MODELS];

        if (model_step(model, all, guard, &seed))
            model_begin(model, &seed);
    }
    fragments_finish(all);
    CU_ASSERT_EQUAL(seen.nnotes <= MODELS, true);
    CU_ASSERT_EQUAL(fragments_held(all), 0);
    fragments_free(all);
    guard_free(guard);
}

struct step {
    uint32_t id, offset, len;
    bool is_last;
    int64_t time_us;
    enum layer expected;
};

static const struct step_row {
    const char *name;
    struct limits limits; /* zeros: the defaults */
    struct step steps[6];
    unsigned notes;      /* when all is over */
    enum note_code note; /* the last */
    uint64_t note_frame;
} step_rows[] = {
    { "in order",
      { 0 },
      { { 1, 0, 8, false, 1, LAYER_PASSED }, { 1, 8, 3, true, 1, LAYER_TCP } },
      0,
      0,
      0 },
    { "out of order",
      { 0 },
      { { 1, 8, 3, true, 1, LAYER_PASSED }, { 1, 0, 8, false, 1, LAYER_TCP } },
      0,
      0,
      0 },
    { "twice",
      { 0 },
      { { 1, 0, 8, false, 1, LAYER_PASSED },
        { 1, 0, 8, false, 1, LAYER_PASSED },
        { 1, 8, 3, true, 1, LAYER_TCP } },
      0,
      0,
      0 },
    { "two datagrams",
      { 0 },
      { { 1, 0, 8, false, 1, LAYER_PASSED },
        { 2, 8, 3, true, 1, LAYER_PASSED },
        { 1, 8, 3, true, 1, LAYER_TCP },
        { 2, 0, 8, false, 1, LAYER_TCP } },
      0,
      0,
      0 },
    { "a hole",
      { 0 },
      { { 1, 0, 8, false, 1, LAYER_PASSED }, { 1, 16, 3, true, 1, LAYER_PASSED } },
      1,
      NOTE_FRAGMENT,
      1 },
    { "two different ends",
      { 0 },
      { { 1, 16, 3, true, 1, LAYER_PASSED }, { 1, 16, 4, true, 1, LAYER_MALFORMED } },
      1,
      NOTE_FRAGMENT,
      1 },
    { "an end before what came",
      { 0 },
      { { 1, 0, 24, false, 1, LAYER_PASSED }, { 1, 8, 3, true, 1, LAYER_MALFORMED } },
      1,
      NOTE_FRAGMENT,
      1 },
    { "a part behind the end",
      { 0 },
      { { 1, 8, 3, true, 1, LAYER_PASSED }, { 1, 8, 8, false, 1, LAYER_MALFORMED } },
      1,
      NOTE_FRAGMENT,
      1 },
    { "as long as can be",
      { 0 },
      { { 1, 65528, 7, true, 1, LAYER_PASSED }, { 1, 0, 65528, false, 1, LAYER_TCP } },
      0,
      0,
      0 },
    { "longer than can be", { 0 }, { { 1, 65528, 8, true, 1, LAYER_MALFORMED } }, 0, 0, 0 },
    { "time is up",
      { .datagrams = 9, .datagram_octets = 1 << 20, .datagram_us = 10 },
      { { 1, 0, 8, false, 1, LAYER_PASSED }, { 1, 8, 3, true, 12, LAYER_PASSED } },
      2,
      NOTE_FRAGMENT,
      2 },
    { "time is not up",
      { .datagrams = 9, .datagram_octets = 1 << 20, .datagram_us = 10 },
      { { 1, 0, 8, false, 1, LAYER_PASSED }, { 1, 8, 3, true, 11, LAYER_TCP } },
      0,
      0,
      0 },
    { "time runs backwards",
      { .datagrams = 9, .datagram_octets = 1 << 20, .datagram_us = 10 },
      { { 1, 0, 8, false, INT64_MAX, LAYER_PASSED }, { 1, 8, 3, true, INT64_MIN, LAYER_TCP } },
      0,
      0,
      0 },
    { "time leaps",
      { .datagrams = 9, .datagram_octets = 1 << 20, .datagram_us = 10 },
      { { 1, 0, 8, false, INT64_MIN, LAYER_PASSED }, { 1, 8, 3, true, INT64_MAX, LAYER_PASSED } },
      2,
      NOTE_FRAGMENT,
      2 },
    { "too many datagrams",
      { .datagrams = 2, .datagram_octets = 1 << 20, .datagram_us = 10 },
      { { 1, 0, 8, false, 1, LAYER_PASSED },
        { 2, 0, 8, false, 1, LAYER_PASSED },
        { 3, 0, 8, false, 1, LAYER_PASSED },
        { 2, 8, 3, true, 1, LAYER_TCP },
        { 3, 8, 3, true, 1, LAYER_TCP } },
      1,
      NOTE_LIMIT,
      1 },
    { "too many octets",
      { .datagrams = 9, .datagram_octets = 8000, .datagram_us = 10 },
      { { 1, 0, 8, false, 1, LAYER_PASSED },
        { 2, 0, 8, false, 1, LAYER_PASSED },
        { 3, 0, 8, false, 1, LAYER_PASSED },
        { 2, 8, 3, true, 1, LAYER_TCP },
        { 3, 8, 3, true, 1, LAYER_TCP } },
      1,
      NOTE_LIMIT,
      1 },
    { "one datagram of too many octets",
      { .datagrams = 9, .datagram_octets = 8000, .datagram_us = 10 },
      { { 1, 0, 8, false, 1, LAYER_PASSED }, { 1, 60000, 8, false, 1, LAYER_PASSED } },
      1,
      NOTE_LIMIT,
      1 },
};

static void fragment_row(const struct step_row *row)
{
    static const uint8_t octets[65536];
    const struct limits *limits = row->limits.datagrams > 0 ? &row->limits : &limits_default;
    struct seen seen;
    struct fragments *all = fragments_over(limits, &seen);

    for (uint64_t frame = 1; frame <= 6 && row->steps[frame - 1].len > 0; frame++) {
        const struct step *step = &row->steps[frame - 1];
        struct descent down = part_of(
            step->id, step->offset, (struct octets){ octets, step->len, step->len }, step->is_last);
        struct packet packet = { .frame = frame, .time_us = step->time_us };

        packets_expect(fragments_add(all, &down, &packet) == step->expected, row->name,
                       "what a part gives");
        packets_expect(fragments_held(all) <= limits->datagram_octets, row->name,
                       "the octets held");
        fragments_release(all);
    }
    fragments_finish(all);
    packets_expect(fragments_held(all) == 0, row->name, "nothing is held at the end");
    packets_expect(seen.nnotes == row->notes, row->name, "how many notes");
    packets_expect(row->notes == 0 ||
                       (seen.note == row->note && seen.note_frame == row->note_frame),
                   row->name, "which note");
    fragments_free(all);
}

static void fragment_steps(void)
{
    for (size_t at = 0; at < sizeof step_rows / sizeof *step_rows; at++)
        fragment_row(&step_rows[at]);
}

/* Many that never end: what is held stays below the limits, and what is dropped is counted. */
static void fragment_flood(void)
{
    static const uint8_t octets[8];
    struct seen seen;
    struct fragments *all = fragments_over(&limits_default, &seen);
    uint32_t count = 3 * (uint32_t)limits_default.datagrams;

    for (uint32_t id = 0; id < count; id++) {
        struct descent down =
            part_of(id, id % 2 ? 65520 : 0, (struct octets){ octets, 8, 8 }, false);

        fragments_add(all, &down, &(struct packet){ .frame = id + 1, .time_us = 1 });
        CU_ASSERT_TRUE(fragments_held(all) <= limits_default.datagram_octets);
    }
    fragments_finish(all);
    CU_ASSERT_EQUAL(seen.nnotes, count);
    fragments_free(all);
}

/* The loss of UDP is none, but of a tunnel's; RFC 8200 4.5: the first part says what is carried. */
static void fragment_next(void)
{
    static const struct {
        const char *name, *octets;
        uint32_t offset;
        unsigned notes;
    } rows[] = {
        { "DNS", "1388003500100000", 0, 0 },
        { "VXLAN", "138812b500100000", 0, 1 },
        { "ports not seen", "138812b500100000", 8, 0 },
    };

    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        uint8_t octets[8];
        uint32_t len = (uint32_t)packets_read(rows[at].octets, octets, sizeof octets);
        struct seen seen;
        struct fragments *all = fragments_over(&limits_default, &seen);
        struct descent down =
            part_of(1, rows[at].offset, (struct octets){ octets, len, len }, false);

        down.fragment.next = LAYER_UDP;
        fragments_add(all, &down, &(struct packet){ .frame = 1 });
        fragments_finish(all);
        packets_expect(seen.nnotes == rows[at].notes, rows[at].name, "notes");
        fragments_free(all);
    }
}

static void fragment_first_says(void)
{
    static const uint8_t octets[8];
    struct seen seen;
    struct fragments *all = fragments_over(&limits_default, &seen);
    struct descent second = part_of(1, 8, (struct octets){ octets, 8, 8 }, true);
    struct descent first = part_of(1, 0, (struct octets){ octets, 8, 8 }, false);

    second.fragment.next = LAYER_UDP;
    fragments_add(all, &second, &(struct packet){ .frame = 1 });
    CU_ASSERT_EQUAL(fragments_add(all, &first, &(struct packet){ .frame = 2 }), LAYER_TCP);
    fragments_free(all);
}

void wire_fragment_suite(void);
void wire_fragment_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/fragment", NULL, NULL);

    CU_add_test(suite, "against a flat model", fragment_model);
    CU_add_test(suite, "steps", fragment_steps);
    CU_add_test(suite, "flood", fragment_flood);
    CU_add_test(suite, "notes about UDP", fragment_next);
    CU_add_test(suite, "the first part says what is carried", fragment_first_says);
}
