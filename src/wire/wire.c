#include "wire/wire.h"

#include "base/memory.h"
#include "wire/fragment.h"

struct wire {
    const struct limits *limits;
    struct segment_sink segments;
    struct note_sink notes;
    struct fragments *fragments;
};

static layer_decoder *const decoders[LAYER_ENDS] = {
#define LAYER(name, decoder) [LAYER_##name] = decoder,
    LAYERS(LAYER)
#undef LAYER
};

struct wire *wire_new(const struct limits *limits, struct segment_sink segments, struct note_sink notes)
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
}

/* From `layer` down to an end. The headers between the link's and TCP's are counted. */
static enum layer wire_descend(struct wire *wire, struct descent *down, enum layer layer, const struct packet *packet)
{
    for (uint64_t depth = 0; layer < LAYER_ENDS; depth++) {
        if (depth > wire->limits->layers && layer != LAYER_TCP)
            return LAYER_TOO_DEEP;
        layer = decoders[layer](down);
        if (layer == LAYER_FRAGMENT)
            layer = fragments_add(wire->fragments, down, packet);
    }
    return layer;
}

/* The note that an end is worth; false: none. */
static bool wire_judge(const struct descent *down, enum layer end, struct note *note)
{
    switch (end) {
    case LAYER_MALFORMED:
        note->code = NOTE_MALFORMED;
        return true;
    case LAYER_CUT:
        note->code = NOTE_SNAPLEN;
        return true;
    case LAYER_UNKNOWN:
        note->code = NOTE_LINK_TYPE;
        return true;
    case LAYER_PIECE:
        note->code = NOTE_FRAGMENT;
        note->words = "link-layer fragments are not put together";
        return true;
    case LAYER_ENCRYPTED:
        note->code = NOTE_ENCRYPTED;
        note->words = "802.11 frames that are encrypted";
        return true;
    case LAYER_TOO_DEEP:
        note->code = NOTE_LIMIT;
        note->words = "packets with more headers than are looked through";
        return true;
    case LAYER_SEGMENT:
        if (down->segment.data_len < down->segment.wire_len) {
            note->code = NOTE_SNAPLEN;
            return true;
        }
        if (!down->is_header_sum_bad && !down->is_header_sum_zero)
            return false;
        note->code = NOTE_CHECKSUM;
        note->words = down->is_header_sum_bad ? "IPv4 headers whose checksum fails"
                                              : "IPv4 headers without a checksum, as before offload";
        return true;
    default:
        return false;
    }
}

static void wire_deliver(struct wire *wire, struct descent *down, const struct packet *packet)
{
    struct segment *segment = &down->segment;

    segment->frame = packet->frame;
    segment->time_us = packet->time_us;
    /* A host would drop it, but captures whose addresses were rewritten are full of these: doubtful, not lost. */
    if (down->is_header_sum_bad)
        segment->is_checksum_bad = true;
    wire->segments.segment(wire->segments.context, segment);
}

void wire_feed(struct wire *wire, const struct packet *packet)
{
    uint32_t length = packet->length > packet->captured ? packet->length : packet->captured;
    struct octets rest = { packet->octets, packet->captured, length };
    struct note note = { .frame = packet->frame, .stream = NOTE_NO_STREAM };
    enum layer layer = link_of_type(packet->link);
    bool is_noted = false;

    do {
        struct descent down;

        descent_begin(&down, rest);
        enum layer end = wire_descend(wire, &down, layer, packet);

        is_noted = wire_judge(&down, end, &note) || is_noted;
        if (end == LAYER_SEGMENT)
            wire_deliver(wire, &down, packet);
        rest = down.siblings;
        layer = LAYER_WLAN_AGGREGATE;
    } while (rest.wire > 0);
    if (is_noted)
        wire->notes.note(wire->notes.context, &note);
    fragments_release(wire->fragments);
}
