/*
 * tally.h - exchanges and findings by server and by status, for --statistics.
 *
 * Bounded: servers beyond the first TALLY_SERVERS_MAX of an input are counted as one, so that no
 * capture can make it grow. The sums of several inputs are the same in every run.
 */
#ifndef HTTPLINT_CLI_TALLY_H
#define HTTPLINT_CLI_TALLY_H

#include "base/out.h"
#include "httplint.h"

enum { TALLY_SERVERS_MAX = 1024 };

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *);

void tally_exchange(struct tally *, const struct httplint_exchange *,
                    const struct httplint_finding *findings, size_t nfindings);
void tally_add(struct tally *sum, const struct tally *part);

/* Two tables: the servers with the most findings, and the statuses with how often they were seen. */
void tally_tell(const struct tally *, const struct httplint_summary *, struct out *);

#endif
