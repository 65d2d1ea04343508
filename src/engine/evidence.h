/*
 * evidence.h - what has to be seen for a rule to be decided, and what was lacking where it could
 * not be.
 *
 * Read from the compiled rule, to explain it and to count: nothing is decided by it. What a check
 * looks at inside an exchange it does not tell, so the answers are the nearest that are known.
 */
#ifndef HTTPLINT_ENGINE_EVIDENCE_H
#define HTTPLINT_ENGINE_EVIDENCE_H

#include "engine/compiled.h"

/* LACK(enumerator, name): the most likely reason why a rule was undecidable. */
#define LACKS(LACK)                                                                                \
    LACK(REQUEST, "request-unseen")                                                                \
    LACK(RESPONSE, "response-unseen")                                                              \
    LACK(PAIRING, "pairing-unsure")   /* which request the response answers */                     \
    LACK(GAP, "gap")                  /* octets of a body were lost */                             \
    LACK(CUT, "cut")                  /* a body was not seen to its end */                         \
    LACK(HISTORY, "history")          /* earlier exchanges */                                      \
    LACK(UNTOLD, "not-recorded")      /* whoever told the messages as fields does not know it */  \
    LACK(OTHER, "other")

enum lack {
#define LACK(enumerator, name) LACK_##enumerator,
    LACKS(LACK)
#undef LACK
    LACK_COUNT
};

/* A static string. */
const char *lack_name(enum lack);

/* enum evidence bits of a rule whose conditions are compiled. */
unsigned evidence_needed(const struct compiled *);

/* Why the rule, which was undecidable in this view, was so. */
enum lack evidence_lacking(const struct compiled *, const struct view *);

#endif
