/*
 * keep.h - the packets of a live capture, kept in files: one, or one after the other with a bound on their size or time.
 *
 * One interface gives pcap, several give pcapng. Keep asks for the files and closes them; where they come from is another's
 * (shelf.h).
 */
#ifndef HTTPLINT_INPUT_KEEP_H
#define HTTPLINT_INPUT_KEEP_H

#include "base/errors.h"
#include "httplint.h"

struct keep_options {
    const char *path;                    /* for errors */
    int (*next)(void *context, int64_t time_us); /* a file more: a descriptor, or -1 with errno */
    void *context;
    const char *const *interfaces;       /* names */
    size_t ninterfaces;
    uint32_t snaplen;
    uint64_t octets_max;                 /* of a file; 0: no bound */
    uint64_t seconds;                    /* from its first packet to its last; 0: no bound */
};

struct keep;

/* NULL with an error if it cannot be written. `options` must outlive it. Freed by keep_close. */
struct keep *keep_open(const struct keep_options *, struct errors *errors);

/* One packet more, of an interface by its place in the options. */
void keep_packet(struct keep *, const struct httplint_packet *, size_t interface);

/* Writes what is held: nothing comes at the moment, or somebody wants to read. */
void keep_flush(struct keep *);

/* The next packet asks for a new file. One that already holds something is gone on with. */
void keep_begin_anew(struct keep *);

/* The errno of the first failure, 0: all is well. After one nothing more is kept. */
int keep_error(const struct keep *);

/* False with an error if anything was not written. NULL is allowed. */
bool keep_close(struct keep *, struct errors *errors);

#endif
