/*
 * octets_drive.h - two byte strings through the HTTP stage, and what came out of it as text.
 *
 * A script is a list of steps in the order in which they happen. It can be fed whole or cut at
 * random; every piece is a frame of its own. What comes out is written down twice: as a summary
 * to be read in tables, and as all facts there are, in which frames are left out: those are held
 * against the frame that did carry the octet, and where they differ the facts say so.
 *
 * Summary, an exchange each, with "; " between them:
 *     GET /a{anomaly,anomaly} length:5 -> 200 length:5 -missing
 * `?` for no request, `none` for no response. A message: the body as FRAMING:octets, left out if it is none:0; then
 * `/end` unless it is whole, `+n` stray octets, `~` not measured, `'n` chunks, `!` doubtful. Notes follow: # code code.
 */
#ifndef HTTPLINT_TESTS_OCTETS_DRIVE_H
#define HTTPLINT_TESTS_OCTETS_DRIVE_H

#include "base/limits.h"
#include "base/text.h"
#include "flow/flow.h"

enum octets_what { OCTETS_END, OCTETS_DATA, OCTETS_DOUBTFUL, OCTETS_AGAIN, OCTETS_LOST, OCTETS_OVER, OCTETS_TIME };

struct octets_step {
    enum octets_what what;
    int direction;             /* 0: the client in what the macros below call so */
    struct text octets;
    uint64_t number;           /* octets lost, enum flow_end, microseconds, stream offset of what comes again */
};

#define CLIENT(literal) { OCTETS_DATA, 0, TEXT_INIT(literal), 0 }
#define SERVER(literal) { OCTETS_DATA, 1, TEXT_INIT(literal), 0 }
#define DOUBTFUL(direction, literal) { OCTETS_DOUBTFUL, direction, TEXT_INIT(literal), 0 }
#define AGAIN(direction, at, literal) { OCTETS_AGAIN, direction, TEXT_INIT(literal), at }
#define LOST(direction, missing) { OCTETS_LOST, direction, { 0, 0 }, missing }
#define OVER(direction, end) { OCTETS_OVER, direction, { 0, 0 }, FLOW_END_##end }
#define TIME(us) { OCTETS_TIME, 0, { 0, 0 }, us }
#define STEPS(...) (const struct octets_step[]){ __VA_ARGS__, { OCTETS_END, 0, { 0, 0 }, 0 } }

enum { OCTETS_WHOLE = 0, OCTETS_SINGLE = 1 };    /* cuts; all else seeds random ones */

struct octets_how {
    const struct limits *limits;   /* NULL: the defaults */
    uint64_t cuts;
    bool keeps_bodies;
    bool is_summary_only;
    unsigned before;               /* so often it all came before, on connections of their own: heads are known by then */
};

/* Both texts end in NUL; freed by octets_free. Directions that no step ends are ended UNSEEN. */
struct octets_result {
    char *summary, *facts;
    size_t facts_len;
    uint64_t exchanges, streams;
    size_t held_most;          /* octets that were held at most, after any piece */
    size_t held_last;          /* after the connection was closed */
};

struct octets_result octets_run(const struct octets_step *, const struct octets_how *);
void octets_free(struct octets_result *);

/* Cuts do not matter, nor does what came before: true if all facts are the same fed whole, octet by octet, in `rounds` random
 * cuts, and after the same heads on other connections, and each frame is right; else says on standard output what differs. */
bool octets_law(const char *name, const struct octets_step *, const struct octets_how *, unsigned rounds);

/* A row of a table. True if the summary is the expected one and the law above holds; else prints both. */
struct octets_case {
    const char *name;
    const struct octets_step *steps;
    const char *expected;
};
bool octets_case_holds(const struct octets_case *, const struct octets_how *);

#endif
