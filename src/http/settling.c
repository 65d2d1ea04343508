#include "base/memory.h"
#include "http/conversation.h"

static bool is_sooner(const struct open_exchange *a, const struct open_exchange *b)
{
    return a->due.time_us != b->due.time_us ? a->due.time_us < b->due.time_us : a->added < b->added;
}

static void put(struct settling *settling, size_t place, struct open_exchange *open)
{
    settling->items[place - 1] = open;
    open->settling = place;
}

static struct open_exchange *at(const struct settling *settling, size_t place)
{
    return settling->items[place - 1];
}

/* To where those above are sooner. Capture time hardly ever goes back, so what is added mostly stays where it is. */
static size_t rise(struct settling *settling, size_t place, struct open_exchange *open)
{
    for (; place > 1 && is_sooner(open, at(settling, place / 2)); place /= 2)
        put(settling, place, at(settling, place / 2));
    return place;
}

/* To where those below are later. */
static size_t sink(struct settling *settling, size_t place, struct open_exchange *open)
{
    for (size_t below; (below = 2 * place) <= settling->count; place = below) {
        if (below < settling->count && is_sooner(at(settling, below + 1), at(settling, below)))
            below++;
        if (!is_sooner(at(settling, below), open))
            break;
        put(settling, place, at(settling, below));
    }
    return place;
}

void settling_add(struct settling *settling, struct open_exchange *open)
{
    if (settling->count == settling->room) {
        settling->room = settling->room > 0 ? 2 * settling->room : 64;
        settling->items = memory_grow(settling->items, settling->room, sizeof *settling->items);
    }
    open->added = settling->added++;
    settling->count++;
    put(settling, rise(settling, settling->count, open), open);
}

void settling_remove(struct settling *settling, struct open_exchange *open)
{
    size_t place = open->settling;

    if (place == 0)
        return;
    struct open_exchange *last = at(settling, settling->count--);

    if (last != open)
        put(settling, sink(settling, rise(settling, place, last), last), last);
    open->settling = 0;
}

struct open_exchange *settling_soonest(const struct settling *settling)
{
    return settling->count > 0 ? settling->items[0] : NULL;
}

void settling_free(struct settling *settling)
{
    memory_free(settling->items);
}
