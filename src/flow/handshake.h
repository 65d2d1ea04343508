/*
 * handshake.h - SYNs: where a connection begins, and when its 4-tuple is used anew.
 *
 * A SYN with another number than before opens a new connection, with a number of its own as in
 * tshark, if the old one is over or its handshake was never done. In the second case the new one
 * keeps the old numbers as candidates (at most STREAM_ISNS a direction): right is the one that
 * the peer acknowledges or that octets follow, for any SYN but one may be forged. The same holds
 * for SYN-ACKs, which open nothing.
 *
 * Inside an open connection a SYN may be forged as well, and the peer would answer it with a
 * plain ACK (RFC 9293 3.10.7.4, RFC 5961 4). So it is only remembered; the 4-tuple is used anew
 * when a SYN-ACK acknowledges it, or octets follow it that do not fit the old connection.
 *
 * A SYN that arrives after the octets it precedes, in a shuffled capture, gives them their base.
 */
#ifndef HTTPLINT_FLOW_HANDSHAKE_H
#define HTTPLINT_FLOW_HANDSHAKE_H

#include "flow/state.h"

/* Looks at the SYN, if any: `*conn` becomes the connection that the segment opens (the old one
 * is then freed) and `*direction` its direction there. False: the segment is to be passed over. */
bool handshake_feed(struct conn **conn, int *direction, const struct segment *);

#endif
