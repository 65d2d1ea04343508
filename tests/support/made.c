#include "tests/support/made.h"

static size_t offset_in(const struct message *message, struct text part)
{
    return (size_t)(part.at - message->head.at);
}

static void add_field(struct arena *arena, const struct names *names, struct message *message, struct text line)
{
    uint32_t count = message->nfields + message->ntrailers;
    struct text value, name = text_until(line, ':', &value);
    bool is_trailer = message->trailers_at > 0;

    value = text_trim(value);
    message->fields = arena_grow(arena, message->fields, count * sizeof *message->fields,
                                 (count + 1) * sizeof *message->fields);
    struct field *field = &message->fields[count];

    *field = (struct field){ (uint32_t)offset_in(message, name), (uint32_t)offset_in(message, value),
                             (uint32_t)value.len, (uint16_t)name.len, names_find(names, name) };
    if (!is_trailer)
        bits_set(&message->has, field->id);
    *(is_trailer ? &message->ntrailers : &message->nfields) += 1;
}

#define PLACE(member, part)                                     \
    do {                                                        \
        message->member.at = (uint32_t)offset_in(message, part); \
        message->member.len = (uint32_t)(part).len;             \
    } while (0)

static void read_version(struct message *message, struct text version)
{
    PLACE(version_text, version);
    message->version = text_equal(version, TEXT("HTTP/1.1")) ? 11 : text_equal(version, TEXT("HTTP/1.0")) ? 10 : 0;
}

static void read_start(struct message *message, struct text line)
{
    struct text rest, first = text_until(line, ' ', &rest), second = text_until(rest, ' ', &rest);
    uint64_t status = 0;

    if (text_starts(line, TEXT("HTTP/"))) {
        message->side = SIDE_SERVER;
        read_version(message, first);
        text_number(second, &status);
        message->status = (uint16_t)status;
        PLACE(reason, rest);
        return;
    }
    PLACE(method_text, first);
    message->method = method_find(first);
    PLACE(target, second);
    read_version(message, rest);
}

struct message *made_message(struct arena *arena, const struct names *names, const char *head)
{
    struct message *message = arena_zero(arena, sizeof *message);
    struct mark *mark = arena_zero(arena, sizeof *mark);

    message->head = arena_text(arena, text_of(head));
    message->complete = COMPLETE_HEAD | COMPLETE_BODY;
    message->body.is_measured = true;
    message->body.end = BODY_WHOLE;
    message->stream_at = MADE_STREAM_AT;
    *mark = (struct mark){ 0, MADE_STREAM_AT, MADE_FRAME, 0 };
    message->marks = mark;
    message->nmarks = 1;

    struct text rest = message->head;

    read_start(message, text_trim(text_until(rest, '\n', &rest)));
    while (rest.len > 0) {
        struct text line = text_until(rest, '\n', &rest);

        if (text_trim(line).len > 0)
            add_field(arena, names, message, line);
        else if (rest.len > 0 && message->trailers_at == 0)
            message->trailers_at = (uint32_t)offset_in(message, rest);
    }
    if (message->trailers_at == 0)
        message->trailers_at = (uint32_t)message->head.len;
    return message;
}

struct exchange *made_exchange(struct arena *arena, const struct names *names, const char *request,
                               const char *responses)
{
    struct exchange *exchange = arena_zero(arena, sizeof *exchange);
    const struct message **list = NULL;

    exchange->arena = arena;
    exchange->number = 1;
    exchange->missing = request ? 0 : MISSING_REQUEST;
    if (request)
        exchange->request = made_message(arena, names, request);
    for (struct text rest = text_of(responses); rest.len > 0;) {
        struct text one = text_until(rest, '\f', &rest);
        char *head = memcpy(arena_zero(arena, one.len + 1), one.at, one.len);
        uint32_t count = exchange->nresponses++;

        list = arena_grow(arena, list, count * sizeof(struct message *), (count + 1) * sizeof(struct message *));
        list[count] = made_message(arena, names, head);
    }
    exchange->responses = list;
    return exchange;
}
