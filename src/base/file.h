/*
 * file.h - files of the user's: a small one read whole, whether two names are one file, the folder in a name.
 */
#ifndef HTTPLINT_BASE_FILE_H
#define HTTPLINT_BASE_FILE_H

#include <stdio.h>

#include "base/errors.h"
#include "base/text.h"

/* Who opens files for somebody that may not: gives a descriptor, or -1 with errno. `open` NULL: open(2). */
struct file_door {
    int (*open)(void *context, const char *path);
    void *context;
};

/* As fopen(path, "rb"), through the door. */
FILE *file_open(const struct file_door *, const char *path);

/* Its octets, owned by the caller and freed with memory_free((char *)text.at); a NUL follows them. `at` is NULL, and an
 * error with its name is added, if it cannot be read or has more than `max` octets. */
struct text file_read(const char *path, size_t max, struct errors *errors);
struct text file_read_through(const struct file_door *, const char *path, size_t max, struct errors *errors);

/* True if both paths lead to the same regular file. */
bool file_is_same(const char *path, const char *other);

/* What stands before the file's name, with its slash: a view of `path`; empty: this folder. */
struct text file_folder(const char *path);

/* The same as a path that can be opened, "." for this folder; freed with memory_free. */
char *file_folder_path(const char *path);

#endif
