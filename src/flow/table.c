#include "flow/table.h"

#include <string.h>

#include "base/memory.h"

enum { BUCKETS_AT_FIRST = 64 };

void table_make(struct table *table, const uint8_t key[HASH_KEY_OCTETS])
{
    hash_secret_make(&table->secret, key);
    table->count = 0;
    table->nbuckets = BUCKETS_AT_FIRST;
    table->buckets = memory_new(table->nbuckets * sizeof *table->buckets);
}

void table_free(struct table *table)
{
    memory_free(table->buckets);
}

enum { WORDS = sizeof(struct endpoint) / sizeof(uint64_t) };

_Static_assert(sizeof(struct endpoint) == WORDS * sizeof(uint64_t), "an endpoint is whole words");

static uint64_t word(const struct endpoint *end, size_t number)
{
    uint64_t word;

    memcpy(&word, (const char *)end + number * sizeof word, sizeof word);
    return word;
}

/* Three words, for each packet: less than a call. */
static bool is_same(const struct endpoint *a, const struct endpoint *b)
{
    uint64_t difference = 0;

    for (size_t i = 0; i < WORDS; i++)
        difference |= word(a, i) ^ word(b, i);
    return difference == 0;
}

/* In whatever order, but always in the same. */
static bool is_behind(const struct endpoint *a, const struct endpoint *b)
{
    size_t i = 0;

    while (i < WORDS - 1 && word(a, i) == word(b, i))
        i++;
    return word(a, i) > word(b, i);
}

uint64_t table_hash(const struct table *table, const struct endpoint *a, const struct endpoint *b)
{
    struct endpoint ends[2];
    bool is_swapped = is_behind(a, b);

    ends[is_swapped] = *a;
    ends[!is_swapped] = *b;
    return hash_octets(&table->secret, ends, sizeof ends);
}

static struct conn **bucket_of(const struct table *table, uint64_t hash)
{
    return &table->buckets[hash & (table->nbuckets - 1)];
}

struct conn *table_find(const struct table *table, uint64_t hash, const struct segment *g,
                        int *direction)
{
    for (struct conn *c = *bucket_of(table, hash); c; c = c->chain) {
        const struct endpoint *ends = c->shown.ends;

        if (c->hash != hash)
            continue;
        for (int d = 0; d < 2; d++) {
            if (is_same(&ends[d], &g->from) && is_same(&ends[!d], &g->to)) {
                *direction = d;
                return c;
            }
        }
    }
    return NULL;
}

static void table_grow(struct table *table)
{
    struct conn **old = table->buckets;
    size_t nold = table->nbuckets;

    table->nbuckets *= 2;
    table->buckets = memory_new(table->nbuckets * sizeof *table->buckets);
    for (size_t i = 0; i < nold; i++) {
        while (old[i]) {
            struct conn *c = old[i], **bucket = bucket_of(table, c->hash);

            old[i] = c->chain;
            c->chain = *bucket;
            *bucket = c;
        }
    }
    memory_free(old);
}

void table_add(struct table *table, struct conn *c)
{
    struct conn **bucket;

    if (table->count == table->nbuckets)
        table_grow(table);
    bucket = bucket_of(table, c->hash);
    c->chain = *bucket;
    *bucket = c;
    table->count++;
}

void table_remove(struct table *table, struct conn *c)
{
    struct conn **at = bucket_of(table, c->hash);

    while (*at != c)
        at = &(*at)->chain;
    *at = c->chain;
    table->count--;
}
