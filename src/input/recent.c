#include "input/recent.h"

#include <string.h>

#include "base/memory.h"

/* A record, then its octets, then what is lacking to the next multiple of its alignment. */
struct record {
    struct recent_packet kept;           /* its octets are not kept as a view: they stand behind it */
    size_t size;                         /* to the next record */
};

struct recent {
    char *octets;
    size_t room;
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
        if (recent->first == recent->wrapped)
            recent->first = recent->wrapped = 0;
    }
    while (recent->wrapped > 0 && recent->first - recent->end < size)
        drop_oldest(recent);
    return recent->end;
}

void recent_add(struct recent *recent, const struct recent_packet *kept)
{
    enum { ALIGNMENT = _Alignof(struct record) };
    size_t size = (sizeof(struct record) + kept->packet.captured + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (size > recent->room)
        return;
    size_t at = make_room(recent, size);

    *record_at(recent, at) = (struct record){ *kept, size };
    memcpy(recent->octets + at + sizeof(struct record), kept->packet.octets, kept->packet.captured);
    recent->end = at + size;
}

static void each_between(const struct recent *recent, size_t at, size_t end, int64_t stream, int64_t from_us, int64_t to_us,
                         void (*each)(void *context, const struct recent_packet *), void *context)
{
    while (at < end) {
        const struct record *record = record_at(recent, at);
        struct recent_packet kept = record->kept;

        kept.packet.octets = recent->octets + at + sizeof *record;
        if (kept.stream == stream && kept.packet.time_us >= from_us && kept.packet.time_us <= to_us)
            each(context, &kept);
        at += record->size;
    }
}

void recent_each(const struct recent *recent, int64_t stream, int64_t from_us, int64_t to_us,
                 void (*each)(void *context, const struct recent_packet *), void *context)
{
    if (recent->wrapped > 0)
        each_between(recent, recent->first, recent->wrapped, stream, from_us, to_us, each, context);
    each_between(recent, recent->wrapped > 0 ? 0 : recent->first, recent->end, stream, from_us, to_us, each, context);
}
