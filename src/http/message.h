/*
 * message.h - one request or response as facts: octets, offsets and numbers, no opinion.
 *
 * A message lives in the arena of its exchange, with all that it points to. `head` holds the
 * octets as captured; fields are offsets into it. Everything else that a rule asks is computed
 * from these by the functions below, which are pure and never fail.
 */
#ifndef HTTPLINT_HTTP_MESSAGE_H
#define HTTPLINT_HTTP_MESSAGE_H

#include "base/bits.h"
#include "base/text.h"
#include "http/names.h"

enum side { SIDE_CLIENT, SIDE_SERVER };      /* who sent it: requests come from the client */

/* A field line. The value is without the OWS around it; with an obs-fold it still holds the CR LF of the fold. */
struct field {
    uint32_t name_at, value_at, value_len;   /* offsets into head, octets */
    uint16_t name_len, id;                   /* id: enum field_id or an added one; 0: unknown name */
};

/* Head octets from head offset `at` on came at stream offset `stream_at` in capture frame `frame`, and stand in the file
 * from `file_at` on (0: that is not known). */
struct mark {
    uint32_t at;
    uint64_t stream_at, frame, file_at;
};

/* ANOMALY(enumerator, name in the rule language): what the parser met that the grammar does not have. */
#define ANOMALIES(ANOMALY)                                                                         \
    ANOMALY(BARE_LF, "bare-lf")                             /* a line of the head ends in LF alone */ \
    ANOMALY(BARE_CR, "bare-cr")                             /* CR not followed by LF */            \
    ANOMALY(BLANK_BEFORE_START, "blank-before-start-line")  /* empty lines before the start line */ \
    ANOMALY(SPACE_BEFORE_FIRST_FIELD, "space-before-first-field")                                  \
    ANOMALY(OBS_FOLD, "obs-fold")                                                                  \
    ANOMALY(SPACE_BEFORE_COLON, "space-before-colon")                                              \
    ANOMALY(NAME_EMPTY, "field-name-empty")                                                        \
    ANOMALY(NAME_INVALID, "field-name-invalid")                                                    \
    ANOMALY(NO_COLON, "field-without-colon")                                                       \
    ANOMALY(VALUE_CONTROL, "field-value-control")           /* NUL, other controls, DEL in a value */ \
    ANOMALY(VALUE_NON_ASCII, "field-value-non-ascii")                                              \
    ANOMALY(START_LINE_SPACES, "start-line-spaces")         /* not single SP between its parts */  \
    ANOMALY(METHOD_INVALID, "method-invalid")                                                      \
    ANOMALY(TARGET_INVALID, "target-invalid")               /* empty, controls, SP, non-ASCII */   \
    ANOMALY(VERSION_INVALID, "version-invalid")                                                    \
    ANOMALY(STATUS_INVALID, "status-invalid")               /* not three digits */                 \
    ANOMALY(REASON_NO_SPACE, "reason-without-space")        /* no SP after the status code */      \
    ANOMALY(REASON_INVALID, "reason-invalid")               /* controls in the reason phrase */    \
    ANOMALY(LENGTH_INVALID, "content-length-invalid")                                              \
    ANOMALY(LENGTH_TOO_LARGE, "content-length-too-large")   /* a number that no counter holds */   \
    ANOMALY(LENGTH_CONFLICT, "content-length-conflict")     /* values that differ */               \
    ANOMALY(LENGTH_REPEATED, "content-length-repeated")     /* the same value several times */     \
    ANOMALY(LENGTH_AND_CODING, "content-length-and-transfer-encoding")                             \
    ANOMALY(CODING_NOT_FINAL, "chunked-not-final")          /* Transfer-Encoding without chunked at its end */ \
    ANOMALY(CODING_REPEATED, "chunked-repeated")                                                   \
    ANOMALY(CHUNK_SIZE_INVALID, "chunk-size-invalid")                                              \
    ANOMALY(CHUNK_EXTENSION_INVALID, "chunk-extension-invalid")                                    \
    ANOMALY(CHUNK_BARE_LF, "chunk-bare-lf")                                                        \
    ANOMALY(CHUNK_END_MISSING, "chunk-end-missing")         /* no CRLF after the data of a chunk */ \
    ANOMALY(CHUNK_SPACE, "chunk-space")                     /* blanks around a chunk size */       \
    ANOMALY(OCTETS_BEHIND, "octets-behind-end")             /* body.stray */                       \
    ANOMALY(STATUS_LINE_AFTER_101, "status-line-after-101") /* the server goes on in HTTP/1 */     \
    ANOMALY(PARSERS_DIFFER, "parsers-differ")               /* llhttp and the scan disagree on the framing */ \
    ANOMALY(PARSER_REJECTS, "parser-rejects")               /* llhttp, strict, refuses this head */

enum anomaly_kind {
#define ANOMALY(enumerator, name) ANOMALY_##enumerator,
    ANOMALIES(ANOMALY)
#undef ANOMALY
    ANOMALY_COUNT
};

struct anomaly {
    enum anomaly_kind kind;
    uint32_t at, len;          /* where in head, octets; those of the body: at the head's end */
    uint64_t stream_at;        /* where in the stream */
    uint64_t frame, file_at;   /* the frame that holds it, and where in the file */
};

