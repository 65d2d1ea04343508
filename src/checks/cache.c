#include "checks/families.h"
#include "checks/lines.h"
#include "http/value/cache.h"
#include "http/value/date.h"

/* The time of the response: its Date, else when it was seen. */
static int64_t sent_us(const struct message *response)
{
    struct text value;
    struct date date;

    if (lines_single(response, FIELD_DATE, &value) && date_read(value, response->begun_us, &date, NULL) &&
        date.is_possible)
        return date.us;
    return response->begun_us;
}

static bool expires_later(const struct message *response)
{
    struct text value;
    struct date date;

    return lines_single(response, FIELD_EXPIRES, &value) && date_read(value, response->begun_us, &date, NULL) &&
           date.is_possible && date.us > sent_us(response);
}

/* RFC 9111 4.2.1: max-age and s-maxage come before Expires. */
static enum truth gives_no_lifetime(const struct exchange *x, struct text *culprit)
{
    static const enum cache_directive ages[] = { CACHE_MAX_AGE, CACHE_S_MAXAGE };
    bool has_age = false;

    (void)culprit;
    if (!x->response)
        return UNKNOWN;
    struct cache_control control = cache_control(list_over(x->response, FIELD_CACHE_CONTROL));

    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        if ((control.has_seconds >> ages[i]) & 1 && control.seconds[ages[i]] > 0)
            return NO;
        has_age |= (control.has >> ages[i]) & 1;
    }
    return !has_age && expires_later(x->response) ? NO : YES;
}

const struct check cache_checks[] = {
    { "gives-no-lifetime", .exchange = gives_no_lifetime },
    { 0 },
};
