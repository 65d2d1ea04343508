#include "checks/lines.h"

bool lines_single(const struct message *message, uint16_t id, struct text *value)
{
    const struct field *line = message ? message_field(message, id, NULL) : NULL;

    if (!line || message_field(message, id, line))
        return false;
    *value = message_value(message, line);
    return true;
}

enum truth lines_have_any(const struct message *message, const uint16_t *ids)
{
    enum truth have = NO;

    if (!message)
        return NO;
    for (; *ids != FIELD_UNKNOWN; ids++) {
        if (bits_has(&message->has, *ids))
            return YES;
        if (message_may_hide(message, *ids))
            have = UNKNOWN;
    }
    return have;
}

static bool has_inside(struct text name, struct text word)
{
    for (size_t at = 0; at + word.len <= name.len; at++)
        if (text_equal_nocase(text_part(name, at, word.len), word))
            return true;
    return false;
}

/* Those of vendors that have a number all the same. */
static bool is_extension(uint16_t id)
{
    return id == FIELD_UNKNOWN || id == FIELD_X_MS_RANGE || id >= FIELD_FIRST_ADDED;
}

bool lines_have_extension(const struct message *message, struct text word)
{
    if (!message)
        return false;
    for (uint32_t i = 0; i < message->nfields; i++)
        if (is_extension(message->fields[i].id) && has_inside(message_name(message, &message->fields[i]), word))
            return true;
    return false;
}
