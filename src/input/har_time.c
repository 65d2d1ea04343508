#include <time.h>

#include "input/har.h"

/* Takes exactly `count` digits. */
static bool take_digits(struct text *rest, size_t count, int *number)
{
    uint64_t value;

    if (rest->len < count || !text_number(text_part(*rest, 0, count), &value))
        return false;
    *number = (int)value;
    *rest = text_part(*rest, count, rest->len);
    return true;
}

static bool take(struct text *rest, char octet)
{
    if (rest->len == 0 || rest->at[0] != octet)
        return false;
    *rest = text_part(*rest, 1, rest->len);
    return true;
}

static bool take_date(struct text *rest, struct tm *tm)
{
    if (!take_digits(rest, 4, &tm->tm_year) || !take(rest, '-') || !take_digits(rest, 2, &tm->tm_mon) ||
        !take(rest, '-') || !take_digits(rest, 2, &tm->tm_mday))
        return false;
    tm->tm_year -= 1900;
    tm->tm_mon--;
    return tm->tm_mon >= 0 && tm->tm_mon < 12 && tm->tm_mday > 0 && tm->tm_mday <= 31;
}

static bool take_clock(struct text *rest, struct tm *tm)
{
    if (!take_digits(rest, 2, &tm->tm_hour) || !take(rest, ':') || !take_digits(rest, 2, &tm->tm_min))
        return false;
    if (take(rest, ':') && !take_digits(rest, 2, &tm->tm_sec))
        return false;
    return tm->tm_hour < 24 && tm->tm_min < 60 && tm->tm_sec <= 60;
}

/* Digits behind the point, as many as there are. */
static int64_t take_fraction(struct text *rest)
{
    int64_t us = 0, unit = 100000;

    if (rest->len < 2 || (rest->at[0] != '.' && rest->at[0] != ','))
        return 0;
    *rest = text_part(*rest, 1, rest->len);
    for (; rest->len > 0 && rest->at[0] >= '0' && rest->at[0] <= '9'; unit /= 10) {
        us += unit * (rest->at[0] - '0');
        *rest = text_part(*rest, 1, rest->len);
    }
    return us;
}

/* Seconds east of UTC; a time without zone is taken as UTC, which is as good as any. */
static bool take_zone(struct text *rest, int64_t *east_s)
{
    int hours, minutes = 0, sign = rest->len > 0 && rest->at[0] == '-' ? -1 : 1;

    *east_s = 0;
    if (take(rest, 'Z') || rest->len == 0)
        return true;
    if (!take(rest, '+') && !take(rest, '-'))
        return false;
    if (!take_digits(rest, 2, &hours))
        return false;
    take(rest, ':');
    if (rest->len > 0 && !take_digits(rest, 2, &minutes))
        return false;
    *east_s = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool har_time(struct text text, int64_t *us)
{
    struct tm tm = { 0 };
    int64_t fraction_us, east_s;

    if (!take_date(&text, &tm) || (!take(&text, 'T') && !take(&text, ' ')) || !take_clock(&text, &tm))
        return false;
    fraction_us = take_fraction(&text);
    if (!take_zone(&text, &east_s) || text.len > 0)
        return false;
    *us = ((int64_t)timegm(&tm) - east_s) * 1000000 + fraction_us;
    return true;
}
