/*
 * source.h - the octets of one input, forward only and unpacked on the way.
 *
 * The input is a file, a pipe or standard input. gzip, zstd and lz4 are told by their first octets
 * and unpacked, one inside another at most SOURCE_DEPTH deep. A source never seeks and holds a
 * bounded buffer a layer. It knows nothing of captures.
 */
#ifndef HTTPLINT_INPUT_SOURCE_H
#define HTTPLINT_INPUT_SOURCE_H

#include <sys/types.h>

#include "base/inflate.h"
#include "input/input.h"

enum { SOURCE_DEPTH = 2, SOURCE_PEEK_MAX = 64 << 10 };

struct source;

/* Where packed octets come from: as read(2), errno included. */
struct source_door {
    ssize_t (*read)(void *context, void *into, size_t size);
    void *context;
};

/* Opens `path` ("-": standard input, which stays open); NULL with an error if that cannot be.
 * `options` (may be NULL) must outlive it: its `stop` ends the octets, its `progress` is called.
 * Freed by source_free. */
struct source *source_open(const char *path, const struct input_options *options,
                           struct errors *errors);

/* The same over a door that the caller keeps open; `whole` octets will come, 0: unknown. */
struct source *source_over(struct source_door, uint64_t whole,
                           const struct input_options *options);
void source_free(struct source *);

/* The next `want` octets (at most SOURCE_PEEK_MAX) without taking them; fewer only where no more
 * come. Alive until the next call. */
struct text source_peek(struct source *, size_t want);

/* The same, and takes them. */
struct text source_take(struct source *, size_t size);

/* Takes `size` octets; fewer only where no more come. `into` may be NULL: they are passed over. */
size_t source_read(struct source *, void *into, size_t size);

/* Takes all that is left, or more than `most` of it. To be freed with memory_free. */
struct text source_read_all(struct source *, size_t most);

/* Plain octets taken so far. */
uint64_t source_at(const struct source *);

/* Why the octets ended early, as "gzip data breaks off at octet 1000 of the file"; NULL: they did
 * not. */
const char *source_failure(const struct source *);

/* True where octets are lacking, false where they are damaged. Only after a failure. */
bool source_is_cut(const struct source *);

/* True if `stop` ended the octets or would now. */
bool source_is_stopped(const struct source *);

/* The outermost format. */
enum inflate_format source_format(const struct source *);

#endif
