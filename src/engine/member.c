#include "engine/member.h"

/* The octets up to the first one in `stops` outside quotes and, at the very start, angle brackets. */
static size_t length_until(struct text text, const char *stops)
{
    bool is_quoted = false;
    size_t at = 0;

    if (text.len > 0 && text.at[0] == '<') {
        const char *close = memchr(text.at, '>', text.len);

        at = close ? (size_t)(close - text.at) + 1 : 0;
    }
    for (; at < text.len; at++) {
        char octet = text.at[at];

        if (is_quoted && octet == '\\')
            at++;
        else if (octet == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && octet != '\0' && strchr(stops, octet))
            break;
    }
    return at < text.len ? at : text.len;
}

struct list_reader member_list(struct text value)
{
    struct list_reader list = list_of(value);

    list.syntax |= LIST_ANGLES;
    return list;
}

struct text member_name(struct text member)
{
    return text_part(member, 0, length_until(member, ";= \t\r\n"));
}

struct text member_media(struct text value)
{
    return text_trim(text_part(value, 0, length_until(value, ";")));
}
