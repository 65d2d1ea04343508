#include "http/reader.h"

#include "http/framing.h"
#include "http/lines.h"
#include "http/scan.h"

void reader_search(struct reader *reader)
{
    draft_drop(reader->draft);
    reader->draft = NULL;
    reader->message = NULL;
    reader->exchange = NULL;
    reader->state = READER_SEARCH;
    reader->is_line_start = true;
    reader->is_stray = false;
}

void reader_lose(struct conversation *conversation, int direction)
{
    reader_search(&conversation->readers[direction]);
    pair_lost(conversation, direction);
}

static uint64_t left_of(uint64_t most, uint64_t used)
{
    return most > used ? most - used : 0;
}

/* Octets of `rest` up to and with the next LF, or all; `is_empty` tells that this LF ended an empty line. */
static size_t line_take(struct draft *draft, struct text rest, bool *is_empty)
{
    const char *end = memchr(rest.at, '\n', rest.len);
    size_t len = end ? (size_t)(end - rest.at) : rest.len;

    if (draft->line_len == 0)
        draft->hint = known_hint(draft->hint, text_part(rest, 0, len));
    if (len > 0) {
        draft->is_line_cr = draft->line_len == 0 && len == 1 && rest.at[0] == '\r';
        draft->line_len += (uint32_t)len;
    }
    if (!end)
        return len;
    *is_empty = draft->line_len == 0 || draft->is_line_cr;
    draft->line_len = 0;
    draft->is_line_cr = false;
    return len + 1;
}

/* Octets of the whole lines that `rest` begins with, up to and with an empty one: then `is_empty` is set. The quick way, where
 * no line is cut or too long. */
static size_t lines_take(struct draft *draft, struct text rest, uint64_t line_max, bool *is_empty)
{
    uint64_t hint = draft->hint;
    size_t taken = 0;
    bool is_over = false;

    for (size_t block = 0; block < rest.len && !is_over; block += LINES_BLOCK) {
        for (uint64_t ends = lines_ends(rest.at + block, rest.len - block); ends != 0 && !is_over; ends &= ends - 1) {
            const struct text line = text_part(rest, taken, block + (size_t)__builtin_ctzll(ends) - taken);

            *is_empty = line.len == 0 || (line.len == 1 && line.at[0] == '\r');
            is_over = *is_empty || line.len > line_max;
            if (line.len > line_max)
                continue;
            hint = known_hint(hint, line);
            taken += line.len + 1;
        }
    }
    draft->hint = hint;
    return taken;
}

bool reader_collect(struct feed *feed, uint64_t octets_max, bool *is_too_long)
{
    struct draft *draft = feed->reader->draft;
    uint64_t line_max = feed_limits(feed)->line_octets, left = left_of(octets_max, draft->len);
    /* Up to the first octet over a limit and no further, so that cuts do not matter. */
    struct text rest = text_part(feed->rest, 0, left < feed->rest.len ? (size_t)left + 1 : feed->rest.len);
    bool is_end = false;
    size_t taken = draft->line_len == 0 ? lines_take(draft, rest, line_max, &is_end) : 0;

    while (taken < rest.len && !is_end && draft->line_len <= line_max) {
        uint64_t line_left = line_max - draft->line_len;

        taken += line_take(draft, text_part(rest, taken, line_left < rest.len ? (size_t)line_left + 1 : rest.len), &is_end);
    }
    *is_too_long = draft->line_len > line_max || taken > left;
    draft_add(draft, text_part(feed->rest, 0, taken), feed->piece, feed_stream_at(feed));
    feed_consume(feed, taken);
    return is_end && !*is_too_long;
}

static void blanks_before(struct feed *feed, struct message *message, struct arena *arena)
{
    if (feed->reader->blanks > 0)
        scan_anomaly(arena, message, ANOMALY_BLANK_BEFORE_START, text_part(message->head, 0, 0));
    feed->reader->blanks = 0;
}

/* The method that decides where a response ends. Where the pairing is unsure a CONNECT counts all the same: to lint what may
 * be a tunnel is worse than to miss some messages. */
static enum method answers(const struct open_exchange *open, const struct message *message, bool is_sure)
{
    if (message->side == SIDE_CLIENT || !open->request)
        return METHOD_UNKNOWN;
    return is_sure || open->request->method == METHOD_CONNECT ? open->request->method : METHOD_UNKNOWN;
}

/* True if the head has no more fields than are read. */
static bool take_apart(struct feed *feed, struct draft *draft)
{
    const struct http_options *options = &feed->conversation->http->options;
    bool is_all = scan_head(draft->arena, options->names, options->limits, draft->message);

    if (!is_all)
        conversation_note(feed->conversation, NOTE_LIMIT, feed->piece->frame, "a head has too many fields: the rest was left out");
    return is_all;
}

