/*
 * target.h - the four forms of a request target (RFC 9112 3.2). Pure views.
 */
#ifndef HTTPLINT_HTTP_VALUE_TARGET_H
#define HTTPLINT_HTTP_VALUE_TARGET_H

#include "http/value/uri.h"

enum target_form {
    TARGET_ORIGIN,             /* begins with '/' */
    TARGET_ABSOLUTE,           /* begins with a scheme */
    TARGET_AUTHORITY,          /* host ":" port */
    TARGET_ASTERISK,
    TARGET_NONE                /* none of these: empty, a relative path */
};

/* Of the URI those parts are set that the form has: path, query; all; authority, host; none. */
struct target {
    enum target_form form;
    struct uri uri;
};

/* The form is what the target looks like: with CONNECT always the authority form, and without it,
 * where what stands behind the only ':' is digits. False if the octets do not fit the form, or
 * there is none. A fragment fits no form. */
bool target_read(struct text value, bool is_connect, struct target *, struct text *culprit);

#endif
