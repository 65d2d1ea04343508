/*
 * media.h - media types and media ranges (RFC 9110 8.3.1, 12.5.1).
 *
 * Pure views. A comma list in a singleton such as Content-Type is a fault at its comma.
 */
#ifndef HTTPLINT_HTTP_VALUE_MEDIA_H
#define HTTPLINT_HTTP_VALUE_MEDIA_H

#include "http/value/parameter.h"
#include "http/value/weight.h"

struct media {
    struct text type, subtype;             /* in a range either may be "*" */
    struct text parameters;                /* from the first ';' or blank on, for parameter.h */
};

struct media_range {
    struct media media;
    struct weight weight;
    struct text after_weight; /* parameters behind "q", which RFC 9110 12.5.1 wants last */
};

/* A media type: Content-Type, members of Accept-Patch. Blanks beside the '=' of a parameter pass
 * (parameter_has_blanks). */
bool media_read(struct text value, struct media *, struct text *culprit);

/* A media range with its weight: members of Accept and Accept-Post. Whether the weight is valid
 * stands in it. */
bool media_read_range(struct text member, struct media_range *, struct text *culprit);

/* Is it type/subtype, in any case? */
bool media_is(const struct media *, struct text type, struct text subtype);

/* Does a media type fit the type and subtype of a range? */
bool media_fits(const struct media *type, const struct media *range);

#endif
