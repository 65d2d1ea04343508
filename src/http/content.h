/*
 * content.h - the content of a message with its codings undone, as far as it is known.
 *
 * Works on body.sample, once for each message: what it makes of it lives in the exchange's arena. At
 * most two codings and limits.decoded_octets. What cannot be undone is unknown, what was cut is a
 * beginning.
 */
#ifndef HTTPLINT_HTTP_CONTENT_H
#define HTTPLINT_HTTP_CONTENT_H

#include "http/exchange.h"

struct content {
    struct text octets;        /* from the first one on */
    bool is_whole;             /* that is all of it */
    bool is_read, is_known;    /* of content.c */
};

/* NULL if nothing is known of it: a coding that we do not have, or whose octets are damaged (RFC 9110 8.4, RFC 9112 7).
 * Without a sample that was kept (message.h) it is known only that there is nothing, where that is so. */
const struct content *content_of(const struct exchange *, const struct message *);

#endif
