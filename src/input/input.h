/*
 * input.h - whatever holds recorded traffic, told by its content, is read and fed to a session.
 *
 * An input knows files and formats, and neither TCP nor HTTP. It reads forward only, so that a
 * pipe does as well as a file, and holds one packet or block at a time.
 */
#ifndef HTTPLINT_INPUT_INPUT_H
#define HTTPLINT_INPUT_INPUT_H

#include <stdatomic.h>

#include "base/errors.h"
#include "httplint.h"

struct input_options {
    const char *filter;                  /* pcap-filter expression, or NULL. Frame numbers are those of the whole
                                          * file */
    const atomic_int *stop;              /* reading ends where this becomes non-zero; may be NULL */
    /* Called now and then: octets of the file read so far, and all of them (0: unknown). May be NULL. */
    void (*progress)(void *context, uint64_t read, uint64_t whole);
    void *progress_context;
};

/* Octets of one packet, as libpcap has it. */
enum { INPUT_CAPTURED_MAX = 262144 };

enum input_result {
    INPUT_READ,                          /* read to its end */
    INPUT_BROKEN,                        /* breaks off or is damaged; what could be read was fed */
    INPUT_REFUSED                        /* cannot be opened, or is nothing that we read */
};

/* Reads `path` ("-": standard input) into the session, which is not finished. What is wrong is added to `errors` with
 * the file's name and the place. */
enum input_result input_run(const char *path, const struct input_options *, httplint *, struct errors *errors);

/* True if the filter compiles (for a link type that most captures have); else an error is added. */
bool input_check_filter(const char *filter, struct errors *errors);

/* Files that an INPUT argument stands for: itself, or all regular files below a folder, sorted by name. */
struct input_files {
    char **paths;
    size_t count;
};

/* Appends; false, with an error, if `path` does not exist or a folder cannot be read. Freed by input_files_clear. */
bool input_files_add(struct input_files *, const char *path, struct errors *errors);
void input_files_clear(struct input_files *);

#endif
