/*
 * sandbox.h - what the process does not need any more, it gives up: from then on a fault in a parser is worth little.
 *
 * Layers, each of them independent of the others: rights.h (capabilities), landlock.h (files by path), syscalls.h
 * (calls of the kernel). None can be undone, and threads that are made later have them too: they are entered by the
 * first thread, once everything that needs more has been opened.
 */
#ifndef HTTPLINT_GUARD_SANDBOX_H
#define HTTPLINT_GUARD_SANDBOX_H

#include "base/errors.h"
#include "guard/rights.h"

/* What is still needed. Paths that do not exist are passed over: what is not there cannot be opened. */
struct sandbox_needs {
    const char *const *readable;         /* files, and folders with all below them, that may be opened to be read */
    size_t nreadable;
    const char *const *writable;         /* folders in which files may be made, written, renamed and removed */
    size_t nwritable;
    unsigned rights;                     /* of root's, enum rights bits */
    bool has_sockets;                    /* open sockets are read, and written to */
    const int *silent;                   /* but for these: nothing is written to them */
    size_t nsilent;
    bool binds_interfaces;               /* open packet sockets are bound to interfaces */
};

/* Enters all layers that the kernel has. False if one is missing: `missing` says which, and why. */
bool sandbox_enter(const struct sandbox_needs *, struct errors *missing);

#endif
