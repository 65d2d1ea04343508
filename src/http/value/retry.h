/*
 * retry.h - Retry-After: a date or seconds (RFC 9110 10.2.3). Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_RETRY_H
#define HTTPLINT_HTTP_VALUE_RETRY_H

#include "http/value/date.h"

struct retry {
    bool is_date;
    uint64_t seconds;
    struct date date;
};

/* `now_us` as for date_read. */
bool retry_read(struct text value, int64_t now_us, struct retry *, struct text *culprit);

/* When it is over, in microseconds since 1970, for a response sent at `now_us`; INT64_MAX if that
 * is too far away. */
int64_t retry_until(const struct retry *, int64_t now_us);

#endif
