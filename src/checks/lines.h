/*
 * lines.h - what checks ask of the field lines of a message. Pure; a message that is NULL has none.
 */
#ifndef HTTPLINT_CHECKS_LINES_H
#define HTTPLINT_CHECKS_LINES_H

#include "engine/check.h"

/* True if the header section has exactly one line with the id; `value` is then its value. */
bool lines_single(const struct message *, uint16_t id, struct text *value);

/* Is there a line with one of the ids? They end with FIELD_UNKNOWN. Unknown if one may stand there that is not listed. */
enum truth lines_have_any(const struct message *, const uint16_t *ids);

/* Does a field that no specification defines have the word (lower case, not empty) in its name, in any case? */
bool lines_have_extension(const struct message *, struct text word);

#endif
