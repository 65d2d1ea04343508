/*
 * metrics.h - the numbers of a live run in the text format of Prometheus, version 0.0.4.
 *
 * Pure: figures in, text out. Each family is written with its HELP and TYPE, in one piece, and with all of its labels
 * from the first time on, so that an increase is seen even where it is the first. Labels take few values: interfaces,
 * loaded rules, codes of notes, classes of status codes; nothing that the wire sends is one.
 */
#ifndef HTTPLINT_SERVICE_METRICS_H
#define HTTPLINT_SERVICE_METRICS_H

#include "base/out.h"
#include "httplint.h"

/* The Content-Type of what is written. */
#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

struct metrics_rule {
    struct httplint_text id;
    enum httplint_severity severity;               /* its own, which findings may fall below */
    uint64_t findings[HTTPLINT_ERROR + 1];         /* by severity */
};

struct metrics_interface {
    const char *name;
    uint64_t dropped;                              /* packets, by the kernel */
    bool is_up;
};

struct metrics {
    const struct httplint_summary *totals;
    const struct metrics_rule *rules;
    size_t nrules;
    const struct metrics_interface *interfaces;
    size_t ninterfaces;
    int64_t lag_us;                                /* the longest that a packet waited to be read, of late */
    uint64_t reloads, failed_reloads;
    bool has_failed_reload;                        /* the last one did */
    int64_t started_us;                            /* since 1970 */
    int64_t processor_us;                          /* of all threads, user and system */
    uint64_t resident_octets;
};

void metrics_write(struct out *, const struct metrics *);

#endif
