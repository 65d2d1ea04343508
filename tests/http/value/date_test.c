#include "http/value/date.h"

#include <stdio.h>

#include "tests/support/values.h"

enum { SECONDS = 1000000 };

/* 2024-01-01 00:00:00 */
static const int64_t now_us = INT64_C(1704067200) * SECONDS;

static bool read(struct text value, struct text *culprit)
{
    struct date part;

    return date_read(value, now_us, &part, culprit);
}

static const struct values_row rows[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", VALUES_GOOD },
    { "Sunday, 06-Nov-94 08:49:37 GMT", VALUES_GOOD },
    { "Sun Nov  6 08:49:37 1994", VALUES_GOOD },
    { "Tue, 15 Nov 1994 12:45:26 GMT", VALUES_GOOD },
    { "Thu Jan 11 00:00:00 2024", VALUES_GOOD },
    { "Sun, 06 Nov 1994\r\n 08:49:37 GMT", VALUES_GOOD },
    { "Sun, 31 Feb 1994 25:61:61 GMT", VALUES_GOOD },
    { "", 0 },
    { "0", 0 },
    { "-1", 0 },
    { "sun, 06 Nov 1994 08:49:37 GMT", 0 },
    { "Sun, 6 Nov 1994 08:49:37 GMT", 6 },
    { "Sun, 06 nov 1994 08:49:37 GMT", 8 },
    { "Sun, 06 Nov 94 08:49:37 GMT", 14 },
    { "Sun, 06 Nov 1994 8:49:37 GMT", 18 },
    { "Sun, 06 Nov 1994 08:49:37", 25 },
    { "Sun, 06 Nov 1994 08:49:37 EST", 26 },
    { "Sun, 06 Nov 1994 08:49:37 gmt", 26 },
    { "Sun, 06 Nov 1994 08:49:37 GMT+1", 29 },
    { "Sun,  06 Nov 1994 08:49:37 GMT", 5 },
    { "Sun 06 Nov 1994 08:49:37 GMT", 4 },
    { "Sun, 06 Nov 1994 08:49 GMT", 22 },
    { "Sunday, 06-Nov-1994 08:49:37 GMT", 17 },
    { "Sunday 06-Nov-94 08:49:37 GMT", 6 },
    { "Sun, 06-Nov-1994 08:49:37 GMT", 7 },
    { "Sunday, 06 Nov 94 08:49:37 GMT", 10 },
    { "Sun Nov 6 08:49:37 1994", 9 },
    { "Sun Nov  6 08:49:37 94", 22 },
    { "Sun Nov  6 08:49:37 1994 GMT", 24 },
    { "1994-11-06T08:49:37Z", 0 },
    { "Sun, 06 Nov 1994 08:49:37 UTC", 26 },
    { "Tue, 14 July 04:58:08 GMT", 11 },
    { "Sun, 06 Nov 19945 08:49:37 GMT", 16 },
    { "Sonntag, 06-Nov-94", 0 },
};

