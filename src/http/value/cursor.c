#include "http/value/cursor.h"

bool cursor_take(struct text *rest, char octet)
{
    if (!cursor_is(*rest, octet))
        return false;
    cursor_skip(rest, 1);
    return true;
}

bool cursor_take_text(struct text *rest, struct text literal)
{
    if (!text_starts(*rest, literal))
        return false;
    cursor_skip(rest, literal.len);
    return true;
}

struct text cursor_between(struct text before, struct text after)
{
    return (struct text){ before.at, before.len - after.len };
}

struct text cursor_while(struct text *rest, bool (*is_kind)(char octet))
{
    struct text before = *rest;

    while (rest->len > 0 && is_kind(rest->at[0]))
        cursor_skip(rest, 1);
    return cursor_between(before, *rest);
}

struct text cursor_token(struct text *rest)
{
    return cursor_while(rest, text_is_tchar);
}

struct text cursor_digits(struct text *rest)
{
    return cursor_while(rest, cursor_is_digit);
}

static bool is_blank(char octet)
{
    return octet == ' ' || octet == '\t';
}

/* A line end without CR has its own anomaly; what it folds is folded all the same. */
size_t cursor_fold(struct text rest)
{
    size_t line_feed = cursor_is(rest, '\r') ? 1 : 0;

    if (rest.len < line_feed + 2 || rest.at[line_feed] != '\n' || !is_blank(rest.at[line_feed + 1]))
        return 0;
    return line_feed + 2;
}

struct text cursor_blanks(struct text *rest)
{
    struct text before = *rest;

    for (;;) {
        size_t count = rest->len > 0 && is_blank(rest->at[0]) ? 1 : cursor_fold(*rest);

        if (count == 0)
            return cursor_between(before, *rest);
        cursor_skip(rest, count);
    }
}

static bool has_octet(struct text text, char octet)
{
    return text.len > 0 && memchr(text.at, octet, text.len) != NULL;
}

bool cursor_space(struct text *rest)
{
    struct text after = *rest;

    if (has_octet(cursor_blanks(&after), '\n')) {
        *rest = after;
        return true;
    }
    return cursor_take(rest, ' ');
}

bool cursor_spaces(struct text *rest)
{
    struct text after = *rest, blanks = cursor_blanks(&after);

    if (blanks.len == 0 || (has_octet(blanks, '\t') && !has_octet(blanks, '\n')))
        return false;
    *rest = after;
    return true;
}

bool cursor_is_alpha(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

bool cursor_is_digit(char octet)
{
    return octet >= '0' && octet <= '9';
}

bool cursor_is_hex(char octet)
{
    return cursor_is_digit(octet) || (octet >= 'a' && octet <= 'f') ||
           (octet >= 'A' && octet <= 'F');
}

bool cursor_is_alnum(char octet)
{
    return cursor_is_alpha(octet) || cursor_is_digit(octet);
}

bool cursor_is_visible(char octet)
{
    unsigned char value = (unsigned char)octet;

    return octet == '\t' || (value >= 0x20 && value != 0x7F);
}
