/*
 * markup.h - text as it stands in XML 1.0. Whatever octets come in, what goes out is well-formed.
 *
 * What is not UTF-8, and characters that XML cannot hold, become U+FFFD.
 */
#ifndef HTTPLINT_REPORT_MARKUP_H
#define HTTPLINT_REPORT_MARKUP_H

#include "base/out.h"

/* Between tags. */
void markup_text(struct out *, struct text);

/* ` name="value"`; tabs and line ends in it survive. */
void markup_attribute(struct out *, const char *name, struct text value);

/* The same of what `value` holds, which it no longer does then. */
void markup_held(struct out *, const char *name, struct out *value);

void markup_number(struct out *, const char *name, uint64_t value);

#endif
