/*
 * work.h - one input after the other is read, linted, told and added up; jobs.h runs several at
 * once.
 *
 * What a piece of work adds to the totals it adds in its turn, so nothing here needs a lock.
 */
#ifndef HTTPLINT_CLI_WORK_H
#define HTTPLINT_CLI_WORK_H

#include "cli/annotate.h"
#include "cli/jobs.h"
#include "cli/opener.h"
#include "cli/options.h"
#include "cli/outputs.h"
#include "cli/progress.h"
#include "cli/records.h"
#include "cli/tally.h"

struct work_input {
    const char *path;
    bool is_named;           /* named itself, not found in a folder */
    uint64_t octets;         /* its size; 0: not known, it may be a pipe */
    httplint *session;       /* while it is linted */
    struct records *records; /* told later; NULL once it is its turn */
    uint64_t read;           /* octets of it that the progress knows */
    struct tally *tally;     /* while it is linted; NULL without --statistics */
};

struct work {
    const struct options *options;
    const httplint_rules *rules;
    struct outputs *outputs;
    struct marks *marks;
    struct annotate *annotate; /* NULL without --annotate */
    struct monitor *monitor;   /* of a live capture, NULL: inputs are read */
    struct opener *opener;     /* of a live capture, likewise */
    struct out *err;
    int progress_descriptor;
    struct progress *progress; /* may be NULL */
    struct work_input *inputs;
    size_t ninputs;
    uint64_t octets;         /* of all inputs */
    size_t threads;          /* that may run at once */

    struct httplint_summary sum;         /* of the inputs that are done */
    size_t nread;                        /* inputs done that were captures */
    bool has_failed;                     /* an input could not be read whole */
    int fail_on;                         /* as enum httplint_severity, or FAIL_ON_NEVER */
    struct httplint_rule_counts *counts; /* by rule; NULL without --statistics */
    uint64_t *suppressed;                /* findings by suppression; NULL: there is none */
    struct tally *tally;                 /* of the inputs that are done; likewise */
    size_t turn;                         /* the input whose turn it is */
};

/* The work of jobs_run; the context is a struct work, the piece the number of an input. */
void work_input(void *context, struct jobs *, size_t piece);

/* Adds how often each rule was decided in a session, and what was suppressed, to what the work has counted. */
void work_add_counts(struct work *, const httplint *session);

/* The totals so far, what the input in turn has seen included. */
struct httplint_summary work_totals(const struct work *);

#endif
