/*
 * dialogue.h - made-up TCP connections, what a capture may do to them, and what must come out.
 *
 * A dialogue is two flat streams of octets, spoken in turns; each octet knows how much of the
 * other direction its sender had received. From it segments are made, then spoiled in ways that
 * must not matter or that lose known octets, and fed to flow. The judge compares what flow
 * delivers with the flat streams. All of it follows from the seed.
 */
#ifndef HTTPLINT_TESTS_DIALOGUE_H
#define HTTPLINT_TESTS_DIALOGUE_H

#include <stdbool.h>
#include <stdint.h>

/* What is done to the segments, bit by bit. */
enum spoil {
    SPOIL_REORDER = 1,         /* each comes up to DIALOGUE_SHIFT segments late */
    SPOIL_DOUBLE = 2,          /* some come twice */
    SPOIL_RESEND = 4,          /* octets are sent again in other cuts, with newer acknowledgments */
    SPOIL_BAD = 8,             /* garbage with bad checksums at the right place */
    SPOIL_FAR = 16,            /* garbage out of reach, RST and SYN out of place, probes */
    SPOIL_OLD = 32,            /* garbage with old timestamps */
    SPOIL_WRAP = 64,           /* sequence numbers pass 2^32 */
    SPOIL_LOSE = 128,          /* one segment is not captured, and what it carried was not sent again */
    SPOIL_MIDDLE = 256         /* the capture begins with some segment */
};

enum { DIALOGUE_SHIFT = 50, DIALOGUE_OCTETS = 20000 };

/* Several dialogues at once, interleaved, spoiled by the bits of `spoil`. Returns NULL or what went wrong, in words that
 * live until the next call. */
const char *dialogue_run(uint64_t seed, unsigned spoil);

#endif
