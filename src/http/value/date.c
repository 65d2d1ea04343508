#include "http/value/date.h"

#include "http/value/number.h"

enum { YEAR_SECONDS = 31556952 };          /* a mean Gregorian year */

static const char *const weekdays[] = { "Thursday", "Friday",  "Saturday", "Sunday",
                                        "Monday",   "Tuesday", "Wednesday" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

struct parts {
    unsigned weekday;          /* 0: Thursday, the day that 1970 began with */
    unsigned month;            /* from 0 */
    struct text day, year, hour, minute, second;
};

static bool take_digits(struct text *rest, size_t count, struct text *digits)
{
    struct text before = *rest;

    for (size_t i = 0; i < count; i++) {
        if (rest->len == 0 || !cursor_is_digit(rest->at[0]))
            return false;
        cursor_skip(rest, 1);
    }
    *digits = cursor_between(before, *rest);
    return true;
}

static bool take_month(struct text *rest, struct parts *parts)
{
    for (parts->month = 0; parts->month < 12; parts->month++)
        if (cursor_take_text(rest, text_of(months[parts->month])))
            return true;
    return false;
}

/* A long name or the first three letters of one; which of them is the format's first mark. */
static bool take_weekday(struct text *rest, struct parts *parts, struct date *date)
{
    struct text before = *rest;

    for (parts->weekday = 0; parts->weekday < 7; parts->weekday++) {
        struct text name = text_of(weekdays[parts->weekday]);
        bool is_long = cursor_take_text(rest, name);

        if (!is_long && !cursor_take_text(rest, text_part(name, 0, 3)))
            continue;
        date->weekday = cursor_between(before, *rest);
        date->format = is_long ? DATE_RFC850 : cursor_is(*rest, ',') ? DATE_IMF : DATE_ASCTIME;
        if (date->format != DATE_ASCTIME && !cursor_take(rest, ','))
            return false;
        return cursor_space(rest);
    }
    return false;
}

static bool take_time(struct text *rest, struct parts *parts)
{
    return take_digits(rest, 2, &parts->hour) && cursor_take(rest, ':') &&
           take_digits(rest, 2, &parts->minute) && cursor_take(rest, ':') &&
           take_digits(rest, 2, &parts->second);
}

static bool take_imf(struct text *rest, struct parts *parts)
{
    return take_digits(rest, 2, &parts->day) && cursor_space(rest) && take_month(rest, parts) &&
           cursor_space(rest) && take_digits(rest, 4, &parts->year) && cursor_space(rest) &&
           take_time(rest, parts) && cursor_space(rest) && cursor_take_text(rest, TEXT("GMT"));
}

static bool take_rfc850(struct text *rest, struct parts *parts)
{
    return take_digits(rest, 2, &parts->day) && cursor_take(rest, '-') && take_month(rest, parts) &&
           cursor_take(rest, '-') && take_digits(rest, 2, &parts->year) && cursor_space(rest) &&
           take_time(rest, parts) && cursor_space(rest) && cursor_take_text(rest, TEXT("GMT"));
}

static bool take_asctime(struct text *rest, struct parts *parts)
{
    if (!take_month(rest, parts) || !cursor_space(rest))
        return false;
    size_t width = cursor_take(rest, ' ') ? 1 : 2;

    return take_digits(rest, width, &parts->day) && cursor_space(rest) && take_time(rest, parts) &&
           cursor_space(rest) && take_digits(rest, 4, &parts->year);
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from the first day of the year 0 to that of `year` in the Gregorian calendar. */
static int64_t days_before_year(int64_t year)
{
    return year * 365 + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
}

static unsigned days_in(unsigned month, int64_t year)
{
    static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 1 && is_leap(year) ? 29 : days[month];
}

/* Days from 1970-01-01 on; the day of the month counts from 1. */
static int64_t day_number(int64_t year, unsigned month, int64_t day)
{
    int64_t days = days_before_year(year) - days_before_year(1970) + day - 1;

    for (unsigned i = 0; i < month; i++)
        days += days_in(i, year);
    return days;
}

/* Since 1970, if it is in that year. */
static int64_t seconds_in(int64_t year, const struct parts *parts)
{
    return day_number(year, parts->month, (int64_t)number_of(parts->day)) * 86400 +
           (int64_t)(number_of(parts->hour) * 3600 + number_of(parts->minute) * 60 +
                     number_of(parts->second));
}

/* RFC 9110 5.6.7: what would be more than 50 years ahead is in the most recent such year of the
 * past. */
static int64_t year_of(const struct parts *parts, int64_t now_us)
{
    int64_t year = (int64_t)number_of(parts->year), now = now_us / 1000000;
    int64_t latest = 1970 + now / YEAR_SECONDS + 51;

    if (parts->year.len == 4)
        return year;
    year = latest - (latest - year) % 100;
    return seconds_in(year - 50, parts) > now ? year - 100 : year;
}

static bool is_below(struct text part, uint64_t end, struct date *date)
{
    if (number_of(part) >= end)
        date->odd = part;
    return number_of(part) < end;
}

static void judge(const struct parts *parts, int64_t now_us, struct date *date)
{
    int64_t year = year_of(parts, now_us), day = (int64_t)number_of(parts->day);
    /* 23:59:60 is the only leap second. */
    bool is_last_minute = number_of(parts->hour) == 23 && number_of(parts->minute) == 59;

    if (day < 1 || day > (int64_t)days_in(parts->month, year))
        date->odd = parts->day;
    else
        date->is_possible = is_below(parts->hour, 24, date) && is_below(parts->minute, 60, date) &&
                            is_below(parts->second, is_last_minute ? 61 : 60, date);
    if (!date->is_possible)
        return;
    int64_t days = day_number(year, parts->month, day);

    date->us = seconds_in(year, parts) * 1000000;
    date->is_weekday_right = (days % 7 + 7) % 7 == (int64_t)parts->weekday;
}

bool date_read(struct text value, int64_t now_us, struct date *date, struct text *culprit)
{
    static bool (*const takes[])(struct text *, struct parts *) = { take_imf, take_rfc850,
                                                                    take_asctime };
    struct parts parts = { 0 };

    *date = (struct date){ .format = DATE_IMF };
    if (!take_weekday(&value, &parts, date) || !takes[date->format](&value, &parts))
        return cursor_fault(value, culprit);
    if (value.len > 0)
        return cursor_fault(value, culprit);
    judge(&parts, now_us, date);
    return true;
}
