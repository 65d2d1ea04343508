/*
 * conversation.h - the parts that the files of the HTTP stage share: what is known of one connection.
 *
 * draft.c collects the octets of a head, reader.c reads one direction, pair.c keeps the exchanges
 * of both, settling.c knows which are due next, http.c is the stage. A conversation lives from opened to closed.
 */
#ifndef HTTPLINT_HTTP_CONVERSATION_H
#define HTTPLINT_HTTP_CONVERSATION_H

#include "http/chunk.h"
#include "http/http.h"
#include "http/judge.h"
#include "http/known.h"

struct conversation;
struct open_exchange;

/* A message whose head is still collected, or a trailer section; it owns an arena until it becomes part of an exchange. */
struct draft {
    struct arena *arena;
    struct message *message;   /* facts known so far; its head is `octets` once it is whole */
    char *octets;
    uint32_t len, room;
    uint32_t line_len;         /* octets of the current line, without its end */
    uint32_t room_marks;
    uint64_t hint;             /* at the shape of the head (known.h) */
    bool is_started;           /* the start line is whole and is one */
    bool is_line_cr;           /* the current line is a lone CR so far */
};

enum reader_state {
    READER_SNIFF,              /* nothing is known of this direction yet */
    READER_START,              /* a start line is due */
    READER_SEARCH,             /* after a loss: only what surely is a start line is taken */
    READER_HEAD,
    READER_PEEK,               /* behind the head of a response to an unknown request: body, or (HEAD) the next head? */
    READER_LENGTH,
    READER_CHUNKED,
    READER_TRAILER,
    READER_CLOSE,              /* a body that ends with the connection */
    READER_WAIT,               /* behind CONNECT: what follows depends on the response */
    READER_SWITCHED,           /* the server's, behind a 101: does it go on in HTTP/1 all the same? */
    READER_DEAF                /* octets that are not HTTP are passed over */
};

struct reader {
    enum reader_state state;
    enum reader_state body;    /* READER_PEEK: the state that the framing asks for */
    struct draft *draft;       /* a head or trailer section in the making; NULL: none */
    struct message *message;   /* whose body is read, or whose last octets came before; NULL: none that is still open */
    struct open_exchange *exchange;   /* of `message` */
    uint64_t remaining;        /* READER_LENGTH */
    struct chunk_reader chunk;
    bool keeps_body;           /* as a sample */
    uint8_t chunk_odd;         /* CHUNK_ODD_ bits that are recorded */
    uint32_t blanks;           /* CR and LF skipped before a start line */
    bool is_line_start;        /* READER_SEARCH: the octet before ended a line, or was lost */
    bool is_stray;             /* READER_SEARCH: what is skipped belongs to `message` */
    bool is_skipping;          /* READER_WAIT: octets came that nobody read */
    bool is_ended;
    bool is_head_cut;          /* it ended inside a head */
    bool is_lossy;             /* octets of this direction were lost */
    enum flow_end end;
};

/* An exchange that is not over. */
struct open_exchange {
    struct exchange exchange;
    struct conversation *conversation;
    struct open_exchange *next;            /* the next one of the conversation */
    struct message *request;
    struct message **responses;
    uint32_t room_responses;
    struct due due;            /* when it has settled */
    size_t settling;           /* its place among those that settle, from 1; 0: none */
    uint64_t added;            /* which of them it was */
    bool is_request_done;      /* no more octets of the request will come */
    bool is_response_begun;    /* a final response was found */
    bool is_response_done;
    bool is_sealed;            /* nothing more can belong to it */
    bool is_after_loss;        /* its request came after the pairing had become unsure */
};

struct conversation {
    struct http *http;
    struct arena_pool *pool;   /* of its share */
    struct connection *on;
    struct reader readers[2];
    struct open_exchange *first, *last;    /* in the order of their requests */
    int64_t now_us;
    uint32_t nwaiting;         /* exchanges without a final response */
    uint32_t noted;            /* bits of the notes that were given for this connection */
    int8_t client;             /* the direction of the requests, -1: not known yet */
    bool is_http;              /* counted */
    bool is_tunnel;            /* inside a tunnel that CONNECT made */
    bool is_order_lost;        /* octets were lost: what came before is not all known */
    bool is_pairing_unsure;    /* requests, or answers to those that waited, were lost: what a request is paired with is likely */
    bool was_pairing_unsure;   /* once */
    bool is_answered_since;    /* a request has found its response since the pairing became unsure */
    bool is_answer_lost;       /* octets of the server were lost since the last request */
    bool is_pipelining;        /* a request followed one whose response had not begun */
    bool is_request_lost;      /* an answer came to none, or octets of the client were lost, as far as it is known which end that is */
    uint32_t unanswered;       /* requests to which a final response may still begin, as far as they were seen */
    unsigned unasked;          /* final responses without a request since the last loss; a request since then counts as one */
};

