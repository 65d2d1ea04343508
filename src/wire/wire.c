#include "wire/wire.h"

#include "base/memory.h"
#include "wire/fragment.h"
#include "wire/unpack.h"

struct wire {
    const struct limits *limits;
    struct segment_sink segments;
    struct note_sink notes;
    struct fragments *fragments;
    struct unpack *unpack;     /* NULL until the first header of IPComp */
};

static layer_decoder *const decoders[LAYER_ENDS] = {
#define LAYER(name, decoder) [LAYER_##name] = decoder,
    LAYERS(LAYER)
#undef LAYER
};

struct wire *wire_new(const struct limits *limits, struct segment_sink segments,
                      struct note_sink notes)
{
    struct wire *wire = memory_new(sizeof *wire);

    wire->limits = limits;
    wire->segments = segments;
    wire->notes = notes;
    wire->fragments = fragments_new(limits, notes);
    return wire;
}

void wire_free(struct wire *wire)
{
    if (!wire)
        return;
    fragments_free(wire->fragments);
    unpack_free(wire->unpack);
    memory_free(wire);
}

void wire_finish(struct wire *wire)
{
    fragments_finish(wire->fragments);
}

/* Only what is read before a decoder writes it: this runs for every packet. */
static void descent_begin(struct descent *down, struct octets rest)
{
    down->rest = rest;
    down->siblings = (struct octets){ 0 };
    down->is_header_sum_zero = false;
    down->is_header_sum_bad = false;
    down->is_padded = false;
    down->is_unpacked = false;
}

/* What takes more than the packet's own octets; one header of IPComp a packet is enough. */
static enum layer wire_rebuild(struct wire *wire, struct descent *down, enum layer layer,
                               const struct packet *packet)
{
    if (layer == LAYER_FRAGMENT)
        return fragments_add(wire->fragments, down, packet);
    if (down->is_unpacked)
        return LAYER_TOO_DEEP;
    down->is_unpacked = true;
    if (!wire->unpack)
        wire->unpack = unpack_new();
    return unpack_deflate(wire->unpack, down);
}

/* From `layer` down to an end. The headers between the link's and TCP's are counted. */
static enum layer wire_descend(struct wire *wire, struct descent *down, enum layer layer,
                               const struct packet *packet)
{
    for (uint64_t depth = 0; layer < LAYER_ENDS; depth++) {
        if (depth > wire->limits->layers && layer != LAYER_TCP)
            return LAYER_TOO_DEEP;
        layer = decoders[layer](down);
        if (layer == LAYER_FRAGMENT || layer == LAYER_PACKED)
            layer = wire_rebuild(wire, down, layer, packet);
    }
    return layer;
}

/* The note that an end of the way down is worth; those that are not here are worth none. */
static const struct verdict {
    bool is_noted;
    enum note_code code;
    const char *words;         /* NULL: the usual ones */
} verdicts[] = {
    [LAYER_MALFORMED] = { true, NOTE_MALFORMED, NULL },
    [LAYER_CUT] = { true, NOTE_SNAPLEN, NULL },
    [LAYER_UNKNOWN] = { true, NOTE_LINK_TYPE, NULL },
    [LAYER_PIECE] = { true, NOTE_FRAGMENT, "link-layer fragments are not put together" },
    [LAYER_ENCRYPTED] = { true, NOTE_ENCRYPTED, "802.11 frames that are encrypted" },
    [LAYER_TOO_DEEP] = { true, NOTE_LIMIT, "packets with more headers than are looked through" },
};

static const struct verdict sum_bad = {
    true, NOTE_CHECKSUM, "IPv4 headers whose checksum fails"
};
static const struct verdict sum_zero = {
    true, NOTE_CHECKSUM, "IPv4 headers without a checksum, as before offload"
};

/* Data that was cut is told by the segment's lengths; what follows from it is the connection's. */
static const struct verdict *wire_judge(const struct descent *down, enum layer end)
{
    if (end != LAYER_SEGMENT)
        return &verdicts[end];
    if (down->is_header_sum_bad)
        return &sum_bad;
    return down->is_header_sum_zero ? &sum_zero : &verdicts[LAYER_SEGMENT];
}

/* Where the data of a segment stands in the file, if it lies in the packet: not what was put together or unpacked. */
static uint64_t file_at_of(const struct packet *packet, const struct segment *segment)
{
    uintptr_t begin = (uintptr_t)packet->octets, data = (uintptr_t)segment->data;

    return data >= begin && data < begin + packet->captured ? file_at_behind(packet->file_at, data - begin) : 0;
}

static void wire_deliver(struct wire *wire, struct descent *down, const struct packet *packet)
{
    struct segment *segment = &down->segment;

    segment->frame = packet->frame;
    segment->time_us = packet->time_us;
    segment->file_at = file_at_of(packet, segment);
    /* A host would drop it, but captures whose addresses were rewritten are full of these:
     * doubtful, not lost. */
    if (down->is_header_sum_bad) {
        segment->is_checksum_bad = true;
        segment->is_checksum_left = false;
    }
    wire->segments.segment(wire->segments.context, segment);
}

static void wire_note(struct wire *wire, const struct packet *packet, const struct verdict *verdict)
{
    struct note note = {
        .code = verdict->code,
        .words = verdict->words,
        .frame = packet->frame,
        .stream = NOTE_NO_STREAM,
    };

    wire->notes.note(wire->notes.context, &note);
}

void wire_feed(struct wire *wire, const struct packet *packet)
{
    uint32_t length = packet->length > packet->captured ? packet->length : packet->captured;
    struct octets rest = { packet->octets, packet->captured, length };
    enum layer layer = link_of_type(packet->link);
    const struct verdict *verdict = &verdicts[LAYER_PASSED];

    /* Once, but for an aggregate of 802.11: then as often as it has members. */
    do {
        struct descent down;

        descent_begin(&down, rest);
        enum layer end = wire_descend(wire, &down, layer, packet);

        if (!verdict->is_noted)
            verdict = wire_judge(&down, end);
        if (end == LAYER_SEGMENT)
            wire_deliver(wire, &down, packet);
        rest = down.siblings;
        layer = LAYER_WLAN_AGGREGATE;
    } while (rest.wire > 0);
    if (verdict->is_noted)
        wire_note(wire, packet, verdict);
    fragments_release(wire->fragments);
}
