/*
 * sniff.h - could these octets begin an HTTP/1 message?
 *
 * Pure recognisers of start lines. `strict` is for octets of which nothing is known, where only
 * what surely is a start line may be taken for one; without it, for a place where a message is due.
 */
#ifndef HTTPLINT_HTTP_SNIFF_H
#define HTTPLINT_HTTP_SNIFF_H

#include "base/text.h"

enum sniff { SNIFF_NO, SNIFF_MAYBE, SNIFF_YES };

/* Octets after which a status line is decided either way. */
enum { SNIFF_STATUS_OCTETS = 13 };

/* The octets begin (YES), cannot begin (NO) a status line, or are too few to tell (MAYBE). Strict: HTTP/1.0 or 1.1, SP,
 * three digits, and SP, CR or LF; else "HTTP/" does. */
enum sniff sniff_status_line(struct text octets, bool is_strict);

/* The octets, which hold no LF, may still become a request line. */
bool sniff_request_prefix(struct text octets, bool is_strict);

/* Where a request line is looked for: where a message is due, where octets were lost before, or at the first octets of a
 * direction that is taken up in mid-stream. */
enum sniff_place { SNIFF_DUE, SNIFF_LOST, SNIFF_FIRST };

/* A line, without its line end, is a request line: a method, a target and a word that begins with "HTTP/"; where the
 * method is known and the target a path, the version may be missing or spoilt. Where none is due: a known method that is
 * not the end of another one, any target (after a loss: without blanks), HTTP/1.0 or 1.1 (RFC 9112 3). The preface of HTTP/2 is none. */
bool sniff_request_line(struct text line, enum sniff_place);

/* The octets, which are too few for a start line, begin one all the same: "HTTP/", or a method that is known and a blank. */
bool sniff_is_cut(struct text octets);

/* The octets begin a TLS record of a handshake (RFC 8446 5.1). */
enum sniff sniff_tls(struct text octets);

#endif
