/*
 * made.h - messages and exchanges from text, for tests that need no parser.
 *
 * A trivial splitter: the head must be well formed, each line ending in CR LF or LF. The message
 * is whole, its body measured and empty; tests change what they want before they judge. All of it
 * lives in the arena.
 */
#ifndef TESTS_SUPPORT_MADE_H
#define TESTS_SUPPORT_MADE_H

#include "http/exchange.h"

/* Stream offset and frame of the first head octet of every made message. */
enum { MADE_STREAM_AT = 1000, MADE_FRAME = 7 };

/* A request, or a response if the start line begins with "HTTP/". Trailer lines may follow the empty line. */
struct message *made_message(struct arena *, const struct names *, const char *head);

/* An exchange; NULL for what was not captured. Interim responses come first: separate heads with a form feed. */
struct exchange *made_exchange(struct arena *, const struct names *, const char *request, const char *responses);

#endif
