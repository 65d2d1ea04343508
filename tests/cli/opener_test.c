#include "cli/opener.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/folder.h"
#include "tests/support/loaded.h"

void cli_opener_suite(void);

static void put(const char *name, const char *words)
{
    FILE *file = fopen(below(name), "w");

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(words, file);
    fclose(file);
}

static int empty_folder(void)
{
    static const char *const names[] = { "rules", "report", "baseline", "other" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(below(names[i]));
    return folder_end();
}

/* What the file holds; its descriptor is closed. */
static const char *held(const char *name)
{
    static char words[64];
    int file = open(below(name), O_RDONLY);
    ssize_t len = file < 0 ? -1 : read(file, words, sizeof words - 1);

    close(file);
    words[len < 0 ? 0 : len] = '\0';
    return words;
}

/* Writes to what was opened. */
static bool wrote(int descriptor, const char *words)
{
    return descriptor >= 0 && write(descriptor, words, strlen(words)) == (ssize_t)strlen(words) && close(descriptor) == 0;
}

static struct opener *begin(bool is_apart)
{
    const struct opener_conduct conduct = { .is_apart = is_apart };
    struct errors errors = { 0 }, missing = { 0 };
    struct opener *opener = opener_new();

    opener_allow(opener, OPENER_READ, below("rules"));
    opener_allow(opener, OPENER_APPEND, below("report"));
    opener_allow(opener, OPENER_REPLACE, below("baseline"));
    opener_allow_interface(opener, "lo", true);
    CU_ASSERT_TRUE_FATAL(opener_begin(opener, &conduct, &missing, &errors));
    CU_ASSERT_EQUAL(missing.count + errors.count, 0);
    return opener;
}

/* What was allowed, anew each time, in this process and in one of its own. */
static void allowed(void)
{
    for (int is_apart = 0; is_apart <= 1; is_apart++) {
        struct opener *opener = begin(is_apart);

        put("rules", "old");
        put("report", "1");
        put("baseline", "long ago");
        int rules = opener_read(opener, below("rules"));
        char octets[8];

        CU_ASSERT_TRUE(rules >= 0 && read(rules, octets, sizeof octets) == 3 && write(rules, "x", 1) < 0 && close(rules) == 0);
        CU_ASSERT_TRUE(wrote(opener_file(opener, OPENER_APPEND, below("report")), "2"));
        CU_ASSERT_STRING_EQUAL(held("report"), "12");
        CU_ASSERT_EQUAL(unlink(below("report")), 0);
        CU_ASSERT_TRUE(wrote(opener_file(opener, OPENER_APPEND, below("report")), "3"));
        CU_ASSERT_STRING_EQUAL(held("report"), "3");
        CU_ASSERT_TRUE(wrote(opener_replace(opener, below("baseline")), "now"));
        CU_ASSERT_STRING_EQUAL(held("baseline"), "now");
        CU_ASSERT_FALSE(opener_has_refused(opener));
        unlink(below("rules"));
        CU_ASSERT_EQUAL(opener_read(opener, below("rules")), -1);
        CU_ASSERT_EQUAL(errno, ENOENT);
        CU_ASSERT_TRUE(opener_is_there(opener));
        opener_free(opener);
    }
}

static void refused(void)
{
    struct opener *opener = begin(true);

    put("other", "secret");
    CU_ASSERT_EQUAL(opener_read(opener, below("other")), -1);
    CU_ASSERT_EQUAL(errno, EPERM);
    CU_ASSERT_EQUAL(opener_read(opener, below("report")), -1);
    CU_ASSERT_EQUAL(errno, EPERM);
    CU_ASSERT_TRUE(opener_has_refused(opener));
    CU_ASSERT_FALSE(opener_has_refused(opener));
    CU_ASSERT_EQUAL(opener_kept(opener, 0), -1);
    CU_ASSERT_EQUAL(errno, EPERM);
    CU_ASSERT_EQUAL(opener_bind(opener, 1), EPERM);
    CU_ASSERT_EQUAL(opener_bind(opener, 0), ENODEV);
    CU_ASSERT_FALSE(opener_lend(opener, 1, 0));
    CU_ASSERT_TRUE(opener_lend(opener, 0, STDERR_FILENO));
    CU_ASSERT_FALSE(opener_lend(opener, 0, STDERR_FILENO));
    CU_ASSERT_EQUAL(opener_bind(opener, 0), ENODEV);       /* it is no socket */
    opener_free(opener);
}

/* Kept packets come from a shelf that only the process has. */
static void kept(void)
{
    char path[512];
    const struct shelf_options options = { .path = path, .is_rotating = true, .files_max = 1 };
    const struct opener_conduct conduct = { .is_apart = true };
    struct errors errors = { 0 };
    struct opener *opener = opener_new();

    strcpy(path, below("k.pcap"));
    opener_allow_shelf(opener, shelf_open(&options, &errors));
    CU_ASSERT_TRUE_FATAL(opener_begin(opener, &conduct, &errors, &errors));
    CU_ASSERT_TRUE(wrote(opener_kept(opener, 1600000000000000), "a"));
    CU_ASSERT_STRING_EQUAL(held("k_00001_20200913122640.pcap"), "a");
    CU_ASSERT_TRUE(wrote(opener_kept(opener, 1600000001000000), "b"));
    CU_ASSERT_EQUAL(access(below("k_00001_20200913122640.pcap"), F_OK), -1);
    CU_ASSERT_EQUAL(unlink(below("k_00002_20200913122641.pcap")), 0);
    opener_free(opener);
    CU_ASSERT_EQUAL(errors.count, 0);
}

static bool begins_with_e(const char *name)
{
    return name[0] == 'e';
}

static void folder(void)
{
    for (int is_apart = 0; is_apart <= 1; is_apart++) {
        const struct opener_conduct conduct = { .is_apart = is_apart };
        struct errors errors = { 0 };
        struct opener *opener = opener_new();
        char long_name[512] = { 0 };

        memset(long_name, 'e', sizeof long_name - 1);
        opener_allow_folder(opener, folder_path, begins_with_e);
        CU_ASSERT_TRUE_FATAL(opener_begin(opener, &conduct, &errors, &errors));
        CU_ASSERT_TRUE(wrote(opener_make(opener, "e1"), "one"));
        CU_ASSERT_STRING_EQUAL(held("e1"), "one");
        CU_ASSERT_EQUAL(opener_remove(opener, "e1"), 0);
        CU_ASSERT_EQUAL(opener_remove(opener, "e1"), ENOENT);
        CU_ASSERT_EQUAL(symlink("e2", below("e3")), 0);
        CU_ASSERT_TRUE(opener_make(opener, "e3") == -1 && errno == ELOOP);
        CU_ASSERT_EQUAL(opener_remove(opener, "e3"), 0);
        static const char *const wrong[] = { "rules", "", "../e", "e/../rules", "." };

        put("rules", "");
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
            ROW_TRUE(wrong[i], opener_make(opener, wrong[i]) == -1 && errno == EPERM);
            ROW_TRUE(wrong[i], opener_remove(opener, wrong[i]) == EPERM);
        }
        CU_ASSERT_TRUE(opener_make(opener, long_name) == -1 && errno == EPERM);
        opener_free(opener);
    }
}

