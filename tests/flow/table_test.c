#include "flow/table.h"

#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

void flow_table_suite(void);

enum { MANY = 200000, LONGEST_CHAIN = 16 };

static struct segment segment_of(uint32_t n)
{
    struct segment g = { .from = { .family = 4, .port = (uint16_t)n }, .to = { .family = 4, .port = 80 } };

    memcpy(g.from.address, &n, sizeof n);
    return g;
}

static struct segment turned(struct segment g)
{
    struct endpoint from = g.from;

    g.from = g.to;
    g.to = from;
    return g;
}

static size_t longest_chain(const struct table *table)
{
    size_t longest = 0;

    for (size_t i = 0; i < table->nbuckets; i++) {
        size_t len = 0;

        for (const struct conn *c = table->buckets[i]; c; c = c->chain)
            len++;
        longest = len > longest ? len : longest;
    }
    return longest;
}

/* Both orders of the ends find the connection; chains stay short with very many. */
static void test_many(void)
{
    struct table table;
    struct conn *conns = calloc(MANY, sizeof *conns);
    size_t missed = 0;

    table_make(&table, (const uint8_t *)"0123456789abcdef");
    for (uint32_t i = 0; i < MANY; i++) {
        struct segment g = segment_of(i);

        conns[i].shown.ends[0] = g.from;
        conns[i].shown.ends[1] = g.to;
        conns[i].hash = table_hash(&table, &g.from, &g.to);
        table_add(&table, &conns[i]);
    }
    CU_ASSERT(longest_chain(&table) <= LONGEST_CHAIN);
    for (uint32_t i = 0; i < MANY; i++) {
        struct segment g = segment_of(i), back = turned(g);
        uint64_t hash = table_hash(&table, &back.from, &back.to);
        int d = -1, e = -1;

        missed += table_find(&table, hash, &g, &d) != &conns[i] || d != 0;
        missed += table_find(&table, hash, &back, &e) != &conns[i] || e != 1;
        if (i % 2)
            table_remove(&table, &conns[i]);
    }
    CU_ASSERT_EQUAL(missed, 0);
    CU_ASSERT_EQUAL(table.count, MANY / 2);
    for (uint32_t i = 0; i < MANY; i++) {
        struct segment g = segment_of(i);
        int d;

        missed += (table_find(&table, table_hash(&table, &g.from, &g.to), &g, &d) != NULL) == i % 2;
    }
    CU_ASSERT_EQUAL(missed, 0);
    table_free(&table);
    free(conns);
}

/* A connection of an end with itself has one direction. */
static void test_self(void)
{
    struct table table;
    struct conn c = { 0 };
    struct segment g = segment_of(80);
    int d = -1;

    g.to = g.from;
    c.shown.ends[0] = c.shown.ends[1] = g.from;
    table_make(&table, (const uint8_t *)"0123456789abcdef");
    c.hash = table_hash(&table, &g.from, &g.to);
    table_add(&table, &c);
    CU_ASSERT_PTR_EQUAL(table_find(&table, c.hash, &g, &d), &c);
    CU_ASSERT_EQUAL(d, 0);
    table_free(&table);
}

void flow_table_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/table", NULL, NULL);

    CU_add_test(suite, "many", test_many);
    CU_add_test(suite, "self", test_self);
}