enum framing {                 /* RFC 9112 6.3 */
    FRAMING_NONE,              /* no body by its head: 1xx, 204, 304, to HEAD, a request without length */
    FRAMING_LENGTH,
    FRAMING_CHUNKED,
    FRAMING_CLOSE,             /* a response that lasts to the end of the connection */
    FRAMING_TUNNEL,            /* 101, or 2xx to CONNECT: what follows is another protocol */
    FRAMING_UNKNOWN            /* cannot be told: conflicting lengths and the like */
};

enum body_end {
    BODY_OPEN,                 /* nothing was seen of its end yet, or the capture ended */
    BODY_WHOLE,                /* it ended as its framing says */
    BODY_CLOSED,               /* the sender closed (FIN) before that */
    BODY_RESET,                /* RST before that */
    BODY_LOST                  /* octets of it are missing from the capture, or its framing broke */
};

struct body {
    enum framing framing;
    enum body_end end;
    bool is_measured;          /* octets is exact: none were lost, and where they end is known */
    uint64_t announced;        /* Content-Length, if framing is FRAMING_LENGTH */
    uint8_t framings;          /* of a told message: those that are possible, 1 << enum framing each; 0: `framing` it is */
    uint64_t octets;           /* content octets, chunked coding removed; of a response with FRAMING_NONE those that came
                                * all the same before the next start line, CR and LF alone not counted. Of a told message
                                * those that are left with its content codings undone */
    uint64_t stray;            /* octets after the end of any other body that begin no message, CR LF not counted */
    struct mark extra;         /* the first of these `octets` (FRAMING_NONE) or `stray`; frame 0: there are none */
    uint64_t chunks;           /* chunks seen, the last one counted */
    struct text sample;        /* the first limits.sample_octets of content, if a loaded rule reads bodies */
    struct content *content;   /* where content.c keeps what it made of the sample; NULL: nowhere */
};

enum { COMPLETE_HEAD = 1, COMPLETE_BODY = 2 };

struct message {
    struct text head;          /* start line to the empty line, then the trailer section if there was one */
    uint32_t trailers_at;      /* where in head the trailer section begins; head.len without one */
    struct field *fields;      /* trailers follow the fields */
    uint32_t nfields, ntrailers;
    struct bits512 has;        /* ids that occur in the header section */
    const struct bits512 *hidden;   /* ids of which there may be lines that are not listed; NULL: none */
    enum side side;
    uint32_t generation;       /* of the names that the ids of its fields are from: see message_rename */
    enum method method;        /* requests */
    uint16_t status;           /* responses */
    uint8_t version;           /* 10, 11; 0: none that we know */
    uint8_t complete;          /* COMPLETE_ bits: what was seen whole */
    bool is_doubtful;          /* octets of it were seen twice and differ, or failed their checksum */
    bool is_unproven;          /* octets of it failed their checksum, and nothing shows that they arrived */
    bool is_told;              /* told as fields (told.h): the octets of `head` are ours, so its anomalies are not known */
    uint64_t told_octets;      /* by so many octets of the file, from marks->file_at on */
    struct { uint32_t at, len; } method_text, target, version_text, reason;   /* in head; reason and target may be empty */
    uint64_t shape;            /* messages with the same number have the same head but for what `varying` says (known.h); 0: none */
    uint64_t varying;          /* bit 0: the target; bit i + 1: the value of field i */
    struct body body;
    struct anomaly *anomalies;
    uint32_t nanomalies;
    struct mark *marks;        /* ascending; at least one */
    uint32_t nmarks;
    int64_t begun_us, ended_us;/* capture time of the first and the last octet */
    uint64_t stream_at;        /* stream offset of head[0] */
    uint64_t stream_end;       /* stream offset behind its last octet; 0: its end was not seen */
    uint64_t acked;            /* stream offset in the other direction: octets below it had reached the sender when it sent
                                * head[0]; 0: unknown */
};

/* The first field line of an id in the header section after `previous` (NULL: from the start); NULL if there is none. */
const struct field *message_field(const struct message *, uint16_t id, const struct field *previous);

/* The same for the trailer section. */
const struct field *message_trailer(const struct message *, uint16_t id, const struct field *previous);

/* True if there may be more lines of the field in the header section than are listed. */
bool message_may_hide(const struct message *, uint16_t id);

/* All ids. */
extern const struct bits512 message_all_fields;

/* Gives each field the id that another table has for its name, as if it had been there when the head was read. */
void message_rename(struct message *, const struct names *);

/* Name and value of a field, views into head. */
struct text message_name(const struct message *, const struct field *);
struct text message_value(const struct message *, const struct field *);

/* True if messages of the same shape can have another value there. */
static inline bool message_varies(const struct message *message, const struct field *field)
{
    return message->varying >> (field - message->fields + 1) & 1;
}

/* Start-line parts, views into head; empty where they do not apply. */
struct text message_method(const struct message *);
struct text message_target(const struct message *);
struct text message_reason(const struct message *);
struct text message_start_line(const struct message *);

/* Where the head octet at offset `at` came, and how many behind it (itself counted) came with it. */
struct mark message_mark(const struct message *, uint32_t at, uint32_t *together);

/* The frame and the stream offset of that octet. */
uint64_t message_frame(const struct message *, uint32_t at);
uint64_t message_stream_at(const struct message *, uint32_t at);

/* True if an anomaly of the kind was met. */
bool message_has_anomaly(const struct message *, enum anomaly_kind);

/* The name of an anomaly in the rule language, a static string. */
const char *anomaly_name(enum anomaly_kind);

#endif
