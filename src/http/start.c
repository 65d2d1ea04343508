#include "http/reader.h"
#include "http/preamble.h"
#include "http/scan.h"
#include "http/sniff.h"

enum { SEARCHED_OCTETS_MAX = 256 };    /* of a status line that is searched for */

/* Octets that begin no message: they came after the last one, if it is still open. */
static void stray_octets(struct reader *reader, const struct piece *piece)
{
    struct message *message = reader->message;

    if (!message || piece->len == 0)
        return;
    const struct mark mark = { 0, piece->at, piece->frame, piece->file_at };

    if (message->body.octets + message->body.stray == 0 || message->body.extra.frame == 0)
        message->body.extra = mark;
    /* What comes behind a response without content is taken for content, which has rules of its own; a request without a length
     * has none (RFC 9112 6.3). */
    bool is_content = message->body.framing == FRAMING_NONE && message->side == SIDE_SERVER;
    uint64_t *count = is_content ? &message->body.octets : &message->body.stray;

    message->is_doubtful |= piece->is_doubtful;
    message->is_unproven |= piece->is_unproven;
    if (*count == 0 && !is_content)
        scan_anomaly_outside(reader->exchange->exchange.arena, message, ANOMALY_OCTETS_BEHIND, &mark);
    *count += piece->len;
}

/* The next `len` octets of the piece. */
static void stray_rest(struct feed *feed, size_t len)
{
    const struct mark mark = feed_mark(feed, 0);

    stray_octets(feed->reader, &(struct piece){ .len = len, .at = mark.stream_at, .frame = mark.frame,
                                                .file_at = mark.file_at,
                                                .is_doubtful = feed->piece->is_doubtful,
                                                .is_unproven = feed->piece->is_unproven });
}

/* The first `len` octets of a draft began no message after all. */
static void stray_draft(struct reader *reader, const struct draft *draft, size_t len)
{
    const struct message *message = draft->message;

    stray_octets(reader, &(struct piece){ .len = len, .at = message->stream_at, .frame = message->marks[0].frame,
                                          .file_at = message->marks[0].file_at,
                                          .is_doubtful = message->is_doubtful,
                                          .is_unproven = message->is_unproven });
}

void start_cut(struct conversation *conversation, struct reader *reader)
{
    const struct draft *draft = reader->draft;

    if (sniff_is_cut((struct text){ draft->octets, draft->len }))
        conversation_note(conversation, NOTE_HEAD_CUT, 0, NULL);
    else
        stray_draft(reader, draft, draft->len);
}

void start_switched(struct feed *feed)
{
    struct reader *reader = feed->reader;

    if (!reader->draft)
        reader->draft = draft_new(feed->conversation, SIDE_SERVER);
    draft_add(reader->draft, text_part(feed->rest, 0, 1), feed->piece, feed_stream_at(feed));
    feed_consume(feed, 1);
    struct draft *draft = reader->draft;
    enum sniff found = sniff_status_line((struct text){ draft->octets, draft->len }, true);

    if (found == SNIFF_MAYBE && reader->message)
        return;
    if (found == SNIFF_YES && reader->message)
        scan_anomaly_outside(reader->exchange->exchange.arena, reader->message, ANOMALY_STATUS_LINE_AFTER_101,
                             &draft->message->marks[0]);
    draft_drop(draft);
    reader->draft = NULL;
    reader->state = READER_DEAF;
}

/* Where the head of the only answer that is due was lost, what looks like another one is part of it. */
static bool may_be_response(const struct feed *feed)
{
    const struct reader *reader = feed->reader;

    if (reader->state == READER_SEARCH && reader->is_lossy && pair_is_all_answered(feed->conversation))
        return false;
    return feed->conversation->client != feed->direction;
}

static bool may_be_request(const struct feed *feed)
{
    return feed->reader->state != READER_PEEK &&
           (feed->conversation->client < 0 || feed->conversation->client == feed->direction);
}

static enum sniff_place place_of(const struct feed *feed)
{
    const struct draft *draft = feed->reader->draft;

    if (feed->reader->state != READER_SEARCH)
        return SNIFF_DUE;
    return (draft && draft->len > 0 ? draft->message->stream_at : feed_stream_at(feed)) == 0 ? SNIFF_FIRST : SNIFF_LOST;
}

/* Where it is searched for, a status line has to be whole: pages that show one seldom end their lines with CRLF. */
static enum sniff searched_status_line(struct text octets)
{
    enum sniff found = sniff_status_line(octets, true);
    size_t len = text_until(octets, '\n', NULL).len;

    if (found != SNIFF_YES)
        return found;
    if (len > SEARCHED_OCTETS_MAX)
        return SNIFF_NO;
    if (len == octets.len)
        return SNIFF_MAYBE;
    return octets.at[len - 1] == '\r' ? SNIFF_YES : SNIFF_NO;
}

static enum sniff candidate_response(const struct feed *feed, struct text octets)
{
    if (!may_be_response(feed))
        return SNIFF_NO;
    if (feed->reader->state == READER_SEARCH)
        return searched_status_line(octets);
    return sniff_status_line(octets, feed->reader->state == READER_PEEK);
}

