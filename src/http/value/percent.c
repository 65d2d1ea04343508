#include "http/value/percent.h"

static bool is_in(const char *set, char octet)
{
    return octet != '\0' && strchr(set, octet);
}

bool percent_is_unreserved(char octet)
{
    return cursor_is_alnum(octet) || is_in("-._~", octet);
}

bool percent_is_name(char octet)
{
    return percent_is_unreserved(octet) || is_in("!$&'()*+,;=", octet);
}

bool percent_is_userinfo(char octet)
{
    return percent_is_name(octet) || octet == ':';
}

bool percent_is_path(char octet)
{
    return percent_is_name(octet) || is_in(":@/", octet);
}

bool percent_is_query(char octet)
{
    return percent_is_path(octet) || octet == '?';
}

static bool is_encoded(struct text rest)
{
    return rest.len >= 3 && rest.at[0] == '%' && cursor_is_hex(rest.at[1]) &&
           cursor_is_hex(rest.at[2]);
}

bool percent_take(struct text *rest, bool (*is_kind)(char octet))
{
    for (;;) {
        cursor_while(rest, is_kind);
        if (!cursor_is(*rest, '%'))
            return true;
        if (!is_encoded(*rest))
            return false;
        cursor_skip(rest, 3);
    }
}

static unsigned hex_value(char digit)
{
    if (cursor_is_digit(digit))
        return (unsigned)(digit - '0');
    return (unsigned)(text_lower(digit) - 'a') + 10;
}

unsigned percent_next(struct text *rest)
{
    if (is_encoded(*rest)) {
        unsigned value = hex_value(rest->at[1]) * 16 + hex_value(rest->at[2]);

        cursor_skip(rest, 3);
        return value < 0x80 && percent_is_unreserved((char)value) ? value : value + 256;
    }
    char octet = rest->at[0];

    cursor_skip(rest, 1);
    return (unsigned char)octet;
}

bool percent_equal(struct text a, struct text b, bool ignores_case)
{
    while (a.len > 0 && b.len > 0) {
        unsigned first = percent_next(&a), second = percent_next(&b);

        if (ignores_case && first < 0x80 && second < 0x80) {
            first = (unsigned char)text_lower((char)first);
            second = (unsigned char)text_lower((char)second);
        }
        if (first != second)
            return false;
    }
    return a.len == 0 && b.len == 0;
}
