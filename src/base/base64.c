#include "base/base64.h"

/* -1: not of the alphabet. */
static int value_of(char octet)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = octet ? strchr(alphabet, octet) : NULL;

    return at ? (int)(at - alphabet) : -1;
}

/* Without the padding: at most two `=`, line ends around them. */
static struct text without_padding(struct text encoded)
{
    size_t padding = 0;

    for (; encoded.len > 0; encoded.len--) {
        char last = encoded.at[encoded.len - 1];

        if (last != '=' && last != '\r' && last != '\n')
            break;
        padding += last == '=';
        if (padding > 2)
            break;
    }
    return encoded;
}

bool base64_decode(struct text encoded, char *octets, size_t *len)
{
    struct text rest = without_padding(encoded);
    unsigned bits = 0, held = 0;             /* bits that make no octet yet */
    size_t digits = 0;

    *len = 0;
    for (size_t i = 0; i < rest.len; i++) {
        int value = value_of(rest.at[i]);

        if (rest.at[i] == '\r' || rest.at[i] == '\n')
            continue;
        if (value < 0)
            return false;
        digits++;
        bits = (bits << 6 | (unsigned)value) & 0xffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            octets[(*len)++] = (char)(bits >> held & 0xff);
        }
    }
    return digits % 4 != 1;
}