/* The head is whole: known or scanned, paired, framed, judged. */
static void head_done(struct feed *feed)
{
    struct conversation *conversation = feed->conversation;
    struct http *http = conversation->http;
    struct reader *reader = feed->reader;
    struct draft *draft = reader->draft;
    struct message *message = draft->message;
    struct open_exchange *open;
    struct judged judged;
    uint64_t hint = draft->hint;
    bool is_sure = true;

    reader->draft = NULL;
    message->generation = http->generation;
    message->head = (struct text){ draft->octets, draft->len };
    bool is_known = known_find(http->known, hint, draft->arena, message, &judged);
    bool is_all = is_known || take_apart(feed, draft);
    message->complete = is_all ? COMPLETE_HEAD : 0;
    message->hidden = is_all ? NULL : &message_all_fields;
    blanks_before(feed, message, draft->arena);
    if (message->side == SIDE_CLIENT)
        open = pair_request(conversation, draft);
    else
        open = pair_response(conversation, draft, &is_sure);
    if (!open) {
        reader->state = READER_START;
        draft_drop(draft);
        return;
    }
    message->body.framing = FRAMING_UNKNOWN;
    if (is_all) {
        framing_decide(open->exchange.arena, message, answers(open, message, is_sure));
        if (is_known) {
            judge_compare(open->exchange.arena, message, &judged);
        } else {
            judged = judge_head(http->judge, open->exchange.arena, message);
            known_learn(http->known, hint, message, &judged);
        }
    }
    reader->message = message;
    reader->exchange = open;
    body_begin(feed, is_sure);
    if (message->side == SIDE_SERVER)
        reader_switch(conversation, message);
}

static void read_head(struct feed *feed)
{
    bool is_too_long;

    if (reader_collect(feed, feed_limits(feed)->head_octets, &is_too_long)) {
        head_done(feed);
    } else if (is_too_long || conversation_is_over_limit(feed->conversation)) {
        conversation_note(feed->conversation, NOTE_LIMIT, feed->piece->frame,
                          is_too_long ? "a head is too long" : "too many octets are held: a head was given up");
        reader_lose(feed->conversation, feed->direction);
        feed->reader->is_line_start = false;
    }
}

void reader_feed(struct conversation *conversation, int direction, const struct piece *piece)
{
    struct reader *reader = &conversation->readers[direction];
    struct feed feed = { conversation, reader, direction, piece, { (const char *)piece->octets, piece->len } };

    while (feed.rest.len > 0) {
        switch (reader->state) {
        case READER_SNIFF:
        case READER_START:
        case READER_SEARCH:
        case READER_PEEK:
            start_seek(&feed);
            break;
        case READER_HEAD:
            read_head(&feed);
            break;
        case READER_LENGTH:
        case READER_CHUNKED:
        case READER_TRAILER:
        case READER_CLOSE:
            body_read(&feed);
            break;
        case READER_SWITCHED:
            start_switched(&feed);
            break;
        case READER_WAIT:
            reader->is_skipping = true;
            return;
        case READER_DEAF:
            return;
        }
    }
}

/* ---- gaps, ends, other protocols ---- */

/* PEEK is over without a decision: whether there is a body stays unknown, unless it would be empty. */
static void peek_end(struct conversation *conversation, int direction, enum body_end end)
{
    struct reader *reader = &conversation->readers[direction];
    bool is_empty = reader->body == READER_CLOSE && !reader->draft && end == BODY_CLOSED;

    draft_drop(reader->draft);
    reader->draft = NULL;
    body_done(conversation, direction, is_empty ? BODY_WHOLE : end == BODY_LOST ? BODY_LOST : BODY_OPEN);
}

static void body_lost(struct conversation *conversation, int direction)
{
    body_done(conversation, direction, BODY_LOST);
    reader_lose(conversation, direction);
}

/* Nothing tells yet that the response has a body at all: what it answers is unknown, and may be a HEAD. */
static bool is_body_unsure(const struct reader *reader)
{
    return (reader->state == READER_LENGTH || reader->state == READER_CHUNKED || reader->state == READER_CLOSE) &&
           reader->message->side == SIDE_SERVER && reader->message->body.octets == 0 &&
           (!reader->exchange->request || reader->exchange->exchange.missing & MISSING_PAIRING);
}

