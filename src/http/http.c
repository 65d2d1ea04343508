#include "base/memory.h"
#include "http/conversation.h"

struct http *http_new(const struct http_options *options, struct http_sink sink, struct note_sink notes)
{
    struct http *http = memory_new(sizeof *http);

    http->options = *options;
    http->sink = sink;
    http->notes = notes;
    for (size_t i = 0; i < HTTP_SHARES; i++)
        http->pools[i] = arena_pool_new();
    http->judge = judge_new();
    http->known = known_new(options->limits);
    return http;
}

void http_free(struct http *http)
{
    if (!http)
        return;
    known_free(http->known);
    judge_free(http->judge);
    settling_free(&http->settling);
    for (size_t i = 0; i < HTTP_SHARES; i++)
        arena_pool_free(http->pools[i]);
    memory_free(http);
}

void http_opened(struct http *http, struct connection *connection)
{
    struct conversation *conversation = memory_new(sizeof *conversation);

    conversation->http = http;
    conversation->pool = http->pools[connection->number % HTTP_SHARES];
    conversation->on = connection;
    conversation->client = -1;
    connection->reader = conversation;
    http->conversations++;
}

void http_octets(struct http *http, struct connection *connection, int direction, const struct piece *piece)
{
    struct conversation *conversation = connection->reader;

    (void)http;
    conversation->now_us = piece->time_us;
    reader_feed(conversation, direction, piece);
}

bool conversation_is_over_limit(const struct conversation *conversation)
{
    return arena_pool_used(conversation->pool) > conversation->http->options.limits->memory_octets / HTTP_SHARES;
}

/* True if octets that came again differ from a head that holds them. */
static bool is_different(const struct message *message, struct text head, const struct piece *piece)
{
    uint64_t from = piece->at > message->stream_at ? piece->at : message->stream_at;
    uint64_t to = piece->at + piece->len, end = message->stream_at + head.len;

    to = to < end ? to : end;
    return from < to && memcmp(head.at + (from - message->stream_at), piece->octets + (from - piece->at),
                               (size_t)(to - from)) != 0;
}

static bool compare(struct message *message, const struct piece *piece)
{
    bool is_new = !message->is_doubtful && is_different(message, text_part(message->head, 0, message->trailers_at), piece);

    message->is_doubtful |= is_new;
    return is_new;
}

void http_repeated(struct http *http, struct connection *connection, int direction, const struct piece *piece)
{
    struct conversation *conversation = connection->reader;
    struct draft *draft = conversation->readers[direction].draft;
    bool is_new = false;

    (void)http;
    if (draft && draft->len > 0 &&
        is_different(draft->message, (struct text){ draft->octets, draft->len }, piece))
        is_new = draft->message->is_doubtful = true;
    for (struct open_exchange *open = conversation->first; open; open = open->next) {
        if (direction == conversation->client && open->request)
            is_new |= compare(open->request, piece);
        for (uint32_t i = 0; direction != conversation->client && i < open->exchange.nresponses; i++)
            is_new |= compare(open->responses[i], piece);
    }
    if (is_new)
        conversation_note(conversation, NOTE_CONFLICTING_DATA, piece->frame, NULL);
}

void http_gap(struct http *http, struct connection *connection, int direction, uint64_t at, uint64_t missing)
{
    (void)http;
    reader_gap(connection->reader, direction, at, missing);
}

void http_ended(struct http *http, struct connection *connection, int direction, enum flow_end end)
{
    (void)http;
    reader_end(connection->reader, direction, end);
}

void http_closed(struct http *http, struct connection *connection)
{
    struct conversation *conversation = connection->reader;

    http->conversations--;
    pair_closed(conversation);
    draft_drop(conversation->readers[0].draft);
    draft_drop(conversation->readers[1].draft);
    memory_free(conversation);
    connection->reader = NULL;
}

void http_tick(struct http *http, int64_t now_us)
{
    const struct due *due;

    while ((due = http_due(http)) != NULL && due->time_us <= now_us)
        http_settle(http);
}

const struct due *http_due(const struct http *http)
{
    const struct open_exchange *open = settling_soonest(&http->settling);

    return open ? &open->due : NULL;
}

void http_settle(struct http *http)
{
    pair_settle(http);
}

void http_count_calls(struct http *http, uint64_t call)
{
    http->call = call;
}

void http_rename(struct http *http, const struct names *names, bool keeps_bodies)
{
    http->options.names = names;
    http->options.keeps_bodies = keeps_bodies;
    http->generation++;
    known_forget(http->known);
}

uint64_t http_streams(const struct http *http)
{
    return http->streams;
}

size_t http_held(const struct http *http)
{
    size_t held = http->conversations * sizeof(struct conversation);

    for (size_t i = 0; i < HTTP_SHARES; i++)
        held += arena_pool_used(http->pools[i]);
    return held;
}
