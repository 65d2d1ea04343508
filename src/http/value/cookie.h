/*
 * cookie.h - Set-Cookie and Cookie (RFC 6265 4.1.1, 4.2.1, with the blanks that its successor
 * allows). Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_COOKIE_H
#define HTTPLINT_HTTP_VALUE_COOKIE_H

#include "http/value/cursor.h"

/* ATTRIBUTE(enumerator, name) */
#define COOKIE_ATTRIBUTES(ATTRIBUTE)                                                               \
    ATTRIBUTE(EXPIRES, "Expires")                                                                  \
    ATTRIBUTE(MAX_AGE, "Max-Age")                                                                  \
    ATTRIBUTE(DOMAIN, "Domain")                                                                    \
    ATTRIBUTE(PATH, "Path")                                                                        \
    ATTRIBUTE(SECURE, "Secure")                                                                    \
    ATTRIBUTE(HTTP_ONLY, "HttpOnly")                                                               \
    ATTRIBUTE(SAME_SITE, "SameSite")                                                               \
    ATTRIBUTE(PARTITIONED, "Partitioned")

enum cookie_kind {
    COOKIE_UNKNOWN,
#define ATTRIBUTE(enumerator, name) COOKIE_##enumerator,
    COOKIE_ATTRIBUTES(ATTRIBUTE)
#undef ATTRIBUTE
    COOKIE_COUNT
};

struct cookie {
    struct text name;
    struct text value;         /* without DQUOTEs around it */
    struct text attributes;    /* of Set-Cookie: from the first ';' on, for cookie_next_attribute */
};

struct cookie_attribute {
    enum cookie_kind kind;
    struct text name, value;
    bool has_value;
};

/* A Set-Cookie: name=value and attributes. Whether attributes are right is not asked; blanks about
 * '=' and ';' pass. */
bool cookie_read_set(struct text value, struct cookie *, struct text *culprit);

/* The next attribute behind a ';'. */
enum step cookie_next_attribute(struct text *rest, struct cookie_attribute *);

/* The first attribute of the kind; false if there is none. */
bool cookie_find(const struct cookie *, enum cookie_kind, struct cookie_attribute *);

/* Has the attribute a value where it needs one and none where it takes none, of the right grammar?
 * Expires: an IMF-fixdate. */
bool cookie_is_attribute_right(const struct cookie_attribute *);

/* The next name=value of a Cookie; `rest` is the value at first. Between two stands "; " and
 * nothing else. */
enum step cookie_next(struct text *rest, struct cookie *);

#endif
