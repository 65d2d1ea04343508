/*
 * link.h - members of Link (RFC 8288 3). Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_LINK_H
#define HTTPLINT_HTTP_VALUE_LINK_H

#include "http/value/list.h"
#include "http/value/parameter.h"

struct link {
    struct text target;        /* without the angle brackets */
    struct text parameters;    /* for parameter.h; names may have no value */
};

/* The list with commas parted as Link wants it: those in angle brackets part nothing. */
struct list_reader link_list(struct list_reader);

/* "<" URI-Reference ">" *( OWS ";" OWS [ link-param ] ) */
bool link_read(struct text member, struct link *, struct text *culprit);

/* Does its first rel name the relation, in any case? */
bool link_has_relation(const struct link *, struct text relation);

#endif
