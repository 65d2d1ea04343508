/*
 * split.h - the connections of one session read by several threads, with what comes of it in the order of one.
 *
 *     feeding thread: packets, flow ──→ batches ──→ shares, any thread ──→ any thread, one at a time: in order, what crosses
 *                                                   connections ──→ feeding thread: the sink of the session
 *
 * The thread that feeds the session runs wire and flow, which write down what they deliver. Each share of the connections
 * reads its part of all batches one after the other, in whatever thread is free, the feeding one too where it would have to wait.
 * What comes of an event is kept under the event. When all shares are done with a batch it is concluded, by whoever is free but in
 * the order of the batches and their events: history, limits of findings, numbers. What is left for the sink of the session
 * waits for the feeding thread. Hence nothing depends on the number of threads, nor on their luck; but it comes later.
 */
#ifndef HTTPLINT_LINT_SPLIT_H
#define HTTPLINT_LINT_SPLIT_H

#include "lint/later.h"
#include "lint/share.h"

struct split_options {
    struct http_options http;
    const struct ruleset *ruleset;
    const struct hash_secret *secret;      /* NULL: nothing is remembered */
    unsigned helpers;                      /* threads besides the one that feeds */
    bool counts_rules;
};

/* Outcomes come in order, one at a time, but in whatever thread is free; `holding`: what flow held back when it happened, NULL:
 * nothing. What is to be told of them goes to `later`, which comes, in order, in the thread that feeds, from within calls of
 * this file; until then outcomes and what is allocated in its arena stay. `moment` as in outcome_sink. */
struct split_sink {
    void (*outcome)(void *context, struct outcome *, const struct flow_holding *holding, struct later *later);
    void (*later)(void *context, const struct later *);
    struct moment (*moment)(void *context);
    void *context;
};

struct split;

/* Owned by the caller; freed by split_free, after split_finish. Threads begin when a first batch is full. */
struct split *split_new(const struct split_options *, struct split_sink);
void split_free(struct split *);

/* Takes what flow delivers, the notes of all before it, and the time (httplint_tick). */
struct flow_sink split_flow_sink(struct split *);
struct note_sink split_note_sink(struct split *);
void split_tick(struct split *, int64_t now_us);

/* All that was taken is told; and the threads are gone. */
void split_flush(struct split *);
void split_finish(struct split *);

/* From now on, after split_flush: other rules, and what makes the hashes of their memory. */
void split_adopt(struct split *, const struct ruleset *, const struct hash_secret *);

/* Of what was told: connections in which HTTP was found. After split_finish: what the engines of the shares counted. */
uint64_t split_streams(const struct split *);
uint64_t split_suppressed(const struct split *);
uint64_t split_suppressed_by(const struct split *, size_t suppression);
void split_add_counts(const struct split *, const struct rule *, struct rule_count *sum);

#endif
