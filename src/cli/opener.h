/*
 * opener.h - opens what a live capture needs once it has given its rights up: a process that knows nothing of packets.
 *
 * Before it begins it is told what may ever be asked for: files by use and name, a shelf of kept packets, a folder,
 * interfaces. It opens nothing else, keeps the rights of who started it as far as files need them, and ends with the
 * process it works for. Where nothing is given up there is no such process, and all is opened by this one.
 *
 * Descriptors that it gives are the caller's. One thread.
 */
#ifndef HTTPLINT_CLI_OPENER_H
#define HTTPLINT_CLI_OPENER_H

#include "base/errors.h"
#include "input/shelf.h"

enum opener_use {
    OPENER_READ,
    OPENER_APPEND,                       /* written on where it ends, made if it is not there */
    OPENER_REPLACE                       /* emptied, or made */
};

/* How a process of its own is to be. */
struct opener_conduct {
    bool is_apart;                       /* false: there is none */
    bool is_confined;                    /* it enters a sandbox (guard/sandbox.h) */
    const char *owner;                   /* whose kept packets are; NULL: of who started it */
};

struct opener;

/* Freed by opener_free, which ends the process; NULL is allowed. */
struct opener *opener_new(void);
void opener_free(struct opener *);

/* Before it begins. The path is copied, the shelf becomes the opener's. */
void opener_allow(struct opener *, enum opener_use, const char *path);
void opener_allow_shelf(struct opener *, struct shelf *);
/* A folder in which files may be made and removed whose names are `is_right`; one at most. */
void opener_allow_folder(struct opener *, const char *path, bool (*is_right)(const char *name));
void opener_allow_interface(struct opener *, const char *name, bool is_modest);

/* False with an error if there can be no such process. A layer of its sandbox that is missing goes to `missing`. */
bool opener_begin(struct opener *, const struct opener_conduct *, struct errors *missing, struct errors *errors);

/* A file that was allowed; where there is no such process, any. -1 with errno: EPERM if it was not, EPIPE if the process
 * has ended. */
int opener_file(struct opener *, enum opener_use, const char *path);

/* The same as calls of a struct file_door, whose context is an opener. `opener_learn` opens a file to be read before the
 * opener begins, and allows it. */
int opener_learn(void *context, const char *path);
int opener_read(void *context, const char *path);
int opener_replace(void *context, const char *path);

/* As shelf_next. The context is an opener. */
int opener_kept(void *context, int64_t time_us);

/* A new file of that name in the folder, made empty, or -1 with errno; one removed, 0 or errno. What it is called is the
 * only thing that the process is told and did not know before. */
int opener_make(struct opener *, const char *name);
int opener_remove(struct opener *, const char *name);

/* The packet socket of an interface, by its place among those allowed; the process has a copy of it from then on. Once each.
 * False with errno. */
bool opener_lend(struct opener *, size_t number, int socket);

/* As binding_renew. The context is an opener. */
int opener_bind(void *context, size_t number);

/* True, once, after something was asked for that was not allowed. */
bool opener_has_refused(struct opener *);

/* False once the process has ended although it should not. */
bool opener_is_there(const struct opener *);

#endif
