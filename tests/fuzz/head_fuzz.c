/*
 * Scan and framing against llhttp. Where llhttp accepts a head, it must frame the body as we do; where it rejects one,
 * the scan must have met something odd, or the cause is one of llhttp's own faults. The input: an octet that picks the
 * side, then a head, which is ended where it has no empty line.
 */
#include <llhttp.h>
#include <stdlib.h>

#include "http/framing.h"
#include "http/judge.h"
#include "tests/support/octets_head.h"

struct verdict {
    llhttp_errno_t error;
    bool is_complete, is_chunked, has_length, needs_eof;
    uint64_t length;
    unsigned status;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static int headers_complete(llhttp_t *parser)
{
    struct verdict *verdict = parser->data;

    verdict->is_complete = true;
    verdict->is_chunked = (parser->flags & F_CHUNKED) != 0;
    verdict->has_length = (parser->flags & F_CONTENT_LENGTH) != 0;
    verdict->length = parser->content_length;
    verdict->status = parser->status_code;
    verdict->needs_eof = llhttp_message_needs_eof(parser);
    return 1;
}

static struct verdict ask(enum side side, struct text head)
{
    struct verdict verdict = { .error = HPE_OK };
    llhttp_settings_t settings;
    llhttp_t parser;

    llhttp_settings_init(&settings);
    settings.on_headers_complete = headers_complete;
    llhttp_init(&parser, side == SIDE_CLIENT ? HTTP_REQUEST : HTTP_RESPONSE, &settings);
    parser.data = &verdict;
    verdict.error = llhttp_execute(&parser, head.at, head.len);
    return verdict;
}

/* Up to the first empty line; one is added where there is none. */
static struct text head_of(struct arena *arena, struct text octets)
{
    size_t at = 0;

    while (at < octets.len) {
        struct text line = text_until(text_part(octets, at, octets.len), '\n', NULL);

        if (at + line.len == octets.len)
            break;
        at += line.len + 1;
        if (line.len == 0 || (line.len == 1 && line.at[0] == '\r'))
            return text_part(octets, 0, at);
    }
    char *ended = arena_alloc(arena, octets.len + 4);

