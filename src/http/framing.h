/*
 * framing.h - where a message ends, by its head (RFC 9112 6.3).
 *
 * Pure: reads the field table of a scanned message and what it answers, sets body.framing and
 * body.announced, and records what is odd about the fields that say it.
 */
#ifndef HTTPLINT_HTTP_FRAMING_H
#define HTTPLINT_HTTP_FRAMING_H

#include "base/arena.h"
#include "http/message.h"

/* `request` is what a response answers: METHOD_UNKNOWN if that is not known or matters not. */
void framing_decide(struct arena *, struct message *, enum method request);

#endif
