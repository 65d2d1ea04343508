/*
 * happening.h - what the memory of earlier exchanges (history.h) is told of: an exchange was asked for, was answered, or may
 * have been lost.
 *
 * Made where the exchange is read, taken where the memory is; that may be another thread, later. What it views lives in the
 * arena of the exchange, until that is judged, but for the past of an answer.
 */
#ifndef HTTPLINT_ENGINE_HAPPENING_H
#define HTTPLINT_ENGINE_HAPPENING_H

#include "engine/past.h"

/* The number of an exchange belongs to the memory; everything else to whoever reads the exchange. */
struct remembered {
    uint64_t number;           /* 0: not taken yet */
    struct past asked;
};

enum happening_kind { HAPPENING_ASKED, HAPPENING_ANSWERED, HAPPENING_LOST };

struct happening {
    enum happening_kind kind;
    struct remembered *of;
    const struct past *past;   /* all that is known by then */
    struct text target, goal;  /* of a redirection: from where, and to where */
    const struct connection *on;       /* HAPPENING_LOST */
};

/* The head of the request is whole. Sets x->remembered. */
struct happening happening_asked(struct exchange *x, const struct hash_secret *);

/* The head of the final response is whole; false if that says nothing. Without a request it is a loss. What it views is in
 * `past`: many exchanges may be open, for long, and need no room for it. */
bool happening_answered(struct happening *, const struct exchange *x, struct past *past, const struct hash_secret *);

/* Messages may have been lost on the connection. */
struct happening happening_lost(const struct connection *);

#endif
