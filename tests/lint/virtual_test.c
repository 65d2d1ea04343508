#include "lint/virtual.h"

#include <CUnit/CUnit.h>

void lint_virtual_suite(void);

enum { COUNT = 1000 };

/* Whatever the ids are, those that are open are found, and no others; the newest comes first. */
static void test_table(void)
{
    static const uint64_t steps[] = { 1, UINT64_C(1) << 32, UINT64_C(1) << 63 | 3 };

    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        struct virtuals virtuals = { 0 };

        CU_ASSERT_PTR_NULL(virtual_find(&virtuals, 0));
        for (uint64_t i = 0; i < COUNT; i++)
            virtual_add(&virtuals, i * steps[s])->at[0] = i;
        for (uint64_t i = 0; i < COUNT; i += 3)
            virtual_remove(&virtuals, virtual_find(&virtuals, i * steps[s]));
        for (uint64_t i = 0; i < COUNT; i++) {
            struct virtual *found = virtual_find(&virtuals, i * steps[s]);

            CU_ASSERT_EQUAL(found != NULL, i % 3 > 0);
            CU_ASSERT(!found || found->at[0] == i);
        }
        CU_ASSERT_PTR_NULL(virtual_find(&virtuals, COUNT * steps[s]));
        for (uint64_t last = COUNT; virtuals.newest; virtual_remove(&virtuals, virtuals.newest)) {
            CU_ASSERT(virtuals.newest->at[0] < last);
            last = virtuals.newest->at[0];
        }
        CU_ASSERT_EQUAL(virtuals.count, 0);
        virtuals_free(&virtuals);
    }
}

void lint_virtual_suite(void)
{
    CU_add_test(CU_add_suite("lint/virtual", NULL, NULL), "those that are open are found", test_table);
}
