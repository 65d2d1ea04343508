/*
 * text.h - a view of octets, the one way in which octets are passed about.
 *
 * A text neither owns its octets nor ends in NUL; it lives as long as what it looks into
 * (an arena, a packet, a string literal). Nothing here allocates or fails.
 */
#ifndef HTTPLINT_BASE_TEXT_H
#define HTTPLINT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *at;
    size_t len;
};

/* A text over a string literal. */
#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })

/* The same as the initializer of a static object. */
#define TEXT_INIT(literal) { (literal), sizeof(literal) - 1 }

/* A text over a C string; NULL gives the empty text. */
static inline struct text text_of(const char *string)
{
    return (struct text){ string, string ? strlen(string) : 0 };
}

/* `len` octets of `whole` from `at` on, cut to what there is. */
static inline struct text text_part(struct text whole, size_t at, size_t len)
{
    if (at > whole.len)
        at = whole.len;
    if (len > whole.len - at)
        len = whole.len - at;
    /* Nothing is added to the NULL of an empty text. */
    return (struct text){ at > 0 ? whole.at + at : whole.at, len };
}

/* Octet for octet. */
static inline bool text_equal(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* ASCII lower case of one octet; all others stay. */
static inline char text_lower(char octet)
{
    return octet >= 'A' && octet <= 'Z' ? (char)(octet + ('a' - 'A')) : octet;
}

/* Equal but for ASCII case. */
bool text_equal_nocase(struct text a, struct text b);

/* True where `whole` begins with `start`, octet for octet. */
static inline bool text_starts(struct text whole, struct text start)
{
    return whole.len >= start.len && (start.len == 0 || memcmp(whole.at, start.at, start.len) == 0);
}

/* Without SP, TAB, CR and LF at both ends: OWS of RFC 9110 5.6.3, and what is left of an obs-fold. */
struct text text_trim(struct text value);

/* Octets before the first `octet`; `rest` (may be NULL) becomes what follows it, empty if there is none. */
struct text text_until(struct text whole, char octet, struct text *rest);

/* How many octets at the start lie between `least` (SP or above) and '~'. */
size_t text_plain_len(struct text rest, unsigned char least);

/* True if `value` is one or more digits and fits; `number` is then its value (RFC 9110 8.6). */
bool text_number(struct text value, uint64_t *number);

/* tchar of RFC 9110 5.6.2, a bit an octet: every octet of every field name is asked for. */
extern const uint64_t text_tchars[4];

static inline bool text_is_tchar(char octet)
{
    unsigned char code = (unsigned char)octet;

    return text_tchars[code >> 6] >> (code & 63) & 1;
}

/* True if `value` is a token: one or more tchar. */
bool text_is_token(struct text value);

#endif
