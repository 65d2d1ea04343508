/*
 * put.h - was there anything yet that looks like a PUT?
 *
 * Rules that compare what is read with what was put need the content of responses, and only then; to keep it for nothing
 * would be dear. Whether a request is one is known late, and to its reader alone (split.h); so the octets are looked at as they
 * are delivered, which has one order over all connections. Only the beginning of what a segment brings is looked at: a PUT
 * that follows another request in one segment is not seen.
 */
#ifndef HTTPLINT_LINT_PUT_H
#define HTTPLINT_LINT_PUT_H

#include "flow/flow.h"

struct put {
    bool is_seen;
};

/* Uses connection->watched. */
void put_watch(struct put *, struct connection *, int direction, const struct piece *);

#endif
