#include "http/content.h"
#include "http/reader.h"
#include "http/scan.h"

enum { SAMPLE_ROOM = 64 };

/* The room of a sample that holds `len` octets: it doubles, so that small pieces cost no more than large ones. */
static size_t sample_room(size_t len)
{
    size_t room = len > 0 ? SAMPLE_ROOM : 0;

    while (room < len)
        room *= 2;
    return room;
}

static void sample_add(struct arena *arena, struct body *body, struct text octets)
{
    size_t len = body->sample.len;
    char *sample = (void *)(uintptr_t)body->sample.at;

    if (len == 0)
        body->content = arena_zero(arena, sizeof *body->content);
    if (sample_room(len + octets.len) > sample_room(len))
        sample = arena_grow(arena, sample, sample_room(len), sample_room(len + octets.len));
    memcpy(sample + len, octets.at, octets.len);
    body->sample = (struct text){ sample, len + octets.len };
}

static void body_octets(struct feed *feed, struct text octets)
{
    struct body *body = &feed->reader->message->body;
    uint64_t most = feed_limits(feed)->sample_octets;

    if (feed->reader->keeps_body && body->is_measured && body->octets < most)
        sample_add(feed->reader->exchange->exchange.arena, body, text_part(octets, 0, (size_t)(most - body->octets)));
    body->octets += octets.len;
}

void body_done(struct conversation *conversation, int direction, enum body_end end)
{
    struct reader *reader = &conversation->readers[direction];
    struct message *message = reader->message;

    message->body.end = end;
    if (end != BODY_WHOLE && end != BODY_CLOSED)
        message->body.is_measured = false;
    if (end == BODY_WHOLE && message->body.is_measured)
        message->complete |= COMPLETE_BODY;
    message->body.chunks = reader->chunk.chunks;
    reader->state = READER_START;
    reader->blanks = 0;
    pair_message_done(reader->exchange, message);
}

/* It ends where the rest begins. */
static void body_whole(struct feed *feed)
{
    feed->reader->message->stream_end = feed_stream_at(feed);
    body_done(feed->conversation, feed->direction, BODY_WHOLE);
}

static void framing_lost(struct feed *feed)
{
    conversation_note(feed->conversation, NOTE_FRAMING_LOST, feed->piece->frame, NULL);
    body_done(feed->conversation, feed->direction, BODY_LOST);
    reader_lose(feed->conversation, feed->direction);
}

static void read_length(struct feed *feed)
{
    struct reader *reader = feed->reader;
    struct text octets = text_part(feed->rest, 0, reader->remaining < feed->rest.len ? (size_t)reader->remaining
                                                                                     : feed->rest.len);

    body_octets(feed, octets);
    reader->remaining -= octets.len;
    feed_consume(feed, octets.len);
    if (reader->remaining == 0)
        body_whole(feed);
}

/* What is odd about the octet before the rest. */
static void chunk_oddities(struct feed *feed)
{
    static const struct { uint8_t bit; enum anomaly_kind kind; } kinds[] = {
        { CHUNK_ODD_BARE_LF, ANOMALY_CHUNK_BARE_LF },
        { CHUNK_ODD_SPACE, ANOMALY_CHUNK_SPACE },
        { CHUNK_ODD_EXTENSION, ANOMALY_CHUNK_EXTENSION_INVALID },
    };
    struct reader *reader = feed->reader;
    const struct mark before = feed_mark(feed, 1);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (reader->chunk.odd & ~reader->chunk_odd & kinds[i].bit)
            scan_anomaly_outside(reader->exchange->exchange.arena, reader->message, kinds[i].kind, &before);
    reader->chunk_odd = reader->chunk.odd;
}

static void read_chunked(struct feed *feed)
{
    struct reader *reader = feed->reader;
    struct text data;
    enum chunk_result result = chunk_read(&reader->chunk, &feed->rest, feed_limits(feed)->chunk_line_octets, &data);
    const struct mark here = feed_mark(feed, 0);
    bool is_line_start = result == CHUNK_BAD_END || reader->chunk.line_octets <= 1;

    if (reader->chunk.odd != reader->chunk_odd)
        chunk_oddities(feed);
    switch (result) {
    case CHUNK_DATA:
        body_octets(feed, data);
        break;
    case CHUNK_LAST:
        reader->state = READER_TRAILER;
        break;
    case CHUNK_BAD_SIZE:
    case CHUNK_BAD_END:
        scan_anomaly_outside(reader->exchange->exchange.arena, reader->message,
                             result == CHUNK_BAD_END ? ANOMALY_CHUNK_END_MISSING : ANOMALY_CHUNK_SIZE_INVALID,
                             &here);
        framing_lost(feed);
        reader->is_line_start = is_line_start;
        break;
    case CHUNK_TOO_LONG:
        conversation_note(feed->conversation, NOTE_LIMIT, feed->piece->frame, "a chunk-size line is too long");
        framing_lost(feed);
        reader->is_line_start = false;
        break;
    case CHUNK_MORE:
    case CHUNK_ODD:
        break;
    }
}

