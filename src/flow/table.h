/*
 * table.h - from the addresses and ports of a segment to its connection.
 *
 * Both orders of the two ends find the same connection. Buckets are chosen by a keyed hash, and
 * their number grows with that of the connections, so that chains stay short whoever chooses the
 * addresses. Owns the buckets, not the connections. Nothing here fails (memory.h).
 */
#ifndef HTTPLINT_FLOW_TABLE_H
#define HTTPLINT_FLOW_TABLE_H

#include "flow/state.h"

/* An empty table; `key` is that of flow_new. table_free frees the buckets. */
void table_make(struct table *, const uint8_t key[HASH_KEY_OCTETS]);
void table_free(struct table *);

/* The hash of the two ends, whatever their order. */
uint64_t table_hash(const struct table *, const struct endpoint *, const struct endpoint *);

/* The connection between the two ends, or NULL; `direction` is that of segments from `from`. */
struct conn *table_find(const struct table *, uint64_t hash, const struct segment *,
                        int *direction);

/* In, with conn->hash set, and out. No two connections in the table have the same ends. */
void table_add(struct table *, struct conn *);
void table_remove(struct table *, struct conn *);

#endif
