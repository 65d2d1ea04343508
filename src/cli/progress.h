/*
 * progress.h - how far the reading is, on a terminal, once it lasts longer than a second.
 *
 * One line that is written over again and wiped at the end. Safe to call from several threads.
 */
#ifndef HTTPLINT_CLI_PROGRESS_H
#define HTTPLINT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* Over a descriptor; `whole` octets will be read (0: unknown). NULL if the descriptor is no
 * terminal: all below take it. */
struct progress *progress_new(int descriptor, uint64_t whole);
void progress_free(struct progress *);

/* So many octets more were read. */
void progress_add(struct progress *, uint64_t octets);

/* Shows a line of the caller's own instead; only if it is time for it, which progress_is_due tells. */
bool progress_is_due(struct progress *);
void progress_show(struct progress *, const char *line);

/* Wipes the line: something else is about to be written. */
void progress_hide(struct progress *);

#endif
