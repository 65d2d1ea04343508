/* The queue against a flat array that knows who wrote each octet. */
#include "flow/queue.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void flow_queue_suite(void);

enum { SPACE = 400, ROUNDS = 3000, INSERTIONS = 40, BASE = 1000 };

struct flat {
    uint8_t octets[SPACE];
    int8_t quality[SPACE];     /* -1: nothing there */
    uint64_t file_at[SPACE];
};

static uint32_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(z >> 33);
}

/* True if good octets that were there differ. */
static bool flat_insert(struct flat *flat, const struct held *model, const uint8_t *octets)
{
    bool is_different = false;

    for (uint32_t i = 0; i < model->len; i++) {
        uint64_t at = model->pos - BASE + i;

        if (flat->quality[at] < (int)model->quality) {
            flat->quality[at] = (int8_t)model->quality;
            flat->file_at[at] = model->file_at + i;
            flat->octets[at] = model->quality == QUALITY_LOST ? 0 : octets[i];
        } else if (model->quality == QUALITY_GOOD && flat->octets[at] != octets[i]) {
            is_different = true;
        }
    }
    return is_different;
}

static const char *flat_compare(const struct flat *flat, const struct queue *queue)
{
    uint64_t at = 0;

    for (uint32_t i = 0; i < queue->count; i++) {
        const struct held *piece = queue_piece(queue, i);
        uint64_t from = piece->pos - BASE;

        if (from < at || piece->len == 0)
            return "pieces overlap";
        for (; at < from; at++)
            if (flat->quality[at] >= 0)
                return "an octet is missing";
        for (; at < from + piece->len; at++) {
            if (flat->quality[at] != (int)piece->quality)
                return "another quality";
            if (piece->quality != QUALITY_LOST && flat->octets[at] != held_octets(piece)[at - from])
                return "another octet";
            if (piece->file_at + (at - from) != flat->file_at[at])
                return "another place in the file";
        }
    }
    for (; at < SPACE; at++)
        if (flat->quality[at] >= 0)
            return "the last octets are missing";
    return NULL;
}

static const char *run_round(uint64_t seed, unsigned nqualities)
{
    size_t total = 0;
    struct queue *queue = queue_new(&total);
    struct flat *flat = calloc(1, sizeof *flat);
    const char *wrong = NULL;

    memset(flat->quality, -1, sizeof flat->quality);
    for (int i = 0; i < INSERTIONS && !wrong; i++) {
        uint8_t octets[64];
        struct held model = { .len = 1 + next_random(&seed) % 60, .need = next_random(&seed), .file_at = 1 + next_random(&seed) };
        bool is_different;

        model.pos = BASE + next_random(&seed) % (SPACE - model.len);
        model.quality = (uint8_t)(QUALITY_GOOD - next_random(&seed) % nqualities);
        for (size_t k = 0; k < sizeof octets; k++)
            octets[k] = (uint8_t)(next_random(&seed) % 64 ? model.pos - BASE + k : 255);
        is_different = flat_insert(flat, &model, octets);
        if (queue_insert(queue, &model, octets) != is_different)
            wrong = "a difference not seen, or one that is none";
        if (!wrong)
            wrong = flat_compare(flat, queue);
        if (next_random(&seed) % 8 == 0 && queue->count > 0) {
            struct held *piece = queue_take(queue);

            memset(flat->quality, -1, held_end(piece) - BASE);
            held_free(piece, &total);
        }
        if (next_random(&seed) % 16 == 0) {
            uint64_t to = next_random(&seed) % SPACE;

            queue_cut(queue, BASE + to);
            memset(flat->quality + to, -1, SPACE - to);
        }
    }
    queue_free(queue);
    if (total != 0)
        wrong = "octets are still counted";
    free(flat);
    return wrong;
}

static void test_model(void)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        const char *wrong = run_round(seed * 77, 1 + seed % 4);

        if (wrong) {
            CU_FAIL("the queue differs from the flat array");
            printf("\n    seed %u: %s\n", (unsigned)seed, wrong);
            return;
        }
    }
}

static void put(struct queue *queue, uint64_t pos, uint32_t len, uint64_t need)
{
    static const uint8_t octets[64];
    struct held model = { .pos = pos, .len = len, .need = need, .quality = QUALITY_GOOD };

    queue_insert(queue, &model, octets);
}

/* What was sent again acknowledges more than the first copy did; needs only grow along the stream. */
static void test_needs(void)
{
    static const struct {
        const char *name;
        struct { uint64_t pos; uint32_t len; uint64_t need; } put[3];
        uint64_t needs[8];     /* of the octets from 10 on */
    } rows[] = {
        { "each its own", { { 10, 2, 1 }, { 12, 2, 2 }, { 14, 2, 3 } }, { 1, 1, 2, 2, 3, 3 } },
        { "the copy with less counts", { { 10, 4, 9 }, { 10, 4, 5 }, { 10, 4, 7 } }, { 5, 5, 5, 5 } },
        { "as far as it reaches", { { 10, 6, 9 }, { 10, 2, 5 } }, { 5, 5, 9, 9, 9, 9 } },
        { "and all before it", { { 10, 2, 9 }, { 12, 2, 9 }, { 13, 2, 4 } }, { 4, 4, 4, 4, 4 } },
        { "what comes before needs no more", { { 14, 2, 4 }, { 10, 4, 9 } }, { 4, 4, 4, 4, 4, 4 } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t total = 0;
        struct queue *queue = queue_new(&total);

        for (size_t k = 0; k < 3 && rows[i].put[k].len > 0; k++)
            put(queue, rows[i].put[k].pos, rows[i].put[k].len, rows[i].put[k].need);
        for (uint64_t at = 0; at < 8 && rows[i].needs[at] > 0; at++) {
            uint32_t index = queue_find(queue, 10 + at);

            if (index == queue->count || queue_piece(queue, index)->need != rows[i].needs[at]) {
                CU_FAIL("another need");
                printf("\n    %s, octet %u\n", rows[i].name, (unsigned)at);
            }
        }
        queue_free(queue);
    }
}

void flow_queue_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/queue", NULL, NULL);

    CU_add_test(suite, "model", test_model);
    CU_add_test(suite, "needs", test_needs);
}
