/*
 * date.h - HTTP-date in its three formats, to the letter (RFC 9110 5.6.7). Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_DATE_H
#define HTTPLINT_HTTP_VALUE_DATE_H

#include "http/value/cursor.h"

enum date_format { DATE_IMF, DATE_RFC850, DATE_ASCTIME };

struct date {
    enum date_format format;
    int64_t us;                /* since 1970; 0 if not possible; a leap second is the next one */
    struct text weekday;
    bool is_weekday_right;     /* false too where the date is not possible */
    bool is_possible;          /* such a day and such a time exist */
    struct text odd;           /* the part that makes it impossible */
};

/* `now_us`, when the message was sent, tells which century a year of two digits is in. */
bool date_read(struct text value, int64_t now_us, struct date *, struct text *culprit);

#endif
