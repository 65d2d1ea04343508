/*
 * host.h - host and port of an authority (RFC 3986 3.2.2, 3.2.3; RFC 9110 7.2). Pure.
 */
#ifndef HTTPLINT_HTTP_VALUE_HOST_H
#define HTTPLINT_HTTP_VALUE_HOST_H

#include "http/value/cursor.h"

enum host_kind { HOST_NAME, HOST_IPV4, HOST_IPV6, HOST_FUTURE };

struct host {
    enum host_kind kind;
    struct text name;          /* with its brackets, if any; may be empty */
    struct text port;          /* its digits; may be empty though there is a ':' */
    bool has_port;
};

/* uri-host [ ":" port ]: Host, the authority of a URI without userinfo, the target of CONNECT. */
bool host_read(struct text value, struct host *, struct text *culprit);

/* The same of the host alone. */
bool host_is_name(struct text value, enum host_kind *, struct text *culprit);

bool host_is_ipv4(struct text value);
bool host_is_ipv6(struct text value);    /* without brackets */

/* 1 to 65535; 0: there is none, or it is out of range. */
uint16_t host_port(const struct host *);

#endif
