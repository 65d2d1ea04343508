/*
 * report.h - a reporter turns records into one format and owns its escaping.
 *
 * Reporters are plain data to the command: a table of functions over a state of their own. They
 * see httplint.h and base/ only, never change a record and keep no view after a call.
 */
#ifndef HTTPLINT_REPORT_REPORT_H
#define HTTPLINT_REPORT_REPORT_H

#include "base/out.h"
#include "httplint.h"

struct report_options {
    enum httplint_severity min_severity; /* findings below it are not shown (but counted) */
    int fail_on;                         /* the least severity that fails; HTTPLINT_ERROR + 1: none does */
    bool has_baseline;                   /* a finding that is not in the baseline is new */
    bool shows_exchanges;                /* every exchange, not only those with findings */
    bool shows_secrets;                  /* Authorization and the like are not masked */
    bool shows_notes;                    /* text: each note, not only their counts */
    bool is_coloured;
    bool is_quiet;                       /* no summary on standard error */
};

struct report;

struct reporter {
    const char *name;                    /* as in --format NAME */
    bool wants_all;                      /* exchanges without findings too, whatever the options say */
    /* A report that writes to `out`, which must outlive it. */
    struct report *(*begin)(const struct report_options *, struct out *out);
    /* One exchange of `file` with its findings; called also without findings. */
    void (*exchange)(struct report *, const char *file, const struct httplint_exchange *,
                     const struct httplint_finding *, size_t nfindings);
    /* Those that have nothing to say of these records have NULL. */
    void (*note)(struct report *, const char *file, const struct httplint_note *);
    void (*statistics)(struct report *, const struct httplint_rule *, const struct httplint_rule_counts *);
    void (*rule)(struct report *, const struct httplint_rule *);          /* --list-rules */
    /* Not all that was named could be read, or the run broke off: called before `end`. NULL where nothing is said. */
    void (*broken)(struct report *);
    /* The totals of `inputs` inputs (NULL: nothing was linted); the report is gone when it returns. Should memory run
     * out within, it is called anew: until all is written it must not free what it needs. */
    void (*end)(struct report *, const struct httplint_summary *, size_t inputs);
};

/* The reporters that there are, ended by NULL. */
extern const struct reporter *const reporters[];

/* NULL if there is none of that name. */
const struct reporter *reporter_find(const char *name);

#endif
