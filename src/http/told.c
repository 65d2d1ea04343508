#include "http/told.h"

#include "http/conversation.h"
#include "http/content.h"

/* Logs are meant to be passed on, so that secrets are taken out; and they show the content as it is used, so that the
 * fields about its transfer may be gone. */
#define OFTEN_LEFT_OUT(FIELD)                                                                      \
    FIELD(COOKIE) FIELD(SET_COOKIE) FIELD(AUTHORIZATION) FIELD(PROXY_AUTHORIZATION)                \
    FIELD(CONTENT_LENGTH) FIELD(CONTENT_ENCODING) FIELD(TRANSFER_ENCODING) FIELD(TRAILER)          \
    FIELD(CONNECTION) FIELD(KEEP_ALIVE) FIELD(PROXY_CONNECTION) FIELD(TE)

/* Not sent at all from HTTP/2 on (RFC 9113 8.2.2, 8.3.1). */
#define OF_HTTP1(FIELD) FIELD(UPGRADE) FIELD(HOST)

static struct bits512 *hidden_fields(struct arena *arena, unsigned version)
{
    struct bits512 *hidden = arena_zero(arena, sizeof *hidden);

#define FIELD(id) bits_set(hidden, FIELD_##id);
    OFTEN_LEFT_OUT(FIELD)
    if (version == 0 || version >= 20) {
        OF_HTTP1(FIELD)
    }
#undef FIELD
    return hidden;
}

/* ---- the head, written out ---- */

struct writer {
    struct arena *arena;
    struct message *message;
    char *octets;
    uint32_t len, room;
};

/* Where it stands. */
static uint32_t put(struct writer *writer, struct text text)
{
    uint32_t at = writer->len;

    if (text.len > 0)
        memcpy(writer->octets + at, text.at, text.len);
    writer->len += (uint32_t)text.len;
    return at;
}

static size_t line_octets(const struct told_field *field)
{
    return field->name.len + field->value.len + sizeof ": \r\n" - 1;
}

/* How many of the fields fit, and the octets of their lines. */
static size_t fitting(const struct told_message *told, const struct limits *limits, size_t *octets)
{
    uint64_t most = limits->head_octets < UINT32_MAX / 2 ? limits->head_octets : UINT32_MAX / 2;
    size_t count = 0;

    *octets = 0;
    while (count < told->nfields && count < limits->fields) {
        const struct told_field *field = &told->fields[count];

        if (field->name.len > UINT16_MAX || field->value.len > most || line_octets(field) > most - *octets)
            break;
        *octets += line_octets(field);
        count++;
    }
    return count;
}

static void put_field(struct writer *writer, const struct names *names, const struct told_field *told)
{
    struct message *message = writer->message;
    struct field *field = &message->fields[message->nfields++];
    struct text value = text_trim(told->value);

    field->id = names_find(names, told->name);
    field->name_len = (uint16_t)told->name.len;
    field->name_at = put(writer, told->name);
    put(writer, TEXT(": "));
    field->value_len = (uint32_t)value.len;
    field->value_at = put(writer, value);
    put(writer, TEXT("\r\n"));
    bits_set(&message->has, field->id);
}

static struct text version_words(unsigned version)
{
    switch (version) {
    case 10:
        return TEXT("HTTP/1.0");
    case 11:
        return TEXT("HTTP/1.1");
    case 20:
        return TEXT("HTTP/2.0");
    case 30:
        return TEXT("HTTP/3.0");
    default:
        return TEXT("");
    }
}

static void put_request_line(struct writer *writer, const struct told *told)
{
    struct message *message = writer->message;
    struct text version = version_words(told->request.version);

    message->method = method_find(told->method);
    message->method_text.len = (uint32_t)told->method.len;
    message->method_text.at = put(writer, told->method);
    put(writer, TEXT(" "));
    message->target.len = (uint32_t)told->target.len;
    message->target.at = put(writer, told->target);
    put(writer, TEXT(" "));
    message->version_text.len = (uint32_t)version.len;
    message->version_text.at = put(writer, version);
    put(writer, TEXT("\r\n"));
}

static void put_status_line(struct writer *writer, const struct told *told)
{
    const char code[] = { (char)('0' + told->status / 100 % 10), (char)('0' + told->status / 10 % 10),
                          (char)('0' + told->status % 10) };
    struct message *message = writer->message;
    struct text version = version_words(told->response.version);

    message->status = told->status;
    message->version_text.len = (uint32_t)version.len;
    message->version_text.at = put(writer, version);
    put(writer, TEXT(" "));
    put(writer, (struct text){ code, sizeof code });
    put(writer, TEXT(" "));
    message->reason.len = (uint32_t)told->reason.len;
    message->reason.at = put(writer, told->reason);
    put(writer, TEXT("\r\n"));
}

