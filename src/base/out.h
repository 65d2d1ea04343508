/*
 * out.h - what is written: a buffered writer over a file descriptor, or over growing memory.
 *
 * Errors stick: after the first one nothing more is written, and out_error() tells it to whoever
 * asks at the end. A writer over a descriptor asks for no memory once it is made, waits where the
 * descriptor would block and goes on after EINTR. One thread at a time.
 */
#ifndef HTTPLINT_BASE_OUT_H
#define HTTPLINT_BASE_OUT_H

#include "base/text.h"

struct out;

/* A writer over a descriptor (which stays the caller's, unless out_close ends it) or over memory.
 * Freed by out_free; flush before. */
struct out *out_new(int descriptor);
struct out *out_new_memory(void);
void out_free(struct out *);

/* The end of a writer over a descriptor: flushes, closes the descriptor, frees. Gives the errno of the
 * first failure, 0 if all was written. */
int out_close(struct out *);

void out_text(struct out *, struct text);
void out_string(struct out *, const char *);
void out_number(struct out *, uint64_t);

/* `count` times the octet. */
void out_repeat(struct out *, char octet, size_t count);

/* Octets of unknown origin, so that they neither steer a terminal nor end the line: control octets,
 * DEL, what is not UTF-8, C1 and characters that hide or turn text around are written as \xHH, \t,
 * \r, \n; the backslash as \\. No two texts look alike. */
void out_visible(struct out *, struct text);

/* Writes what is held. False if this or anything before failed. Over memory: does nothing. */
bool out_flush(struct out *);

/* As if writing had failed with this errno: what should have been written is lost. */
void out_fail(struct out *, int error);

/* The errno of the first failure, 0 if there was none. */
int out_error(const struct out *);

/* What is held and not yet written: over memory, all since the last out_clear. Valid until the next
 * call. */
struct text out_held(const struct out *);

/* Forgets what is held. */
void out_clear(struct out *);

#endif
