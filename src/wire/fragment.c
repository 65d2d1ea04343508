#include "wire/fragment.h"

#include <string.h>
#include <sys/random.h>

#include "base/memory.h"

enum {
    UNIT = 8,                  /* RFC 791 3.1: all parts but the last are whole units of 8 octets */
    DATAGRAM_MAX = 65535,
    UNITS_MAX = (DATAGRAM_MAX + UNIT - 1) / UNIT,
    CAPACITY_LEAST = 2048,
    BUCKETS = 4096,
    KEY_WORDS = 11
};

/* RFC 791 3.2, RFC 8200 4.5. Without gaps: compared and hashed as it lies. */
struct key {
    struct endpoint from, to;
    uint32_t id;
    uint32_t protocol;
};

struct datagram {
    struct key key;
    struct datagram *chain;            /* next of the bucket, or of those that are spent */
    struct datagram *older, *newer;
    uint8_t *octets;
    uint32_t capacity;
    uint32_t end;                      /* of the farthest part so far */
    uint32_t total;                    /* 0: the last part has not come */
    uint32_t nunits;                   /* that have come */
    uint32_t cut_at;                   /* from here on octets may be missing: a part was cut */
    enum layer next;
    uint64_t frame;
    int64_t begun_us;
    uint64_t has[(UNITS_MAX + 63) / 64];   /* a bit for each unit that has come */
};

struct fragments {
    const struct limits *limits;
    struct note_sink sink;
    struct datagram *oldest, *newest, *spent;
    uint64_t ndatagrams, held;
    uint64_t secret[KEY_WORDS + 1];
    struct datagram **buckets;         /* BUCKETS of them; NULL until the first part comes: few captures have one */
};

struct fragments *fragments_new(const struct limits *limits, struct note_sink sink)
{
    struct fragments *all = memory_new(sizeof *all);

    all->limits = limits;
    all->sink = sink;
    /* Where the system has no random octets to give, the place in memory is the next best. */
    if (getrandom(all->secret, sizeof all->secret, GRND_NONBLOCK) != (ssize_t)sizeof all->secret)
        for (unsigned at = 0; at <= KEY_WORDS; at++)
            all->secret[at] = ((uintptr_t)all + at) * 0x9e3779b97f4a7c15u;
    return all;
}

static void datagram_free(struct datagram *datagram)
{
    memory_free(datagram->octets);
    memory_free(datagram);
}

void fragments_release(struct fragments *all)
{
    while (all->spent) {
        struct datagram *datagram = all->spent;

        all->spent = datagram->chain;
        datagram_free(datagram);
    }
}

void fragments_free(struct fragments *all)
{
    if (!all)
        return;
    fragments_release(all);
    for (struct datagram *datagram = all->oldest, *newer; datagram; datagram = newer) {
        newer = datagram->newer;
        datagram_free(datagram);
    }
    memory_free(all->buckets);
    memory_free(all);
}

uint64_t fragments_held(const struct fragments *all)
{
    return all->held;
}

/* Multilinear hashing (Lemire and Kaser 2014): for whoever does not know the secret, two keys of
 * his choice meet in a bucket no more often than by chance. */
static struct datagram **fragments_bucket(struct fragments *all, const struct key *key)
{
    uint32_t words[KEY_WORDS] = { key->id, key->protocol, key->from.family };
    uint64_t sum = all->secret[KEY_WORDS];

    memcpy(words + 3, key->from.address, sizeof key->from.address);
    memcpy(words + 7, key->to.address, sizeof key->to.address);
    for (unsigned at = 0; at < KEY_WORDS; at++)
        sum += all->secret[at] * words[at];
    if (!all->buckets)
        all->buckets = memory_new(BUCKETS * sizeof *all->buckets);
    return &all->buckets[(sum >> 32) % BUCKETS];
}

static struct datagram *fragments_find(struct fragments *all, const struct key *key)
{
    struct datagram *datagram = *fragments_bucket(all, key);

    while (datagram && memcmp(&datagram->key, key, sizeof *key) != 0)
        datagram = datagram->chain;
    return datagram;
}

static struct datagram *fragments_begin(struct fragments *all, const struct key *key,
                                        const struct packet *packet)
{
    struct datagram *datagram = memory_new(sizeof *datagram);
    struct datagram **bucket = fragments_bucket(all, key);

    datagram->key = *key;
    datagram->frame = packet->frame;
    datagram->begun_us = packet->time_us;
    datagram->cut_at = UINT32_MAX;
    datagram->chain = *bucket;
    *bucket = datagram;
    datagram->older = all->newest;
    *(all->newest ? &all->newest->newer : &all->oldest) = datagram;
    all->newest = datagram;
    all->ndatagrams++;
    all->held += sizeof *datagram;
    return datagram;
}

static void fragments_unlink(struct fragments *all, struct datagram *datagram)
{
    struct datagram **link = fragments_bucket(all, &datagram->key);

    while (*link != datagram)
        link = &(*link)->chain;
    *link = datagram->chain;
    *(datagram->older ? &datagram->older->newer : &all->oldest) = datagram->newer;
    *(datagram->newer ? &datagram->newer->older : &all->newest) = datagram->older;
    all->ndatagrams--;
    all->held -= sizeof *datagram + datagram->capacity;
}

static bool datagram_has(const struct datagram *datagram, uint32_t unit)
{
    return datagram->has[unit / 64] >> (unit % 64) & 1;
}

/* UDP is only looked into for tunnels: the loss of any other datagram is none. */
static bool datagram_is_missed(const struct datagram *datagram)
{
    struct octets ports = { datagram->octets, 4, 4 };

    if (datagram->next != LAYER_UDP)
        return true;
    return datagram->capacity > 0 && datagram->cut_at >= ports.len && datagram_has(datagram, 0) &&
           (udp_is_port(octets_u16(&ports, 0)) || udp_is_port(octets_u16(&ports, 2)));
}

