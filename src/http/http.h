/*
 * http.h - the HTTP stage: octets in order become messages, messages become exchanges.
 *
 * Takes what flow delivers (or anybody else who has octets in order), finds out by content which
 * end is the client, reads both directions, pairs responses with requests and hands each exchange
 * to the sink once it is over. It holds what is open, within the limits, and no more.
 *
 * An exchange is over when the next status line, the end of the connection, or limits.settle_us of
 * capture time after its last octet shows where its octets end.
 */
#ifndef HTTPLINT_HTTP_HTTP_H
#define HTTPLINT_HTTP_HTTP_H

#include "base/limits.h"
#include "base/note.h"
#include "flow/flow.h"
#include "http/exchange.h"

struct http;

/* Connections are spread over so many shares, by their number. What open exchanges may hold is bounded for each share, so
 * that it does not matter whether one stage reads them all or several stages, in several threads, read a share each. */
enum { HTTP_SHARES = 8 };

/* All but the first may be NULL. They come while exchanges are open, in the order in which client and server acted. */
struct http_sink {
    /* Gone when it returns, but for a sink that takes the arena for itself (arena_detach) and leaves NULL in its place: then
     * exchange and connection are its to look at until it frees the arena. */
    void (*exchange)(void *context, struct exchange *);
    void *context;
    void (*asked)(void *context, struct exchange *);      /* the head of the request is whole */
    void (*answered)(void *context, struct exchange *);   /* that of the final response is; its request may be unknown */
    void (*lost)(void *context, const struct connection *);   /* messages may have been lost here */
    bool (*reads_body)(void *context, const struct exchange *, const struct message *response);   /* keep its body.sample? */
};

struct http_options {
    const struct names *names;
    const struct limits *limits;
    bool keeps_bodies;         /* fill body.sample; of responses where the sink reads it, or does not say */
};

/* Owned by the caller; freed by http_free, after its connections were closed. Names and limits must outlive it. */
struct http *http_new(const struct http_options *, struct http_sink, struct note_sink);
void http_free(struct http *);

/* The calls of flow's sink, with the same meaning (flow.h). connection->reader is ours from opened to closed. */
void http_opened(struct http *, struct connection *);
void http_octets(struct http *, struct connection *, int direction, const struct piece *);
void http_repeated(struct http *, struct connection *, int direction, const struct piece *);
void http_gap(struct http *, struct connection *, int direction, uint64_t at, uint64_t missing);
void http_ended(struct http *, struct connection *, int direction, enum flow_end);
void http_closed(struct http *, struct connection *);

/* Time passed: exchanges that are whole and have settled are handed out. The caller says so before what came at that time. */
void http_tick(struct http *, int64_t now_us);

/* When the next exchange has settled: by capture time, and by the call in which that was found; NULL: none does. And: it has. */
struct due {
    int64_t time_us;
    uint64_t call;
};
const struct due *http_due(const struct http *);
void http_settle(struct http *);

/* The number of the next call, for struct due; 0 at first. Whoever calls several stages can tell by it which was first. */
void http_count_calls(struct http *, uint64_t call);

/* From now on fields are numbered by other names, those of open exchanges too, and bodies are kept or not; the old names are
 * not needed any more. */
void http_rename(struct http *, const struct names *, bool keeps_bodies);

/* Connections in which HTTP was found. */
uint64_t http_streams(const struct http *);

/* Octets of memory: those that open exchanges hold, and what connections take by themselves. */
size_t http_held(const struct http *);

#endif
