#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { WORDS_MAX = 160, PROGRESS_OCTETS = 1 << 20 };

/* Octets between two layers: those of the file, or what `inflate` makes of the layer below. */
struct layer {
    uint8_t *octets;                         /* SOURCE_PEEK_MAX */
    size_t begin, end;
    uint64_t taken;                          /* octets that left this layer */
    enum inflate_format format;
    struct inflate *inflate;                 /* NULL: this is the file */
    bool is_over;
};

struct source {
    struct source_door door;
    const struct input_options *options;
    struct layer layers[SOURCE_DEPTH + 1];
    unsigned top;
    uint64_t whole, read, told;              /* octets of the file: all, so far, last told */
    int fd;                                  /* -1: none of ours */
    bool is_stopped, is_cut;
    char failure[WORDS_MAX];
};

static struct text layer_text(const struct layer *layer)
{
    return (struct text){ (const char *)layer->octets + layer->begin, layer->end - layer->begin };
}

static void layer_take(struct layer *layer, size_t len)
{
    layer->begin += len;
    layer->taken += len;
}

bool source_is_stopped(const struct source *source)
{
    const atomic_int *stop = source->options ? source->options->stop : NULL;

    return source->is_stopped || (stop && atomic_load_explicit(stop, memory_order_relaxed));
}

static void progress(struct source *source)
{
    const struct input_options *options = source->options;

    if (!options || !options->progress || source->read - source->told < PROGRESS_OCTETS)
        return;
    source->told = source->read;
    options->progress(options->progress_context, source->read, source->whole);
}

static void file_fill(struct source *source)
{
    struct layer *layer = &source->layers[0];
    ssize_t got = -1;

    do {
        if (source_is_stopped(source)) {
            source->is_stopped = true;
            break;
        }
        got = source->door.read(source->door.context, layer->octets + layer->end,
                                SOURCE_PEEK_MAX - layer->end);
    } while (got < 0 && errno == EINTR);

    if (got > 0) {
        layer->end += (size_t)got;
        source->read += (uint64_t)got;
        progress(source);
        return;
    }
    layer->is_over = true;
    source->is_cut = got < 0;
    if (got < 0 && !source->is_stopped)
        snprintf(source->failure, WORDS_MAX, "cannot be read beyond octet %" PRIu64 ": %s",
                 source->read, strerror(errno));
}

static void layer_fill(struct source *source, unsigned number);

static void layer_refill(struct source *source, unsigned number, size_t want)
{
    struct layer *layer = &source->layers[number];

    memmove(layer->octets, layer->octets + layer->begin, layer->end - layer->begin);
    layer->end -= layer->begin;
    layer->begin = 0;
    while (layer->end < want && !layer->is_over)
        layer_fill(source, number);
}

/* At least `want` octets stand in the layer afterwards, unless it is over. */
static inline void layer_want(struct source *source, unsigned number, size_t want)
{
    if (source->layers[number].end - source->layers[number].begin < want)
        layer_refill(source, number, want);
}

static void layer_fail(struct source *source, unsigned number, const char *what, const char *words)
{
    struct layer *layer = &source->layers[number], *below = layer - 1;

    layer->is_over = true;
    if (source->failure[0] || source->is_stopped)        /* what failed below is the cause */
        return;
    snprintf(source->failure, WORDS_MAX, "%s data %s at octet %" PRIu64 "%s%s%s",
             inflate_name(layer->format), what, below->taken, number == 1 ? " of the file" : "",
             words[0] ? ": " : "", words);
}

/* After a member only a further one or zeros may follow: tapes and block devices pad with zeros. */
static void layer_next_member(struct source *source, unsigned number)
{
    struct layer *layer = &source->layers[number], *below = layer - 1;

    do {
        layer_want(source, number - 1, INFLATE_SNIFF_OCTETS);
        while (below->begin < below->end && below->octets[below->begin] == 0)
            layer_take(below, 1);
    } while (below->end - below->begin < INFLATE_SNIFF_OCTETS && !below->is_over);

    struct text rest = layer_text(below);

    if (rest.len == 0)
        layer->is_over = true;
    else if (inflate_sniff(rest) != layer->format)
        layer_fail(source, number, "is followed by something else", "");
}

