/*
 * records.h - exchanges and notes of one input, copied to be told later, in the order in which they
 * came.
 *
 * Owns its copies. Rules are not copied: they outlive every record.
 */
#ifndef HTTPLINT_CLI_RECORDS_H
#define HTTPLINT_CLI_RECORDS_H

#include "cli/outputs.h"

struct records;

struct records *records_new(void);
void records_free(struct records *);

void records_exchange(struct records *, const struct httplint_exchange *,
                      const struct httplint_finding *, size_t nfindings);
void records_note(struct records *, const struct httplint_note *);

/* Octets that the copies take, about. */
size_t records_octets(const struct records *);

/* Tells all records of `file` and forgets them. */
void records_tell(struct records *, struct outputs *, const char *file);

#endif