static void fragments_drop_oldest(struct fragments *all, enum note_code code, const char *words)
{
    struct datagram *datagram = all->oldest;

    struct note note = {
        .code = code, .words = words, .frame = datagram->frame, .stream = NOTE_NO_STREAM
    };

    if (datagram_is_missed(datagram))
        all->sink.note(all->sink.context, &note);
    fragments_unlink(all, datagram);
    datagram_free(datagram);
}

void fragments_finish(struct fragments *all)
{
    while (all->oldest)
        fragments_drop_oldest(all, NOTE_FRAGMENT, NULL);
}

static void fragments_expire(struct fragments *all, int64_t now_us)
{
    while (all->oldest && now_us > all->oldest->begun_us &&
           (uint64_t)now_us - (uint64_t)all->oldest->begun_us > all->limits->datagram_us)
        fragments_drop_oldest(all, NOTE_FRAGMENT, NULL);
}

/* Room for octets up to `end`; false if `datagram` itself had to go for it. */
static bool fragments_reserve(struct fragments *all, struct datagram *datagram, uint32_t end)
{
    uint32_t capacity = datagram->capacity ? datagram->capacity : CAPACITY_LEAST;

    while (capacity < end)
        capacity *= 2;
    all->held += capacity - datagram->capacity;
    if (capacity > datagram->capacity)
        datagram->octets = memory_grow(datagram->octets, capacity, 1);
    datagram->capacity = capacity;
    while (all->held > all->limits->datagram_octets || all->ndatagrams > all->limits->datagrams) {
        bool is_last = all->oldest == datagram;

        fragments_drop_oldest(all, NOTE_LIMIT, "too many IP fragments wait for the rest");
        if (is_last)
            return false;
    }
    return true;
}

/* False for a part that contradicts what the parts before it said about the length. */
static bool datagram_fits(const struct datagram *datagram, const struct fragment *fragment,
                          uint32_t end)
{
    if (fragment->is_last)
        return end >= datagram->end && (datagram->total == 0 || end == datagram->total);
    return datagram->total == 0 || end <= datagram->total;
}

/* Units [first, last) have come, in `part`, which begins with unit `base`: copied as far as they
 * are here. */
static void datagram_copy(struct datagram *datagram, const struct octets *part, uint32_t base,
                          uint32_t first, uint32_t last)
{
    uint32_t from = (first - base) * UNIT, to = (last - base) * UNIT;

    if (to > part->wire)
        to = part->wire;
    if (to > part->len) {
        to = part->len > from ? part->len : from;
        if (base * UNIT + to < datagram->cut_at)
            datagram->cut_at = base * UNIT + to;
    }
    if (to > from)
        memcpy(datagram->octets + first * UNIT, part->at + from, to - from);
    for (uint32_t unit = first; unit < last; unit++)
        datagram->has[unit / 64] |= (uint64_t)1 << (unit % 64);
    datagram->nunits += last - first;
}

/* Adds what is new in the part. */
static void datagram_add(struct datagram *datagram, const struct octets *part, uint32_t offset)
{
    uint32_t base = offset / UNIT, last = (offset + part->wire + UNIT - 1) / UNIT;

    for (uint32_t unit = base; unit < last;) {
        uint32_t first = unit;

        while (unit < last && !datagram_has(datagram, unit))
            unit++;
        if (unit > first)
            datagram_copy(datagram, part, base, first, unit);
        while (unit < last && datagram_has(datagram, unit))
            unit++;
    }
    if (offset + part->wire > datagram->end)
        datagram->end = offset + part->wire;
}

/* The whole datagram in place of its last part. */
static enum layer fragments_complete(struct fragments *all, struct datagram *datagram,
                                     struct octets *whole)
{
    fragments_unlink(all, datagram);
    datagram->chain = all->spent;
    all->spent = datagram;
    whole->at = datagram->octets;
    whole->wire = datagram->total;
    whole->len = datagram->cut_at < datagram->total ? datagram->cut_at : datagram->total;
    return datagram->next;
}

enum layer fragments_add(struct fragments *all, struct descent *down, const struct packet *packet)
{
    const struct fragment *fragment = &down->fragment;
    uint32_t end = fragment->offset + down->rest.wire;
    struct key key = { down->segment.from, down->segment.to, fragment->id, fragment->protocol };

    if (down->rest.wire == 0 || down->rest.wire > DATAGRAM_MAX || end > DATAGRAM_MAX ||
        (!fragment->is_last && down->rest.wire % UNIT != 0))
        return LAYER_MALFORMED;
    fragments_expire(all, packet->time_us);
    struct datagram *datagram = fragments_find(all, &key);

    if (datagram && !datagram_fits(datagram, fragment, end))
        return LAYER_MALFORMED;
    bool is_new = !datagram;

    if (is_new)
        datagram = fragments_begin(all, &key, packet);
    /* RFC 8200 4.5: the first part tells what the datagram holds. */
    if (is_new || (fragment->offset == 0 && !datagram_has(datagram, 0)))
        datagram->next = fragment->next;
    if (!fragments_reserve(all, datagram, end))
        return LAYER_PASSED;
    if (fragment->is_last)
        datagram->total = end;
    datagram_add(datagram, &down->rest, fragment->offset);
    if (datagram->total == 0 || datagram->nunits < (datagram->total + UNIT - 1) / UNIT)
        return LAYER_PASSED;
    return fragments_complete(all, datagram, &down->rest);
}
