/*
 * transcript.h - exchanges as a person writes them: `.http` text becomes steps for a session.
 *
 * The parser is pure: text in, cases out, each mistake with its place. It knows the markers and
 * nothing of HTTP. Each case is by itself: it has a client, a server and connections of its own, and its clock begins
 * at TRANSCRIPT_BEGIN_US. A marker that names no connection goes on with that of the marker before; the first one of a
 * case means connection 1. A connection that no `---` line ends is closed where its case ends, first by the client and
 * then by the server, so that everything in it is judged with all evidence.
 */
#ifndef HTTPLINT_INPUT_TRANSCRIPT_H
#define HTTPLINT_INPUT_TRANSCRIPT_H

#include "base/errors.h"
#include "httplint.h"

#define TRANSCRIPT_BEGIN_US INT64_C(1767225600000000)   /* Thu, 01 Jan 2026 00:00:00 GMT */

/* One line of a block, or what happens to a side. */
struct transcript_step {
    bool is_event;                           /* for httplint_event, else for httplint_octets */
    enum httplint_event event;
    struct httplint_chunk chunk;             /* `frame` is the line in the text; `connection` is
                                              * another one in each case; `file_at` is the
                                              * offset in the text */
};

struct transcript_case {
    struct text title;
    unsigned line;                           /* of the title */
    bool has_expect;                         /* an `expect:` line stands there, be it empty */
    size_t ids_at, nids;                     /* those expected: transcript.ids[ids_at] and on */
    size_t steps_at, nsteps;                 /* likewise, of transcript.steps */
};

struct transcript {
    struct transcript_case *cases;
    struct text *ids;
    struct transcript_step *steps;
    size_t ncases, nids, nsteps;
    uint8_t *octets;                         /* what the chunks view */
    size_t noctets;
};

/* True if the text that begins so is meant as a transcript: after comments comes `=== `. */
bool transcript_sniff(struct text begin);

/* NULL if anything is wrong; then every mistake was reported, in the file `name`. Titles and ids
 * view `source`. Freed by transcript_free. */
struct transcript *transcript_parse(struct text source, const char *name, struct errors *errors);
void transcript_free(struct transcript *);

#endif
