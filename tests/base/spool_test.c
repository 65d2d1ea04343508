#include "base/spool.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/loaded.h"

enum { LINES = 200000 };

/* Lines with their numbers, and whether they come out again. */
static void fill(struct spool *spool, size_t lines)
{
    char line[32];

    for (size_t i = 0; i < lines; i++) {
        int len = snprintf(line, sizeof line, "line %zu\n", i);

        spool_text(spool, (struct text){ line, (size_t)len });
    }
}

static bool holds(struct spool *spool, size_t lines)
{
    struct out *out = out_new_memory();
    char line[32];
    bool is_same = true;

    spool_write(spool, out);
    is_same &= out_held(out).len == spool_octets(spool);
    struct text rest = out_held(out);

    for (size_t i = 0; i < lines; i++) {
        struct text got = text_until(rest, '\n', &rest);

        snprintf(line, sizeof line, "line %zu", i);
        is_same &= text_equal(got, text_of(line));
    }
    is_same &= rest.len == 0 && out_error(out) == 0;
    out_free(out);
    return is_same;
}

/* The first so many lines alone come out as they were. */
static bool begins(struct spool *spool, size_t lines)
{
    struct spool *other = spool_new();
    struct out *first = out_new_memory(), *whole = out_new_memory();

    fill(other, lines);
    spool_write_first(spool, spool_octets(other), first);
    spool_write(other, whole);
    bool is_same = text_equal(out_held(first), out_held(whole));

    spool_free(other);
    out_free(first);
    out_free(whole);
    return is_same;
}

static void what_goes_in_comes_out(void)
{
    struct spool *spool = spool_new();

    ROW_TRUE("empty", holds(spool, 0));
    fill(spool, 10);
    ROW_TRUE("in memory", holds(spool, 10));
    spool_clear(spool);
    fill(spool, LINES);
    ROW_TRUE("in a file", holds(spool, LINES));
    ROW_TRUE("again", holds(spool, LINES));
    for (size_t lines = 0; lines < LINES; lines += 17000)
        ROW_TRUE("the first ones", begins(spool, lines));
    spool_clear(spool);
    fill(spool, 3);
    ROW_TRUE("cleared", holds(spool, 3));
    spool_free(spool);
}

/* `folder` as $TMPDIR; what it was comes back. */
static void within(const char *folder, void (*check)(void))
{
    const char *old = getenv("TMPDIR");
    char *kept = old ? strdup(old) : NULL;

    setenv("TMPDIR", folder, 1);
    check();
    if (kept)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
    free(kept);
}

static void stays_in_memory(void)
{
    struct spool *spool = spool_new();

    fill(spool, LINES);
    ROW_TRUE("no folder", holds(spool, LINES));
    spool_free(spool);
}

static void without_a_file(void)
{
    within("/nonexistent/folder", stays_in_memory);
}

void base_spool_suite(void);
void base_spool_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/spool", NULL, NULL);

    CU_add_test(suite, "what goes in comes out", what_goes_in_comes_out);
    CU_add_test(suite, "where no file can be made", without_a_file);
}
