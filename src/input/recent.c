#include "input/recent.h"

#include <string.h>

#include "base/memory.h"

enum { CHAINS = 4096 };

/* A record, then its octets, then what is lacking to the next multiple of its alignment. */
struct record {
    struct recent_packet kept;           /* its octets are not kept as a view: they stand behind it */
    size_t size;                         /* to the next record */
    uint64_t before;                     /* the last one before it in its chain, as chains[] has it */
};

struct recent {
    char *octets;
    size_t room;
    uint64_t laps;                       /* so often the ring was begun from its start */
    uint64_t chains[CHAINS];             /* by connection: 1 + the place of the newest record, had the ring no end; 0: none */
    uint64_t *found;                     /* places, the newest first */
    size_t room_found;
    size_t first, end;                   /* the oldest record; behind the newest */
    size_t wrapped;                      /* where the records that begin at `first` end, if newer ones stand before them; else 0 */
};

struct recent *recent_new(size_t octets)
{
    struct recent *recent = memory_new(sizeof *recent);

    recent->octets = memory_new(octets);
    recent->room = octets;
    return recent;
}

void recent_free(struct recent *recent)
{
    if (!recent)
        return;
    memory_free(recent->octets);
    memory_free(recent->found);
    memory_free(recent);
}

static struct record *record_at(const struct recent *recent, size_t at)
{
    return (struct record *)(void *)(recent->octets + at);
}

static void drop_oldest(struct recent *recent)
{
    recent->first += record_at(recent, recent->first)->size;
    if (recent->wrapped > 0 && recent->first == recent->wrapped)
        recent->first = recent->wrapped = 0;
}

/* Where a record of that size begins; those in its way are dropped. */
static size_t make_room(struct recent *recent, size_t size)
{
    if (recent->room - recent->end < size) {
        while (recent->wrapped > 0)      /* older ones that stand behind the newest */
            drop_oldest(recent);
        recent->wrapped = recent->end;
        recent->end = 0;
        recent->laps++;
        if (recent->first == recent->wrapped)
            recent->first = recent->wrapped = 0;
    }
    while (recent->wrapped > 0 && recent->first - recent->end < size)
        drop_oldest(recent);
    return recent->end;
}

static uint64_t *chain_of(struct recent *recent, int64_t stream)
{
    return &recent->chains[(uint64_t)stream % CHAINS];
}

void recent_add(struct recent *recent, const struct recent_packet *kept)
{
    enum { ALIGNMENT = _Alignof(struct record) };
    size_t size = (sizeof(struct record) + kept->packet.captured + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (size > recent->room)
        return;
    size_t at = make_room(recent, size);
    uint64_t *chain = chain_of(recent, kept->stream);

    *record_at(recent, at) = (struct record){ *kept, size, *chain };
    *chain = recent->laps * recent->room + at + 1;
    memcpy(recent->octets + at + sizeof(struct record), kept->packet.octets, kept->packet.captured);
    recent->end = at + size;
}

/* Is the record there still? */
static bool is_kept(const struct recent *recent, uint64_t place)
{
    uint64_t lap = recent->wrapped > 0 ? recent->laps - 1 : recent->laps;

    return place > 0 && place - 1 >= lap * recent->room + recent->first;
}

static const struct record *record_of(const struct recent *recent, uint64_t place)
{
    return record_at(recent, (size_t)((place - 1) % recent->room));
}

static void add_found(struct recent *recent, size_t count, uint64_t place)
{
    if (count == recent->room_found) {
        recent->room_found = 2 * count + 64;
        recent->found = memory_grow(recent->found, recent->room_found, sizeof *recent->found);
    }
    recent->found[count] = place;
}

void recent_each(struct recent *recent, int64_t stream, uint64_t frame, int64_t until_us,
                 void (*each)(void *context, const struct recent_packet *), void *context)
{
    size_t count = 0;

    for (uint64_t place = *chain_of(recent, stream); is_kept(recent, place); place = record_of(recent, place)->before) {
        const struct recent_packet *kept = &record_of(recent, place)->kept;

        if (kept->packet.frame < frame)
            break;
        if (kept->stream == stream && kept->packet.time_us <= until_us)
            add_found(recent, count++, place);
    }
    while (count > 0) {
        const struct record *record = record_of(recent, recent->found[--count]);
        struct recent_packet kept = record->kept;

        kept.packet.octets = record + 1;
        each(context, &kept);
    }
}
