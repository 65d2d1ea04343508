#include "flow/queue.h"

#include <string.h>

#include "base/memory.h"
#include "wire/packet.h"

/* What a piece takes beside its octets: itself, and its share of the sorted array at the worst. */
static const size_t OVERHEAD = sizeof(struct held) + 4 * sizeof(struct held *);

struct held *held_new(const struct held *model, const uint8_t *octets, uint64_t pos, uint32_t len,
                      size_t *total)
{
    uint32_t room = model->quality == QUALITY_LOST ? 0 : len;
    struct held *piece = memory_grow(NULL, 1, sizeof *piece + room);

    *piece = *model;
    piece->pos = pos;
    piece->file_at = file_at_behind(model->file_at, pos - model->pos);
    piece->len = len;
    piece->skip = 0;
    piece->room = room;
    if (room > 0)
        memcpy(piece->octets, octets + (pos - model->pos), room);
    *total += OVERHEAD + room;
    return piece;
}

void held_free(struct held *piece, size_t *total)
{
    if (!piece)
        return;
    *total -= OVERHEAD + piece->room;
    memory_free(piece);
}

struct queue *queue_new(size_t *total)
{
    struct queue *queue = memory_new(sizeof *queue);

    queue->total = total;
    return queue;
}

void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    while (queue->count > 0)
        held_free(queue_take(queue), queue->total);
    memory_free(queue->pieces);
    memory_free(queue);
}

struct held *queue_take(struct queue *queue)
{
    struct held *piece = queue->pieces[queue->first++];

    queue->count--;
    queue->octets -= piece->room;
    return piece;
}

uint32_t queue_find(const struct queue *queue, uint64_t pos)
{
    uint32_t low = 0, high = queue->count;

    /* Most arrivals belong at the end. */
    if (high > 0 && held_end(queue_piece(queue, high - 1)) <= pos)
        return high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (held_end(queue_piece(queue, middle)) > pos)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Room on both sides: each then takes as many pieces as there are now before this happens again. */
static void queue_spread(struct queue *queue)
{
    uint32_t capacity = queue->count * 2 + 8, first = (capacity - queue->count) / 2;
    struct held **pieces = memory_grow(NULL, capacity, sizeof *pieces);

    if (queue->count > 0)
        memcpy(pieces + first, queue->pieces + queue->first, queue->count * sizeof *pieces);
    memory_free(queue->pieces);
    queue->pieces = pieces;
    queue->first = first;
    queue->capacity = capacity;
}

static void queue_put(struct queue *queue, uint32_t index, struct held *piece)
{
    bool is_front = index < queue->count - index;
    struct held **at;

    if (is_front ? queue->first == 0 : queue->first + queue->count == queue->capacity)
        queue_spread(queue);
    if (is_front) {
        at = queue->pieces + --queue->first;
        memmove(at, at + 1, index * sizeof *at);
    } else {
        at = queue->pieces + queue->first;
        memmove(at + index + 1, at + index, (queue->count - index) * sizeof *at);
    }
    at[index] = piece;
    queue->count++;
    queue->octets += piece->room;
}

static void queue_drop(struct queue *queue, uint32_t index)
{
    struct held **at = queue->pieces + queue->first;

    queue->octets -= at[index]->room;
    held_free(at[index], queue->total);
    memmove(at + index, at + index + 1, (queue->count - index - 1) * sizeof *at);
    queue->count--;
}

/* Makes two pieces of one that lies on both sides of `at`. Only the smaller part is copied, so
 * that a large piece which is cut again and again costs little. */
static void queue_split(struct queue *queue, uint32_t index, uint64_t at)
{
    struct held *piece = queue_piece(queue, index);
    uint32_t left = (uint32_t)(at - piece->pos), right = piece->len - left;

    if (right <= left) {
        queue_put(queue, index + 1,
                  held_new(piece, held_octets(piece), at, right, queue->total));
        piece->len = left;
    } else {
        queue_put(queue, index,
                  held_new(piece, held_octets(piece), piece->pos, left, queue->total));
        piece->pos = at;
        piece->file_at = file_at_behind(piece->file_at, left);
        piece->len = right;
        piece->skip += piece->room > 0 ? left : 0;
    }
}

/* Takes from..to out of the piece, so that better octets fit there. True if a part before `from`
 * is left. */
static bool queue_yield(struct queue *queue, uint32_t index, uint64_t from, uint64_t to)
{
    struct held *piece = queue_piece(queue, index);
    bool is_left = piece->pos < from;

    if (held_end(piece) > to)
        queue_split(queue, index, to);
    if (is_left)
        queue_split(queue, index, from);
    queue_drop(queue, index + is_left);
    return is_left;
}

/* The same octets again, from..to: true if both copies are good and differ. */
static bool held_meet(struct held *piece, const struct held *model, const uint8_t *octets,
                      uint64_t from, uint64_t to)
{
    const uint8_t *before = held_octets(piece) + (from - piece->pos);

    if (piece->quality != QUALITY_GOOD || model->quality != QUALITY_GOOD)
        return false;
    if (memcmp(before, octets + (from - model->pos), (size_t)(to - from)) == 0)
        return false;
    piece->is_doubtful = true;
    return true;
}

/* Good octets from..end were sent with `need`: those before them needed no more, and they no
 * more than those behind. */
static void queue_lower(struct queue *queue, uint64_t from, uint64_t end, uint64_t need)
{
    uint32_t index = queue_find(queue, end);
    struct held *piece = index < queue->count ? queue_piece(queue, index) : NULL;

    if (piece && piece->pos < end && piece->need > need) {
        queue_split(queue, index++, end);
    } else if (piece && piece->quality == QUALITY_GOOD && piece->need > 0 &&
               piece->need < need) {
        need = piece->need;
    }
    for (; index > 0; index--) {
        piece = queue_piece(queue, index - 1);
        if (piece->need <= need && piece->pos < from)
            break;
        if (piece->need > need)
            piece->need = need;
    }
}

bool queue_insert(struct queue *queue, const struct held *model, const uint8_t *octets)
{
    uint64_t from = model->pos, end = held_end(model), to;
    uint32_t index = queue_find(queue, from);
    bool is_different = false;

    for (; from < end; from = to) {
        struct held *piece = index < queue->count ? queue_piece(queue, index) : NULL;

        to = end;
        if (piece && piece->pos > from) {
            to = piece->pos < end ? piece->pos : end;
        } else if (piece) {
            to = held_end(piece) < end ? held_end(piece) : end;
            if (piece->quality >= model->quality) {
                is_different |= held_meet(piece, model, octets, from, to);
                index++;
                continue;
            }
            index += queue_yield(queue, index, from, to);
        }
        queue_put(queue, index++,
                  held_new(model, octets, from, (uint32_t)(to - from), queue->total));
    }
    if (model->quality == QUALITY_GOOD && model->need > 0)
        queue_lower(queue, model->pos, end, model->need);
    return is_different;
}

void queue_cut(struct queue *queue, uint64_t to)
{
    while (queue->count > 0 && held_end(queue_piece(queue, queue->count - 1)) > to)
        queue_yield(queue, queue->count - 1, to, UINT64_MAX);
}

bool queue_has_good(const struct queue *queue, uint64_t pos)
{
    for (uint32_t i = queue_find(queue, pos); i < queue->count; i++)
        if (queue_piece(queue, i)->quality == QUALITY_GOOD)
            return true;
    return false;
}
