/*
 * history.h - the bounded memory of earlier exchanges, for rules that compare one with those before.
 *
 * Exchanges enter when the head of their request is whole and are completed when that of their final
 * response is, so that they stand in the order in which client and server acted, however late they
 * are judged. The memory is a ring: the oldest are forgotten first. It is asked by keys, walks back
 * newest first over a bounded number of steps, and never mixes clients or servers. Losses are
 * remembered as well: what must not be concluded across them is asked of history_is_unbroken.
 * In the steady state nothing is allocated.
 */
#ifndef HTTPLINT_ENGINE_HISTORY_H
#define HTTPLINT_ENGINE_HISTORY_H

#include "base/limits.h"
#include "base/note.h"
#include "engine/happening.h"

struct history;

/* Holds limits.history_exchanges and texts of limits.history_octets. Freed by history_free. `key` makes the hashes:
 * random, so that nobody can choose values that collide. The first time that something is forgotten is a note. */
struct history *history_new(const struct limits *, const uint8_t key[HASH_KEY_OCTETS], struct note_sink);
void history_free(struct history *);

/* What happened, in its order. */
void history_take(struct history *, const struct happening *);

/* For those who make happenings. */
const struct hash_secret *history_secret(const struct history *);

/* The exchange as it is remembered itself; NULL: it was forgotten, or its request is not known. */
const struct past *history_self(const struct history *, const struct exchange *x);

/* A way back, newest first. */
struct history_walk {
    const struct history *history;
    enum past_key by;
    uint64_t next, before;
    unsigned left;             /* steps */
};

/* Those with the same key that were asked for earlier. Not for PAST_LOCATION. */
struct history_walk history_walk(const struct history *, enum past_key by, const struct past *self);

/* The redirections that led this client to the target URI of `self`. */
struct history_walk history_walk_redirections(const struct history *, const struct past *self);

/* NULL at the end, or where the memory or the number of steps ends. */
const struct past *history_next(struct history_walk *);

/* True if, further back on this way, nothing that is not safe (RFC 9110 9.2.1) was on its way when `seen` was answered. */
bool history_is_settled(struct history_walk from, const struct past *seen);

/* True if no message of this client, or of any client with this server, was lost between `earlier` and x. Known is what was
 * known when x was asked for, and what became of octets that were held back then. A loss that shows later does not count: a
 * capture that ends before would not have it. */
bool history_is_unbroken(const struct history *, const struct past *earlier, const struct exchange *x);

/* True if an exchange with that status is remembered: asked first, it saves a walk. */
bool history_has_status(const struct history *, unsigned status);

/* The same for the method of a request. */
bool history_has_method(const struct history *, enum method method);

/* A text of a remembered exchange; empty if there is none, or it was forgotten. */
struct text history_text(const struct history *, struct past_text);

/* The hash that this memory makes of a value. */
uint64_t history_hash(const struct history *, struct text value);

#endif
