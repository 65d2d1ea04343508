/*
 * Any file through its reader, whatever it is taken for. The input: an octet with switches (a filter; reads of one
 * octet), then the file.
 */
#include <stdlib.h>

#include "input/reading.h"

struct fuzzed {
    uint64_t frame, connections;
    uint32_t sum;
};

/* All octets are read: a view into freed memory does not stay hidden. */
static void fuzz_octets(struct fuzzed *fuzzed, const void *octets, size_t len)
{
    for (size_t i = 0; i < len; i++)
        fuzzed->sum += ((const uint8_t *)octets)[i];
}

static void fuzz_packet(void *context, const struct httplint_packet *packet)
{
    struct fuzzed *fuzzed = context;

    if (packet->frame <= fuzzed->frame || packet->captured > packet->length)
        abort();
    if (packet->time_us > INT64_MAX / 4 || packet->time_us < -(INT64_MAX / 4))
        abort();
    fuzzed->frame = packet->frame;
    fuzz_octets(fuzzed, packet->octets, packet->captured);
}

static void fuzz_chunk(void *context, const struct httplint_chunk *chunk)
{
    if (chunk->len == 0 || chunk->connection == 0)
        abort();
    fuzz_octets(context, chunk->octets, chunk->len);
}

static void fuzz_event(void *context, const struct httplint_chunk *where, enum httplint_event event)
{
    struct fuzzed *fuzzed = context;

    if ((event == HTTPLINT_GAP) != (where->len > 0))
        abort();
    fuzzed->connections++;
}

static void fuzz_remark(void *context, const char *code, const char *words, uint64_t frame)
{
    (void)frame;
    fuzz_octets(context, code, strlen(code));
    fuzz_octets(context, words, strlen(words));
}

static void fuzz_told(struct fuzzed *fuzzed, const struct httplint_told *told)
{
    for (size_t i = 0; i < told->nfields; i++) {
        fuzz_octets(fuzzed, told->fields[i].name.at, told->fields[i].name.len);
        fuzz_octets(fuzzed, told->fields[i].value.at, told->fields[i].value.len);
    }
    fuzz_octets(fuzzed, told->sample.at, told->sample.len);
}

static void fuzz_entry(void *context, const struct httplint_entry *entry)
{
    struct fuzzed *fuzzed = context;

    if (entry->frame <= fuzzed->frame || entry->status > 999)
        abort();
    fuzzed->frame = entry->frame;
    fuzz_octets(fuzzed, entry->url.at, entry->url.len);
    fuzz_told(fuzzed, &entry->request);
    fuzz_told(fuzzed, &entry->response);
}

struct fuzz_file {
    struct text rest;
    size_t step;
};

static ssize_t fuzz_read(void *context, void *into, size_t size)
{
    struct fuzz_file *file = context;
    struct text piece = text_part(file->rest, 0, size < file->step ? size : file->step);

    if (piece.len > 0)
        memcpy(into, piece.at, piece.len);
    file->rest = text_part(file->rest, piece.len, file->rest.len);
    return (ssize_t)piece.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct fuzz_file file = { { (const char *)data + 1, size - 1 }, data[0] & 2 ? 1 : SIZE_MAX };
    struct input_options options = { .filter = data[0] & 1 ? "tcp port 80" : NULL };
    struct fuzzed fuzzed = { 0 };
    struct errors errors = { 0 };
    struct reading reading = {
        .name = "fuzz",
        .options = &options,
        .source = source_over((struct source_door){ fuzz_read, &file }, size - 1, &options),
        .sink = { &fuzzed, fuzz_packet, fuzz_chunk, fuzz_event, fuzz_remark, fuzz_entry },
        .errors = &errors,
    };
    enum input_result result = reading_run(&reading);

    /* What is wrong has words; what is right has none. */
    if ((result == INPUT_READ) != (errors.count == 0))
        abort();
    source_free(reading.source);
    errors_clear(&errors);
    return 0;
}
