/*
 * A log through its reader and the rules. The input: an octet that tells what stands around it (1: the text is one entry of a
 * proxy's log, 2: of a browser's), then the text.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/reading.h"

static httplint_rules *rules(void)
{
    static httplint_rules *loaded;

    if (!loaded)
        loaded = httplint_rules_new(&(struct httplint_rules_request){ .files = NULL }, &(struct httplint_complaint){ NULL, NULL });
    return loaded;
}

static void fuzz_entry(void *session, const struct httplint_entry *entry)
{
    httplint_entry(session, entry);
}

static void fuzz_remark(void *session, const char *code, const char *words, uint64_t frame)
{
    httplint_remark(session, code, words, frame);
}

/* All that is handed out can be read. */
static void fuzz_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                          size_t nfindings)
{
    uint64_t *sum = context;

    for (size_t i = 0; i < exchange->request_head.len; i++)
        *sum += (unsigned char)exchange->request_head.at[i];
    for (size_t i = 0; i < nfindings; i++)
        for (size_t j = 0; j < findings[i].message.len; j++)
            *sum += (unsigned char)findings[i].message.at[j];
}

struct fuzz_file {
    char *octets;
    size_t len, at;
};

static ssize_t fuzz_read(void *context, void *into, size_t size)
{
    struct fuzz_file *file = context;

    if (size > file->len - file->at)
        size = file->len - file->at;
    if (size > 0)
        memcpy(into, file->octets + file->at, size);
    file->at += size;
    return (ssize_t)size;
}

static struct fuzz_file fuzz_around(const uint8_t *data, size_t size)
{
    static const char *const begins[] = { "", "{\"log\":{\"creator\":{\"name\":\"mitmproxy\"},\"entries\":[",
                                          "{\"log\":{\"creator\":{\"name\":\"WebInspector\"},\"entries\":[" };
    const char *begin = begins[data[0] % 3], *end = data[0] % 3 ? "]}}" : "";
    struct fuzz_file file = { memory_new(strlen(begin) + size + 4), 0, 0 };

    memcpy(file.octets, begin, strlen(begin));
    memcpy(file.octets + strlen(begin), data + 1, size - 1);
    memcpy(file.octets + strlen(begin) + size - 1, end, strlen(end));
    file.len = strlen(begin) + size - 1 + strlen(end);
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct fuzz_file file = fuzz_around(data, size);
    struct errors errors = { 0 };
    uint64_t sum = 0;
    httplint *session = httplint_new(rules(), &(struct httplint_options){ .counts_rules = data[0] & 128 },
                                     &(struct httplint_sink){ fuzz_exchange, NULL, &sum }, NULL);
    struct reading reading = {
        .name = "fuzz",
        .source = source_over((struct source_door){ fuzz_read, &file }, file.len, NULL),
        .sink = { .context = session, .entry = fuzz_entry, .remark = fuzz_remark },
        .errors = &errors,
    };

    if (har_reader.sniff((struct text){ file.octets, file.len }) &&
        (reading_run(&reading) == INPUT_READ) != (errors.count == 0))
        abort();
    httplint_free(session);
    source_free(reading.source);
    errors_clear(&errors);
    memory_free(file.octets);
    return 0;
}
