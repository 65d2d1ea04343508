#include "http/value/quoted.h"

/* Octets of the next qdtext, ctext, fold or quoted-pair; 0 if it is none. `ends` are the octets
 * that stand for themselves. */
static size_t piece_length(struct text rest, const char *ends)
{
    char octet = rest.at[0];

    if (octet == '\\')
        return rest.len > 1 && cursor_is_visible(rest.at[1]) ? 2 : 0;
    if (octet == '\r' || octet == '\n')
        return cursor_fold(rest);
    return cursor_is_visible(octet) && !strchr(ends, octet) ? 1 : 0;
}

bool quoted_take(struct text *rest, struct text *inside)
{
    struct text open = *rest;
    size_t count;

    if (!cursor_take(rest, '"'))
        return false;
    struct text begin = *rest;

    while (rest->len > 0 && (count = piece_length(*rest, "\"")) > 0)
        cursor_skip(rest, count);
    *inside = cursor_between(begin, *rest);
    if (rest->len == 0)
        *rest = open;
    else if (cursor_take(rest, '"'))
        return true;
    return false;
}

bool quoted_take_comment(struct text *rest, struct text *inside)
{
    struct text open = *rest;
    size_t depth = 0, count;

    *inside = (struct text){ rest->at, 0 };
    if (!cursor_is(*rest, '('))
        return false;
    while (rest->len > 0) {
        if (cursor_take(rest, '(')) {
            depth++;
        } else if (cursor_take(rest, ')')) {
            if (--depth == 0) {
                struct text whole = cursor_between(open, *rest);

                *inside = (struct text){ whole.at + 1, whole.len - 2 };
                return true;
            }
        } else if ((count = piece_length(*rest, "()")) > 0) {
            cursor_skip(rest, count);
        } else {
            return false;
        }
    }
    *rest = open;
    return false;
}

/* The next octet, unescaped. */
static char plain_octet(struct text *inside)
{
    if (inside->len > 1)
        cursor_take(inside, '\\');
    char octet = inside->at[0];

    cursor_skip(inside, 1);
    return octet == '\r' || octet == '\n' ? ' ' : octet;
}

bool quoted_equal(struct text inside, struct text plain, bool ignores_case)
{
    for (size_t i = 0; i < plain.len; i++) {
        if (inside.len == 0)
            return false;
        char octet = plain_octet(&inside);

        if (ignores_case ? text_lower(octet) != text_lower(plain.at[i]) : octet != plain.at[i])
            return false;
    }
    return inside.len == 0;
}

static bool is_plain(struct text inside)
{
    return inside.len == 0 ||
           (!memchr(inside.at, '\\', inside.len) && !memchr(inside.at, '\n', inside.len));
}

bool quoted_copy(struct text inside, struct room room, struct text *plain)
{
    size_t len = 0;

    *plain = inside;
    if (is_plain(inside))
        return true;
    while (inside.len > 0) {
        if (len == room.size)
            return false;
        room.at[len++] = plain_octet(&inside);
    }
    *plain = (struct text){ room.at, len };
    return true;
}

bool quoted_has_needless_pair(struct text value, struct text *pair)
{
    bool is_quoted = false;
    size_t depth = 0;

    for (; value.len > 0; cursor_skip(&value, 1)) {
        char octet = value.at[0];

        if (octet == '\\' && value.len > 1 && (is_quoted || depth > 0)) {
            if (!strchr(is_quoted ? "\"\\" : "()\\", value.at[1]) || value.at[1] == '\0') {
                *pair = (struct text){ value.at, 2 };
                return true;
            }
            cursor_skip(&value, 1);
        } else if (octet == '"' && depth == 0) {
            is_quoted = !is_quoted;
        } else if (octet == '(' && !is_quoted) {
            depth++;
        } else if (octet == ')' && !is_quoted && depth > 0) {
            depth--;
        }
    }
    return false;
}
