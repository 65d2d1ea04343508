/*
 * jobs.h - pieces of work, several at a time, that come to their turn one after the other.
 *
 * Work is begun in its order by up to as many threads as are asked for. The turn goes to piece 0
 * first and to the next when a piece is done, so a piece whose turn it is never waits for another.
 */
#ifndef HTTPLINT_CLI_JOBS_H
#define HTTPLINT_CLI_JOBS_H

#include <stdbool.h>
#include <stddef.h>

struct jobs;

/* Does all pieces and returns when they are done. `work` must not return before it had its turn.
 * With one thread all is done by the caller's. */
void jobs_run(size_t count, size_t threads,
              void (*work)(void *context, struct jobs *, size_t piece), void *context);

/* True if it is the turn of `piece`; then it stays so until its work returns. */
bool jobs_is_turn(struct jobs *, size_t piece);

/* Waits for the turn of `piece`. */
void jobs_await_turn(struct jobs *, size_t piece);

#endif
