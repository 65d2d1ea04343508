/*
 * range.h - Range, Content-Range and If-Range (RFC 9110 14.1, 14.2, 14.4, 13.1.5).
 *
 * Pure. Positions that are too large for 64 bits are UINT64_MAX. Accept-Ranges is a list of tokens
 * (list.h).
 */
#ifndef HTTPLINT_HTTP_VALUE_RANGE_H
#define HTTPLINT_HTTP_VALUE_RANGE_H

#include "http/value/date.h"
#include "http/value/etag.h"

struct range_set {
    struct text unit;
    struct text specs;         /* for range_next */
    bool is_bytes;             /* units have no case */
};

enum range_kind {
    RANGE_INTERVAL,            /* first-last */
    RANGE_FROM,                /* first- */
    RANGE_SUFFIX,              /* -last: the last `last` octets */
    RANGE_OTHER                /* of another unit than bytes */
};

struct range_spec {
    enum range_kind kind;
    struct text text;
    uint64_t first, last;
};

struct content_range {
    struct text unit;
    bool is_bytes;
    bool has_range, has_length;            /* false: "*" stands there */
    uint64_t first, last, length;
    bool is_valid;                         /* first <= last < length, as far as they are given */
};

/* struct if_range: exactly one of the two, told by is_date. */
struct if_range {
    bool is_date;
    struct etag etag;
    struct date date;
};

/* A Range: each of its specs is checked, in bytes to be of the first three kinds. Blanks before the
 * first one pass, as the example of RFC 9110 14.1.2 has them. An interval with last < first is
 * grammatical: see range_is_valid. */
bool range_read(struct text value, struct range_set *, struct text *culprit);

/* The next spec of a set that was read; false at the end, or at one that is none. */
bool range_next(struct text *specs, struct range_spec *);

/* RFC 9110 14.1.1: last is not below first. */
bool range_is_valid(const struct range_spec *);

/* A Content-Range. False with `unit` set for units whose ranges are no numbers. */
bool range_read_content(struct text value, struct content_range *, struct text *culprit);

/* `now_us` as for date_read. */
bool range_read_if(struct text value, int64_t now_us, struct if_range *, struct text *culprit);

#endif
