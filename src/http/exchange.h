/*
 * exchange.h - a request with its responses: what rules are applied to.
 *
 * An exchange owns an arena, and everything reachable from it lives there until the sink that
 * was given the exchange has returned.
 */
#ifndef HTTPLINT_HTTP_EXCHANGE_H
#define HTTPLINT_HTTP_EXCHANGE_H

#include "base/arena.h"
#include "base/limits.h"
#include "flow/flow.h"
#include "http/message.h"

/* What evidence is lacking; makes facts unknown, never findings. */
enum missing {
    MISSING_REQUEST = 1,       /* the request was not captured */
    MISSING_PAIRING = 16,      /* `request` is likely the request, but an earlier one may have been lost: to rules about
                                * the response it is unknown */
    MISSING_RESPONSE = 2,      /* the final response was not captured */
    MISSING_CLOSE = 4,         /* how the connection ended was not seen */
    MISSING_ORDER = 8          /* a gap came before: what preceded on this connection is unknown */
};

struct exchange {
    struct arena *arena;                      /* NULL: the sink has taken it (http.h) */
    const struct limits *limits;              /* of the session; NULL: the defaults */
    const struct message *request;            /* NULL: not captured */
    const struct message *const *responses;   /* in order: the interim ones (1xx), then the final one */
    uint32_t nresponses;
    const struct message *response;           /* the one that is looked at; NULL: none came */
    const struct connection *on;
    uint8_t client;                           /* which end of the connection is the client: 0 or 1 */
    bool is_scheme_secure;                    /* https is known */
    bool is_followed;                         /* another status line came behind the final response, before this was over */
    bool is_abandoned;                        /* behind an interim response, and before the final one began, the server ended
                                               * its direction in order (FIN); then the client did; no octets were lost */
    unsigned missing;                         /* enum missing bits */
    uint64_t number;                          /* in this session, from 1 in the order of their ends */
    struct remembered *remembered;            /* of whoever remembers exchanges; NULL: nothing */
    uint64_t held_at;                         /* when its request came, octets of its hosts were held back on other
                                               * connections: segments fed until then (flow_fed); 0: none were */
    bool is_held;                             /* some of them still are: nobody knows what came before the request */
};

/* The final response (status 200 and up, or 101); NULL if none came. */
const struct message *exchange_final(const struct exchange *);

/* host of the request: authority of an absolute-form target, else Host (RFC 9110 7.1), without the port; empty if unknown. */
struct text exchange_host(const struct exchange *);

/* The same of an authority that is known. */
struct text authority_host(struct text authority);

/* Authority with its port as written; path (from '/', or '*') and query (without '?'); empty if unknown. */
struct text exchange_authority(const struct exchange *);
struct text exchange_path(const struct exchange *);
struct text exchange_query(const struct exchange *);

#endif
