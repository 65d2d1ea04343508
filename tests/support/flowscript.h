/*
 * flowscript.h - flow driven by a few lines of text, and what it says as a line of text.
 *
 * One segment a line: END FLAGS SEQ [ACK] ['octets'] [options]. END is `>` (10.0.0.1:1000 sends)
 * or `<` (10.0.0.2:80 answers); FLAGS are letters of S A F R U P, `-` for none. Options: bad (its
 * checksum), left (to the network card), ts=N, wire=N (octets of data that it had), +N (microseconds
 * since the last one; 1000 if not given), port=N (another connection), rep=N (the segment N times
 * over). `tick N` calls flow_tick N microseconds later, `finish` flow_finish. Frames count the lines from 1.
 *
 * What comes back, in one line, connection 0 without its number in front:
 *     open, open? (opener unknown), open< (the answering end is ends[0])
 *     >0:abc octets at 0, >0?abc doubtful, >0=abc repeated, >3-10 gap of 10 at 3
 *     >fin >rst >unseen the end of a direction, close, !gap@7 a note about frame 7
 */
#ifndef HTTPLINT_TESTS_FLOWSCRIPT_H
#define HTTPLINT_TESTS_FLOWSCRIPT_H

#include <stddef.h>

#include "base/limits.h"

struct flowscript_row {
    const char *name, *script, *expected;
};

/* What flow says to the script, a flow_finish added at its end; `limits` may be NULL. The text is overwritten by the
 * next call. Ends in " HELD" if anything is still held at the end. */
const char *flowscript_run(const char *script, const struct limits *limits);

/* Runs each row and compares; failures print the row's name and both texts. */
void flowscript_check(const struct flowscript_row *rows, size_t nrows, const struct limits *limits);

#endif
