/*
 * marks.h - what the command knows of findings beside what the rules say: the baseline, the capture
 * to compare with, what inputs are expected to show.
 *
 * It sees every finding in the order in which they are told, one thread at a time, marks it, and
 * counts those that do not fail.
 */
#ifndef HTTPLINT_CLI_MARKS_H
#define HTTPLINT_CLI_MARKS_H

#include "base/errors.h"
#include "base/file.h"
#include "cli/expect.h"
#include "cli/options.h"

enum marks_stage {
    MARKS_LEARN, /* the capture to compare with is read, nothing is told */
    MARKS_TELL,  /* the inputs */
    MARKS_FIXED  /* the former again; told is only what did not occur in the inputs */
};

struct marks;

/* What the options name is read; NULL, with errors, if anything is wrong with it. Begins with MARKS_TELL. */
struct marks *marks_new(const struct options *, struct errors *errors);
void marks_free(struct marks *);

void marks_enter(struct marks *, enum marks_stage);
enum marks_stage marks_stage(const struct marks *);

/* Expectations of the inputs, which stay the caller's; NULL: none. */
void marks_expect(struct marks *, struct expectations *);

/* The findings of an exchange of `file` as they are told, `*count` of them: valid until the next call. */
const struct httplint_finding *marks_apply(struct marks *, const char *file, const struct httplint_exchange *,
                                           const struct httplint_finding *, size_t *count);

/* How many findings of that severity do not fail. */
uint64_t marks_excused(const struct marks *, enum httplint_severity);

/* True if something found is in the old capture and not in the inputs. */
bool marks_are_fixed(struct marks *);

/* Once all was seen: writes the baseline if that is wanted, and tells what of expectations and a strict baseline is not
 * met. The baseline is opened through the door. False if anything is not; what could not be written is in `errors`. */
bool marks_conclude(struct marks *, bool is_whole, const struct file_door *, struct out *err, struct errors *errors);

/* Lines of the summary: "2 known by the baseline", "3 new, 1 fixed, 5 unchanged since OLD"; none where nothing is
 * known. */
void marks_tell(const struct marks *, struct out *);

#endif
