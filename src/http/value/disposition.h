/*
 * disposition.h - Content-Disposition, and extended parameter values (RFC 6266 4.1, RFC
 * 8187 3.2.1). Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_DISPOSITION_H
#define HTTPLINT_HTTP_VALUE_DISPOSITION_H

#include "http/value/parameter.h"

struct disposition {
    struct text type;
    struct text parameters;    /* for parameter.h */
};

struct extended {
    struct text charset, language;         /* language may be empty */
    struct text value;                     /* percent-encoded */
};

/* A type and parameters; a last ';' and blanks beside '=' pass. Whether values of parameter* are
 * extended ones is not asked. */
bool disposition_read(struct text value, struct disposition *, struct text *culprit);

/* ext-value: charset "'" [ language ] "'" value-chars, of a parameter whose name ends in '*'. */
bool disposition_read_extended(struct text value, struct extended *, struct text *culprit);

#endif