    if (octets.len > 0)
        memcpy(ended, octets.at, octets.len);
    memcpy(ended + octets.len, "\r\n\r\n", 4);
    return (struct text){ ended, octets.len + (at == octets.len && at > 0 ? 2 : 4) };
}

/* A fold in the middle of a coding: llhttp begins a new one there. */
static bool has_fold(const struct message *message, uint16_t id)
{
    for (const struct field *field = NULL; (field = message_field(message, id, field));)
        if (memchr(message_value(message, field).at, '\n', field->value_len))
            return true;
    return false;
}

static bool has_tab(const struct message *message, uint16_t id)
{
    for (const struct field *field = NULL; (field = message_field(message, id, field));)
        if (memchr(message->head.at + field->value_at, '\t',
                   text_until(text_part(message->head, field->value_at, message->head.len), '\n', NULL).len))
            return true;
    return false;
}

/* What llhttp rejects though it is valid, or reads otherwise than the specification says. */
static bool is_fault_of_llhttp(const struct message *message, const struct verdict *verdict)
{
    struct text target = message_target(message);

    switch (verdict->error) {
    case HPE_OK:                       /* it waits for the rest of the preface of HTTP/2 */
    case HPE_PAUSED_H2_UPGRADE:
        return message->method == METHOD_PRI;
    case HPE_INVALID_METHOD:           /* it knows only its own list */
        return message->side == SIDE_CLIENT && text_is_token(message_method(message));
    case HPE_INVALID_VERSION:          /* 0.9, 1.0, 1.1 and 2.0 are all it knows */
        return message->version != 10 && message->version != 11;
    case HPE_INVALID_URL:              /* '+', '-', '.' and digits in a scheme, and what is no URL at all */
        return message->side == SIDE_CLIENT && target.len > 0;
    case HPE_INVALID_CONSTANT:         /* a method for another protocol than HTTP, or none at all for it */
        return message->side == SIDE_CLIENT && message->method == METHOD_UNKNOWN;
    case HPE_INVALID_CONTENT_LENGTH:   /* a TAB is OWS too */
        return has_tab(message, FIELD_CONTENT_LENGTH);
    case HPE_INVALID_TRANSFER_ENCODING:
        return has_tab(message, FIELD_TRANSFER_ENCODING);
    default:
        return false;
    }
}

/* After a second SP it reads no status at all, which is not the one that is meant. */
static bool is_other_status(const struct message *message, const struct verdict *verdict)
{
    return message->side == SIDE_SERVER && verdict->status == 0 && message_has_anomaly(message, ANOMALY_START_LINE_SPACES);
}

static void check_framing(const struct message *message, const struct verdict *verdict)
{
    bool is_server = message->side == SIDE_SERVER;

    if (has_tab(message, FIELD_TRANSFER_ENCODING))
        return;
    switch (message->body.framing) {
    case FRAMING_CHUNKED:
        require(verdict->is_chunked && !verdict->needs_eof);
        break;
    case FRAMING_LENGTH:
        require(!verdict->is_chunked && verdict->has_length && verdict->length == message->body.announced && !verdict->needs_eof);
        break;
    case FRAMING_CLOSE:
        require(is_server && !verdict->is_chunked && !verdict->has_length && verdict->needs_eof);
        break;
    case FRAMING_NONE:
        require(!verdict->needs_eof && (is_server || (!verdict->is_chunked && !verdict->has_length)));
        break;
    case FRAMING_TUNNEL:
        require(is_server && message->status == 101);
        break;
    case FRAMING_UNKNOWN:
        require(!is_server && message_has_anomaly(message, ANOMALY_CODING_NOT_FINAL));
        break;
    }
}

/* All that is said about a head lies in it. */
static void check_places(const struct message *message)
{
    size_t before = 0;

    for (uint32_t i = 0; i < message->nfields; i++) {
        const struct field *field = &message->fields[i];

        require(field->name_at >= before && field->name_at + field->name_len < field->value_at + 1);
        require((size_t)field->value_at + field->value_len <= message->head.len);
        before = (size_t)field->value_at + field->value_len;
    }
    for (uint32_t i = 0; i < message->nanomalies; i++)
        require((size_t)message->anomalies[i].at + message->anomalies[i].len <= message->head.len);
    require(message_method(message).len == message->method_text.len && message_target(message).len == message->target.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    if (size < 1)
        return 0;
    enum side side = octets[0] & 1 ? SIDE_SERVER : SIDE_CLIENT;
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct text whole = head_of(arena, (struct text){ (const char *)octets + 1, size - 1 });
    struct octets_head *head = octets_head_scan(side, whole, NULL);
    struct judge *judge = judge_new();
    struct message *message = &head->message;
    struct verdict verdict = ask(side, whole);

    framing_decide(head->arena, message, METHOD_UNKNOWN);
    check_places(message);
    /* llhttp skips empty lines before a message, which are none of a head. */
    bool is_head = whole.at[0] != '\r' && whole.at[0] != '\n' && head->is_whole;
    bool is_agreed = !is_other_status(message, &verdict) && !has_fold(message, FIELD_TRANSFER_ENCODING);

    if (is_head && verdict.is_complete && is_agreed)
        check_framing(message, &verdict);
    else if (is_head && !verdict.is_complete)
        require(message->nanomalies > 0 || is_fault_of_llhttp(message, &verdict));
    judge_head(judge, head->arena, message);
    require(!is_head || !message_has_anomaly(message, ANOMALY_PARSERS_DIFFER) || !is_agreed);
    judge_free(judge);
    octets_head_free(head);
    arena_free(arena);
    arena_pool_free(pool);
    return 0;
}
