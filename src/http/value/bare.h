/*
 * bare.h - the bare items that structured fields are made of (RFC 9651 3.3, 4.2.3). Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_BARE_H
#define HTTPLINT_HTTP_VALUE_BARE_H

#include "http/value/cursor.h"

enum bare_kind {
    BARE_INTEGER,
    BARE_DECIMAL,
    BARE_STRING,
    BARE_TOKEN,
    BARE_BYTES,
    BARE_BOOLEAN,
    BARE_DATE,
    BARE_DISPLAY
};

/* Takes a bare item. False: the cursor stands at the octet at fault. */
bool bare_take(struct text *rest, enum bare_kind *);

#endif
