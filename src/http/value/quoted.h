/*
 * quoted.h - quoted-string and comment (RFC 9110 5.6.4, 5.6.5).
 *
 * The inside of either is a view with its quoted-pairs as they stand; the functions below read it
 * unescaped. Pure and linear; nothing is allocated.
 */
#ifndef HTTPLINT_HTTP_VALUE_QUOTED_H
#define HTTPLINT_HTTP_VALUE_QUOTED_H

#include "http/value/cursor.h"

/* Takes a quoted-string; `inside` becomes what is between its DQUOTEs. False: the cursor stands at
 * the octet at fault, which is the opening DQUOTE where the closing one is missing. */
bool quoted_take(struct text *rest, struct text *inside);

/* The same for a comment with the comments in it, `inside` without the outer parentheses. */
bool quoted_take_comment(struct text *rest, struct text *inside);

/* Is the unescaped inside the same as `plain`, but for ASCII case if `ignores_case`? */
bool quoted_equal(struct text inside, struct text plain, bool ignores_case);

/* `plain` becomes the unescaped inside: itself if nothing is escaped, else octets in the room. A
 * line break of a fold becomes SP. False if the room is too small. */
bool quoted_copy(struct text inside, struct room, struct text *plain);

/* True if a quoted-string or comment anywhere in the value escapes an octet that needs it not;
 * `pair` becomes the first. */
bool quoted_has_needless_pair(struct text value, struct text *pair);

#endif
