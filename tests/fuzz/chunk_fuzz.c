/*
 * The chunk reader, fed in random pieces, against a reader of the whole that was written plainly. The input: an octet
 * that seeds the cuts, then a chunked body.
 */
#include <stdlib.h>
#include <string.h>

#include "http/chunk.h"

enum { LINE_MAX = 64 };

struct reading {
    enum chunk_result result;  /* CHUNK_MORE: the octets ended first */
    size_t at;                 /* where it ended */
    uint64_t chunks, content;  /* octets of content, and a hash of them */
    uint64_t hash;
    unsigned odd;
    bool is_odd_known;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_blank(char octet)
{
    return octet == ' ' || octet == '\t';
}

static void add_content(struct reading *reading, struct text data)
{
    for (size_t i = 0; i < data.len; i++)
        reading->hash = (reading->hash ^ (unsigned char)data.at[i]) * 1099511628211u;
    reading->content += data.len;
}

/* ---- the plain reader ---- */

static size_t skip_blanks(struct text octets, size_t at, unsigned *odd)
{
    while (at < octets.len && is_blank(octets.at[at])) {
        *odd |= CHUNK_ODD_SPACE;
        at++;
    }
    return at;
}

static size_t skip_token(struct text octets, size_t at)
{
    while (at < octets.len && text_is_tchar(octets.at[at]))
        at++;
    return at;
}

/* Past the closing quote; 0 if there is none or a control stands before it. */
static size_t skip_quoted(struct text octets, size_t at)
{
    for (at++; at < octets.len && octets.at[at] != '"'; at++) {
        if (octets.at[at] == '\\' && ++at == octets.len)
            return 0;
        if (((unsigned char)octets.at[at] < ' ' && octets.at[at] != '\t') || octets.at[at] == 0x7F)
            return 0;
    }
    return at < octets.len ? at + 1 : 0;
}

/* Extensions as a whole, from the first semicolon on: all of RFC 9112 7.1.1. */
static bool is_extension_valid(struct text octets, unsigned *odd)
{
    size_t at = 0;

    while (at < octets.len) {
        size_t next = skip_blanks(octets, at, odd);

        if (next == octets.len || octets.at[next] != ';')
            return false;
        at = skip_blanks(octets, next + 1, odd);
        next = skip_token(octets, at);
        if (next == at)
            return false;
        at = next;
        next = skip_blanks(octets, at, odd);
        if (next == octets.len || octets.at[next] != '=')
            continue;
        at = skip_blanks(octets, next + 1, odd);
        next = at < octets.len && octets.at[at] == '"' ? skip_quoted(octets, at) : skip_token(octets, at);
        if (next <= at)
            return false;
        at = next;
    }
    return true;
}

static struct reading end_at(struct reading reading, enum chunk_result result, size_t at)
{
    reading.result = result;
    reading.at = at;
    return reading;
}

/* One size line from `at` on, of which at most LINE_MAX octets may be looked at: its size, and where the next octet is.
 * False if the reading ends in it. */
static bool read_line(struct text octets, struct reading *reading, uint64_t *size, size_t *next)
{
    size_t start = reading->at, limit = octets.len - start > LINE_MAX ? start + LINE_MAX : octets.len;
    enum chunk_result at_limit = limit < octets.len ? CHUNK_TOO_LONG : CHUNK_MORE;
    struct text line = text_part(octets, 0, limit);
    size_t at = skip_blanks(line, start, &reading->odd), first = at;

    *size = 0;
    for (; at < limit; at++) {
        static const char digits[] = "0123456789abcdef";
        const char *digit = memchr(digits, text_lower(line.at[at]), 16);

        if (!digit)
            break;
        if (*size > UINT64_MAX / 16)
            return *reading = end_at(*reading, CHUNK_BAD_SIZE, at), false;
        *size = *size * 16 + (uint64_t)(digit - digits);
    }
    if (at == limit)
        return *reading = end_at(*reading, at_limit, limit), false;
    if (at == first)
        return *reading = end_at(*reading, CHUNK_BAD_SIZE, at), false;
    at = skip_blanks(line, at, &reading->odd);
    if (at < limit && line.at[at] == ';') {
        size_t end = at;

        while (end < limit && line.at[end] != '\r' && line.at[end] != '\n')
            end++;
        reading->is_odd_known = end < limit;
        if (end < limit) {
            unsigned odd = 0;
            bool is_valid = is_extension_valid(text_part(line, at, end - at), &odd);

            if (!is_valid)
                reading->odd |= CHUNK_ODD_EXTENSION;
            /* How far an odd one was read for blanks is the reader's own affair. */
            reading->is_odd_known = is_valid || reading->odd & CHUNK_ODD_SPACE;
            reading->odd |= is_valid ? odd : 0;
        }
        at = end;
    }
    if (at == limit)
        return *reading = end_at(*reading, at_limit, limit), false;
    if (line.at[at] == '\r') {
        at++;
        if (at == limit)
            return *reading = end_at(*reading, at_limit, limit), false;
    } else if (line.at[at] == '\n') {
        reading->odd |= CHUNK_ODD_BARE_LF;
    }
    if (line.at[at] != '\n')
        return *reading = end_at(*reading, CHUNK_BAD_SIZE, at), false;
    *next = at + 1;
    return true;
}

static struct reading read_plainly(struct text octets)
{
    struct reading reading = { .is_odd_known = true };
    bool is_odd_known = true;

