/*
 * segment.h - one segment of a known connection: what of it counts, and where it goes.
 *
 * In-order octets go straight from the packet to the consumer; all others are copied into the
 * queue of their direction. What its receiver would not have taken is passed over:
 *
 *  - numbers out of reach. The advertised window cannot be relied on (its scale is unknown in
 *    mid-stream), so reach is STREAM_REACH beyond what is known. A segment farther away is kept
 *    until the peer's acknowledgment speaks for it; where the peer was never seen to acknowledge,
 *    until the direction goes on from there. Then it was the capture that missed so much.
 *  - a timestamp older than the latest one that came in order (RFC 7323 5.3). A receiver would
 *    drop the segment; but a captured one may only be late, when what it was overtaken by was
 *    sent again with a new timestamp. So it is held as bad octets are: any other copy beats it,
 *    and it is used once its receiver acknowledges it. Half of the numbers are older than any
 *    given one, so timestamps are compared modulo 2^32 and a connection idle for 2^31 ticks errs
 *    on the side of waiting.
 *  - a keep-alive probe: one octet or none, just below the highest number sent (RFC 9293 3.8.4);
 *  - a RST that is neither exactly next nor at the highest number known (RFC 5961 3.2). Within
 *    64 KiB it is remembered and tells at the end how the connection ended. An exact one takes
 *    effect after the wait, for the octets before it may come late, and is forgotten if its
 *    sender goes on.
 *
 * A host that leaves checksums to its network card is known by what it puts down instead, the sum of
 * the pseudo-header, or by this: all segments of a direction have bad checksums, and the first few were
 * acknowledged. Its segments count as good until one comes whose checksum is: what a receiver drops
 * can look like this too, but follows a SYN that it took.
 */
#ifndef HTTPLINT_FLOW_SEGMENT_H
#define HTTPLINT_FLOW_SEGMENT_H

#include "flow/state.h"

/* One segment of `direction`; the SYN, if any, was looked at already. Does not close the
 * connection unless both directions have ended by FIN. */
void segment_feed(struct conn *, int direction, const struct segment *);

/* The connection ends: a segment out of reach that nothing contradicts is taken in. */
void segment_admit_last(struct conn *, int direction);

#endif
