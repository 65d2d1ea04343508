/*
 * fragment.h - the parts of IP datagrams become whole ones again: the only state of this floor.
 *
 * Owns the octets of the parts, bounded by limits.datagrams, datagram_octets and datagram_us;
 * beyond, the oldest datagram goes. Where parts overlap the first copy stays. What is dropped is
 * a note about the frame that began it.
 */
#ifndef HTTPLINT_WIRE_FRAGMENT_H
#define HTTPLINT_WIRE_FRAGMENT_H

#include "base/limits.h"
#include "base/note.h"
#include "wire/layer.h"

struct fragments;

/* `limits` must outlive it. Freed by fragments_free. */
struct fragments *fragments_new(const struct limits *limits, struct note_sink);
void fragments_free(struct fragments *);

/* The part in `down` (after LAYER_FRAGMENT), which came with `packet`. When it completes its
 * datagram, that is in down->rest, alive until fragments_release, and its first layer is returned;
 * else LAYER_PASSED, or LAYER_MALFORMED. */
enum layer fragments_add(struct fragments *, struct descent *down, const struct packet *packet);

/* The whole datagrams given out so far are not looked at any more. */
void fragments_release(struct fragments *);

/* Drops and notes all that waits. */
void fragments_finish(struct fragments *);

/* Octets held now, with what it takes to hold them. */
uint64_t fragments_held(const struct fragments *);

#endif
