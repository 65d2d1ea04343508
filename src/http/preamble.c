#include "http/preamble.h"

enum { LINE_OCTETS_MAX = 107 };        /* of a PROXY line, its end included */

/* Moves `at` past `len` octets; false if there are not so many. */
static bool skip(struct text octets, size_t *at, size_t len)
{
    if (octets.len - *at < len)
        return false;
    *at += len;
    return true;
}

/* Past a string that ends in NUL. */
static bool skip_string(struct text octets, size_t *at)
{
    const char *end = memchr(octets.at + *at, '\0', octets.len - *at);

    if (!end)
        return false;
    *at = (size_t)(end - octets.at) + 1;
    return true;
}

/* Past a length of one octet and as many octets. */
static bool skip_counted(struct text octets, size_t *at)
{
    size_t start = *at;

    return skip(octets, at, 1) && skip(octets, at, (unsigned char)octets.at[start]);
}

/* CONNECT or BIND of SOCKS 4: port, address, user; 4a adds a name where the address is 0.0.0.x. */
static enum sniff socks4_request(struct text octets, size_t *len)
{
    size_t at = 0;

    if (octets.len >= 2 && octets.at[1] != 1 && octets.at[1] != 2)
        return SNIFF_NO;
    if (!skip(octets, &at, 8) || !skip_string(octets, &at))
        return SNIFF_MAYBE;
    bool is_named = octets.at[4] == 0 && octets.at[5] == 0 && octets.at[6] == 0 && octets.at[7] != 0;
    if (is_named && !skip_string(octets, &at))
        return SNIFF_MAYBE;
    *len = at;
    return SNIFF_YES;
}

static enum sniff socks4_reply(struct text octets, size_t *len)
{
    if (octets.len >= 2 && octets.at[1] != 0x5A)
        return SNIFF_NO;
    *len = 8;
    return octets.len >= 8 ? SNIFF_YES : SNIFF_MAYBE;
}

/* Methods, the user's name and password if there are, and the request. What the server says has the same form: its choice
 * reads like a count, and the answer about the password like as many methods. */
static enum sniff socks5(struct text octets, size_t *len)
{
    static const unsigned char address_octets[] = { [1] = 4, [4] = 16 };
    size_t at = 1;

    if (!skip_counted(octets, &at) || at == octets.len)
        return SNIFF_MAYBE;
    if (octets.at[at] == 1 && (!skip(octets, &at, 1) || !skip_counted(octets, &at) || !skip_counted(octets, &at)))
        return SNIFF_MAYBE;
    if (at < octets.len && octets.at[at] != 5)
        return SNIFF_NO;
    if (!skip(octets, &at, 4))
        return SNIFF_MAYBE;
    char type = octets.at[at - 1];
    if (octets.at[at - 2] != 0 || (type != 1 && type != 3 && type != 4))
        return SNIFF_NO;
    if (type == 3 ? !skip_counted(octets, &at) : !skip(octets, &at, address_octets[(size_t)type]))
        return SNIFF_MAYBE;
    *len = at + 2;
    return octets.len >= *len ? SNIFF_YES : SNIFF_MAYBE;
}

static enum sniff proxy_line(struct text octets, size_t *len)
{
    static const struct text begin = TEXT_INIT("PROXY ");
    const char *end = memchr(octets.at, '\n', octets.len);

    if (!text_starts(octets.len < begin.len ? begin : octets, octets.len < begin.len ? octets : begin))
        return SNIFF_NO;
    *len = end ? (size_t)(end - octets.at) + 1 : octets.len;
    return *len > LINE_OCTETS_MAX ? SNIFF_NO : end ? SNIFF_YES : SNIFF_MAYBE;
}

/* Version 2: a signature, of which the CR LF before the NUL were skipped as blank lines, version, family, and a length. */
static enum sniff proxy_header(struct text octets, size_t *len)
{
    static const struct text signature = { "\0\r\nQUIT\n", 8 };

    if (!text_starts(octets.len < signature.len ? signature : octets, octets.len < signature.len ? octets : signature))
        return SNIFF_NO;
    if (octets.len < signature.len + 4)
        return SNIFF_MAYBE;
    *len = signature.len + 4 + ((size_t)(unsigned char)octets.at[signature.len + 2] << 8 |
                                (unsigned char)octets.at[signature.len + 3]);
    return octets.len >= *len ? SNIFF_YES : SNIFF_MAYBE;
}

enum sniff preamble_read(struct text octets, size_t *len)
{
    if (octets.len == 0)
        return SNIFF_MAYBE;
    switch (octets.at[0]) {
    case 4:
        return socks4_request(octets, len);
    case 5:
        return socks5(octets, len);
    case 0: {
        enum sniff header = proxy_header(octets, len);

        return header != SNIFF_NO ? header : socks4_reply(octets, len);
    }
    case 'P':
        return proxy_line(octets, len);
    default:
        return SNIFF_NO;
    }
}

bool preamble_is_binary(char first)
{
    return first == 0 || first == 4 || first == 5;
}
