/*
 * filter.h - filters for packets of any origin, as tcpdump has them (pcap-filter(7)).
 */
#ifndef HTTPLINT_INPUT_FILTER_H
#define HTTPLINT_INPUT_FILTER_H

#include "base/errors.h"
#include "httplint.h"
#include "input/input.h"

/* An expression, compiled once for each link type that it meets. */
struct filter;

/* `name` is the input's, for messages; all three must outlive the filter. Freed by filter_free. */
struct filter *filter_new(const char *expression, const char *name, struct errors *errors);
void filter_free(struct filter *);

/* Compiles for a link type; false, with an error the first time, if that cannot be. */
bool filter_prepare(struct filter *, int link);

/* True if the packet passes; none of a link type does for which the filter does not compile. */
bool filter_passes(struct filter *, const struct httplint_packet *);

/* True if the filter did not compile for a link type that it met. */
bool filter_has_failed(const struct filter *);

#endif
