#include "http/value/retry.h"

#include "http/value/number.h"

bool retry_read(struct text value, int64_t now_us, struct retry *retry, struct text *culprit)
{
    *retry = (struct retry){ .is_date = value.len > 0 && cursor_is_alpha(value.at[0]) };
    if (retry->is_date)
        return date_read(value, now_us, &retry->date, culprit);
    return number_read(value, &retry->seconds, culprit);
}

int64_t retry_until(const struct retry *retry, int64_t now_us)
{
    if (retry->is_date)
        return retry->date.us;
    if (retry->seconds > (uint64_t)(INT64_MAX - now_us) / 1000000)
        return INT64_MAX;
    return now_us + (int64_t)retry->seconds * 1000000;
}
