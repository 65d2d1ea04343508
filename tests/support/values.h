/*
 * values.h - the laws that every reader of field values keeps, whatever octets it is given.
 *
 * A drive calls all functions of one file of src/http/value with some value, follows every view
 * that comes out and aborts where one lies outside of the value. Tests drive values, cut and
 * changed; the fuzzer drives anything.
 */
#ifndef TESTS_SUPPORT_VALUES_H
#define TESTS_SUPPORT_VALUES_H

#include "tests/support/loaded.h"

struct values_drive {
    const char *name;          /* of the file: "list" */
    void (*drive)(struct text value);
};

extern const struct values_drive values_drives[];   /* ends with a NULL name */

/* A value, and where it breaks its grammar: the offset of the first octet at fault; VALUES_GOOD:
 * nowhere. */
enum { VALUES_GOOD = -1 };
struct values_row {
    const char *value;
    int at;
};

#define VALUES_COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Says the reader of each row what the row says? A failure names the value. */
void values_check(const struct values_row *rows, size_t count,
                  bool (*read)(struct text value, struct text *culprit));

/* The laws for one file: each good row is driven cut at each octet with nothing behind it, and with
 * each octet at each place; the first row, and octets that part values, are driven as up to 1 MiB
 * of them: what takes more than linear time is noticed. */
void values_keep_laws(const char *name, const struct values_row *rows, size_t count);

#endif
