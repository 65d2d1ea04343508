/*
 * etag.h - entity tags, lists of them, and how they are compared (RFC 9110 8.8.3, 13.1.1, 13.1.2).
 *
 * Pure views. A backslash in a tag is an octet like any other.
 */
#ifndef HTTPLINT_HTTP_VALUE_ETAG_H
#define HTTPLINT_HTTP_VALUE_ETAG_H

#include "http/value/list.h"

struct etag {
    struct text opaque;        /* with its DQUOTEs */
    bool is_weak;
};

/* ETag, a member of If-Match. */
bool etag_read(struct text value, struct etag *, struct text *culprit);

/* RFC 9110 8.8.3.2: strong: both are strong and the same; weak: the same but for W/. */
bool etag_equal_strong(const struct etag *, const struct etag *);
bool etag_equal_weak(const struct etag *, const struct etag *);

/* The same list with commas parted as entity tags want it; for the two functions below and for
 * list_next with etag_read. */
struct list_reader etag_list(struct list_reader);

/* Is the list a lone "*"? */
bool etag_list_is_any(struct list_reader);

/* Is it a lone "*", or entity tags only (none too)? */
bool etag_list_check(struct list_reader, struct text *culprit);

/* Is there a tag in it that equals this one? "*" and what is no tag are passed over. */
bool etag_list_has(struct list_reader, const struct etag *,
                   bool (*is_equal)(const struct etag *, const struct etag *));

#endif
