/*
 * baseline.h - a ledger as a file: findings that are known and accepted.
 *
 * JSON, an entry a line and in order, so that its history reads well: `{"version":1,"findings":[…]}`.
 * Of an entry `fingerprint` and `count` are obeyed, all else is for people.
 */
#ifndef HTTPLINT_CLI_BASELINE_H
#define HTTPLINT_CLI_BASELINE_H

#include "base/errors.h"
#include "base/file.h"
#include "cli/ledger.h"

enum { BASELINE_VERSION = 1, BASELINE_OCTETS_MAX = 64 << 20 };

/* The ledger in a file, each entry known as often as `count` says; NULL, with errors, if it holds none. */
struct ledger *baseline_read(const char *path, struct errors *errors);

/* The entries with what was seen of them as `count`; false, with an error, if the file cannot be written. */
bool baseline_write(struct ledger *, const char *path, const struct file_door *, struct errors *errors);

/* False, with an error, if baseline_write is going to fail: the file or its folder may not be written. */
bool baseline_check(const char *path, struct errors *errors);

#endif
