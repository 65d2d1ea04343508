#include "http/message.h"

#include <assert.h>

#include "wire/packet.h"

static const struct field *find(const struct message *message, uint16_t id, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (message->fields[i].id == id)
            return &message->fields[i];
    return NULL;
}

const struct field *message_field(const struct message *message, uint16_t id, const struct field *previous)
{
    if (!bits_has(&message->has, id))
        return NULL;
    return find(message, id, previous ? (uint32_t)(previous - message->fields) + 1 : 0, message->nfields);
}

const struct field *message_trailer(const struct message *message, uint16_t id, const struct field *previous)
{
    uint32_t from = previous ? (uint32_t)(previous - message->fields) + 1 : message->nfields;

    return find(message, id, from, message->nfields + message->ntrailers);
}

const struct bits512 message_all_fields = { { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
                                              UINT64_MAX, UINT64_MAX } };

bool message_may_hide(const struct message *message, uint16_t id)
{
    return message->hidden && bits_has(message->hidden, id);
}

void message_rename(struct message *message, const struct names *names)
{
    message->has = (struct bits512){ 0 };
    for (uint32_t i = 0; i < message->nfields + message->ntrailers; i++) {
        struct field *field = &message->fields[i];

        field->id = names_find(names, message_name(message, field));
        if (i < message->nfields)
            bits_set(&message->has, field->id);
    }
}

struct text message_name(const struct message *message, const struct field *field)
{
    return text_part(message->head, field->name_at, field->name_len);
}

struct text message_value(const struct message *message, const struct field *field)
{
    return text_part(message->head, field->value_at, field->value_len);
}

struct text message_method(const struct message *message)
{
    return text_part(message->head, message->method_text.at, message->method_text.len);
}

struct text message_target(const struct message *message)
{
    return text_part(message->head, message->target.at, message->target.len);
}

struct text message_reason(const struct message *message)
{
    return text_part(message->head, message->reason.at, message->reason.len);
}

struct text message_start_line(const struct message *message)
{
    return text_trim(text_until(message->head, '\n', NULL));
}

static const struct mark *mark_of(const struct message *message, uint32_t at)
{
    uint32_t low = 0, high = message->nmarks;

    assert(message->nmarks > 0);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (message->marks[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return &message->marks[low];
}

struct mark message_mark(const struct message *message, uint32_t at, uint32_t *together)
{
    const struct mark *mark = mark_of(message, at), *next = mark + 1;
    bool is_last = next == message->marks + message->nmarks;

    *together = (is_last ? (uint32_t)message->head.len : next->at) - at;
    return (struct mark){ at, mark->stream_at + (at - mark->at), mark->frame,
                          file_at_behind(mark->file_at, at - mark->at) };
}

uint64_t message_frame(const struct message *message, uint32_t at)
{
    return mark_of(message, at)->frame;
}

uint64_t message_stream_at(const struct message *message, uint32_t at)
{
    const struct mark *mark = mark_of(message, at);

    return mark->stream_at + (at - mark->at);
}

bool message_has_anomaly(const struct message *message, enum anomaly_kind kind)
{
    for (uint32_t i = 0; i < message->nanomalies; i++)
        if (message->anomalies[i].kind == kind)
            return true;
    return false;
}

const char *anomaly_name(enum anomaly_kind kind)
{
    static const char *const names[ANOMALY_COUNT] = {
#define ANOMALY(enumerator, name) [ANOMALY_##enumerator] = name,
        ANOMALIES(ANOMALY)
#undef ANOMALY
    };

    assert(kind < ANOMALY_COUNT);
    return names[kind];
}
