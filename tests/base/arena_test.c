#include "base/arena.h"

#include <CUnit/CUnit.h>

void base_arena_suite(void);

enum { FIRST = 1280, PIECES = 200 };

/* Pieces of all sizes keep their octets until the arena goes; then the pool holds nothing. */
static void test_pieces(void)
{
    struct arena_pool *pool = arena_pool_new();
    char *pieces[PIECES];

    for (int round = 0; round < 3; round++) {
        struct arena *arena = arena_new(pool), *other = arena_new(pool);

        CU_ASSERT(arena_pool_used(pool) <= 2 * FIRST);
        for (size_t i = 0; i < PIECES; i++) {
            pieces[i] = arena_alloc(i % 2 ? arena : other, i * i + 1);
            CU_ASSERT_EQUAL((uintptr_t)pieces[i] % 16, 0);
            memset(pieces[i], (int)i, i * i + 1);
        }
        arena_absorb(arena, other);
        for (size_t i = 0; i < PIECES; i++) {
            CU_ASSERT_EQUAL(pieces[i][0], (char)i);
            CU_ASSERT_EQUAL(pieces[i][i * i], (char)i);
        }
        arena_free(arena);
        CU_ASSERT_EQUAL(arena_pool_used(pool), 0);
    }
    arena_pool_free(pool);
}

/* What grows keeps its octets, in place where it is the last piece and there is room. */
static void test_growth(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    char *piece = arena_alloc(arena, 100), *grown;

    memset(piece, 'a', 100);
    CU_ASSERT_PTR_EQUAL(arena_grow(arena, piece, 100, 200), piece);
    arena_alloc(arena, 1);
    grown = arena_grow(arena, piece, 200, 5000);
    CU_ASSERT_PTR_NOT_EQUAL(grown, piece);
    CU_ASSERT(grown[0] == 'a' && grown[99] == 'a');
    grown = arena_grow(arena, NULL, 0, 10);
    CU_ASSERT_PTR_NOT_NULL(grown);
    arena_free(arena);
    arena_pool_free(pool);
}

/* Blocks are used again: the next arena gets the same one. */
static void test_reuse(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    void *second = arena_alloc(arena, FIRST);

    arena_free(arena);
    CU_ASSERT_PTR_EQUAL(arena_new(pool), arena);
    CU_ASSERT_PTR_EQUAL(arena_alloc(arena, FIRST), second);
    arena_free(arena);
    arena_pool_free(pool);
}

void base_arena_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/arena", NULL, NULL);

    CU_add_test(suite, "pieces", test_pieces);
    CU_add_test(suite, "growth", test_growth);
    CU_add_test(suite, "blocks are used again", test_reuse);
}
