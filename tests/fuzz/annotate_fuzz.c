/*
 * Any file copied with comments: what can be read of it can be read of the copy, and is the same. The input: an octet that says
 * on which frames comments are put, then the file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "input/annotate.h"
#include "input/reading.h"

enum { FRAMES = 8 };

/* What the packets of a file come to. */
struct fuzz_sum {
    uint64_t packets, octets, numbers;
};

static void fuzz_packet(void *context, const struct httplint_packet *packet)
{
    struct fuzz_sum *sum = context;

    sum->packets++;
    sum->numbers = sum->numbers * 31 + packet->frame + packet->length + (uint64_t)packet->link;
    for (uint32_t i = 0; i < packet->captured; i++)
        sum->octets = sum->octets * 31 + ((const uint8_t *)packet->octets)[i];
}

static void fuzz_chunk(void *context, const struct httplint_chunk *chunk)
{
    (void)context, (void)chunk;
}

static void fuzz_event(void *context, const struct httplint_chunk *where, enum httplint_event event)
{
    (void)context, (void)where, (void)event;
}

static void fuzz_remark(void *context, const char *code, const char *words, uint64_t frame)
{
    (void)context, (void)code, (void)words, (void)frame;
}

static void fuzz_entry(void *context, const struct httplint_entry *entry)
{
    (void)context, (void)entry;
}

struct fuzz_file {
    struct text rest;
};

static ssize_t fuzz_read(void *context, void *into, size_t size)
{
    struct fuzz_file *file = context;
    struct text piece = text_part(file->rest, 0, size);

    if (piece.len > 0)
        memcpy(into, piece.at, piece.len);
    file->rest = text_part(file->rest, piece.len, file->rest.len);
    return (ssize_t)piece.len;
}

static enum input_result fuzz_sum_up(struct text octets, struct fuzz_sum *sum)
{
    struct fuzz_file file = { octets };
    struct errors errors = { 0 };
    struct reading reading = {
        .name = "fuzz",
        .source = source_over((struct source_door){ fuzz_read, &file }, octets.len, NULL),
        .sink = { sum, fuzz_packet, fuzz_chunk, fuzz_event, fuzz_remark, fuzz_entry },
        .errors = &errors,
    };
    enum input_result result = reading_run(&reading);

    *sum = *(struct fuzz_sum *)reading.sink.context;
    source_free(reading.source);
    errors_clear(&errors);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct text octets = { (const char *)data + 1, size - 1 };
    struct annotate_comment items[FRAMES];
    struct annotate_comments comments = { TEXT("all"), items, 0 };
    struct fuzz_sum before = { 0, 0, 0 }, after = { 0, 0, 0 };
    struct errors errors = { 0 };
    int descriptor = memfd_create("fuzz", 0);
    struct out *out = out_new_memory();
    char path[64];

    for (unsigned i = 0; i < FRAMES; i++)
        if (data[0] >> i & 1)
            items[comments.count++] = (struct annotate_comment){ i + 1, { "a comment", i } };
    if (descriptor < 0 || write(descriptor, octets.at, octets.len) != (ssize_t)octets.len)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);

    enum input_result result = annotate_copy(path, &comments, out, &errors);

    if (result != INPUT_REFUSED) {
        enum input_result read_before = fuzz_sum_up(octets, &before), read_after = fuzz_sum_up(out_held(out), &after);

        if (memcmp(&before, &after, sizeof before) != 0)
            abort();
        /* What breaks off is copied up to there. */
        if (read_before == INPUT_READ && read_after != INPUT_READ)
            abort();
    }
    out_free(out);
    errors_clear(&errors);
    close(descriptor);
    return 0;
}