static void head_write(struct http *http, struct arena *arena, struct message *message, const struct told *told)
{
    enum { START_OCTETS = sizeof "HTTP/1.1 200 \r\n\r\n" };
    const struct told_message *from = message->side == SIDE_CLIENT ? &told->request : &told->response;
    size_t octets, count = fitting(from, http->options.limits, &octets);
    size_t start = message->side == SIDE_CLIENT ? told->method.len + told->target.len : told->reason.len;
    struct writer writer = { .arena = arena, .message = message,
                             .octets = arena_alloc(arena, START_OCTETS + start + octets) };

    message->generation = http->generation;
    if (message->side == SIDE_CLIENT)
        put_request_line(&writer, told);
    else
        put_status_line(&writer, told);
    message->fields = arena_zero(arena, count * sizeof *message->fields);
    for (size_t i = 0; i < count; i++)
        put_field(&writer, http->options.names, &from->fields[i]);
    put(&writer, TEXT("\r\n"));
    message->head = (struct text){ writer.octets, writer.len };
    message->trailers_at = writer.len;
    if (count < from->nfields && http->notes.note)
        http->notes.note(http->notes.context,
                         &(struct note){ NOTE_LIMIT, "a head has too many fields: the rest was left out", told->frame,
                                         NOTE_NO_STREAM });
    if (from->has_all_fields && count == from->nfields) {
        message->complete = COMPLETE_HEAD;
        message->hidden = hidden_fields(arena, from->version);
    } else {
        message->hidden = &message_all_fields;
    }
}

/* ---- the content ---- */

/* A field says so, which no log has a reason to invent. */
static bool is_said_empty(const struct message *message)
{
    const struct field *field = message_field(message, FIELD_CONTENT_LENGTH, NULL);

    return field && !message_field(message, FIELD_CONTENT_LENGTH, field) &&
           text_equal(message_value(message, field), TEXT("0"));
}

static void content_set(struct http *http, struct arena *arena, struct message *message,
                        const struct told_message *from)
{
    struct body *body = &message->body;

    body->is_measured = from->content == TOLD_NONE || (from->content == TOLD_UNKNOWN && is_said_empty(message));
    if (from->content != TOLD_SOME)
        return;
    body->octets = from->octets > 0 ? from->octets : 1;
    if (from->sample.len == 0 || from->sample.len > http->options.limits->decoded_octets)
        return;
    body->octets = from->sample.len;
    body->sample = arena_text(arena, from->sample);
    body->content = arena_zero(arena, sizeof *body->content);
    *body->content = (struct content){ body->sample, true, true, true };
}

enum {
    NONE = 1 << FRAMING_NONE,
    LENGTH = 1 << FRAMING_LENGTH,
    CHUNKED = 1 << FRAMING_CHUNKED,
    CLOSE = 1 << FRAMING_CLOSE
};

/* RFC 9112 6.3, as far as it goes without the fields. */
static void frame_response(struct body *body, enum method method, unsigned status)
{
    body->framing = FRAMING_UNKNOWN;
    if (status == 101 || (method == METHOD_CONNECT && status / 100 == 2))
        body->framing = FRAMING_TUNNEL;
    else if (method == METHOD_HEAD || status / 100 == 1 || status == 204 || status == 304)
        body->framing = FRAMING_NONE;
    else
        body->framings = LENGTH | CHUNKED | CLOSE;
}

static void frame_request(struct body *body)
{
    body->framing = FRAMING_UNKNOWN;
    body->framings = body->octets > 0 ? LENGTH | CHUNKED : NONE | LENGTH | CHUNKED;
}

/* ---- the exchange ---- */

static struct message *message_new(struct http *http, struct arena *arena, const struct told *told, enum side side)
{
    const struct told_message *from = side == SIDE_CLIENT ? &told->request : &told->response;
    struct message *message = arena_zero(arena, sizeof *message);

    message->side = side;
    message->is_told = true;
    message->version = from->version;
    message->begun_us = from->begun_us;
    message->ended_us = from->ended_us;
    message->marks = arena_zero(arena, sizeof *message->marks);
    message->marks->frame = told->frame;
    message->marks->file_at = told->file_at;
    message->told_octets = told->file_octets;
    message->nmarks = 1;
    head_write(http, arena, message, told);
    content_set(http, arena, message, from);
    return message;
}

void http_told(struct http *http, const struct told *told)
{
    struct arena *arena = arena_new(http->pools[told->connection % HTTP_SHARES]);
    struct connection *on = arena_zero(arena, sizeof *on);
    const struct message **responses = arena_zero(arena, sizeof *responses);
    struct message *request = message_new(http, arena, told, SIDE_CLIENT);
    struct exchange *exchange = arena_zero(arena, sizeof *exchange);

    frame_request(&request->body);
    on->number = told->connection;
    *exchange = (struct exchange){ .arena = arena, .limits = http->options.limits, .request = request,
                                   .responses = responses, .on = on, .missing = MISSING_CLOSE | MISSING_ORDER,
                                   .number = ++http->numbers };
    if (told->status > 0) {
        struct message *response = message_new(http, arena, told, SIDE_SERVER);

        frame_response(&response->body, request->method, told->status);
        if (response->body.framings == 0) {      /* what a log shows there came from elsewhere */
            response->body.is_measured = false;
            response->body.octets = 0;
            response->body.sample = (struct text){ "", 0 };
        }
        responses[exchange->nresponses++] = response;
    } else {
        exchange->missing |= MISSING_RESPONSE;
    }
    http->sink.exchange(http->sink.context, exchange);
    arena_free(arena);
}
