#include "report/report.h"

#include "tests/support/loaded.h"

static void formats_are_found(void)
{
    size_t count = 0;

    for (; reporters[count]; count++)
        ROW_TRUE(reporters[count]->name, reporter_find(reporters[count]->name) == reporters[count]);
    CU_ASSERT_TRUE(count >= 2);
    CU_ASSERT_PTR_NULL(reporter_find("tex"));
    CU_ASSERT_PTR_NULL(reporter_find(""));
}

void report_formats_suite(void);
void report_formats_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/formats", NULL, NULL);

    CU_add_test(suite, "each is found by its name", formats_are_found);
}
