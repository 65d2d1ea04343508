#include "cli/jobs.h"

#include <stdatomic.h>
#include <stdint.h>

#include "tests/support/loaded.h"

enum { PIECES = 200 };

static const struct {
    const char *name;
    size_t pieces, threads;
} rows[] = {
    { "nothing to do", 0, 4 },   { "one piece", 1, 1 },       { "more threads than pieces", 3, 8 },
    { "one thread", PIECES, 1 }, { "two threads", PIECES, 2 }, { "many threads", PIECES, 16 },
    { "no thread but ours", 5, 0 },
};

struct seen {
    atomic_size_t begun;
    size_t told[PIECES], count;    /* in turn, so without a lock */
    bool is_bad;
};

static void work(void *context, struct jobs *jobs, size_t piece)
{
    struct seen *seen = context;
    bool was_turn = jobs_is_turn(jobs, piece);

    atomic_fetch_add(&seen->begun, 1);
    if (piece % 3)
        jobs_await_turn(jobs, piece);
    while (!jobs_is_turn(jobs, piece))
        ;
    seen->is_bad |= was_turn && seen->count != piece;
    seen->told[seen->count++] = piece;
}

static void jobs_in_turn(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct seen seen = { 0 };

        jobs_run(rows[i].pieces, rows[i].threads, work, &seen);
        ROW_TRUE(rows[i].name, seen.count == rows[i].pieces && seen.begun == rows[i].pieces && !seen.is_bad);
        for (size_t piece = 0; piece < seen.count; piece++)
            ROW_TRUE(rows[i].name, seen.told[piece] == piece);
    }
}

void cli_jobs_suite(void);
void cli_jobs_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/jobs", NULL, NULL);

    CU_add_test(suite, "each in its turn", jobs_in_turn);
}