/* Do the octets begin a message of this direction? Cuts must not matter: whatever is MAYBE is collected until it is not.
 * The first `searched` octets are known to hold no LF. */
static enum sniff candidate(const struct feed *feed, struct text octets, size_t searched, enum side *side)
{
    bool is_strict = feed->reader->state == READER_SEARCH || feed->reader->state == READER_PEEK;
    enum sniff found = candidate_response(feed, octets);

    *side = SIDE_SERVER;
    if (found != SNIFF_NO || !may_be_request(feed))
        return found;
    if (!sniff_request_prefix(text_part(octets, 0, feed_line_max(feed) + 1), is_strict))
        return feed->reader->state == READER_SNIFF && sniff_tls(octets) == SNIFF_MAYBE ? SNIFF_MAYBE : SNIFF_NO;
    size_t len = searched + text_until(text_part(octets, searched, octets.len), '\n', NULL).len;

    *side = SIDE_CLIENT;
    if (len == octets.len || len > feed_line_max(feed))
        return SNIFF_MAYBE;
    return sniff_request_line(text_part(octets, 0, len), place_of(feed)) ? SNIFF_YES : SNIFF_NO;
}

/* Do the octets begin with a preamble, within the limit of a line? */
static enum sniff preamble_of(const struct feed *feed, struct text octets, size_t *len)
{
    enum sniff found = feed->reader->state == READER_SNIFF ? preamble_read(octets, len) : SNIFF_NO;

    return found == SNIFF_YES && *len > feed_line_max(feed) ? SNIFF_MAYBE : found;
}

/* What seemed to be blank lines before a preamble is the begin of its signature. */
static void preamble_skip(struct feed *feed, size_t len)
{
    feed_consume(feed, len);
    feed->reader->blanks = 0;
}

/* The other end's reader learns what it reads. */
static void roles_known(struct feed *feed, enum side side)
{
    struct conversation *conversation = feed->conversation;
    struct reader *other = &conversation->readers[!feed->direction];

    conversation->client = (int8_t)(side == SIDE_CLIENT ? feed->direction : !feed->direction);
    if (!conversation->is_http) {
        conversation->is_http = true;
        conversation->http->streams++;
    }
    if (other->state == READER_SNIFF)
        other->state = READER_START;
    else if (other->state == READER_DEAF && !other->is_ended)
        reader_lose(conversation, !feed->direction);
}

static void start_line_found(struct feed *feed, enum side side)
{
    struct conversation *conversation = feed->conversation;
    struct reader *reader = feed->reader;

    if (conversation->client < 0)
        roles_known(feed, side);
    if (reader->state == READER_PEEK) {
        /* A status line right behind the head: the request was a HEAD after all. */
        reader->message->body.framing = FRAMING_NONE;
        body_done(conversation, feed->direction, BODY_WHOLE);
    } else if (reader->state == READER_SEARCH && !reader->is_stray) {
        conversation_note(conversation, NOTE_RESYNCHRONISED, feed->piece->frame, NULL);
    }
    if (side == SIDE_SERVER)
        pair_status_line(conversation);
    else
        pair_request_line(conversation);
    reader->message = NULL;
    reader->exchange = NULL;
    reader->state = READER_HEAD;
    reader->draft->is_started = true;
    reader->draft->message->side = side;
}

/* Octets turned out to be no start line: what they are depends on where we are. They are the first ones of `draft`, which
 * is not the reader's any more, or (NULL) of the rest. */
static void not_a_start(struct feed *feed, const struct draft *draft, struct text octets)
{
    struct conversation *conversation = feed->conversation;
    struct reader *reader = feed->reader;

    switch (reader->state) {
    case READER_SNIFF:
        conversation_note(conversation, sniff_tls(octets) == SNIFF_YES ? NOTE_ENCRYPTED : NOTE_NOT_HTTP, feed->piece->frame, NULL);
        reader->state = READER_DEAF;
        break;
    case READER_PEEK:
        if (draft)
            body_peeked(conversation, feed->direction, draft, octets.len);
        else
            reader->state = reader->body;
        break;
    default:
        if (reader->state == READER_START) {
            reader->is_stray = true;
            if (feed->direction == conversation->client)
                pair_stray(conversation);
        }
        reader->state = READER_SEARCH;
        reader->is_line_start = octets.len > 0 && octets.at[octets.len - 1] == '\n';
        if (reader->is_stray && draft)
            stray_draft(reader, draft, octets.len);
        else if (reader->is_stray)
            stray_rest(feed, octets.len);
        break;
    }
}

/* What may be a start line is longer than the limit, with the next `len` octets of the rest. */
static void line_too_long(struct feed *feed, size_t len)
{
    struct reader *reader = feed->reader;
    struct draft *draft = reader->draft;
    struct text octets = { draft->octets, draft->len };
    bool is_line = octets.at[octets.len - 1] == '\n';

    feed_consume(feed, len);
    if (reader->state == READER_START) {
        conversation_note(feed->conversation, NOTE_LIMIT, feed->piece->frame, "a start line is too long");
        reader_lose(feed->conversation, feed->direction);
        reader->is_line_start = is_line;
        return;
    }
    reader->draft = NULL;
    not_a_start(feed, draft, octets);
    draft_drop(draft);
}

