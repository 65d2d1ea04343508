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

/* A row that is grammatical. */
enum { VALUES_GOOD = -1 };

/* Did the reader say what the row wants: VALUES_GOOD, or the offset of the first octet at fault? A failure names the value. */
#define ROW_FAULT(value, is_good, culprit, wanted)                                                 \
    ROW_TRUE(values_visible(value), ((is_good) ? VALUES_GOOD : (int)((culprit).at - (value).at)) == (wanted))

/* The value as a C string, for the name of a row; valid until the next call. */
const char *values_visible(struct text value);

/* The laws for one file: each sample is driven cut at each octet with nothing behind it, with each octet at each place, and
 * repeated to 1 MiB; so are single octets that part values. What takes more than linear time does not come to an end. */
void values_keep_laws(const char *name, const char *const *samples, size_t count);

#endif
