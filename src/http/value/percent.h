/*
 * percent.h - the octets that parts of a URI are made of, and percent-encoding (RFC 3986 2, 3.3).
 * Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_PERCENT_H
#define HTTPLINT_HTTP_VALUE_PERCENT_H

#include "http/value/cursor.h"

bool percent_is_unreserved(char octet);
bool percent_is_name(char octet);        /* unreserved / sub-delims, of which reg-name is made */
bool percent_is_userinfo(char octet);    /* these and ":" */
bool percent_is_path(char octet);        /* pchar and "/" */
bool percent_is_query(char octet);       /* these and "?": query, fragment */

/* Takes octets of the kind and pct-encoded ones. False: the cursor stands at a '%' without two hex
 * digits behind it. */
bool percent_take(struct text *rest, bool (*is_kind)(char octet));

/* Takes one octet of a URI as it is compared (RFC 3986 6.2.2): an encoded octet that needs it not
 * is decoded. Gives its value, or 256 and above for one that has to stay encoded. The text is not
 * empty. */
unsigned percent_next(struct text *rest);

/* Are the two the same when compared so? */
bool percent_equal(struct text a, struct text b, bool ignores_case);

#endif