/* A start line that may have begun: octet by octet as long as it may be a status line, which is short. */
static void try_draft(struct feed *feed)
{
    struct draft *draft = feed->reader->draft;
    struct text so_far = { draft->octets, draft->len };
    enum side side = SIDE_SERVER;
    bool is_sniffing = feed->reader->state == READER_SNIFF;
    bool is_step = (sniff_status_line(so_far, false) != SNIFF_NO && may_be_response(feed)) ||
                   (is_sniffing && preamble_is_binary(so_far.len > 0 ? so_far.at[0] : feed->rest.at[0]));
    const char *end = memchr(feed->rest.at, '\n', feed->rest.len);
    size_t len = is_step ? 1 : end ? (size_t)(end - feed->rest.at) + 1 : feed->rest.len;

    draft_add(draft, text_part(feed->rest, 0, len), feed->piece, feed_stream_at(feed));
    enum sniff found = candidate(feed, (struct text){ draft->octets, draft->len }, so_far.len, &side);
    bool is_line = draft->octets[draft->len - 1] == '\n';
    size_t preamble_len;
    enum sniff preamble = preamble_of(feed, (struct text){ draft->octets, draft->len }, &preamble_len);

    if (preamble == SNIFF_YES) {
        feed->reader->draft = NULL;
        draft_drop(draft);
        preamble_skip(feed, len);
        return;
    }
    found = found != SNIFF_NO ? found : preamble;
    if (found == SNIFF_NO) {
        /* The octets that were added are looked at again: a status line may begin among them. */
        struct text octets = { draft->octets, is_sniffing ? draft->len : so_far.len };

        feed->reader->draft = NULL;
        not_a_start(feed, draft, octets);
        draft_drop(draft);
        feed_consume(feed, is_sniffing ? len : 0);
        return;
    }
    if (draft->len - is_line > feed_line_max(feed)) {
        line_too_long(feed, len);
        return;
    }
    feed_consume(feed, len);
    if (found == SNIFF_YES) {
        draft->line_len = is_line ? 0 : draft->len;
        start_line_found(feed, side);
    }
}

/* What may stand before a start line that is searched for. NUL is what a keep-alive probe carries, which in mid-stream
 * looks like the first octet of the direction. */
static bool is_skipped(char octet)
{
    return octet == '\r' || octet == '\n' || octet == '\0';
}

/* SEARCH: to the next place where a start line may stand. False if the piece has none. */
static bool search_next(struct feed *feed)
{
    struct reader *reader = feed->reader;
    bool is_anywhere = feed->conversation->client == !feed->direction && feed->conversation->nwaiting > 0;
    size_t len = 0;

    if (reader->is_line_start) {
        while (len < feed->rest.len && is_skipped(feed->rest.at[len]))
            len++;
    } else {
        const char *line = memchr(feed->rest.at, '\n', feed->rest.len);
        size_t before = line ? (size_t)(line - feed->rest.at) : feed->rest.len;
        const char *status = is_anywhere ? memchr(feed->rest.at, 'H', before) : NULL;

        len = status ? (size_t)(status - feed->rest.at) : line ? before + 1 : before;
        reader->is_line_start = !status && line;
    }
    if (reader->is_stray)
        stray_rest(feed, len);
    feed_consume(feed, len);
    return feed->rest.len > 0 && (!reader->is_line_start || !is_skipped(feed->rest.at[0]));
}

static bool skip_blanks(struct feed *feed)
{
    while (feed->rest.len > 0 && (feed->rest.at[0] == '\r' || feed->rest.at[0] == '\n')) {
        feed_consume(feed, 1);
        feed->reader->blanks++;
    }
    return feed->rest.len > 0;
}

/* States without a message under way. */
void start_seek(struct feed *feed)
{
    struct reader *reader = feed->reader;
    enum side side;

    if (reader->draft) {
        try_draft(feed);
        return;
    }
    if (reader->state == READER_SEARCH ? !search_next(feed) : reader->state != READER_PEEK && !skip_blanks(feed))
        return;
    size_t preamble_len;
    enum sniff preamble = preamble_of(feed, feed->rest, &preamble_len);
    enum sniff found = candidate(feed, feed->rest, 0, &side);

    if (preamble == SNIFF_YES) {
        preamble_skip(feed, preamble_len);
        return;
    }
    if (found == SNIFF_NO && preamble == SNIFF_NO) {
        size_t len = reader->state == READER_PEEK ? 0 : reader->state == READER_SNIFF ? feed->rest.len : 1;

        not_a_start(feed, NULL, text_part(feed->rest, 0, len));
        feed_consume(feed, len);
        return;
    }
    reader->draft = draft_new(feed->conversation, side);
    if (found == SNIFF_YES)
        start_line_found(feed, side);
}

