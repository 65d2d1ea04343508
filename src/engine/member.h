/*
 * member.h - the members of a comma list and what names them, as far as conditions need it.
 *
 * Conditions do not know what field it is: commas inside quoted strings and inside the angle brackets
 * of a Link part nothing. Views only; nothing fails.
 */
#ifndef HTTPLINT_ENGINE_MEMBER_H
#define HTTPLINT_ENGINE_MEMBER_H

#include "http/value/list.h"

/* The members of a value. */
struct list_reader member_list(struct text value);

/* What stands before the parameters: `gzip` of `gzip;q=1`, `max-age` of `max-age=5`, `Basic` of `Basic realm="x"`. */
struct text member_name(struct text member);

/* The type/subtype of a media type: what stands before the first ';'. */
struct text member_media(struct text value);

#endif
