/*
 * A whole capture, end to end: every octet of the input is a packet list of our own making, so that the fuzzer need not find
 * file formats first. Records: link type (one of a few), length, octets; every limit is small, so that all are reached.
 */
#include <stdint.h>
#include <stdlib.h>

#include "httplint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t count)
{
    (void)context;
    if (exchange->number == 0)
        abort();
    for (size_t i = 0; i < count; i++)
        if (findings[i].message.len == 0 || !findings[i].rule)
            abort();
}

static void on_note(void *context, const struct httplint_note *note)
{
    (void)context;
    if (!note->code || !note->message)
        abort();
}

static void mistake(void *context, const char *file, unsigned line, unsigned column, const char *words)
{
    (void)context;
    (void)file;
    (void)line;
    (void)column;
    (void)words;
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int links[] = { 1, 101, 113, 276, 0, 9, 104, 105, 127, 239 };
    static const struct httplint_limit small[] = {
        { "queue_octets", 4096 }, { "queue_segments", 16 }, { "head_octets", 4096 }, { "line_octets", 1024 }, { "fields", 16 },
        { "waiting_requests", 4 }, { "connections", 8 }, { "wait_segments", 4 }, { "sample_octets", 64 },
    };
    static httplint_rules *rules;
    struct httplint_complaint complaint = { mistake, NULL };
    struct httplint_sink sink = { on_exchange, on_note, NULL };
    bool is_small = size > 0 && data[0] & 1;
    struct httplint_options options = { .limits = small, .nlimits = is_small ? sizeof small / sizeof *small : 0 };
    uint64_t frame = 0;

    if (!rules)
        rules = httplint_rules_new(&(struct httplint_rules_request){ 0 }, &complaint);
    httplint *session = httplint_new(rules, &options, &sink, &complaint);
    for (size_t at = 1; at + 3 <= size;) {
        size_t len = (size_t)data[at + 1] << 8 | data[at + 2];

        len = len < size - at - 3 ? len : size - at - 3;
        frame++;
        httplint_packet(session, &(struct httplint_packet){ data + at + 3, (uint32_t)len, (uint32_t)len,
                                                            links[data[at] % (sizeof links / sizeof *links)], frame,
                                                            (int64_t)frame * 1000, 0 });
        at += 3 + len;
    }
    httplint_finish(session);
    if (httplint_totals(session)->packets != frame)
        abort();
    httplint_free(session);
    return 0;
}
