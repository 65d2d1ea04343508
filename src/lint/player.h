/*
 * player.h - plays the events of batches to one share of the connections, and keeps what comes of them.
 *
 * What was kept of a batch is read by whoever concludes it (split.h). It lives in the pool of the player, which therefore clears it
 * itself, in the thread that plays.
 */
#ifndef HTTPLINT_LINT_PLAYER_H
#define HTTPLINT_LINT_PLAYER_H

#include "lint/batch.h"

/* Where in a batch something came of: of an event, or of the time before it. What had settled by the same time is told in the
 * order in which it was due. */
struct place {
    size_t event;
    bool is_settled;
    struct due due;
};

/* An outcome that waits for its turn. */
struct kept {
    struct kept *next;
    struct place place;
    struct arena *exchange;                /* of an exchange: what it owns */
    struct outcome outcome;
};

/* What a share makes of one batch. */
struct made {
    struct arena *arena;
    struct kept *first, **end;
    bool has_settled;
    uint64_t streams;                      /* of the share, up to here */
};

struct player {
    struct share share;
    struct engine *engine;
    struct arena_pool *pool;
    struct made *made;                     /* what is being made */
    struct place place;
    const struct batch *batch;
    const struct event *event;
};

/* What is passed must outlive the player, `secret` may be NULL: nothing is remembered. */
void player_begin(struct player *, const struct http_options *, const struct ruleset *, const struct hash_secret *secret,
                  bool counts_rules);

/* After all that it made was cleared. */
void player_end(struct player *);

/* From the next batch on: other rules. */
void player_adopt(struct player *, const struct ruleset *, const struct hash_secret *);

/* Plays the events of share `number` of the batch, the first of which, whatever share it is of, is event `first` of all. `made` is
 * empty before; the batch must stay as it is until that was concluded. */
void player_play(struct player *, const struct batch *, uint64_t first, uint8_t number, struct made *);

/* Empties it, with the exchanges. */
void made_clear(struct made *);

#endif