/* The process ends with the one it works for, and that one hears of it if it ends before. */
static void ends(void)
{
    struct opener *opener = begin(true);
    char words[64];
    FILE *children = fopen("/proc/thread-self/children", "r");
    int process = 0;

    if (!children || !fgets(words, sizeof words, children) || (process = atoi(words)) <= 0) {
        printf("\n    skipped: this kernel does not tell the children of a process ");
    } else {
        CU_ASSERT_EQUAL(kill(process, SIGTERM), 0);
        put("rules", "");
        int rules = opener_read(opener, below("rules"));

        CU_ASSERT_TRUE(rules >= 0 && close(rules) == 0);   /* it heeds no signal that is for the other one */
        CU_ASSERT_EQUAL(kill(process, SIGKILL), 0);
        CU_ASSERT_EQUAL(waitid(P_PID, (id_t)process, NULL, WEXITED | WNOWAIT), 0);
        CU_ASSERT_FALSE(opener_is_there(opener));
        CU_ASSERT_EQUAL(opener_read(opener, below("rules")), -1);
        CU_ASSERT_EQUAL(errno, EPIPE);
        CU_ASSERT_EQUAL(opener_bind(opener, 0), EPIPE);
    }
    if (children)
        fclose(children);
    opener_free(opener);
}

void cli_opener_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/opener", folder_begin, empty_folder);

    CU_add_test(suite, "what was allowed", allowed);
    CU_add_test(suite, "what was not", refused);
    CU_add_test(suite, "packets that are kept", kept);
    CU_add_test(suite, "a folder", folder);
    CU_add_test(suite, "its end", ends);
}
