#include "lint/virtual.h"

#include <CUnit/CUnit.h>

void lint_virtual_suite(void);

enum { COUNT = 1000 };

/* What whoever reads the connections was told: the last of them, and how many. */
struct told {
    const struct connection *opened, *closed;
    size_t nopened, nended, nclosed;
};

static void on_opened(void *context, struct connection *connection)
{
    struct told *told = context;

    told->opened = connection;
    told->nopened++;
}

static void on_octets(void *context, struct connection *connection, int direction, const struct piece *piece)
{
    (void)context, (void)connection, (void)direction, (void)piece;
}

static void on_gap(void *context, struct connection *connection, int direction, uint64_t at, uint64_t missing)
{
    (void)context, (void)connection, (void)direction, (void)at, (void)missing;
}

static void on_ended(void *context, struct connection *connection, int direction, enum flow_end end)
{
    (void)connection, (void)direction, (void)end;
    ((struct told *)context)->nended++;
}

static void on_closed(void *context, struct connection *connection)
{
    struct told *told = context;

    told->closed = connection;
    told->nclosed++;
}

static void end(struct virtuals *virtuals, uint64_t id)
{
    const struct httplint_chunk where = { .connection = id };

    virtual_event(virtuals, virtual_open(virtuals, &where), &where, HTTPLINT_RST);
}

/* Whatever the ids are, those that are open are found, and no others; each is told once that it opened, ended and closed. */
static void test_table(void)
{
    static const uint64_t steps[] = { 1, UINT64_C(1) << 32, UINT64_C(1) << 63 | 3 };

    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        struct told told = { 0 };
        struct virtuals virtuals = { .sink = { &told, on_opened, on_octets, on_octets, on_gap, on_ended, on_closed } };

        for (uint64_t i = 0; i < COUNT; i++) {
            const struct httplint_chunk first = { .connection = i * steps[s] };

            virtual_open(&virtuals, &first)->at[0] = i;
            CU_ASSERT_EQUAL(told.opened->number, i);
        }
        for (uint64_t i = 0; i < COUNT; i += 3)
            end(&virtuals, i * steps[s]);
        CU_ASSERT_EQUAL(told.nopened, COUNT);
        for (uint64_t i = 0; i < COUNT; i++) {
            const struct httplint_chunk again = { .connection = i * steps[s] };
            size_t before = told.nopened;
            const struct virtual *found = virtual_open(&virtuals, &again);

            CU_ASSERT_EQUAL(told.nopened - before, i % 3 == 0);
            CU_ASSERT(told.nopened > before || found->at[0] == i);
        }
        CU_ASSERT_EQUAL(virtuals.count, COUNT);
        virtuals_finish(&virtuals);
        CU_ASSERT_EQUAL(virtuals.count, 0);
        CU_ASSERT_EQUAL(told.nclosed, told.nopened);
        CU_ASSERT_EQUAL(told.nended, 2 * told.nclosed);
        CU_ASSERT_EQUAL(virtuals.opened, told.nopened);
    }
}

/* As they are closed at the end: what comes of it has one order. */
static void test_order(void)
{
    struct told told = { 0 };
    struct virtuals virtuals = { .sink = { &told, on_opened, on_octets, on_octets, on_gap, on_ended, on_closed } };
    const struct connection *first = &virtual_open(&virtuals, &(struct httplint_chunk){ .connection = 7 })->connection;

    virtual_open(&virtuals, &(struct httplint_chunk){ .connection = 3 });
    virtuals_finish(&virtuals);
    CU_ASSERT_PTR_EQUAL(told.closed, first);
}

void lint_virtual_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/virtual", NULL, NULL);

    CU_add_test(suite, "those that are open are found", test_table);
    CU_add_test(suite, "the newest is closed first", test_order);
}
