#include <CUnit/CUnit.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/input.h"
#include "tests/support/folder.h"

enum { PATH_LEN = 128, DEPTH = 40 };

static void touch(const char *name)
{
    FILE *file = fopen(below(name), "w");

    CU_ASSERT_FATAL(file != NULL);
    fclose(file);
}

static void link_to(const char *target, const char *name)
{
    CU_ASSERT(symlink(target, below(name)) == 0);
}

/* Files and folders, in the order in which they can be taken away again. */
static const char *const made[] = {
    "B", "a", "c/z", "c/y/x", "c/.hidden", ".git/objects", "c-d", "link", "loop", "c/up", "gone", "c/y", "c", ".git",
};

static void tree_make(void)
{
    mkdir(below("c"), 0700);
    mkdir(below("c/y"), 0700);
    mkdir(below(".git"), 0700);
    touch("B");
    touch("a");
    touch("c-d");
    touch("c/z");
    touch("c/y/x");
    touch("c/.hidden");
    touch(".git/objects");
    link_to("c/z", "link");
    link_to(".", "loop");
    link_to("..", "c/up");
    link_to("nowhere", "gone");
}

static void tree_remove(void)
{
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        CU_ASSERT(remove(below(made[i])) == 0);
}

static void files_folder(void)
{
    static const char *const wanted[] = { "B", "a", "c-d", "c/y/x", "c/z", "link" };
    struct input_files files = { 0 };
    struct errors errors = { 0 };

    tree_make();
    CU_ASSERT(input_files_add(&files, "-", &errors));
    CU_ASSERT(input_files_add(&files, folder_path, &errors));
    CU_ASSERT(input_files_add(&files, below(".git"), &errors));
    CU_ASSERT_FATAL(files.count == 8);
    CU_ASSERT_STRING_EQUAL(files.paths[0], "-");
    for (size_t i = 0; i < 6; i++)
        CU_ASSERT_STRING_EQUAL(files.paths[i + 1], below(wanted[i]));
    CU_ASSERT_STRING_EQUAL(files.paths[7], below(".git/objects"));
    CU_ASSERT(errors.count == 0);
    input_files_clear(&files);
    CU_ASSERT(files.count == 0);
    tree_remove();
}

/* A slash at the end is not doubled. */
static void files_slash(void)
{
    struct input_files files = { 0 };
    struct errors errors = { 0 };
    char path[PATH_LEN + 2];

    touch("a");
    snprintf(path, sizeof path, "%s/", folder_path);
    CU_ASSERT(input_files_add(&files, path, &errors));
    CU_ASSERT_FATAL(files.count == 1);
    CU_ASSERT_STRING_EQUAL(files.paths[0], below("a"));
    input_files_clear(&files);
    remove(below("a"));
}

static void files_missing(void)
{
    struct input_files files = { 0 };
    struct errors errors = { 0 };

    CU_ASSERT(!input_files_add(&files, below("none"), &errors));
    CU_ASSERT(files.count == 0);
    CU_ASSERT_FATAL(errors.count == 1);
    CU_ASSERT_STRING_EQUAL(errors.items[0].file, below("none"));
    CU_ASSERT_STRING_EQUAL(errors.items[0].words, "cannot be read: No such file or directory");
    errors_clear(&errors);
    input_files_clear(&files);
}

static void files_deep(void)
{
    struct input_files files = { 0 };
    struct errors errors = { 0 };
    char name[2 * DEPTH + 2];

    for (size_t i = 0; i < DEPTH; i++) {
        memcpy(name + 2 * i, "d/", 3);
        CU_ASSERT(mkdir(below(name), 0700) == 0);
    }
    memcpy(name + 2 * DEPTH, "f", 2);
    touch(name);
    CU_ASSERT(input_files_add(&files, folder_path, &errors));
    CU_ASSERT(files.count == 1);
    input_files_clear(&files);
    remove(below(name));
    for (size_t i = DEPTH; i > 0; i--) {
        name[2 * i] = '\0';
        remove(below(name));
    }
}

void input_files_suite(void);
void input_files_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/files", folder_begin, folder_end);

    CU_add_test(suite, "a folder", files_folder);
    CU_add_test(suite, "a folder with a slash", files_slash);
    CU_add_test(suite, "what is missing", files_missing);
    CU_add_test(suite, "deep folders", files_deep);
}
