/*
 * virtual.h - the connections of door 2, which have no packets: found by the number that the caller gave them.
 *
 * The table owns them. It grows with what is open and never shrinks; nothing here fails.
 */
#ifndef HTTPLINT_LINT_VIRTUAL_H
#define HTTPLINT_LINT_VIRTUAL_H

#include "flow/flow.h"

struct virtual {
    struct virtual *next;      /* of its bucket */
    struct virtual *newer, *older;
    struct connection connection;
    uint64_t id;
    uint64_t at[2];            /* stream offset of the next octet, by direction: 0 is the client */
    bool is_ended[2];
};

struct virtuals {
    struct virtual **buckets;
    size_t nbuckets, count;    /* a power of two, or 0 */
    struct virtual *newest;
};

/* NULL if none of that id is open. */
struct virtual *virtual_find(const struct virtuals *, uint64_t id);

/* One more, zeroed but for its id; there must be none of that id. Gone with virtual_remove. */
struct virtual *virtual_add(struct virtuals *, uint64_t id);
void virtual_remove(struct virtuals *, struct virtual *);

/* The table itself, once it is empty. */
void virtuals_free(struct virtuals *);

#endif
