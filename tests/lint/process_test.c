#include <CUnit/CUnit.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "httplint.h"

static void leave(void *context)
{
    _exit(*(int *)context);
}

/* In a child the hook that was given is what ends the process. */
static void process_exhaustion(void)
{
    int wanted = 42, status = -1;
    pid_t child = fork();

    if (child == 0) {
        httplint_on_exhaustion(leave, &wanted);
        memory_fail_at(1);
        memory_free(memory_new(1));
        _exit(1);
    }
    waitpid(child, &status, 0);
    CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

static void process_version(void)
{
    CU_ASSERT_TRUE(strspn(httplint_version(), "0123456789.") == strlen(httplint_version()));
}

void lint_process_suite(void);
void lint_process_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/process", NULL, NULL);

    CU_add_test(suite, "exhaustion", process_exhaustion);
    CU_add_test(suite, "version", process_version);
}
