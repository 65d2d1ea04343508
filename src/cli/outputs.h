/*
 * outputs.h - the reports of one run, each in its format to its own file: what is told to one is
 * told to all.
 *
 * Owns the files it opened, and closes them. One record at a time: calls of several threads wait
 * for each other, so that whoever has to end the reports early finds no record half written.
 */
#ifndef HTTPLINT_CLI_OUTPUTS_H
#define HTTPLINT_CLI_OUTPUTS_H

#include "base/errors.h"
#include "cli/marks.h"
#include "cli/opener.h"
#include "cli/options.h"

struct outputs;

/* Opens what --format and --syslog name; `standard` is the descriptor of standard output. NULL with errors if a
 * file cannot be opened, or is one of the `inputs`. */
struct outputs *outputs_new(const struct options *, int standard, const struct words *inputs,
                            struct errors *errors);

void outputs_exchange(struct outputs *, const char *file, const struct httplint_exchange *,
                      const struct httplint_finding *, size_t nfindings);
void outputs_note(struct outputs *, const char *file, const struct httplint_note *);
void outputs_statistics(struct outputs *, const struct httplint_rule *,
                        const struct httplint_rule_counts *);
void outputs_rule(struct outputs *, const struct httplint_rule *);

/* From now on `marks` has its word on every finding before it is told; it stays the caller's. */
void outputs_mark(struct outputs *, struct marks *);

/* Not all that was named could be read, or the run broke off: to be said before outputs_end. */
void outputs_tell_broken(struct outputs *);

/* True if a report is about exchanges without findings too. */
bool outputs_want_all(const struct outputs *);

/* From now on each record is written at once: somebody waits for it. */
void outputs_be_prompt(struct outputs *);

/* Closes the files and opens what has their names now, to append: somebody has moved them away. Reports go on where they
 * are. False with errors; then the old files are written on. */
bool outputs_reopen(struct outputs *, struct opener *, struct errors *errors);

/* True once nothing can be written to any of them. */
bool outputs_are_broken(struct outputs *);

/* Ends all reports (summary NULL: there is none) and writes what is held. May be called again from
 * within, because memory ran out: those that have ended stay so, the one that was at it does it
 * anew. */
void outputs_end(struct outputs *, const struct httplint_summary *summary, size_t inputs);

/* After outputs_end: false if anything was not written; what a person should know of it goes to
 * `errors`. A reader that went away (EPIPE) knows already. Frees the outputs. */
bool outputs_close(struct outputs *, struct errors *errors);

#endif
