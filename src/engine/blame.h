/*
 * blame.h - which octets of a message are at fault when a rule is broken, and where they came.
 *
 * Looked for only once a rule is known to be broken; deciding itself keeps no traces. Views into
 * the messages; nothing fails: where nothing can be pointed at, it is the start of the message.
 */
#ifndef HTTPLINT_ENGINE_BLAME_H
#define HTTPLINT_ENGINE_BLAME_H

#include "engine/compiled.h"

struct spot {
    struct text culprit;           /* empty: the message as a whole */
    struct text field;             /* name of the field line that holds it; empty: none */
    uint64_t frame, offset;        /* of the culprit's first octet, or of the message's */
    uint64_t file_at, file_octets; /* as in a finding */
};

/* The spot of a broken rule in `about`. `culprit`: what its check pointed at, or the empty text. */
struct spot blame_find(const struct compiled *, const struct view *, const struct message *about,
                       struct text culprit);

#endif
