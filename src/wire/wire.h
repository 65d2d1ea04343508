/*
 * wire.h - the octets of packets become TCP segments.
 *
 * Decodes the link layer, IP and TCP, looks into tunnels to a bounded depth (limits.layers) and
 * puts IP fragments together. Everything but the fragments is pure, each read is checked. What
 * is not TCP is passed over; what is not understood is a note, never guessed.
 */
#ifndef HTTPLINT_WIRE_WIRE_H
#define HTTPLINT_WIRE_WIRE_H

#include "base/limits.h"
#include "base/note.h"
#include "wire/packet.h"

struct wire;

struct segment_sink {
    void (*segment)(void *context, const struct segment *);   /* views die when it returns */
    void *context;
};

/* Owned by the caller, freed by wire_free; `limits` must outlive it. */
struct wire *wire_new(const struct limits *limits, struct segment_sink, struct note_sink);
void wire_free(struct wire *);

/* One packet; at most one segment comes out of it (an aggregate of 802.11: one for each member), before the call
 * returns. Cannot fail. */
void wire_feed(struct wire *, const struct packet *);

/* The capture is over: fragments that still wait are noted and dropped. */
void wire_finish(struct wire *);

#endif