static const struct {
    const char *value;
    int64_t seconds;
    enum date_format format;
    bool is_weekday_right;
    const char *odd;
} dates[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777, DATE_IMF, true, NULL },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777, DATE_RFC850, true, NULL },
    { "Sun Nov  6 08:49:37 1994", 784111777, DATE_ASCTIME, true, NULL },
    { "Mon, 06 Nov 1994 08:49:37 GMT", 784111777, DATE_IMF, false, NULL },
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0, DATE_IMF, true, NULL },
    { "Wed, 31 Dec 1969 23:59:59 GMT", -1, DATE_IMF, true, NULL },
    { "Sat, 01 Jan 0000 00:00:00 GMT", INT64_C(-62167219200), DATE_IMF, true, NULL },
    { "Fri, 31 Dec 9999 23:59:59 GMT", INT64_C(253402300799), DATE_IMF, true, NULL },
    { "Thu, 29 Feb 2024 00:00:00 GMT", 1709164800, DATE_IMF, true, NULL },
    { "Tue, 29 Feb 2000 00:00:00 GMT", 951782400, DATE_IMF, true, NULL },
    { "Thu, 01 Mar 1900 00:00:00 GMT", INT64_C(-2203891200), DATE_IMF, true, NULL },
    { "Sat, 31 Dec 2016 23:59:60 GMT", 1483228800, DATE_IMF, true, NULL },
    { "Friday, 31-Dec-99 00:00:00 GMT", 946598400, DATE_RFC850, true, NULL },
    { "Monday, 01-Jan-74 00:00:00 GMT", INT64_C(3281990400), DATE_RFC850, true, NULL },
    { "Tuesday, 01-Jan-74 00:00:01 GMT", 126230401, DATE_RFC850, true, NULL },
    { "Tuesday, 31-Dec-74 00:00:00 GMT", 157680000, DATE_RFC850, true, NULL },
    { "Sunday, 31-Dec-73 00:00:00 GMT", INT64_C(3281904000), DATE_RFC850, true, NULL },
    { "Wednesday, 01-Jan-75 00:00:00 GMT", 157766400, DATE_RFC850, true, NULL },
    { "Wed, 29 Feb 2023 00:00:00 GMT", 0, DATE_IMF, false, "29" },
    { "Wed, 29 Feb 1900 00:00:00 GMT", 0, DATE_IMF, false, "29" },
    { "Wed, 00 Jan 2023 00:00:00 GMT", 0, DATE_IMF, false, "00" },
    { "Wed, 31 Apr 2023 00:00:00 GMT", 0, DATE_IMF, false, "31" },
    { "Mon, 01 Jan 2024 24:00:00 GMT", 0, DATE_IMF, false, "24" },
    { "Mon, 01 Jan 2024 23:60:00 GMT", 0, DATE_IMF, false, "60" },
    { "Mon, 01 Jan 2024 23:58:60 GMT", 0, DATE_IMF, false, "60" },
    { "Mon, 01 Jan 2024 23:59:61 GMT", 0, DATE_IMF, false, "61" },
    { "Mon Jan  0 00:00:00 2024", 0, DATE_ASCTIME, false, "0" },
};

static void date_values(void)
{
    for (size_t i = 0; i < VALUES_COUNT(dates); i++) {
        const char *row = dates[i].value;
        struct date date;

        ROW_TRUE(row, date_read(text_of(row), now_us, &date, NULL));
        ROW_TRUE(row, date.us == dates[i].seconds * SECONDS);
        ROW_TRUE(row, date.format == dates[i].format);
        ROW_TRUE(row, date.is_weekday_right == dates[i].is_weekday_right);
        ROW_TRUE(row, date.is_possible == (dates[i].odd == NULL));
        ROW_TRUE(row, text_equal(date.odd, text_of(dates[i].odd)));
        ROW_TRUE(row, text_starts(text_of(row), date.weekday));
    }
}

/* Each day of two centuries is the one behind the day before it. */
static void date_days(void)
{
    static const char *const weekdays[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    char value[64];
    struct date date;
    int days = 0;

    for (int i = 0; i < 200 * 12 * 31; i++) {
        int year = 1970 + i / 31 / 12, month = i / 31 % 12, day = i % 31 + 1;

        snprintf(value, sizeof value, "%s, %02d %s %04d 00:00:00 GMT", weekdays[days % 7], day,
                 months[month], year);
        if (!date_read(text_of(value), now_us, &date, NULL) || !date.is_possible)
            continue;
        if (date.us != (int64_t)days * 86400 * SECONDS || !date.is_weekday_right)
            break;
        days++;
    }
    CU_ASSERT_EQUAL(days, 73049);
}

static void date_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void date_laws(void)
{
    values_keep_laws("date", rows, VALUES_COUNT(rows));
}

void http_value_date_suite(void);
void http_value_date_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/date", NULL, NULL);

    CU_add_test(suite, "grammar", date_grammar);
    CU_add_test(suite, "values", date_values);
    CU_add_test(suite, "days", date_days);
    CU_add_test(suite, "laws", date_laws);
}
