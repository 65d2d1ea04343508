/* The runner: `run` runs every suite, `run wire flow_reorder` those whose names begin so. */
#include <CUnit/Basic.h>
#include <string.h>

#include "tests/support/suites.h"

static int is_wanted(const char *name, char **prefixes)
{
    if (!*prefixes)
        return 1;
    for (; *prefixes; prefixes++)
        if (strncmp(name, *prefixes, strlen(*prefixes)) == 0)
            return 1;
    return 0;
}

int main(int argc, char **argv)
{
    (void)argc;
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 2;
    for (const struct suite_entry *suite = suites; suite->name; suite++)
        if (is_wanted(suite->name, argv + 1))
            suite->add();
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    unsigned failures = CU_get_number_of_failures() + CU_get_number_of_tests_failed();
    CU_cleanup_registry();
    return failures > 0;
}
