/*
 * spool.h - octets that have to wait until others are written: in memory while they are few, then in a temporary file
 * without a name, in $TMPDIR or /tmp.
 *
 * Nothing is left behind, however the process ends. Where no such file can be made, all stays in memory.
 */
#ifndef HTTPLINT_BASE_SPOOL_H
#define HTTPLINT_BASE_SPOOL_H

#include "base/out.h"

struct spool;

/* Empty. Freed by spool_free. */
struct spool *spool_new(void);
void spool_free(struct spool *);

/* At the end, whole or, should memory run out within, not at all. */
void spool_text(struct spool *, struct text);

uint64_t spool_octets(const struct spool *);

/* Writes all to `to`, and asks for no memory if that is a descriptor's. What the disk did not take or give back is an
 * error of `to`. */
void spool_write(struct spool *, struct out *to);

/* The same for the first octets alone, at most as many. */
void spool_write_first(struct spool *, uint64_t octets, struct out *to);

/* Forgets all. */
void spool_clear(struct spool *);

#endif
