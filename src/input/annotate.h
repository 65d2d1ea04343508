/*
 * annotate.h - a capture again, as pcapng, with comments on its packets and on itself.
 *
 * A pcapng file is copied block for block, whatever the blocks are, in its own byte order; a
 * classic file becomes one section with one interface of its time resolution. Packets stay octet
 * for octet and keep their numbers. Only lengths of sections are given up, since sections grow.
 */
#ifndef HTTPLINT_INPUT_ANNOTATE_H
#define HTTPLINT_INPUT_ANNOTATE_H

#include "base/out.h"
#include "input/input.h"

/* In UTF-8; beyond 65535 octets cut. */
struct annotate_comment {
    uint64_t frame;
    struct text words;
};

struct annotate_comments {
    struct text section;                     /* on the whole */
    const struct annotate_comment *items;    /* ascending by frame */
    size_t count;
};

/* False, with an error, if the input cannot be copied: standard input, or what is no regular file and can be read only
 * once; a folder; a transcript or a HAR. What cannot be opened, or is nothing at all, is not told here. */
bool annotate_check(const char *path, struct errors *errors);

/* Writes the copy of `path`. What input_run would say of the input is said in `errors` again; the copy has what can be
 * read. Write errors are `out`'s. */
enum input_result annotate_copy(const char *path, const struct annotate_comments *, struct out *out,
                                struct errors *errors);

#endif
