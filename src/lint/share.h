/*
 * share.h - a share of the connections: their octets become exchanges, judged as far as one exchange alone tells.
 *
 * All connections of a session may be one share, in whose sink they are judged to the end at once; or there are several, and
 * what comes of them is put in order later (split.h). A share serves one thread at a time.
 */
#ifndef HTTPLINT_LINT_SHARE_H
#define HTTPLINT_LINT_SHARE_H

#include "engine/engine.h"
#include "http/http.h"
#include "lint/put.h"

/* What flow knew, over all connections, when it delivered what is read now. */
struct moment {
    const struct flow_holding *holding;    /* NULL: nothing was held back */
    uint64_t fed;                          /* segments until then */
};

enum outcome_kind {
    OUTCOME_HAPPENING,         /* for the memory of earlier exchanges */
    OUTCOME_NOTE,
    OUTCOME_EXCHANGE           /* it is over: left are the rules that ask the memory, and the telling */
};

struct outcome {
    enum outcome_kind kind;
    union {
        struct happening happening;
        struct note note;
        struct {
            struct exchange *exchange;     /* of the HTTP stage: http_sink says for how long */
            bool is_asked;                 /* its request was seen */
            uint32_t nresponses;
            uint16_t status;               /* of the last one */
            uint64_t held_at;              /* that of the exchange */
            struct judgment judgment;
        };
    };
};

struct outcome_sink {
    void (*outcome)(void *context, struct outcome *);      /* the past of a HAPPENING_ANSWERED is gone when it returns */
    struct moment (*moment)(void *context);        /* good until the next call */
    void *context;
};

struct share {
    struct http *http;
    struct engine *engine;
    const struct hash_secret *secret;      /* NULL: nothing is remembered */
    struct outcome_sink sink;
    struct put put;                        /* what is seen of PUTs; in a split it is told, by whoever sees all */
};

/* Whatever is passed must outlive the share. */
void share_begin(struct share *, const struct http_options *, struct engine *, const struct hash_secret *, struct outcome_sink);
void share_end(struct share *);

/* Once its engine has adopted another ruleset. */
void share_adopt(struct share *, const struct names *, bool keeps_bodies, const struct hash_secret *);

/* Takes what flow delivers. */
struct flow_sink share_flow_sink(struct share *);

#endif