void reader_gap(struct conversation *conversation, int direction, uint64_t at, uint64_t missing)
{
    struct reader *reader = &conversation->readers[direction];
    bool is_start = missing == 0;

    (void)at;
    reader->is_lossy = true;
    if (reader->message)
        reader->message->body.is_measured = false;
    switch (reader->state) {
    case READER_LENGTH:
        if (missing > reader->remaining || missing == 0) {
            pair_begin_lost(conversation, direction);
            body_lost(conversation, direction);
        } else {
            reader->remaining -= missing;
            if (reader->remaining == 0)
                body_done(conversation, direction, BODY_WHOLE);
        }
        break;
    case READER_CHUNKED:
        if (!chunk_skip(&reader->chunk, missing))
            body_lost(conversation, direction);
        break;
    case READER_TRAILER:
        body_lost(conversation, direction);
        break;
    case READER_CLOSE:
    case READER_DEAF:
        break;
    case READER_SWITCHED:
        draft_drop(reader->draft);
        reader->draft = NULL;
        reader->state = READER_DEAF;
        break;
    case READER_PEEK:
        peek_end(conversation, direction, BODY_LOST);
        reader_lose(conversation, direction);
        break;
    case READER_HEAD:
        conversation_note(conversation, NOTE_HEAD_CUT, 0, NULL);
        pair_begin_lost(conversation, direction);
        reader_lose(conversation, direction);
        break;
    case READER_SNIFF:
    case READER_START:
    case READER_SEARCH:
    case READER_WAIT:
        if (!is_start && reader->state == READER_START)
            pair_begin_lost(conversation, direction);
        if (is_start && conversation->client == !direction)
            pair_midstream(conversation);
        else
            pair_lost(conversation, direction);
        reader_search(reader);
        break;
    }
    if (is_body_unsure(reader)) {
        reader->body = reader->state;
        reader->state = READER_PEEK;
    }
}

void reader_end(struct conversation *conversation, int direction, enum flow_end end)
{
    static const enum body_end ends[] = { [FLOW_END_FIN] = BODY_CLOSED, [FLOW_END_RST] = BODY_RESET,
                                          [FLOW_END_UNSEEN] = BODY_OPEN };
    struct reader *reader = &conversation->readers[direction];

    if (reader->is_ended)
        return;
    if (reader->state == READER_PEEK)
        peek_end(conversation, direction, ends[end]);
    else if (reader->state == READER_HEAD)
        conversation_note(conversation, NOTE_HEAD_CUT, 0, NULL);
    else if (reader->draft && !reader->draft->is_started && reader->state != READER_TRAILER &&
             reader->state != READER_SWITCHED && end == FLOW_END_FIN)
        start_cut(conversation, reader);
    if (reader->state != READER_TRAILER) {
        draft_drop(reader->draft);
        reader->draft = NULL;
    }
    reader->is_ended = true;
    reader->is_head_cut = reader->state == READER_HEAD;
    reader->end = end;
    if (reader->state == READER_CLOSE && end == FLOW_END_FIN)
        body_done(conversation, direction, BODY_WHOLE);
    else if (reader->state == READER_LENGTH || reader->state == READER_CHUNKED || reader->state == READER_TRAILER ||
             reader->state == READER_CLOSE)
        body_done(conversation, direction, ends[end]);
    reader->state = READER_DEAF;
    pair_ended(conversation, direction);
}

/* The client's octets behind a CONNECT are read again, unless some were skipped: those may have been anything. */
static void wait_end(struct conversation *conversation, int direction, enum reader_state next)
{
    struct reader *reader = &conversation->readers[direction];

    if (reader->is_skipping)
        reader_lose(conversation, direction);
    else
        reader->state = next;
    reader->is_skipping = false;
}

/* What the server says first behind a 101 still belongs to that. */
static void tunnel_begin(struct conversation *conversation, int client, enum reader_state state)
{
    for (int i = 0; i < 2; i++) {
        struct reader *reader = &conversation->readers[i];
        bool is_switched = state == READER_DEAF && i != client;

        draft_drop(reader->draft);
        reader->draft = NULL;
        if (!is_switched) {
            reader->message = NULL;
            reader->exchange = NULL;
        }
        reader->blanks = 0;
        if (!reader->is_ended)
            reader->state = is_switched ? READER_SWITCHED : state;
    }
    pair_switched(conversation);
    if (state == READER_SNIFF) {
        conversation->client = -1;
        conversation->is_tunnel = true;
        if (conversation->readers[client].is_skipping)
            wait_end(conversation, client, state);
    }
}

void reader_switch(struct conversation *conversation, const struct message *response)
{
    int direction = conversation->client;
    struct reader *client = &conversation->readers[direction];

    if (response->body.framing == FRAMING_TUNNEL) {
        tunnel_begin(conversation, direction, response->status == 101 ? READER_DEAF : READER_SNIFF);
        if (response->status == 101)
            conversation_note(conversation, NOTE_TUNNEL, message_frame(response, 0), NULL);
    } else if (client->state == READER_WAIT && (!client->exchange || client->exchange->is_response_begun)) {
        wait_end(conversation, direction, READER_START);
    }
}
