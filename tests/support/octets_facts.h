/*
 * octets_facts.h - an exchange written down as text.
 */
#ifndef HTTPLINT_TESTS_OCTETS_FACTS_H
#define HTTPLINT_TESTS_OCTETS_FACTS_H

#include <stdio.h>

#include "http/exchange.h"

/* The frame that carried the octet at a stream offset of a direction; 0: none did. */
struct octets_frames {
    uint64_t (*frame)(const void *context, int direction, uint64_t stream_at);
    const void *context;
};

/* The summary that octets_drive.h describes, and all facts; frames that are wrong make a line "WRONG FRAME". */
void octets_summary(FILE *, const struct exchange *);
void octets_facts(FILE *, const struct exchange *, const struct octets_frames *);

/* The anomalies of a message, sorted by kind, each once: "{a,b}"; nothing if there are none. */
void octets_anomalies(FILE *, const struct message *);

/* "length" and so on, as a static string. */
const char *octets_framing_name(enum framing);

#endif
