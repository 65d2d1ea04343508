/*
 * octets_head.h - one head through scan, framing and judge, without the rest of the stage.
 */
#ifndef HTTPLINT_TESTS_OCTETS_HEAD_H
#define HTTPLINT_TESTS_OCTETS_HEAD_H

#include "base/arena.h"
#include "base/limits.h"
#include "http/message.h"

struct octets_head {
    struct arena_pool *pool;
    struct arena *arena;
    struct names *names;
    struct message message;
    bool is_whole;             /* what scan_head gave */
};

/* Scans the octets as a head of a side, in frame 1 from stream offset 0 on; freed by octets_head_free. */
struct octets_head *octets_head_scan(enum side, struct text octets, const struct limits *);
void octets_head_free(struct octets_head *);

/* The value of the first field of this name in any case, the trailers counted; the empty text if there is none. */
struct text octets_head_value(const struct octets_head *, struct text name);

#endif
