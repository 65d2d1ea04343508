/*
 * virtual.h - the connections of door 2, which have no packets: found by the number that the caller gave them, and told to
 * whoever reads those of flow.
 *
 * The table owns them. It grows with what is open and never shrinks; nothing here fails.
 */
#ifndef HTTPLINT_LINT_VIRTUAL_H
#define HTTPLINT_LINT_VIRTUAL_H

#include "flow/flow.h"
#include "httplint.h"

struct virtual {
    struct virtual *next;      /* of its bucket */
    struct virtual *newer, *older;
    struct connection connection;
    uint64_t id;
    uint64_t at[2];            /* stream offset of the next octet, by direction: 0 is the client */
    bool is_ended[2];
};

struct virtuals {
    struct flow_sink sink;     /* who reads them; set by the owner, all else zeroed */
    uint64_t opened;           /* so many there were */
    struct virtual **buckets;
    size_t nbuckets, count;    /* a power of two, or 0 */
    struct virtual *newest;
};

/* The one that the chunk is of, opened if none of its number is. Lives until virtual_event has ended both of its directions. */
struct virtual *virtual_open(struct virtuals *, const struct httplint_chunk *);

/* True if the direction of the chunk has ended: it takes no octets. */
bool virtual_has_ended(const struct virtual *, const struct httplint_chunk *);

/* What httplint_octets and httplint_event of httplint.h tell. */
void virtual_octets(struct virtuals *, struct virtual *, const struct httplint_chunk *);
void virtual_event(struct virtuals *, struct virtual *, const struct httplint_chunk *where, enum httplint_event);

/* Ends all that are open, and gives the table back. */
void virtuals_finish(struct virtuals *);

#endif
