#include "cli/progress.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/loaded.h"

/* Both ends of a terminal; false where there is none to be had. */
static bool open_terminal(int *ours, int *theirs)
{
    *ours = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (*ours < 0 || grantpt(*ours) != 0 || unlockpt(*ours) != 0)
        return false;
    *theirs = open(ptsname(*ours), O_RDWR | O_NOCTTY);
    return *theirs >= 0;
}

static void progress_needs_a_terminal(void)
{
    int file = memfd_create("err", MFD_CLOEXEC);

    CU_ASSERT_PTR_NULL(progress_new(file, 100));
    progress_add(NULL, 1);
    progress_hide(NULL);
    progress_free(NULL);
    CU_ASSERT_EQUAL(lseek(file, 0, SEEK_END), 0);
    close(file);
}

/* What is quick is not worth a bar. */
static void progress_is_patient(void)
{
    int ours, theirs;
    char seen[64];

    if (!open_terminal(&ours, &theirs))
        return;
    struct progress *progress = progress_new(theirs, 100);

    CU_ASSERT_PTR_NOT_NULL(progress);
    progress_add(progress, 50);
    progress_hide(progress);
    progress_free(progress);
    CU_ASSERT_TRUE(read(ours, seen, sizeof seen) <= 0);
    close(theirs);
    close(ours);
}

void cli_progress_suite(void);
void cli_progress_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/progress", NULL, NULL);

    CU_add_test(suite, "only on a terminal", progress_needs_a_terminal);
    CU_add_test(suite, "not before it lasts", progress_is_patient);
}
