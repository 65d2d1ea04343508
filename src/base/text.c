#include "base/text.h"

bool text_equal_nocase(struct text a, struct text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (text_lower(a.at[i]) != text_lower(b.at[i]))
            return false;
    return true;
}

static bool is_blank(char octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

struct text text_trim(struct text value)
{
    while (value.len > 0 && is_blank(value.at[0])) {
        value.at++;
        value.len--;
    }
    while (value.len > 0 && is_blank(value.at[value.len - 1]))
        value.len--;
    return value;
}

struct text text_until(struct text whole, char octet, struct text *rest)
{
    const char *found = whole.len > 0 ? memchr(whole.at, octet, whole.len) : NULL;
    size_t len = found ? (size_t)(found - whole.at) : whole.len;

    if (rest)
        *rest = text_part(whole, found ? len + 1 : len, whole.len);
    return (struct text){ whole.at, len };
}

/* A word of them at a time: the top bit of the first that does not is set in one of these, and no other matters. */
size_t text_plain_len(struct text rest, unsigned char least)
{
    const uint64_t ones = UINT64_MAX / 0xff, tops = ones * 0x80;
    size_t len = 0;
    uint64_t eight;

    for (; len + sizeof eight <= rest.len; len += sizeof eight) {
        memcpy(&eight, rest.at + len, sizeof eight);
        if ((eight | (eight + ones) | (eight - ones * least)) & tops)
            break;
    }
    while (len < rest.len && (unsigned char)rest.at[len] >= least && (unsigned char)rest.at[len] <= '~')
        len++;
    return len;
}

bool text_number(struct text value, uint64_t *number)
{
    uint64_t sum = 0;

    if (value.len == 0)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(value.at[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *number = sum;
    return true;
}

/* DIGIT, ALPHA and !#$%&'*+-.^_`|~ */
const uint64_t text_tchars[4] = { 0x03FF6CFA00000000, 0x57FFFFFFC7FFFFFE, 0, 0 };

bool text_is_token(struct text value)
{
    for (size_t i = 0; i < value.len; i++)
        if (!text_is_tchar(value.at[i]))
            return false;
    return value.len > 0;
}
