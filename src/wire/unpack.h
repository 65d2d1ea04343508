/*
 * unpack.h - what IPComp (RFC 3173) made small becomes a datagram again.
 *
 * Owns one buffer for what came out, which is enough for one header of this kind in a packet;
 * no more than a datagram's octets ever come out. Which algorithm was agreed on is not in the
 * packet: what is no DEFLATE (RFC 2394) is passed over.
 */
#ifndef HTTPLINT_WIRE_UNPACK_H
#define HTTPLINT_WIRE_UNPACK_H

#include "wire/layer.h"

struct unpack;

/* Freed by unpack_free. */
struct unpack *unpack_new(void);
void unpack_free(struct unpack *);

/* After LAYER_PACKED: down->rest becomes what it unpacks to, alive until the next call, and its
 * layer is returned; else LAYER_PASSED. */
enum layer unpack_deflate(struct unpack *, struct descent *down);

#endif
