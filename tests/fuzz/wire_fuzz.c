/*
 * Packets of any link type through wire_feed. The input: an octet with switches for the limits,
 * then packets, each an octet that picks the link type, one for the time that passed, two for the
 * length and one for what the snap length cut.
 */
#include <stdlib.h>

#include "wire/wire.h"

/* All octets that come out are read: a view into freed memory does not stay hidden. */
static void fuzz_segment(void *context, const struct segment *segment)
{
    uint32_t *sum = context;

    if (segment->data_len > segment->wire_len)
        abort();
    for (uint32_t at = 0; at < segment->data_len; at++)
        *sum += segment->data[at];
}

static void fuzz_note(void *context, const struct note *note)
{
    unsigned *count = context;

    if (note->code >= NOTE_CODE_COUNT)
        abort();
    ++*count;
}

static size_t fuzz_packet(struct wire *wire, const uint8_t *at, size_t size, struct packet *packet)
{
    static const int links[] = { 1,   113, 276, 101, 12,  14,  228, 229, 0,   108,
                                 9,   50,  51,  104, 166, 204, 10,  100, 105, 127,
                                 119, 163, 192, 7,   129, 109, 117, 239, 999 };
    size_t len = (size_t)(at[2] << 8 | at[3]), left = size - 5;

    if (len > left)
        len = left;
    /* A copy of its own, so that the sanitizer sees the end. */
    uint8_t *octets = malloc(len ? len : 1);

    if (!octets)
        abort();
    for (size_t i = 0; i < len; i++)
        octets[i] = at[5 + i];
    packet->octets = octets;
    packet->captured = (uint32_t)len;
    packet->length = (uint32_t)len + at[4];
    packet->link = links[at[0] % (sizeof links / sizeof *links)];
    packet->frame++;
    packet->time_us += at[1] * 1000000;
    wire_feed(wire, packet);
    free(octets);
    return 5 + len;
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    struct limits limits = limits_default;
    struct packet packet = { 0 };
    uint32_t sum = 0;
    unsigned count = 0;

    if (size < 1)
        return 0;
    if (octets[0] & 1)
        limits.datagrams = 2;
    if (octets[0] & 2)
        limits.datagram_octets = 8192;
    if (octets[0] & 4)
        limits.layers = 4;
    struct wire *wire = wire_new(&limits, (struct segment_sink){ fuzz_segment, &sum },
                                 (struct note_sink){ fuzz_note, &count });

    for (size_t at = 1; size - at > 5;)
        at += fuzz_packet(wire, octets + at, size - at, &packet);
    wire_finish(wire);
    wire_free(wire);
    return 0;
}