    for (;;) {
        uint64_t size;
        size_t at;
        bool is_line = read_line(octets, &reading, &size, &at);

        reading.is_odd_known = is_odd_known = is_odd_known && reading.is_odd_known;
        if (!is_line)
            return reading;
        reading.chunks++;
        if (size == 0)
            return end_at(reading, CHUNK_LAST, at);
        struct text data = text_part(octets, at, size > octets.len ? octets.len : (size_t)size);

        add_content(&reading, data);
        at += data.len;
        if (at == octets.len)
            return end_at(reading, CHUNK_MORE, at);
        if (octets.at[at] == '\n')
            reading.odd |= CHUNK_ODD_BARE_LF;
        else if (octets.at[at] == '\r')
            at++;
        else
            return end_at(reading, CHUNK_BAD_END, at);
        if (at == octets.len)
            return end_at(reading, CHUNK_MORE, at);
        if (octets.at[at] != '\n')
            return end_at(reading, CHUNK_BAD_END, at);
        reading.at = at + 1;
    }
}

/* ---- the reader under test ---- */

static struct reading read_in_pieces(struct text octets, uint64_t random)
{
    struct reading reading = { .result = CHUNK_MORE, .is_odd_known = true };
    struct chunk_reader reader = { 0 };

    while (reading.at < octets.len && reading.result < CHUNK_LAST) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t len = 1 + (random >> 33) % (random % 5 == 0 ? 64 : 3);
        struct text rest = text_part(octets, reading.at, len), data;
        unsigned odd = reader.odd;

        reading.result = CHUNK_MORE;
        while (rest.len > 0 && reading.result < CHUNK_LAST) {
            struct text before = rest;

            reading.result = chunk_read(&reader, &rest, LINE_MAX, &data);
            if (reading.result == CHUNK_DATA)
                add_content(&reading, data);
            require(reading.result >= CHUNK_LAST || rest.len < before.len);
            require((reading.result == CHUNK_ODD) <= (reader.odd != odd));
            odd = reader.odd;
        }
        reading.at = (size_t)(rest.at - octets.at);
    }
    if (reading.result < CHUNK_LAST)
        reading.result = CHUNK_MORE;
    reading.chunks = reader.chunks;
    reading.odd = reader.odd;
    return reading;
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    if (size < 1)
        return 0;
    struct text body = { (const char *)octets + 1, size - 1 };
    struct reading plain = read_plainly(body), pieces = read_in_pieces(body, octets[0]);

    require(plain.result == pieces.result && plain.at == pieces.at && plain.chunks == pieces.chunks);
    require(plain.content == pieces.content && plain.hash == pieces.hash);
    require(!plain.is_odd_known || plain.odd == pieces.odd);
    require((plain.odd & ~pieces.odd) == 0);
    return 0;
}
