#include "http/sniff.h"

#include "http/names.h"

enum { METHOD_OCTETS_MAX = 1024, METHOD_STRICT_MAX = 24 };

static bool is_digit(char octet)
{
    return octet >= '0' && octet <= '9';
}

enum sniff sniff_status_line(struct text octets, bool is_strict)
{
    static const char pattern[] = "HTTP/1.# ### ";   /* #: a digit; the last one SP, CR or LF */
    size_t wanted = is_strict ? SNIFF_STATUS_OCTETS : 5;

    for (size_t i = 0; i < octets.len && i < wanted; i++) {
        bool fits = octets.at[i] == pattern[i];

        if (pattern[i] == '#')
            fits = i == 7 ? octets.at[i] == '0' || octets.at[i] == '1' : is_digit(octets.at[i]);
        else if (i == SNIFF_STATUS_OCTETS - 1)
            fits = octets.at[i] == ' ' || octets.at[i] == '\r' || octets.at[i] == '\n';
        if (!fits)
            return SNIFF_NO;
    }
    return octets.len >= wanted ? SNIFF_YES : SNIFF_MAYBE;
}

/* The octets of the method: up to the first SP or TAB. */
static size_t method_len(struct text octets)
{
    size_t len = 0;

    while (len < octets.len && octets.at[len] != ' ' && octets.at[len] != '\t')
        len++;
    return len;
}

static bool is_method(struct text method, bool is_strict)
{
    if (method.len > (is_strict ? METHOD_STRICT_MAX : METHOD_OCTETS_MAX))
        return false;
    for (size_t i = 0; i < method.len; i++) {
        char octet = method.at[i];

        if (is_strict ? !(octet >= 'A' && octet <= 'Z') && octet != '-' : !text_is_tchar(octet))
            return false;
    }
    return true;
}

bool sniff_request_prefix(struct text octets, bool is_strict)
{
    if (octets.len > METHOD_OCTETS_MAX + 1)
        octets.len = METHOD_OCTETS_MAX + 1;
    size_t len = method_len(octets);

    return is_method(text_part(octets, 0, len), is_strict) && (len > 0 || octets.len == 0);
}

static bool is_version(struct text word, bool is_strict)
{
    if (!is_strict)
        return text_starts(word, TEXT("HTTP/")) || text_starts(word, TEXT("http/"));
    return text_equal(word, TEXT("HTTP/1.1")) || text_equal(word, TEXT("HTTP/1.0"));
}

bool sniff_request_line(struct text line, enum sniff_place place)
{
    bool is_strict = place != SNIFF_DUE;

    line = text_trim(line);
    size_t len = method_len(line);
    struct text method = text_part(line, 0, len);
    struct text rest = text_trim(text_part(line, len, line.len));
    size_t blank = rest.len;

    if (method.len == 0 || !is_method(method, is_strict))
        return false;
    while (blank > 0 && rest.at[blank - 1] != ' ' && rest.at[blank - 1] != '\t')
        blank--;
    struct text target = text_trim(text_part(rest, 0, blank));
    enum method known = method_find(method);

    struct text version = text_part(rest, blank, rest.len);

    if (known == METHOD_PRI && text_equal(version, TEXT("HTTP/2.0")))      /* not ours to read (RFC 9113 3.4) */
        return false;
    if (!is_version(version, is_strict))
        return !is_strict && known != METHOD_UNKNOWN && rest.len > 0 && rest.at[0] == '/';
    /* Whatever the target looks like (scanners send anything), a method that we know before it is hardly chance. It may be
     * cut, though: ET is no GET, but LOCK may be the end of an UNLOCK. And where a body was cut, what is left of it may stand
     * before the method: then the target seems to hold blanks. */
    return !is_strict || (known != METHOD_UNKNOWN && known != METHOD_LOCK && target.len > 0 &&
                          (place == SNIFF_FIRST || (!memchr(target.at, ' ', target.len) &&
                                                    !memchr(target.at, '\t', target.len))));
}

bool sniff_is_cut(struct text octets)
{
    size_t len = method_len(octets);

    if (sniff_status_line(octets, false) == SNIFF_YES)
        return true;
    return len < octets.len && method_find(text_part(octets, 0, len)) != METHOD_UNKNOWN;
}

enum sniff sniff_tls(struct text octets)
{
    /* The type of the record, and a version of 3.0 to 3.4. */
    if ((octets.len > 0 && octets.at[0] != 22) || (octets.len > 1 && octets.at[1] != 3) ||
        (octets.len > 2 && (unsigned char)octets.at[2] > 4))
        return SNIFF_NO;
    return octets.len > 2 ? SNIFF_YES : SNIFF_MAYBE;
}
