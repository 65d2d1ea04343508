/*
 * decided.h - conditions decided over made exchanges, for tests of the rule language.
 */
#ifndef TESTS_SUPPORT_DECIDED_H
#define TESTS_SUPPORT_DECIDED_H

#include "engine/cond.h"
#include "tests/support/loaded.h"
#include "tests/support/made.h"

/* One exchange and all that is needed to ask about it. */
struct decided {
    struct arena_pool *pool;
    struct arena *arena;
    struct names *names;
    struct exchange *exchange;
    struct view view;
    struct loading loading;
    struct errors errors;
};

/* NULL for what was not captured; the final response is the message that is looked at, else the request. */
void decided_open(struct decided *, const char *request, const char *responses);
void decided_close(struct decided *);

/* The message, to be changed before something is asked. */
struct message *decided_request(struct decided *);
struct message *decided_response(struct decided *);

/* The condition of the YAML words; false if they are none. */
bool decided_compile(struct decided *, const char *yaml, struct cond *);

/* "yes", "no", "unknown", or the first error. */
const char *decided_truth(struct decided *, const char *yaml);

#endif
