#include "httplint.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void lint_rules_suite(void);

static const struct {
    const char *path, *octets;
} shelf[] = {
    { "nowhere/own.yaml", "extends: [other.yaml]\n"
                          "rules:\n  own-a: { severity: error, message: m, why: w, spec: RFC9110 5, forbid: response.Server }\n" },
    { "nowhere/other.yaml", "rules:\n  own-b: { severity: error, message: m, why: w, spec: RFC9110 5, forbid: response.Via }\n" },
    { "nowhere/lost.yaml", "extends: [none.yaml]\n" },
};

/* Files that are in no file system; `context` counts them. */
static int open_file(void *context, const char *path)
{
    int ends[2];

    for (size_t i = 0; i < sizeof shelf / sizeof *shelf; i++)
        if (strcmp(path, shelf[i].path) == 0) {
            size_t len = strlen(shelf[i].octets);

            CU_ASSERT_FATAL(pipe(ends) == 0 && write(ends[1], shelf[i].octets, len) == (ssize_t)len && close(ends[1]) == 0);
            ++*(size_t *)context;
            return ends[0];
        }
    errno = EXDEV;
    return -1;
}

static void gather(void *context, const char *file, unsigned line, unsigned column, const char *words)
{
    snprintf(context, 256, "%s:%u:%u: %s", file, line, column, words);
}

static httplint_rules *load(const char *file, size_t *opened, char mistake[256])
{
    const struct httplint_rules_request request = { .files = &file, .nfiles = 1, .without_builtin = true,
                                                    .open = open_file, .open_context = opened };
    const struct httplint_complaint complaint = { gather, mistake };

    return httplint_rules_new(&request, &complaint);
}

static void through_a_door(void)
{
    char mistake[256] = "";
    size_t opened = 0;
    httplint_rules *rules = load("nowhere/own.yaml", &opened, mistake);

    CU_ASSERT_STRING_EQUAL(mistake, "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(rules);
    CU_ASSERT_EQUAL(httplint_rules_count(rules), 2);
    CU_ASSERT_EQUAL(opened, 2);
    httplint_rules_free(rules);
}

static void closed_door(void)
{
    char mistake[256] = "";
    size_t opened = 0;

    CU_ASSERT_PTR_NULL(load("nowhere/lost.yaml", &opened, mistake));
    CU_ASSERT_STRING_EQUAL(mistake, "nowhere/lost.yaml:1:11: cannot open 'nowhere/none.yaml': Invalid cross-device link");
    CU_ASSERT_PTR_NULL(load("/etc/passwd", &opened, mistake));
    CU_ASSERT_STRING_EQUAL(mistake, "/etc/passwd:0:0: cannot be read: Invalid cross-device link");
}

void lint_rules_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/rules", NULL, NULL);

    CU_add_test(suite, "files that somebody else opens", through_a_door);
    CU_add_test(suite, "files that nobody opens", closed_door);
}
