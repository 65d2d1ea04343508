#include "cli/config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

/* Below the test's folder: `made` are files and, with a slash at their end, folders; looked for from `from`. */
static const struct {
    const char *name, *made[5], *from, *found;
} rows[] = {
    { "none", { "a/" }, "a", NULL },
    { "here", { "a/", "a/.httplint.yaml" }, "a", ".httplint.yaml" },
    { "above, in no repository", { "a/", "a/b/", "a/.httplint.yaml" }, "a/b", NULL },
    { "above, in a repository", { "a/", "a/b/", "a/b/c/", "a/.git/", "a/.httplint.yaml" }, "a/b/c", "../../.httplint.yaml" },
    { "the nearest", { "a/", "a/b/", "a/.git/", "a/.httplint.yaml", "a/b/.httplint.yaml" }, "a/b", ".httplint.yaml" },
    { "not above the repository", { "a/", "a/b/", "a/b/.git/", "a/.httplint.yaml" }, "a/b", NULL },
    { "a worktree's .git is a file", { "a/", "a/b/", "a/.git", "a/.httplint.yaml" }, "a/b", "../.httplint.yaml" },
    { "a folder of that name was meant", { "a/", "a/.httplint.yaml/" }, "a", ".httplint.yaml" },
};

static const char *path_of(char path[512], const char *folder, const char *name)
{
    snprintf(path, 512, "%s/%s", folder, name);
    return path;
}

static void make(const char *folder, const char *name)
{
    char path[512];
    int file;

    path_of(path, folder, name);
    if (path[strlen(path) - 1] == '/') {
        CU_ASSERT_EQUAL(mkdir(path, 0700), 0);
        return;
    }
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CU_ASSERT_FATAL(file >= 0);
    close(file);
}

static void expect(const char *name, const char *found)
{
    struct out *path = out_new_memory();
    const char *got = config_find(path);

    ROW_STRING(name, got ? got : "", found ? found : "");
    ROW_TRUE(name, (got != NULL) == (found != NULL));
    out_free(path);
}

static void config_rows(void)
{
    int before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char folder[256], path[512], name[16];

        snprintf(name, sizeof name, "row%zu", i);
        snprintf(folder, sizeof folder, "%s", command_path(name));
        CU_ASSERT_EQUAL_FATAL(mkdir(folder, 0700), 0);
        for (size_t j = 0; j < 5 && rows[i].made[j]; j++)
            make(folder, rows[i].made[j]);
        CU_ASSERT_EQUAL_FATAL(chdir(path_of(path, folder, rows[i].from)), 0);
        expect(rows[i].name, rows[i].found);
        CU_ASSERT_EQUAL_FATAL(fchdir(before), 0);
    }
    close(before);
}

/* A path that is not absolute does not count. */
static void config_home(void)
{
    char folder[256], home[256] = "", xdg[256], file[512], found[512];
    int before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    snprintf(xdg, sizeof xdg, "%s", getenv("XDG_CONFIG_HOME"));
    snprintf(home, sizeof home, "%s", getenv("HOME") ? getenv("HOME") : "");
    snprintf(folder, sizeof folder, "%s", command_path("home"));
    CU_ASSERT_EQUAL_FATAL(mkdir(folder, 0700), 0);
    make(folder, ".config/");
    make(folder, ".config/httplint/");
    CU_ASSERT_EQUAL_FATAL(chdir(folder), 0);
    setenv("HOME", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    expect("nothing at home", NULL);
    make(folder, ".config/httplint/config.yaml");
    expect("at home", path_of(file, folder, ".config/httplint/config.yaml"));
    setenv("XDG_CONFIG_HOME", "relative", 1);
    expect("a relative one", file);
    setenv("XDG_CONFIG_HOME", path_of(found, folder, "none"), 1);
    expect("none there", NULL);
    unsetenv("HOME");
    unsetenv("XDG_CONFIG_HOME");
    expect("no home", NULL);
    setenv("XDG_CONFIG_HOME", xdg, 1);
    setenv("HOME", home, 1);
    CU_ASSERT_EQUAL_FATAL(fchdir(before), 0);
    close(before);
}

void cli_config_suite(void);
void cli_config_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/config", command_begin, command_end);

    CU_add_test(suite, "where it is found", config_rows);
    CU_add_test(suite, "at home", config_home);
}
