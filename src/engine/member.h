/*
 * member.h - the members of a comma list and what names them, as far as conditions need it.
 *
 * Reads RFC 9110 5.6.1 leniently: commas inside quoted strings and inside the angle brackets of a
 * Link part nothing, empty members are passed over. Views only; nothing fails.
 */
#ifndef HTTPLINT_ENGINE_MEMBER_H
#define HTTPLINT_ENGINE_MEMBER_H

#include "base/text.h"

/* Takes the next member that is not empty from the front of `rest`, without blanks around it; false at the end. */
bool member_next(struct text *rest, struct text *member);

/* What stands before the parameters: `gzip` of `gzip;q=1`, `max-age` of `max-age=5`, `Basic` of `Basic realm="x"`. */
struct text member_name(struct text member);

/* The type/subtype of a media type: what stands before the first ';'. */
struct text member_media(struct text value);

#endif
