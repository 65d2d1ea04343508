/*
 * reader.h - what the files of the direction reader share.
 *
 * reader.c drives: it reads heads and takes gaps and ends; start.c looks for start lines where no
 * message is under way; body.c reads what follows a head. All of them work on a struct feed, one
 * piece on its way through the reader of its direction.
 */
#ifndef HTTPLINT_HTTP_READER_H
#define HTTPLINT_HTTP_READER_H

#include "http/conversation.h"

struct feed {
    struct conversation *conversation;
    struct reader *reader;
    int direction;
    const struct piece *piece;
    struct text rest;          /* octets of the piece that are not consumed yet */
};

static inline const struct limits *feed_limits(const struct feed *feed)
{
    return feed->conversation->http->options.limits;
}

/* Octets that a start line may have, its line end not counted. */
static inline uint64_t feed_line_max(const struct feed *feed)
{
    const struct limits *limits = feed_limits(feed);

    return limits->line_octets < limits->head_octets ? limits->line_octets : limits->head_octets;
}

/* The stream offset of the first octet of the rest. */
static inline uint64_t feed_stream_at(const struct feed *feed)
{
    return feed->piece->at + (uint64_t)(feed->rest.at - (const char *)feed->piece->octets);
}

/* Where the octet came that lies `back` octets before the rest. */
static inline struct mark feed_mark(const struct feed *feed, size_t back)
{
    uint64_t stream_at = feed_stream_at(feed) - back;

    return (struct mark){ 0, stream_at, feed->piece->frame,
                          file_at_behind(feed->piece->file_at, stream_at - feed->piece->at) };
}

static inline void feed_consume(struct feed *feed, size_t len)
{
    feed->rest = text_part(feed->rest, len, feed->rest.len);
}

/* ---- reader.c ---- */

/* Collects a section of lines up to an empty one, a head or trailers, in reader->draft. True if it is whole. */
bool reader_collect(struct feed *, uint64_t octets_max, bool *is_too_long);

/* Messages may begin unseen from here on: the direction is searched for a start line. */
void reader_lose(struct conversation *, int direction);

/* The same, where the other direction need not know. */
void reader_search(struct reader *);

/* ---- start.c ---- */

/* One step in a state without a message under way. */
void start_seek(struct feed *);

/* Behind a 101: decides, octet by octet, whether a status line follows. */
void start_switched(struct feed *);

/* The direction ends within what its draft has of a start line, if it is one; else the octets are stray. */
void start_cut(struct conversation *, struct reader *);

/* ---- body.c ---- */

/* The head of reader->message is whole; `is_sure` tells whether what it answers is known. */
void body_begin(struct feed *, bool is_sure);

/* One step in a state of a body. */
void body_read(struct feed *);

/* The first `len` octets of a draft, which is not the reader's any more, were looked at in READER_PEEK and are body. */
void body_peeked(struct conversation *, int direction, const struct draft *, size_t len);

/* The message of the reader is over, as far as its framing tells. */
void body_done(struct conversation *, int direction, enum body_end);

#endif
