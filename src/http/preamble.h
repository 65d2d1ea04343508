/*
 * preamble.h - what may stand before HTTP on a connection: SOCKS (RFC 1928, RFC 1929, SOCKS 4a), the PROXY protocol.
 *
 * Both are spoken once, at the beginning of a direction, and what follows is as if they had not
 * been there. Pure; the octets are told apart by their form alone, the same for both ends.
 */
#ifndef HTTPLINT_HTTP_PREAMBLE_H
#define HTTPLINT_HTTP_PREAMBLE_H

#include "http/sniff.h"

/* The first octets of a direction are a whole preamble of `len` octets (YES), may become one (MAYBE), or none (NO). */
enum sniff preamble_read(struct text octets, size_t *len);

/* This octet may begin one that is no line of text, so that it has to be read octet by octet. */
bool preamble_is_binary(char first);

#endif
