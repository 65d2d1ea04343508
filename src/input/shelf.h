/*
 * shelf.h - the files in which packets are kept: one of the name that was asked for, or, where they follow each other,
 * NAME_00001_20261126123000.EXT for NAME.EXT: a number, and the time of its first packet in UTC.
 *
 * Those beyond the bound on their number are removed, the oldest first, as far as this run has made them. Files are opened
 * below a folder that was opened before, readable by their owner alone: captures hold secrets. What is written into them
 * is not the shelf's.
 */
#ifndef HTTPLINT_INPUT_SHELF_H
#define HTTPLINT_INPUT_SHELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/errors.h"

enum { SHELF_FILES_MAX = 100000 };

struct shelf_options {
    const char *path;
    bool is_rotating;                    /* files follow each other */
    uint64_t files_max;                  /* 0: no bound; at most SHELF_FILES_MAX */
};

struct shelf;

/* NULL with an error if nothing can be written there. `options` must outlive it. Freed by shelf_free; NULL is allowed. */
struct shelf *shelf_open(const struct shelf_options *, struct errors *errors);
void shelf_free(struct shelf *);

/* The next file: a descriptor of the caller's, or -1 with errno. A single file is emptied the first time, and gone on with
 * later, unless somebody has taken it away: then it begins anew. */
int shelf_next(struct shelf *, int64_t time_us);

/* The folder's descriptor, which stays the shelf's, and the path that was asked for. */
int shelf_folder(const struct shelf *);
const char *shelf_path(const struct shelf *);

#endif
