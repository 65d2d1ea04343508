#include "base/utf8.h"

/* Octets that the first one announces, with the bits of the code point that it carries. */
static size_t announced(uint8_t first, uint32_t *code)
{
    if (first < 0x80)
        return *code = first, 1;
    if (first >= 0xC2 && first <= 0xDF)
        return *code = first & 0x1F, 2;
    if (first >= 0xE0 && first <= 0xEF)
        return *code = first & 0x0F, 3;
    if (first >= 0xF0 && first <= 0xF4)
        return *code = first & 0x07, 4;
    return 0;
}

/* RFC 3629 3: the shortest form, no surrogates, nothing above U+10FFFF. */
static bool is_character(uint32_t code, size_t len)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

    return code >= least[len] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

size_t utf8_character(struct text octets, uint32_t *code)
{
    uint32_t sum = 0;
    size_t len = octets.len > 0 ? announced((uint8_t)octets.at[0], &sum) : 0;

    if (len == 0 || len > octets.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        uint8_t octet = (uint8_t)octets.at[i];

        if ((octet & 0xC0) != 0x80)
            return 0;
        sum = sum << 6 | (octet & 0x3F);
    }
    if (!is_character(sum, len))
        return 0;
    if (code)
        *code = sum;
    return len;
}

struct text utf8_cut(struct text octets, size_t max)
{
    size_t len = max;

    if (octets.len <= max)
        return octets;
    for (size_t back = 0; back < 3 && len > 0 && ((uint8_t)octets.at[len] & 0xC0) == 0x80; back++)
        len--;
    if (utf8_character(text_part(octets, len, 4), NULL) == 0)
        len = max;
    return text_part(octets, 0, len);
}
