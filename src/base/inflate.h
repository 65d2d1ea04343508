/*
 * inflate.h - packed octets become plain ones: the one door to zlib, libzstd, liblz4 and libbrotlidec.
 *
 * An inflate unpacks one format, step by step. It holds nothing but the
 * library's window: who calls it owns both ends, and bounds what may come out. It never reads a
 * file.
 */
#ifndef HTTPLINT_BASE_INFLATE_H
#define HTTPLINT_BASE_INFLATE_H

#include "base/text.h"

enum inflate_format {
    INFLATE_PLAIN,             /* none of these */
    INFLATE_GZIP,              /* RFC 1952 */
    INFLATE_ZSTD,              /* RFC 8878; skippable frames too */
    INFLATE_LZ4,               /* the LZ4 frame format */
    /* Not told by their first octets alone: */
    INFLATE_ZLIB,              /* RFC 1950 */
    INFLATE_DEFLATE,           /* RFC 1951, bare */
    INFLATE_BROTLI             /* RFC 7932 */
};

enum { INFLATE_SNIFF_OCTETS = 4 };

/* The format that begins so, one of the first four; INFLATE_SNIFF_OCTETS octets suffice. */
enum inflate_format inflate_sniff(struct text begin);

/* INFLATE_ZLIB or INFLATE_DEFLATE, for octets that are the one or the other (RFC 1950 2.2). */
enum inflate_format inflate_sniff_deflate(struct text begin);

/* "plain", "gzip", "zstd" and so on. */
const char *inflate_name(enum inflate_format);

struct inflate;

/* For any format but INFLATE_PLAIN. Owned by the caller, freed by inflate_free. */
struct inflate *inflate_new(enum inflate_format);
void inflate_free(struct inflate *);

enum inflate_state {
    INFLATE_GOING,             /* more octets or more room are wanted */
    INFLATE_ENDED,             /* a member or frame ends here; a further one may follow */
    INFLATE_DAMAGED            /* no further step makes sense; inflate_words says why */
};

/* Where plain octets go: `len` of `size` are taken. */
struct inflate_room {
    uint8_t *at;
    size_t size, len;
};

/* Takes octets off the front of `packed`, appends to `room`. If neither changes and the state is
 * INFLATE_GOING, `packed` was empty or there was no room. */
enum inflate_state inflate_step(struct inflate *, struct text *packed, struct inflate_room *room);

/* Why it is damaged, in the library's words; a static string. */
const char *inflate_words(const struct inflate *);

#endif
