#include "base/arena.h"

#include <string.h>

#include "base/memory.h"

enum {
    ALIGNMENT = 16,
    FIRST_OCTETS = 1280 - 32,  /* the first block of an arena: a small message fits; many open connections hold little */
    BLOCK_OCTETS = 2048 - 32,  /* all others, but for larger pieces */
    WAITING_MAX = 8 << 20      /* octets that wait for reuse; more are given back to the system */
};

enum size_class { CLASS_FIRST, CLASS_USUAL, CLASSES };

static const size_t class_octets[CLASSES] = { FIRST_OCTETS, BLOCK_OCTETS };

struct block {
    struct block *next;
    size_t size;               /* of the octets below */
    _Alignas(ALIGNMENT) char octets[];
};

struct arena_pool {
    struct block *waiting[CLASSES];
    size_t waiting_octets;
    size_t used;
};

struct arena {
    struct arena_pool *pool;
    struct block *blocks;      /* the newest first: only it has room */
    size_t used;               /* octets of the newest block */
    bool is_detached;
};

struct arena_pool *arena_pool_new(void)
{
    return memory_new(sizeof(struct arena_pool));
}

void arena_pool_free(struct arena_pool *pool)
{
    if (!pool)
        return;
    for (enum size_class class = 0; class < CLASSES; class++) {
        while (pool->waiting[class]) {
            struct block *block = pool->waiting[class];

            pool->waiting[class] = block->next;
            memory_free(block);
        }
    }
    memory_free(pool);
}

size_t arena_pool_used(const struct arena_pool *pool)
{
    return pool->used;
}

/* A block of the class or, if that is too small, of `size` octets. */
static struct block *block_take(struct arena_pool *pool, enum size_class class, size_t size)
{
    struct block *block = pool->waiting[class];

    if (size > class_octets[class] || !block) {
        if (size < class_octets[class])
            size = class_octets[class];
        block = memory_grow(NULL, 1, sizeof *block + size);
        block->size = size;
    } else {
        pool->waiting[class] = block->next;
        pool->waiting_octets -= block->size;
    }
    pool->used += block->size;
    return block;
}

static void block_give(struct arena_pool *pool, struct block *block)
{
    enum size_class class = block->size == FIRST_OCTETS ? CLASS_FIRST : CLASS_USUAL;

    if (block->size > BLOCK_OCTETS || pool->waiting_octets >= WAITING_MAX) {
        memory_free(block);
        return;
    }
    block->next = pool->waiting[class];
    pool->waiting[class] = block;
    pool->waiting_octets += block->size;
}

struct arena *arena_new(struct arena_pool *pool)
{
    struct block *block = block_take(pool, CLASS_FIRST, FIRST_OCTETS);
    struct arena *arena = (struct arena *)block->octets;

    /* The arena lives in its own first block: making one costs no allocation. */
    block->next = NULL;
    arena->pool = pool;
    arena->blocks = block;
    arena->is_detached = false;
    arena->used = (sizeof *arena + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return arena;
}

void arena_detach(struct arena *arena)
{
    if (arena->is_detached)
        return;
    arena->is_detached = true;
    for (const struct block *block = arena->blocks; block; block = block->next)
        arena->pool->used -= block->size;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    struct arena_pool *pool = arena->pool;

    arena_detach(arena);
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        block_give(pool, block);
    }
}

void arena_absorb(struct arena *arena, struct arena *other)
{
    struct block *last = other->blocks;

    /* Behind the newest block, which alone has room. */
    while (last->next)
        last = last->next;
    last->next = arena->blocks->next;
    arena->blocks->next = other->blocks;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (rounded > arena->blocks->size - arena->used) {
        struct block *block = block_take(arena->pool, CLASS_USUAL, rounded);

        block->next = arena->blocks;
        arena->blocks = block;
        arena->used = 0;
    }
    void *piece = arena->blocks->octets + arena->used;
    arena->used += rounded;
    return piece;
}

void *arena_zero(struct arena *arena, size_t size)
{
    return memset(arena_alloc(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t size)
{
    size_t rounded = (old_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t wanted = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (old && (char *)old + rounded == arena->blocks->octets + arena->used && wanted >= rounded &&
        wanted - rounded <= arena->blocks->size - arena->used) {
        arena->used += wanted - rounded;
        return old;
    }
    void *grown = arena_alloc(arena, size);
    if (old_size > 0)
        memcpy(grown, old, old_size < size ? old_size : size);
    return grown;
}

struct text arena_text(struct arena *arena, struct text source)
{
    char *copy = arena_alloc(arena, source.len);

    if (source.len > 0)
        memcpy(copy, source.at, source.len);
    return (struct text){ copy, source.len };
}