/* One step up the stack of layers; its depth is SOURCE_DEPTH, whatever the input. */
static void layer_fill(struct source *source, unsigned number)
{
    struct layer *layer = &source->layers[number], *below = layer - 1;

    if (number == 0) {
        file_fill(source);
        return;
    }
    layer_want(source, number - 1, 1);
    struct text packed = layer_text(below);
    struct inflate_room room = { layer->octets, SOURCE_PEEK_MAX, layer->end };
    size_t before = packed.len;
    enum inflate_state state = inflate_step(layer->inflate, &packed, &room);
    bool has_made = room.len > layer->end;

    layer_take(below, before - packed.len);
    layer->end = room.len;
    if (state == INFLATE_DAMAGED) {
        layer_fail(source, number, "is damaged", inflate_words(layer->inflate));
    } else if (state == INFLATE_ENDED) {
        layer_next_member(source, number);
    } else if (before == 0 && !has_made) {
        source->is_cut = true;
        layer_fail(source, number, "breaks off", "");
    }
}

/* Not zeroed, for there may be thousands of files: what was not read into it is not looked at. */
static void *peek_room(void)
{
    return memory_grow(NULL, SOURCE_PEEK_MAX, 1);
}

static void source_unpack(struct source *source)
{
    layer_want(source, 0, INFLATE_SNIFF_OCTETS);
    for (unsigned i = 0; i < SOURCE_DEPTH; i++) {
        enum inflate_format format = inflate_sniff(layer_text(&source->layers[i]));

        if (format == INFLATE_PLAIN)
            break;
        source->top = i + 1;
        source->layers[i + 1].octets = peek_room();
        source->layers[i + 1].format = format;
        source->layers[i + 1].inflate = inflate_new(format);
        layer_want(source, i + 1, INFLATE_SNIFF_OCTETS);
    }
}

struct source *source_over(struct source_door door, uint64_t whole,
                           const struct input_options *options)
{
    struct source *source = memory_new(sizeof *source);

    source->door = door;
    source->options = options;
    source->whole = whole;
    source->fd = -1;
    source->layers[0].octets = peek_room();
    source_unpack(source);
    return source;
}

static ssize_t file_read(void *context, void *into, size_t size)
{
    return read((int)(intptr_t)context, into, size);
}

struct source *source_open(const char *path, const struct input_options *options,
                           struct errors *errors)
{
    bool is_ours = strcmp(path, "-") != 0;
    int fd = is_ours ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
    struct stat status;

    if (fd < 0 || fstat(fd, &status) < 0) {
        errors_add(errors, path, 0, 0, "cannot be opened: %s", strerror(errno));
    } else if (S_ISDIR(status.st_mode)) {
        errors_add(errors, path, 0, 0, "is a folder, not a capture");
    } else {
        uint64_t whole = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
        struct source_door door = { file_read, (void *)(intptr_t)fd };
        struct source *source = source_over(door, whole, options);

        source->fd = is_ours ? fd : -1;
        return source;
    }
    if (is_ours && fd >= 0)
        close(fd);
    return NULL;
}

void source_free(struct source *source)
{
    if (!source)
        return;
    for (unsigned i = 0; i <= SOURCE_DEPTH; i++) {
        inflate_free(source->layers[i].inflate);
        memory_free(source->layers[i].octets);
    }
    if (source->fd >= 0)
        close(source->fd);
    memory_free(source);
}

struct text source_peek(struct source *source, size_t want)
{
    layer_want(source, source->top, want);
    return text_part(layer_text(&source->layers[source->top]), 0, want);
}

struct text source_take(struct source *source, size_t size)
{
    struct text octets = source_peek(source, size);

    layer_take(&source->layers[source->top], octets.len);
    return octets;
}

size_t source_read(struct source *source, void *into, size_t size)
{
    struct layer *top = &source->layers[source->top];
    size_t done = 0;

    while (done < size) {
        layer_want(source, source->top, 1);
        size_t here = text_part(layer_text(top), 0, size - done).len;

        if (here == 0)
            break;
        if (into)
            memcpy((uint8_t *)into + done, top->octets + top->begin, here);
        layer_take(top, here);
        done += here;
    }
    return done;
}

struct text source_read_all(struct source *source, size_t most)
{
    size_t room = SOURCE_PEEK_MAX, len;
    char *octets = memory_grow(NULL, room, 1);

    len = source_read(source, octets, room);
    while (len == room && len <= most) {
        room *= 2;
        octets = memory_grow(octets, room, 1);
        len += source_read(source, octets + len, room - len);
    }
    return (struct text){ octets, len };
}

uint64_t source_at(const struct source *source)
{
    return source->layers[source->top].taken;
}

const char *source_failure(const struct source *source)
{
    return source->failure[0] ? source->failure : NULL;
}

bool source_is_cut(const struct source *source)
{
    return source->is_cut;
}

enum inflate_format source_format(const struct source *source)
{
    return source->layers[source->top ? 1 : 0].format;
}
