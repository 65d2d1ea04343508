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

static size_t blanks(struct text text)
{
    size_t count = 0;

    while (count < text.len && strchr(" \t\r\n", text.at[count]) && text.at[count] != '\0')
        count++;
    return count;
}

bool member_next(struct text *rest, struct text *member)
{
    while (rest->len > 0) {
        *rest = text_part(*rest, blanks(*rest), rest->len);

        size_t len = length_until(*rest, ",");

        *member = text_trim(text_part(*rest, 0, len));
        *rest = text_part(*rest, len + 1, rest->len);
        if (member->len > 0)
            return true;
    }
    return false;
}

struct text member_name(struct text member)
{
    return text_part(member, 0, length_until(member, ";= \t\r\n"));
}

struct text member_media(struct text value)
{
    return text_trim(text_part(value, 0, length_until(value, ";")));
}
