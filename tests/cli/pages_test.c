#include "cli/pages.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

static struct command ran;

static void pages_written(void)
{
    static char index[1 << 16];

    CU_ASSERT_EQUAL_FATAL(mkdir(command_path("pages"), 0700), 0);
    command_run("--no-default-rules --rules %/own.yaml --rule-pages %/pages", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_EQUAL(access(command_path("pages/own-allow.md"), R_OK), 0);
    FILE *file = fopen(command_path("pages/README.md"), "rb");

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    index[fread(index, 1, sizeof index - 1, file)] = '\0';
    fclose(file);
    CU_ASSERT_PTR_NOT_NULL(strstr(index, "3 rules."));
    CU_ASSERT_PTR_NOT_NULL(strstr(index, "\n## own\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(index, "| [own-cookie](own-cookie.md) | warning |  | got \\<request.Cookie\\> |\n"));
}

void cli_pages_suite(void);
void cli_pages_suite(void)
{
    CU_add_test(CU_add_suite("cli/pages", command_begin, command_end), "written", pages_written);
}
