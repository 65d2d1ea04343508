/*
 * order.h - when what is held may be delivered.
 *
 * Octets are ready when they are next in their direction, are to be believed, and the other
 * direction has come as far as their sender had acknowledged. What is not ready waits, for
 * captures are reordered: limits.wait_segments further segments of the connection, or
 * limits.wait_us. After that, in this order:
 *
 *  - a direction whose first octet is unknown begins at the lowest octet that it holds;
 *  - octets a host may have dropped are used, undoubted if their receiver acknowledged them;
 *  - octets whose acknowledgment reaches into a hole of the other direction turn it into a gap as
 *    far as it was acknowledged: what was lost was sent before them. Unless a lone number is
 *    missing and nothing lies behind it, which is then taken for a FIN not captured;
 *  - except that octets which came after their own receiver had acknowledged them were sent
 *    again, and show more acknowledged than was known when they were first sent: they go without
 *    waiting. That also breaks the circle in which each direction waits for the other; where
 *    neither side came late, the later frame is the one sent again, and goes first;
 *  - a hole becomes a gap once the receiver has acknowledged past it, or, where no
 *    acknowledgment was ever seen, once 16 KiB or a FIN lie behind it.
 *
 * The wait is counted from the moment when the capture first showed that there is something to
 * wait for, piece by piece, so that the holes of a lossy capture ripen side by side.
 */
#ifndef HTTPLINT_FLOW_ORDER_H
#define HTTPLINT_FLOW_ORDER_H

#include "flow/state.h"

enum patience {
    PATIENCE_SEGMENTS,         /* only segments count: the clock of a shuffled capture jumps */
    PATIENCE_TIME,             /* so does time, as told by other connections or the caller */
    PATIENCE_NONE              /* everything has to go */
};

/* Delivers what is ready, breaks what has waited long enough, until nothing moves. May close the
 * connection. */
void order_pump(struct conn *, enum patience);

/* Breaks one thing that waits, however young. False if nothing does. */
bool order_force(struct conn *);

/* True if the other direction has come far enough for octets of `direction` that need it at
 * position `need`. */
bool order_is_met(const struct conn *, int direction, uint64_t need);

/* True if a wait that began at these segments and time of the connection is over. */
bool order_is_over(const struct conn *, enum patience, uint32_t seen, int64_t time_us);

#endif
