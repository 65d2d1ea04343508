/*
 * number.h - 1*DIGIT: delta-seconds, lengths and positions (RFC 9110 8.6, RFC 9111 1.2.2). Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_NUMBER_H
#define HTTPLINT_HTTP_VALUE_NUMBER_H

#include "http/value/cursor.h"

/* What digits say; UINT64_MAX if that is too much, 0 if there are none. */
uint64_t number_of(struct text digits);

/* Is the whole value one or more digits? `number` is then what they say. */
bool number_read(struct text value, uint64_t *number, struct text *culprit);

#endif
