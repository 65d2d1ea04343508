#include "cli/about.h"

#include "tests/support/loaded.h"

/* A flag stands below a title, and flags of a section stand together. */
static void about_sections(void)
{
    bool is_over[64] = { false };
    enum section section = flags[0].section;

    for (const struct flag *flag = flags; flag->name; flag++) {
        ROW_TRUE(flag->name, about_section(flag->section) != NULL);
        if (flag->section != section)
            is_over[section] = true;
        section = flag->section;
        ROW_TRUE(flag->name, !is_over[section]);
    }
}

void cli_about_suite(void);
void cli_about_suite(void)
{
    CU_add_test(CU_add_suite("cli/about", NULL, NULL), "sections", about_sections);
}
