/*
 * chunk.h - the chunked transfer coding, octet for octet (RFC 9112 7.1).
 *
 * A state machine that is fed octets as they come and says what they are. It keeps a few numbers,
 * no octets; what is not in the grammar but can be read all the same is an anomaly, what cannot
 * be read ends it.
 */
#ifndef HTTPLINT_HTTP_CHUNK_H
#define HTTPLINT_HTTP_CHUNK_H

#include <stdint.h>

#include "base/text.h"

struct chunk_reader {
    uint64_t size;             /* of the chunk that is read; in its data: what remains */
    uint64_t chunks;           /* chunk-size lines seen, the last chunk's counted */
    uint32_t line_octets;      /* of the chunk-size line so far */
    uint8_t state;
    uint8_t odd;               /* CHUNK_ODD_ bits, kept until the caller clears them */
    bool has_size;
};

enum chunk_odd {
    CHUNK_ODD_BARE_LF = 1,     /* a line end without CR */
    CHUNK_ODD_SPACE = 2,       /* blanks in a size line, where a recipient skips them but none may be sent (BWS) */
    CHUNK_ODD_EXTENSION = 4    /* octets in an extension that the grammar does not have */
};

enum chunk_result {
    CHUNK_MORE,                /* all octets were consumed */
    CHUNK_DATA,                /* `data` holds content octets; call again with the rest */
    CHUNK_ODD,                 /* the octet before `rest` added a bit to `odd`; call again with the rest */
    CHUNK_LAST,                /* the last chunk was read: the trailer section follows; the last octet may be odd too */
    /* The framing is lost at the first octet of `rest`: */
    CHUNK_BAD_SIZE,            /* no valid size */
    CHUNK_BAD_END,             /* no line end after the data of a chunk */
    CHUNK_TOO_LONG             /* a size line over the limit */
};

/* A reader before the first chunk-size line is all zero. */

/* Reads from `rest`, which is moved past what was consumed. At most `line_octets_max` octets of one size line. */
enum chunk_result chunk_read(struct chunk_reader *, struct text *rest, uint64_t line_octets_max, struct text *data);

/* `missing` octets were lost (0: unknown how many). True if they were all data of the chunk that is read, so that the
 * framing holds. */
bool chunk_skip(struct chunk_reader *, uint64_t missing);

#endif
