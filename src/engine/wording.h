/*
 * wording.h - the message of a rule, with `<...>` holes for what was seen.
 *
 * Holes are subjects, `culprit` or `earlier` (a frame), checked when the rule is loaded. What fills them are octets of
 * the wire as they came, cut to a length: reporters escape.
 */
#ifndef HTTPLINT_ENGINE_WORDING_H
#define HTTPLINT_ENGINE_WORDING_H

#include "engine/loading.h"

struct wording;

/* The message in a node; NULL and errors if a hole is no subject. `\<` is the octet itself. */
const struct wording *wording_compile(struct loading *, const struct node *);

/* The words for a finding, in `arena`; each hole gives at most `hole_max` octets. */
struct text wording_fill(const struct wording *, const struct view *, struct text culprit, size_t hole_max,
                         struct arena *arena);

#endif
