#include "lint/later.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

void lint_later_suite(void);

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t count)
{
    char *told = context;

    sprintf(told + strlen(told), "x%u ", (unsigned)exchange->number);
    for (size_t i = 0; i < count; i++)
        sprintf(told + strlen(told), "f%u ", (unsigned)findings[i].frame);
}

static void on_note(void *context, const struct httplint_note *note)
{
    char *told = context;

    sprintf(told + strlen(told), "%s ", note->code);
}

/* In the order in which it came, whatever became of the records that were passed, and as often as it is asked for. */
static void later_order(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct httplint_exchange exchange = { .number = 1 };
    struct httplint_finding findings[2] = { { .frame = 7 }, { .frame = 8 } };
    struct httplint_note note = { .code = "gap" };
    char told[100] = "";
    const struct httplint_sink sink = { on_exchange, on_note, told };
    struct later later;

    later_begin(&later, arena);
    later_tell(&later, &sink);
    CU_ASSERT_STRING_EQUAL(told, "");
    later_exchange(&later, &exchange, findings, 2);
    later_note(&later, &note);
    exchange.number = 2;
    later_exchange(&later, &exchange, NULL, 0);
    memset(&exchange, 0, sizeof exchange);
    memset(findings, 0, sizeof findings);
    note.code = "none";
    later_tell(&later, &sink);
    CU_ASSERT_STRING_EQUAL(told, "x1 f7 f8 gap x2 ");
    told[0] = '\0';
    later_begin(&later, arena);
    later_tell(&later, &sink);
    CU_ASSERT_STRING_EQUAL(told, "");
    arena_free(arena);
    arena_pool_free(pool);
}

void lint_later_suite(void)
{
    CU_add_test(CU_add_suite("lint/later", NULL, NULL), "order", later_order);
}
