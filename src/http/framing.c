#include "http/framing.h"

#include "http/scan.h"
#include "http/value/number.h"

struct length {
    bool is_present, is_valid;
    bool has_value;            /* a valid one came, the first one is `value` */
    uint64_t value;
};

static void odd(struct arena *arena, struct message *message, enum anomaly_kind kind, const struct field *field)
{
    scan_anomaly(arena, message, kind, message_value(message, field));
}

/* All Content-Length lines and list members as one number, valid if they agree (RFC 9112 6.3 point 5). */
static struct length length_of(struct arena *arena, struct message *message)
{
    struct length length = { .is_valid = true };

    for (const struct field *field = NULL; (field = message_field(message, FIELD_CONTENT_LENGTH, field));) {
        struct text rest = message_value(message, field);
        bool is_ended_by_comma = rest.len > 0 && rest.at[rest.len - 1] == ',';

        do {
            uint64_t value;
            struct text member = text_trim(text_until(rest, ',', &rest));

            if (!text_number(member, &value) || is_ended_by_comma) {
                bool is_number = number_read(member, &value, NULL) && !is_ended_by_comma;

                odd(arena, message, is_number ? ANOMALY_LENGTH_TOO_LARGE : ANOMALY_LENGTH_INVALID, field);
                length.is_valid = false;
            } else if (!length.has_value) {
                length.has_value = true;
                length.value = value;
            } else if (length.value != value) {
                odd(arena, message, ANOMALY_LENGTH_CONFLICT, field);
                length.is_valid = false;
            } else {
                odd(arena, message, ANOMALY_LENGTH_REPEATED, field);
            }
            length.is_present = true;
        } while (rest.len > 0);
    }
    return length;
}

/* The final transfer coding is chunked, applied once (RFC 9112 6.1). */
static bool is_chunked(struct arena *arena, struct message *message)
{
    bool is_last = false;
    unsigned count = 0;

    for (const struct field *field = NULL; (field = message_field(message, FIELD_TRANSFER_ENCODING, field));) {
        struct text rest = message_value(message, field);

        while (rest.len > 0) {
            struct text member = text_trim(text_until(rest, ',', &rest));

            if (member.len == 0)
                continue;
            is_last = text_equal_nocase(member, TEXT("chunked"));
            count += is_last;
            if (is_last && count > 1)
                odd(arena, message, ANOMALY_CODING_REPEATED, field);
        }
    }
    if (!is_last)
        odd(arena, message, ANOMALY_CODING_NOT_FINAL, message_field(message, FIELD_TRANSFER_ENCODING, NULL));
    return is_last;
}

static enum framing framing_of(struct arena *arena, struct message *message, enum method request)
{
    bool is_response = message->side == SIDE_SERVER;
    bool is_coded = bits_has(&message->has, FIELD_TRANSFER_ENCODING);
    struct length length = length_of(arena, message);
    bool is_final_chunked = is_coded && is_chunked(arena, message);

    if (is_coded && length.is_present)
        odd(arena, message, ANOMALY_LENGTH_AND_CODING, message_field(message, FIELD_CONTENT_LENGTH, NULL));
    if (length.is_present && length.is_valid)
        message->body.announced = length.value;
    if (is_response) {
        if (message->status == 101 || (request == METHOD_CONNECT && message->status / 100 == 2))
            return FRAMING_TUNNEL;
        if (request == METHOD_HEAD || message->status / 100 == 1 || message->status == 204 || message->status == 304)
            return FRAMING_NONE;
    }
    if (is_coded)
        return is_final_chunked ? FRAMING_CHUNKED : is_response ? FRAMING_CLOSE : FRAMING_UNKNOWN;
    if (length.is_present)
        return length.is_valid ? FRAMING_LENGTH : FRAMING_UNKNOWN;
    return is_response ? FRAMING_CLOSE : FRAMING_NONE;
}

void framing_decide(struct arena *arena, struct message *message, enum method request)
{
    message->body.framing = framing_of(arena, message, request);
}
