#include "tests/support/decided.h"

#include <stdio.h>

/* Without a request: Y is known to hold, N known not to, U unknown. */
#define Y "status"
#define N "response.Age"
#define U "method"

static const struct {
    const char *name, *yaml, *truth;
} rows[] = {
    { "yes", Y, "yes" },
    { "no", N, "no" },
    { "unknown", U, "unknown" },
    { "not yes", "not: " Y, "no" },
    { "not no", "not: " N, "yes" },
    { "not unknown", "not: " U, "unknown" },
    { "not not", "not: { not: " Y " }", "yes" },
    { "all Y Y", "all: [" Y ", " Y "]", "yes" },
    { "all Y N", "all: [" Y ", " N "]", "no" },
    { "all Y U", "all: [" Y ", " U "]", "unknown" },
    { "all N Y", "all: [" N ", " Y "]", "no" },
    { "all N N", "all: [" N ", " N "]", "no" },
    { "all N U", "all: [" N ", " U "]", "no" },
    { "all U Y", "all: [" U ", " Y "]", "unknown" },
    { "all U N", "all: [" U ", " N "]", "no" },
    { "all U U", "all: [" U ", " U "]", "unknown" },
    { "any Y Y", "any: [" Y ", " Y "]", "yes" },
    { "any Y N", "any: [" Y ", " N "]", "yes" },
    { "any Y U", "any: [" Y ", " U "]", "yes" },
    { "any N Y", "any: [" N ", " Y "]", "yes" },
    { "any N N", "any: [" N ", " N "]", "no" },
    { "any N U", "any: [" N ", " U "]", "unknown" },
    { "any U Y", "any: [" U ", " Y "]", "yes" },
    { "any U N", "any: [" U ", " N "]", "unknown" },
    { "any U U", "any: [" U ", " U "]", "unknown" },
    { "a mapping is all of it", "{ status: 200, response.Age: absent }", "yes" },
    { "a mapping is all of it, one not", "{ status: 200, response.Age: present }", "no" },
    { "a mapping in any", "any: [{ status: 404, response.Age: absent }, { status: 200, response.Age: absent }]",
      "yes" },
    { "any in a mapping", "{ status: 200, any: [response.Age, response.Date] }", "yes" },
    { "a group that is over goes on behind it", "all: [{ any: [" Y ", " N "] }, { any: [" N ", " N "] }]", "no" },
    { "an inner all that fails leaves the any", "any: [{ all: [" N ", " U "] }, { all: [" Y ", " Y "] }]", "yes" },
    { "an inner any that holds leaves the all", "all: [{ any: [" Y ", " U "] }, { not: { any: [" N ", " N "] } }]",
      "yes" },
    { "unknown survives", "any: [{ all: [" U ", " Y "] }, { not: { any: [" Y ", " U "] } }]", "unknown" },
    { "not of all", "not: { all: [" Y ", " U "] }", "unknown" },
};

static void cond_truths(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decided decided;

        decided_open(&decided, NULL, "HTTP/1.1 200 OK\r\nDate: x\r\n\r\n");
        ROW_STRING(rows[i].name, decided_truth(&decided, rows[i].yaml), rows[i].truth);
        decided_close(&decided);
    }
}

/* As deep as YAML may be, each level a mapping with two entries and so two groups. */
static void cond_depth(void)
{
    struct decided decided;
    char yaml[4096];
    size_t len = 0;

    for (int i = 0; i < COND_DEPTH_MAX - 1; i++)
        len += (size_t)snprintf(yaml + len, sizeof yaml - len, "{ status: 200, not: ");
    len += (size_t)snprintf(yaml + len, sizeof yaml - len, "response.Age");
    for (int i = 0; i < COND_DEPTH_MAX - 1; i++)
        len += (size_t)snprintf(yaml + len, sizeof yaml - len, " }");
    decided_open(&decided, NULL, "HTTP/1.1 200 OK\r\n\r\n");
    ROW_STRING("deep", decided_truth(&decided, yaml), "yes");
    decided_close(&decided);
}

/* The names of the subjects that one of the walks gives. */
static void walk(const struct cond *cond, int which, char *words)
{
    const struct test *test;
    bool is_negated = false;

    words[0] = '\0';
    for (uint32_t at = 0;;) {
        test = which == 0 ? cond_next_needed(cond, &at) : which == 1 ? cond_next_sufficient(cond, &at)
             : cond_next_test(cond, &at, &is_negated);
        if (!test)
            return;
        sprintf(words + strlen(words), "%s%s ", is_negated ? "!" : "", test->subject.fact->name);
    }
}

static const struct {
    const char *name, *yaml, *needed, *sufficient, *all;
} walks[] = {
    { "one", "status", "status ", "status ", "status " },
    { "mapping", "{ status: 200, method: GET }", "status method ", "", "status method " },
    { "any", "any: [status, method]", "", "status method ", "status method " },
    { "all in all", "all: [{ all: [status, host] }, path]", "status host path ", "", "status host path " },
    { "any in all", "all: [{ any: [status, host] }, path]", "path ", "", "status host path " },
    { "all in any", "any: [{ all: [status, host] }, path]", "", "path ", "status host path " },
    { "not", "{ status: 200, not: { any: [host, { not: path }] } }", "status ", "", "status !host path " },
};

static void cond_walks(void)
{
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
        struct decided decided;
        struct cond cond;
        char words[256];

        decided_open(&decided, NULL, NULL);
        CU_ASSERT_FATAL(decided_compile(&decided, walks[i].yaml, &cond));
        walk(&cond, 0, words);
        ROW_STRING(walks[i].name, words, walks[i].needed);
        walk(&cond, 1, words);
        ROW_STRING(walks[i].name, words, walks[i].sufficient);
        walk(&cond, 2, words);
        ROW_STRING(walks[i].name, words, walks[i].all);
        decided_close(&decided);
    }
}

static void cond_none(void)
{
    struct view view = { 0 };

    CU_ASSERT_EQUAL(cond_decide(&(struct cond){ 0 }, &view), YES);
}

void engine_cond_suite(void);
void engine_cond_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/cond", NULL, NULL);

    CU_add_test(suite, "three truths", cond_truths);
    CU_add_test(suite, "depth", cond_depth);
    CU_add_test(suite, "walks", cond_walks);
    CU_add_test(suite, "none", cond_none);
}
