/*
 * protocol.h - protocol names with versions: members of Upgrade and Via, and products (RFC
 * 9110 7.8, 7.6.3, 10.1.5).
 *
 * Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_PROTOCOL_H
#define HTTPLINT_HTTP_VALUE_PROTOCOL_H

#include "http/value/list.h"

struct protocol {
    struct text name, version; /* version empty: none */
};

struct via {
    struct text protocol;      /* name and version as written; the name may be missing */
    struct text by;            /* pseudonym or host, with its port */
    struct text comment;       /* without its parentheses; empty: none */
    struct text blanks;        /* the first required ones that are not one SP; empty: none */
};

/* name [ "/" version ] */
bool protocol_read(struct text member, struct protocol *, struct text *culprit);

/* The same protocol? Names have no case; a version that is missing on one side counts as equal. */
bool protocol_fits(const struct protocol *, const struct protocol *);

/* The list with commas parted as Via wants it: those in comments part nothing. */
struct list_reader protocol_via_list(struct list_reader);

/* A member of Via. A host in brackets passes as received-by. */
bool protocol_read_via(struct text member, struct via *, struct text *culprit);

/* Server, User-Agent: products and comments, a product first. `blanks` (may be NULL) becomes the
 * first run of required blanks that is not one SP, empty if there is none; `count` (may be NULL)
 * the number of products. */
bool protocol_read_products(struct text value, struct text *blanks, size_t *count,
                            struct text *culprit);

#endif
