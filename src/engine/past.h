/*
 * past.h - what is kept of an exchange once it is gone: facts of a fixed size, no octets.
 *
 * Values are kept as keyed hashes, good for "the same or not" and for nothing else; 0 says that
 * there was none, or none that is known. Filled in two steps, when the head of the request and when
 * that of the final response is whole; what was not seen stays 0, so that it accuses nobody. Pure:
 * nothing here remembers, allocates or fails.
 */
#ifndef HTTPLINT_ENGINE_PAST_H
#define HTTPLINT_ENGINE_PAST_H

#include "base/hash.h"
#include "http/exchange.h"
#include "http/value/cursor.h"

/* What exchanges are found by. */
enum past_key {
    PAST_SERVER,               /* address and port of the server; scheme, host and port of the target */
    PAST_RESOURCE,             /* these and the target: requests of all clients */
    PAST_OWN,                  /* client and target URI: requests of one client, whatever address served it */
    PAST_LOCATION,             /* client and the URI that a redirection names */
    PAST_KEYS
};

enum { PAST_UNMEASURED = -1, PAST_TARGET_OCTETS = 2048, PAST_URI_OCTETS = 4096 };

/* A place in the memory's store of texts; no octets: there is none. */
struct past_text {
    uint64_t at;
    uint32_t len;
};

struct past {
    uint64_t number;           /* in the order of the requests, from 1 */
    uint64_t keys[PAST_KEYS];
    uint64_t client_end, server_end;   /* client's address; server's address and port */
    uint64_t client;           /* that address, and what tells those behind it apart */
    uint64_t frame;            /* of the request's first octet */
    uint64_t connection;
    uint64_t lost;             /* the newest loss of its client or its server that was known when it was asked for; 0: none */
    uint64_t asked_at, answered_at;    /* by the memory's count of events; answered_at 0: no answer that is surely the
                                        * one */
    int64_t asked_us, answered_us;     /* capture time of the last octet of either head */
    uint64_t method;           /* enum method, or the hash of one that has no number */
    uint64_t uri;              /* scheme, host, port and target; without a host it is the server's end */
    uint64_t refused;          /* past_head of a request that was answered 400; else 0 */
    uint64_t content;          /* of the request; 0 if not all of it was seen */
    int64_t content_octets;    /* of the request, PAST_UNMEASURED */
    uint64_t coding;           /* Content-Encoding of the request */
    uint64_t cookies, credentials;     /* Cookie; Authorization and Proxy-Authorization */
    uint64_t selecting;        /* Accept, Accept-Encoding, Accept-Language, Origin */
    uint64_t etag, modified;   /* opaque tag, Last-Modified: of the response */
    uint64_t challenge;        /* WWW-Authenticate and Proxy-Authenticate */
    uint64_t location;         /* the URI that a redirection names, as in `uri` */
    uint64_t first, last;      /* of the only range of a 206 */
    int64_t length;            /* Content-Length of a 200, complete length of a 206; PAST_UNMEASURED */
    struct past_text target, goal;     /* path and query of a request that was redirected, and of where to */
    uint16_t request_fields, response_fields;  /* see past_has */
    uint16_t status;           /* of the final response; 0: not known */
    bool is_etag_weak, has_range;
    bool varies_unseen;        /* Vary names more than what is kept in selecting, cookies, credentials and client */
    bool varies_with_client;   /* it names User-Agent */
    bool is_loss;              /* no exchange: something was lost here */
};

/* The facts of the request; all else 0. */
void past_ask(struct past *, const struct exchange *, const struct hash_secret *);

/* Adds those of the final response, and of the request's content as far as it has come. `goal` becomes path and query
 * of where a redirection leads, in the room (PAST_URI_OCTETS), or the empty text. */
void past_answer(struct past *, const struct exchange *, const struct hash_secret *, struct room room,
                 struct text *goal);

/* A loss on the connection, to be found by one of its ends: as server by PAST_SERVER, as client by PAST_OWN. */
void past_lose(struct past *, const struct connection *, int end, const struct hash_secret *);

/* Did the field stand in that header section (request_fields, response_fields)? Only for If-Match, If-Range,
 * Content-Range of requests and, of responses, the fields that RFC 9110 15.3.7 and 15.4.5 name. */
bool past_has(uint16_t fields, uint16_t id);

/* Was the answer there when the other exchange was asked for? On one connection the order of the octets tells, across
 * connections capture time has to agree. */
bool past_is_before(const struct past *earlier, const struct past *later);

/* RFC 9110 9.2.1: a method that is known to change nothing. */
bool past_is_safe(const struct past *);

/* The hash of all octets of the head of the request. */
uint64_t past_head(const struct exchange *, const struct hash_secret *);

/* Path and query of the request's target, "/" if it is empty. */
struct text past_target(const struct exchange *);

/* Keyed hash of a value, never 0. */
uint64_t past_hash(const struct hash_secret *, struct text value);

#endif
