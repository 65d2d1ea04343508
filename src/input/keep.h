/*
 * keep.h - the packets of a live capture, kept in files: one, or one after the other with a bound on their size, time or number.
 *
 * One interface gives pcap, several give pcapng. A single file has the name that was asked for. Where files follow each other
 * NAME.EXT stands for NAME_00001_20261126123000.EXT: a number, and the time of its first packet in UTC; those beyond the
 * bound on their number are removed, the oldest first, as far as this run has made them. Files are opened below a folder
 * that was opened before, readable by their owner alone: captures hold secrets.
 */
#ifndef HTTPLINT_INPUT_KEEP_H
#define HTTPLINT_INPUT_KEEP_H

#include "base/errors.h"
#include "httplint.h"

enum { KEEP_FILES_MAX = 100000 };

struct keep_options {
    const char *path;
    const char *const *interfaces;       /* names */
    size_t ninterfaces;
    uint32_t snaplen;
    uint64_t octets_max;                 /* of a file; 0: no bound */
    uint64_t seconds;                    /* from its first packet to its last; 0: no bound */
    uint64_t files_max;                  /* 0: no bound; at most KEEP_FILES_MAX */
};

struct keep;

/* NULL with an error if it cannot be written. `options` must outlive it. Freed by keep_close. */
struct keep *keep_open(const struct keep_options *, struct errors *errors);

/* One packet more, of an interface by its place in the options. */
void keep_packet(struct keep *, const struct httplint_packet *, size_t interface);

/* Writes what is held: nothing comes at the moment, or somebody wants to read. */
void keep_flush(struct keep *);

/* The next packet begins a new file. A single file is opened again: one that is still there goes on, one that somebody has
 * taken away begins anew. */
void keep_begin_anew(struct keep *);

/* The errno of the first failure, 0: all is well. After one nothing more is kept. */
int keep_error(const struct keep *);

/* False with an error if anything was not written. NULL is allowed. */
bool keep_close(struct keep *, struct errors *errors);

#endif
