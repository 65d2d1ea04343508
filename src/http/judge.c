#include "http/judge.h"

#include <llhttp.h>

#include "base/memory.h"
#include "http/scan.h"

#define STRING_OF(value) #value
#define VERSION_STRING(major, minor, patch) STRING_OF(major) "." STRING_OF(minor) "." STRING_OF(patch)

struct judge {
    llhttp_settings_t settings;
    const char *reason;
};

/* 1: no body follows, so that llhttp stops at the end of the head whatever it announces. */
static int headers_complete(llhttp_t *parser)
{
    struct judged *judged = parser->data;

    judged->is_accepted = true;
    judged->is_chunked = (parser->flags & F_CHUNKED) != 0;
    judged->has_length = (parser->flags & F_CONTENT_LENGTH) != 0;
    judged->length = parser->content_length;
    return 1;
}

struct judge *judge_new(void)
{
    struct judge *judge = memory_new(sizeof *judge);

    llhttp_settings_init(&judge->settings);
    judge->settings.on_headers_complete = headers_complete;
    judge->reason = "";
    return judge;
}

void judge_free(struct judge *judge)
{
    memory_free(judge);
}

/* llhttp takes a coding that is followed by a TAB for another coding, though OWS is allowed there. */
static bool is_tab_in_coding(const struct message *message)
{
    for (const struct field *field = NULL; (field = message_field(message, FIELD_TRANSFER_ENCODING, field));) {
        struct text rest = text_part(message->head, field->value_at, message->head.len);
        struct text line_end = text_until(text_part(rest, field->value_len, rest.len), '\n', NULL);

        if (memchr(rest.at, '\t', field->value_len + line_end.len))
            return true;
    }
    return false;
}

/* Only what both understand is compared: which of length and chunked frames the body. */
static bool is_framing_equal(const struct message *message, const struct judged *judged)
{
    switch (message->body.framing) {
    case FRAMING_CHUNKED:
        return judged->is_chunked || is_tab_in_coding(message);
    case FRAMING_LENGTH:
        return !judged->is_chunked && judged->has_length && judged->length == message->body.announced;
    case FRAMING_CLOSE:
        return !judged->is_chunked && !judged->has_length;
    case FRAMING_NONE:
        return message->side == SIDE_SERVER || (!judged->is_chunked && !judged->has_length);
    default:
        return true;
    }
}

static struct judged run(struct judge *judge, const struct message *message)
{
    struct judged judged = { 0 };
    struct text head = text_part(message->head, 0, message->trailers_at);
    llhttp_t parser;

    llhttp_init(&parser, message->side == SIDE_CLIENT ? HTTP_REQUEST : HTTP_RESPONSE, &judge->settings);
    parser.data = &judged;
    llhttp_errno_t error = llhttp_execute(&parser, head.at, head.len);
    judge->reason = "";
    if (!judged.is_accepted && error != HPE_OK && error != HPE_PAUSED_H2_UPGRADE) {
        const char *where = llhttp_get_error_pos(&parser);
        size_t at = where ? (size_t)(where - head.at) : 0;

        judge->reason = llhttp_get_error_reason(&parser);
        judged.is_rejected = true;
        judged.rejected_at = at < head.len ? (uint32_t)at : 0;
    }
    return judged;
}

void judge_compare(struct arena *arena, struct message *message, const struct judged *judged)
{
    if (judged->is_rejected)
        scan_anomaly(arena, message, ANOMALY_PARSER_REJECTS, text_part(message->head, judged->rejected_at, 1));
    else if (judged->is_accepted && !is_framing_equal(message, judged))
        scan_anomaly(arena, message, ANOMALY_PARSERS_DIFFER, text_part(message->head, 0, 0));
}

struct judged judge_head(struct judge *judge, struct arena *arena, struct message *message)
{
    struct judged judged = run(judge, message);

    judge_compare(arena, message, &judged);
    return judged;
}

const char *judge_reason(const struct judge *judge)
{
    return judge->reason ? judge->reason : "";
}

const char *judge_version(void)
{
    return VERSION_STRING(LLHTTP_VERSION_MAJOR, LLHTTP_VERSION_MINOR, LLHTTP_VERSION_PATCH);
}
