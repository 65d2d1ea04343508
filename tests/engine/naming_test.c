#include "engine/naming.h"

#include "tests/support/loaded.h"

static const struct text specs[] = { TEXT_INIT("RFC9110 15.5.6"), TEXT_INIT("RFC9111 3") };
static const struct rule rule = { .id = TEXT_INIT("status-405-allow-missing"), .level = TEXT_INIT("MUST"),
                                  .spec = specs,
                                  .nspec = 2 };

static const struct {
    const char *name, *words;
    bool fits, is_single;
} rows[] = {
    { "an id", "status-405-allow-missing", true, true },
    { "another id", "status-405-allow-missin", false, true },
    { "a glob", "status-*", true, false },
    { "a section", "spec:RFC9111 3", true, false },
    { "a document", "spec:RFC9110 *", true, false },
    { "another document", "spec:RFC9112 *", false, false },
    { "with a blank", "spec: RFC9111 *", true, false },
    { "a level", "level:MUST", true, false },
    { "another level", "level:SHOULD", false, false },
    { "any level", "level:*", true, false },
};

static void naming_rows(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct naming naming;
        struct pattern_error error;

        ROW_TRUE(rows[i].name, naming_compile(arena, text_of(rows[i].words), &naming, &error));
        ROW_TRUE(rows[i].name, naming_fits(&naming, &rule) == rows[i].fits);
        ROW_TRUE(rows[i].name, naming_is_single(&naming) == rows[i].is_single);
    }
    arena_free(arena);
    arena_pool_free(pool);
}

void engine_naming_suite(void);
void engine_naming_suite(void)
{
    CU_add_test(CU_add_suite("engine/naming", NULL, NULL), "rows", naming_rows);
}
