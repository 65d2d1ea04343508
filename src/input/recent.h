/*
 * recent.h - the packets seen last, within a fixed number of octets, each with the connection it belongs to.
 *
 * A ring: the oldest make room. In the steady state nothing is allocated. Packets of a connection are chained, so that they are found
 * without a look at all others.
 */
#ifndef HTTPLINT_INPUT_RECENT_H
#define HTTPLINT_INPUT_RECENT_H

#include "httplint.h"

/* A packet that is kept; its octets are views into the ring. */
struct recent_packet {
    struct httplint_packet packet;
    int64_t stream;                      /* -1: none */
    size_t interface;
};

struct recent;

/* Holds `octets` in all. Freed by recent_free. */
struct recent *recent_new(size_t octets);
void recent_free(struct recent *);

/* Keeps a copy; not if it is too large for the ring. */
void recent_add(struct recent *, const struct recent_packet *);

/* Calls back for each packet of a connection from a frame on, up to a time, the oldest first. The ring may not change meanwhile. */
void recent_each(struct recent *, int64_t stream, uint64_t frame, int64_t until_us,
                 void (*each)(void *context, const struct recent_packet *), void *context);

#endif
