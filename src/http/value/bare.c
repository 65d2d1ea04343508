#include "http/value/bare.h"

enum { INTEGER_DIGITS = 15, DECIMAL_DIGITS = 12, FRACTION_DIGITS = 3 };

static bool is_token_octet(char octet)
{
    return text_is_tchar(octet) || octet == ':' || octet == '/';
}

static bool is_base64_octet(char octet)
{
    return cursor_is_alnum(octet) || octet == '+' || octet == '/';
}

static bool is_lower_hex(char octet)
{
    return cursor_is_digit(octet) || (octet >= 'a' && octet <= 'f');
}

static bool take_number(struct text *rest, enum bare_kind *kind)
{
    cursor_take(rest, '-');
    struct text digits = cursor_digits(rest);

    *kind = BARE_INTEGER;
    if (!cursor_is(*rest, '.') || digits.len == 0)
        return digits.len > 0 && digits.len <= INTEGER_DIGITS;
    *kind = BARE_DECIMAL;
    if (digits.len > DECIMAL_DIGITS)
        return false;
    cursor_skip(rest, 1);
    digits = cursor_digits(rest);
    return digits.len > 0 && digits.len <= FRACTION_DIGITS;
}

/* Only DQUOTE and backslash are escaped, and nothing but printable ASCII is in it. */
static bool take_string(struct text *rest)
{
    cursor_skip(rest, 1);
    while (rest->len > 0 && rest->at[0] >= ' ' && rest->at[0] < 0x7F) {
        if (cursor_take(rest, '"'))
            return true;
        if (cursor_is(*rest, '\\')) {
            if (rest->len < 2 || (rest->at[1] != '"' && rest->at[1] != '\\'))
                return false;
            cursor_skip(rest, 1);
        }
        cursor_skip(rest, 1);
    }
    return false;
}

/* A display string, %"...", whose octets outside of ASCII are encoded as % and two lower-case
 * digits. */
static bool take_display(struct text *rest)
{
    if (!cursor_take_text(rest, TEXT("%\"")))
        return false;
    while (rest->len > 0 && rest->at[0] >= ' ' && rest->at[0] < 0x7F) {
        if (cursor_take(rest, '"'))
            return true;
        if (cursor_is(*rest, '%')) {
            if (rest->len < 3 || !is_lower_hex(rest->at[1]) || !is_lower_hex(rest->at[2]))
                return false;
            cursor_skip(rest, 2);
        }
        cursor_skip(rest, 1);
    }
    return false;
}

static bool take_bytes(struct text *rest)
{
    cursor_skip(rest, 1);
    cursor_while(rest, is_base64_octet);
    for (int i = 0; i < 2; i++)
        cursor_take(rest, '=');
    return cursor_take(rest, ':');
}

static bool take_boolean(struct text *rest)
{
    cursor_skip(rest, 1);
    return cursor_take(rest, '0') || cursor_take(rest, '1');
}

static bool take_date(struct text *rest)
{
    enum bare_kind kind;

    cursor_skip(rest, 1);
    return take_number(rest, &kind) && kind == BARE_INTEGER;
}

bool bare_take(struct text *rest, enum bare_kind *kind)
{
    char first = rest->len > 0 ? rest->at[0] : '\0';

    switch (first) {
    case '"':
        *kind = BARE_STRING;
        return take_string(rest);
    case ':':
        *kind = BARE_BYTES;
        return take_bytes(rest);
    case '?':
        *kind = BARE_BOOLEAN;
        return take_boolean(rest);
    case '@':
        *kind = BARE_DATE;
        return take_date(rest);
    case '%':
        *kind = BARE_DISPLAY;
        return take_display(rest);
    default:
        break;
    }
    *kind = BARE_TOKEN;
    if (cursor_is_alpha(first) || first == '*')
        return cursor_while(rest, is_token_octet).len > 0;
    return take_number(rest, kind);
}