/* An empty section, CR LF alone, is not kept. */
static void trailer_done(struct feed *feed)
{
    const struct http_options *options = &feed->conversation->http->options;
    const struct draft *draft = feed->reader->draft;
    struct scan_trailer trailer = { { draft->octets, draft->len }, draft->message->marks, draft->message->nmarks };

    if (draft->len == 2)
        return;
    if (!scan_trailers(feed->reader->exchange->exchange.arena, options->names, options->limits, feed->reader->message,
                       &trailer))
        conversation_note(feed->conversation, NOTE_LIMIT, feed->piece->frame,
                          "a trailer section has too many fields: the rest was left out");
}

static void read_trailer(struct feed *feed)
{
    struct reader *reader = feed->reader;
    bool is_too_long;

    if (!reader->draft)
        reader->draft = draft_new(feed->conversation, reader->message->side);
    if (reader_collect(feed, feed_limits(feed)->trailer_octets, &is_too_long)) {
        trailer_done(feed);
        draft_drop(reader->draft);
        reader->draft = NULL;
        body_whole(feed);
    } else if (is_too_long) {
        conversation_note(feed->conversation, NOTE_LIMIT, feed->piece->frame, "a trailer section is too long");
        framing_lost(feed);
        reader->is_line_start = false;
    }
}

static bool keeps_body(const struct feed *feed)
{
    const struct http *http = feed->conversation->http;
    const struct message *message = feed->reader->message;

    if (!http->options.keeps_bodies || message->side == SIDE_CLIENT || !http->sink.reads_body)
        return http->options.keeps_bodies;
    return http->sink.reads_body(http->sink.context, &feed->reader->exchange->exchange, message);
}

void body_begin(struct feed *feed, bool is_sure)
{
    struct reader *reader = feed->reader;
    struct message *message = reader->message;

    reader->chunk = (struct chunk_reader){ 0 };
    reader->chunk_odd = 0;
    message->body.is_measured = true;
    reader->keeps_body = keeps_body(feed);
    switch (message->body.framing) {
    case FRAMING_LENGTH:
        reader->remaining = message->body.announced;
        reader->state = READER_LENGTH;
        break;
    case FRAMING_CHUNKED:
        reader->state = READER_CHUNKED;
        break;
    case FRAMING_CLOSE:
        reader->state = READER_CLOSE;
        break;
    case FRAMING_UNKNOWN:
        framing_lost(feed);
        return;
    case FRAMING_NONE:
    case FRAMING_TUNNEL:
        body_whole(feed);
        if (message->method == METHOD_CONNECT && message->side == SIDE_CLIENT)
            reader->state = READER_WAIT;
        return;
    }
    if (reader->state == READER_LENGTH && reader->remaining == 0) {
        body_whole(feed);
    } else if (message->side == SIDE_SERVER && !is_sure) {
        reader->body = reader->state;
        reader->state = READER_PEEK;
    }
}

void body_read(struct feed *feed)
{
    feed->reader->message->ended_us = feed->piece->time_us;
    feed->reader->message->is_doubtful |= feed->piece->is_doubtful;
    feed->reader->message->is_unproven |= feed->piece->is_unproven;
    switch (feed->reader->state) {
    case READER_LENGTH:
        read_length(feed);
        break;
    case READER_CHUNKED:
        read_chunked(feed);
        break;
    case READER_TRAILER:
        read_trailer(feed);
        break;
    default:
        body_octets(feed, feed->rest);
        feed_consume(feed, feed->rest.len);
        break;
    }
}

void body_peeked(struct conversation *conversation, int direction, const struct draft *draft, size_t len)
{
    const struct message *peeked = draft->message;

    conversation->readers[direction].state = conversation->readers[direction].body;
    for (uint32_t i = 0; i < peeked->nmarks && peeked->marks[i].at < len; i++) {
        size_t end = i + 1 < peeked->nmarks && peeked->marks[i + 1].at < len ? peeked->marks[i + 1].at : len;
        const struct mark *mark = &peeked->marks[i];

        reader_feed(conversation, direction,
                    &(struct piece){ .octets = (const uint8_t *)draft->octets + mark->at, .len = end - mark->at,
                                     .at = mark->stream_at, .frame = mark->frame, .time_us = peeked->ended_us,
                                     .is_doubtful = peeked->is_doubtful, .is_unproven = peeked->is_unproven,
                                     .file_at = mark->file_at });
    }
}
