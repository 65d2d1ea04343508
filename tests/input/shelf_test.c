#include "input/shelf.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/folder.h"

void input_shelf_suite(void);

/* Writes `len` octets into the next file; false if there is none. */
static bool put(struct shelf *shelf, int64_t time_us, size_t len)
{
    int descriptor = shelf_next(shelf, time_us);

    return descriptor >= 0 && write(descriptor, "0123456789", len) == (ssize_t)len && close(descriptor) == 0;
}

static off_t size_of(const char *name)
{
    struct stat status;

    return stat(below(name), &status) == 0 ? status.st_size : -1;
}

static void single(void)
{
    char path[512];
    struct errors errors = { 0 };
    const struct shelf_options options = { .path = path };

    strcpy(path, below("a.pcap"));
    struct shelf *shelf = shelf_open(&options, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(shelf);
    CU_ASSERT_TRUE(put(shelf, 0, 10) && size_of("a.pcap") == 10);
    CU_ASSERT_TRUE(put(shelf, 0, 2) && size_of("a.pcap") == 12);
    CU_ASSERT_EQUAL(unlink(path), 0);
    CU_ASSERT_TRUE(put(shelf, 0, 3) && size_of("a.pcap") == 3);
    shelf_free(shelf);
    shelf = shelf_open(&options, &errors);
    CU_ASSERT_TRUE(put(shelf, 0, 1) && size_of("a.pcap") == 1);
    shelf_free(shelf);
    CU_ASSERT_EQUAL(unlink(path), 0);
    CU_ASSERT_EQUAL(errors.count, 0);
}

static void rotating(void)
{
    static const char *const names[] = { "r_00001_20200913122640.x", "r_00002_20200913122641.x", "r_00003_20200913122642.x" };
    char path[512];
    struct errors errors = { 0 };
    const struct shelf_options options = { .path = path, .is_rotating = true, .files_max = 2 };

    strcpy(path, below("r.x"));
    struct shelf *shelf = shelf_open(&options, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(shelf);
    for (int64_t i = 0; i < 3; i++)
        CU_ASSERT_TRUE(put(shelf, (1600000000 + i) * 1000000, 1));
    CU_ASSERT_EQUAL(size_of(names[0]), -1);
    CU_ASSERT_EQUAL(symlink(names[2], below("r_00004_20200913122643.x")), 0);
    CU_ASSERT_FALSE(put(shelf, 1600000003000000, 1));
    CU_ASSERT_EQUAL(errno, ELOOP);
    CU_ASSERT_EQUAL(unlink(below("r_00004_20200913122643.x")), 0);
    CU_ASSERT_EQUAL(size_of(names[1]), -1);
    CU_ASSERT_TRUE(size_of(names[2]) == 1 && unlink(below(names[2])) == 0);
    shelf_free(shelf);
}

static void refusals(void)
{
    static const char *const paths[] = { "/tmp/", "/tmp/..", "/nowhere/at/all", "", "." };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const struct shelf_options options = { .path = paths[i] };
        struct errors errors = { 0 };

        CU_ASSERT_PTR_NULL(shelf_open(&options, &errors));
        CU_ASSERT_EQUAL(errors.count, 1);
        errors_clear(&errors);
    }
}

void input_shelf_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/shelf", folder_begin, folder_end);

    CU_add_test(suite, "a single file", single);
    CU_add_test(suite, "files that follow each other", rotating);
    CU_add_test(suite, "what names no file", refusals);
}
