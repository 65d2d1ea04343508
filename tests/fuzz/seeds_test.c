/*
 * The kept inputs of the fuzz targets, each run once under the sanitizers of the tests: clang need not be there. A target
 * that fails ends the process; what it was given is named before.
 */
#include <CUnit/CUnit.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "input/input.h"
#include "tests/support/targets.h"

void fuzz_seeds_suite(void);

enum { SEED_OCTETS_MAX = 1 << 20 };

static char running[512];

static void on_abort(int number)
{
    ssize_t told = write(STDERR_FILENO, running, strlen(running));

    (void)told;
    signal(number, SIG_DFL);
    raise(number);
}

static void run_seed(const struct fuzz_target *target, const char *path)
{
    struct errors errors = { 0 };
    struct text seed = file_read(path, SEED_OCTETS_MAX, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(seed.at);
    snprintf(running, sizeof running, "\nthe target %s fails on %s\n", target->name, path);
    /* A copy of its own, so that the sanitizer sees the end. */
    uint8_t *octets = malloc(seed.len > 0 ? seed.len : 1);

    CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
    memcpy(octets, seed.at, seed.len);
    CU_ASSERT_EQUAL(target->run(octets, seed.len), 0);
    free(octets);
    memory_free((char *)(uintptr_t)seed.at);
    errors_clear(&errors);
}

static void test_seeds(void)
{
    void (*before)(int) = signal(SIGABRT, on_abort);

    for (const struct fuzz_target *target = fuzz_targets; target->name; target++) {
        struct input_files files = { 0 };
        struct errors errors = { 0 };
        char folder[128];

        snprintf(folder, sizeof folder, "tests/fuzz/seeds/%s", target->name);
        CU_ASSERT_TRUE(input_files_add(&files, folder, &errors));
        CU_ASSERT_TRUE(files.count > 0);
        for (size_t i = 0; i < files.count; i++)
            run_seed(target, files.paths[i]);
        input_files_clear(&files);
        errors_clear(&errors);
    }
    signal(SIGABRT, before);
}

void fuzz_seeds_suite(void)
{
    CU_pSuite suite = CU_add_suite("fuzz/seeds", NULL, NULL);

    CU_add_test(suite, "kept inputs", test_seeds);
}
