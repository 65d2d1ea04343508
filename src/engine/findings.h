/*
 * findings.h - the findings of one exchange: gathered in whatever order rules are found broken, told by message and offset,
 * and no more of them than the limits allow.
 */
#ifndef HTTPLINT_ENGINE_FINDINGS_H
#define HTTPLINT_ENGINE_FINDINGS_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/note.h"
#include "engine/finding.h"

/* Empty at first. The items live in the arenas that were passed. */
struct findings {
    struct pending *items;
    size_t count, room;
};

/* One more. `response`: that was looked at, or NULL; `order`: of the message that it is about, the request being 0, responses
 * counted from 1. */
void findings_add(struct findings *, struct arena *, const struct finding *, const struct message *response, uint32_t order);

/* Connections whose findings are counted at the same time; two that share a place start anew in turn. */
enum { TELLER_CONNECTIONS = 1024 };

struct teller_count {
    uint64_t number, findings;
};

/* Whom findings are told to, and how many were, by connection. */
struct teller {
    const struct limits *limits;
    struct finding_sink sink;
    struct note_sink notes;
    struct teller_count *connections;      /* TELLER_CONNECTIONS of them; NULL until there is a finding */
};

/* The limits must outlive it. */
void teller_begin(struct teller *, const struct limits *, struct finding_sink, struct note_sink);
void teller_end(struct teller *);

/* Reaching a limit is told once, as a note. Returns how many were told; x->response is that of each in turn. */
unsigned findings_tell(struct findings *, struct teller *, struct exchange *x);

#endif
