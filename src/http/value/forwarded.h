/*
 * forwarded.h - elements of Forwarded (RFC 7239 4, 6). Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_FORWARDED_H
#define HTTPLINT_HTTP_VALUE_FORWARDED_H

#include "http/value/parameter.h"

/* An element: pairs of a name and a value parted by ';' without blanks, those of by, for, host and
 * proto by their own grammar. */
bool forwarded_read(struct text member, struct text *culprit);

/* The next pair of an element. */
enum step forwarded_next(struct text *rest, struct parameter *);

/* node = nodename [ ":" node-port ]: the value of by and for. */
bool forwarded_is_node(struct text value);

#endif
