#include "lint/virtual.h"

#include "base/memory.h"

enum { BUCKETS_MIN = 64 };

static struct virtual **bucket_of(const struct virtuals *virtuals, uint64_t id)
{
    return &virtuals->buckets[(id * 0x9E3779B97F4A7C15u) >> 32 & (virtuals->nbuckets - 1)];
}

struct virtual *virtual_find(const struct virtuals *virtuals, uint64_t id)
{
    struct virtual *found = virtuals->nbuckets > 0 ? *bucket_of(virtuals, id) : NULL;

    while (found && found->id != id)
        found = found->next;
    return found;
}

static void bucket_add(struct virtuals *virtuals, struct virtual *one)
{
    struct virtual **bucket = bucket_of(virtuals, one->id);

    one->next = *bucket;
    *bucket = one;
}

static void grow(struct virtuals *virtuals)
{
    virtuals->nbuckets = virtuals->nbuckets > 0 ? 2 * virtuals->nbuckets : BUCKETS_MIN;
    memory_free(virtuals->buckets);
    virtuals->buckets = memory_new(virtuals->nbuckets * sizeof(struct virtual *));
    for (struct virtual *one = virtuals->newest; one; one = one->older)
        bucket_add(virtuals, one);
}

struct virtual *virtual_add(struct virtuals *virtuals, uint64_t id)
{
    struct virtual *one = memory_new(sizeof *one);

    if (virtuals->count == virtuals->nbuckets)
        grow(virtuals);
    one->id = id;
    one->older = virtuals->newest;
    if (one->older)
        one->older->newer = one;
    virtuals->newest = one;
    virtuals->count++;
    bucket_add(virtuals, one);
    return one;
}

void virtual_remove(struct virtuals *virtuals, struct virtual *one)
{
    struct virtual **link = bucket_of(virtuals, one->id);

    while (*link != one)
        link = &(*link)->next;
    *link = one->next;
    if (one->newer)
        one->newer->older = one->older;
    else
        virtuals->newest = one->older;
    if (one->older)
        one->older->newer = one->newer;
    virtuals->count--;
    memory_free(one);
}

void virtuals_free(struct virtuals *virtuals)
{
    memory_free(virtuals->buckets);
    *virtuals = (struct virtuals){ 0 };
}
