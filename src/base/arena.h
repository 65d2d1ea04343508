/*
 * arena.h - memory that is given piece by piece and taken back at once.
 *
 * An exchange owns an arena: all that is reachable from it lives there until the last reporter
 * has returned. Blocks go back to a pool, so that in the steady state nothing calls malloc.
 * A pool serves one thread. Nothing here fails (memory.h).
 */
#ifndef HTTPLINT_BASE_ARENA_H
#define HTTPLINT_BASE_ARENA_H

#include <stddef.h>

#include "base/text.h"

struct arena_pool;
struct arena;

/* A pool without blocks. Freed by arena_pool_free, after all its arenas. */
struct arena_pool *arena_pool_new(void);
void arena_pool_free(struct arena_pool *);

/* Octets that the pool's arenas hold at the moment, in whole blocks; those that wait in the pool not counted. */
size_t arena_pool_used(const struct arena_pool *);

/* An empty arena over the pool. Given back with arena_free. */
struct arena *arena_new(struct arena_pool *);
void arena_free(struct arena *);

/* All that was allocated in `other` lives on in `arena`; `other` itself is gone. Both of the same pool. */
void arena_absorb(struct arena *arena, struct arena *other);

/* Its blocks are not counted in arena_pool_used any more. Nothing is allocated in it from now on; the rest may be looked at by
 * another thread, while the pool goes on, but is freed by the pool's. */
void arena_detach(struct arena *);

/* `size` octets, aligned to 16, not zeroed, alive until arena_free. */
void *arena_alloc(struct arena *, size_t size);

/* The same, zeroed. */
void *arena_zero(struct arena *, size_t size);

/* `old` of `old_size` octets (NULL: none) made `size` octets large, in place where it was the last piece. */
void *arena_grow(struct arena *, void *old, size_t old_size, size_t size);

/* A copy of the octets of `source`. */
struct text arena_text(struct arena *, struct text source);

#endif