/* Exchanges that settle: a heap, the soonest first. */
struct settling {
    struct open_exchange **items;
    size_t count, room;
    uint64_t added;            /* ever: of those that are due at the same time the first added is first */
};

struct http {
    struct http_options options;
    struct http_sink sink;
    struct note_sink notes;
    struct arena_pool *pools[HTTP_SHARES];
    struct judge *judge;
    struct known *known;
    struct settling settling;
    uint64_t call;             /* http_count_calls */
    uint64_t numbers, streams;
    size_t conversations;      /* open now */
    uint32_t generation;       /* of the names: counts http_rename */
};

/* True if the open exchanges of its share of the connections hold as much as they may. */
bool conversation_is_over_limit(const struct conversation *);

/* A note about this connection, once for each code. */
void conversation_note(struct conversation *, enum note_code, uint64_t frame, const char *words);

/* ---- draft.c ---- */

/* A draft of a message of the side (or of its trailer section); freed by draft_drop unless its message was taken. */
struct draft *draft_new(struct conversation *, enum side);
void draft_drop(struct draft *);

/* Appends the first `len` octets of the piece's rest. */
void draft_add(struct draft *, struct text octets, const struct piece *, uint64_t stream_at);

/* ---- pair.c ---- */

/* A request line was found: whether it is pipelined is known. */
void pair_request_line(struct conversation *);

/* The head of a request is whole: a new exchange, last of the conversation. */
struct open_exchange *pair_request(struct conversation *, struct draft *);

/* A status line was found: exchanges that were answered before are over. */
void pair_status_line(struct conversation *);

/* The head of a response is whole: the exchange that it belongs to, NULL if that has limits.interim_responses already.
 * `is_sure` tells whether its request is known. */
struct open_exchange *pair_response(struct conversation *, struct draft *, bool *is_sure);

/* The message of a side of the exchange is over. */
void pair_message_done(struct open_exchange *, const struct message *);

/* Every request of the client was seen, and the final response to each has begun: was seen to, or was lost with its begin. */
bool pair_is_all_answered(const struct conversation *);

/* Octets were lost with which the next message of the direction began. */
void pair_begin_lost(struct conversation *, int direction);

/* Octets of a direction were lost where messages may have begun. */
void pair_lost(struct conversation *, int direction);

/* Octets of the client that begin no request were met where one was due. The server may answer them, so from now on it cannot be
 * told for certain which request an answer is to (RFC 9112 9.3.2). */
void pair_stray(struct conversation *);

/* The responses are taken up in mid-stream: the requests that wait may have been answered before. */
void pair_midstream(struct conversation *);

/* Another protocol begins: the requests that wait are not answered any more. */
void pair_switched(struct conversation *);

/* A direction has ended, or the connection is closed: what is over is handed out, in order. */
void pair_ended(struct conversation *, int direction);
void pair_closed(struct conversation *);

/* The exchange that is due first is over. */
void pair_settle(struct http *);

/* ---- settling.c ---- */

/* The exchange, which must not be among them, becomes one of them; it leaves them, if it is; the soonest, or NULL. */
void settling_add(struct settling *, struct open_exchange *);
void settling_remove(struct settling *, struct open_exchange *);
struct open_exchange *settling_soonest(const struct settling *);
void settling_free(struct settling *);

/* ---- reader.c ---- */

void reader_feed(struct conversation *, int direction, const struct piece *);
void reader_gap(struct conversation *, int direction, uint64_t at, uint64_t missing);
void reader_end(struct conversation *, int direction, enum flow_end);

/* The protocol has changed after a 101 (deaf) or a 2xx to CONNECT (sniffed anew); or CONNECT was refused. */
void reader_switch(struct conversation *, const struct message *response);

#endif
