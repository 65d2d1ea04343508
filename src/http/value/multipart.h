/*
 * multipart.h - the parts of a multipart body, in particular multipart/byteranges (RFC 9110 14.6,
 * RFC 2046 5.1).
 *
 * Reads a body, or as much of it as was kept, part by part. Views only; a line at a time, so the
 * cost is linear whatever the boundary is.
 */
#ifndef HTTPLINT_HTTP_VALUE_MULTIPART_H
#define HTTPLINT_HTTP_VALUE_MULTIPART_H

#include "http/value/media.h"

enum { MULTIPART_BOUNDARY_MAX = 70 };

struct multipart {
    struct text rest, boundary;
    bool has_begun;            /* a delimiter was found */
    bool is_closed;            /* the final delimiter was found; `rest` is what follows it */
    bool has_bare_lf;          /* a delimiter line has LF alone at either end */
};

struct part {
    struct text head;          /* field lines, without the empty line */
    struct text content;       /* without the line break that belongs to the delimiter behind it */
    bool has_head_end;         /* the empty line was seen; else the whole part is `head` */
    bool is_whole;             /* the delimiter behind it was seen; else it may be cut */
};

/* boundary of RFC 2046 5.1.1: 1 to 70 bchars, the last no blank. */
bool multipart_is_boundary(struct text boundary, struct text *culprit);

/* The boundary parameter of a media type, unquoted into the room where that is needed; false if
 * there is none, or the room is too small. */
bool multipart_boundary(const struct media *, struct room, struct text *boundary);

/* Over a body. With a boundary that is none there are no parts. */
struct multipart multipart_over(struct text body, struct text boundary);

/* The next part; false at the final delimiter, or where the body ends. */
bool multipart_next(struct multipart *, struct part *);

/* The next field line of a part's head, `rest` being that head at first; folds stay in the value.
 * False at the end. A line without a colon has an empty name. */
bool multipart_field(struct text *rest, struct text *name, struct text *value);

/* The value of the first field with the name in any case; false if there is none. */
bool multipart_find(const struct part *, struct text name, struct text *value);

#endif
