/*
 * gauges.h - what --metrics tells of a live run: counts that the totals of the session lack, and the door where all
 * of them are asked for.
 *
 * One thread: the one that reads packets keeps the counts and answers, so a scrape sees numbers that fit together,
 * and nobody waits for anybody. All that it opens it opens in gauges_open.
 */
#ifndef HTTPLINT_CLI_GAUGES_H
#define HTTPLINT_CLI_GAUGES_H

#include "base/errors.h"
#include "httplint.h"
#include "input/live.h"

struct gauges;

/* Listens at `place`. `rules` must live until gauges_adopt or the end. NULL with an error. */
struct gauges *gauges_open(const char *place, const httplint_rules *rules, struct errors *errors);
void gauges_close(struct gauges *);

/* Where it listens, as a URL. */
const char *gauges_url(const struct gauges *);

void gauges_findings(struct gauges *, const struct httplint_finding *, size_t nfindings);

/* The first packet of a turn, the one that waited longest. */
void gauges_waited(struct gauges *, int64_t time_us);

/* Other rules are in use; counts of rules that they share with those before go on. NULL: they had mistakes, nothing
 * changes. */
void gauges_reloaded(struct gauges *, const httplint_rules *rules);

/* Answers whoever asks. Once a turn. */
void gauges_serve(struct gauges *, const httplint *session, const struct live *live);

#endif
