/*
 * uri.h - URI references: their parts, how they are resolved and compared (RFC 3986).
 *
 * Pure views; only uri_resolve writes, into room of its caller. A reference that breaks the grammar
 * is parted all the same, so that what it was meant to say can be used.
 */
#ifndef HTTPLINT_HTTP_VALUE_URI_H
#define HTTPLINT_HTTP_VALUE_URI_H

#include "http/value/host.h"

struct uri {
    struct text scheme, authority, path, query, fragment;  /* without ':', "//", '?', '#' */
    struct text userinfo;                  /* without '@' */
    struct host host;                      /* of the authority */
    bool has_scheme, has_authority, has_userinfo, has_query, has_fragment;
};

/* Is the value a URI-reference? An empty one is. */
bool uri_read(struct text value, struct uri *, struct text *culprit);

/* The same for what begins with its path: "//" begins no authority. */
bool uri_read_path(struct text value, struct uri *, struct text *culprit);

/* absolute-URI: a scheme and no fragment. partial-URI: no scheme and no fragment. Of a reference
 * that was read. */
bool uri_is_absolute(const struct uri *);
bool uri_is_partial(const struct uri *);

/* The scheme of a URI, without its ':'. */
bool uri_is_scheme(struct text value);

/* http or https. */
bool uri_is_http(const struct uri *);

/* The port, by default that of http or https; 0 if it is not known. */
uint16_t uri_port(const struct uri *);

/* RFC 3986 5.2: the target that a reference names from a base; `target` is its text in the room.
 * False if that is too small: the sum of the lengths of both and 8 is enough. */
bool uri_resolve(const struct uri *base, const struct uri *reference, struct room,
                 struct text *target);

/* Same scheme, host and port, the last by default that of the scheme. */
bool uri_is_same_origin(const struct uri *, const struct uri *);

/* The same resource: the same origin, path and query, after the normalisations of RFC 3986 6.2.2
 * and 6.2.3 but for dot segments, which uri_resolve removes. Fragment and userinfo do not count. */
bool uri_is_same(const struct uri *, const struct uri *);

#endif
