/*
 * language.h - language tags and ranges (RFC 5646 2.1, RFC 4647 2.1). Well-formed is asked, not
 * registered. Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_LANGUAGE_H
#define HTTPLINT_HTTP_VALUE_LANGUAGE_H

#include "http/value/cursor.h"

/* A language tag: members of Content-Language. A culprit begins with the "-" of a subtag. */
bool language_is_tag(struct text value, struct text *culprit);

/* A basic language range: the names in Accept-Language. */
bool language_is_range(struct text value, struct text *culprit);

#endif
