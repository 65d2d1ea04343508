/*
 * coding.h - transfer codings: members of Transfer-Encoding and TE (RFC 9110 10.1.4, RFC 9112 7).
 * Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_CODING_H
#define HTTPLINT_HTTP_VALUE_CODING_H

#include "http/value/parameter.h"
#include "http/value/weight.h"

struct coding {
    struct text name;
    struct text parameters;    /* for parameter.h; the weight is among them */
    struct weight weight;      /* of a member of TE */
};

/* token *( OWS ";" OWS token BWS "=" BWS value ): of Transfer-Encoding. */
bool coding_read(struct text member, struct coding *, struct text *culprit);

/* The same with a weight as its last parameter, or "trailers" alone: of TE. */
bool coding_read_te(struct text member, struct coding *, struct text *culprit);

#endif
