#include <inttypes.h>
#include <stdio.h>

#include "base/memory.h"
#include "input/block.h"
#include "input/pcap.h"
#include "input/reading.h"

/* Options and offsets are those of draft-ietf-opsawg-pcapng, section 4. */
enum {
    OPTION_RESOLUTION = 9,
    OPTION_OFFSET = 14,
    OPTION_PACKET_DROPS = 4,
    OPTION_INTERFACE_DROPS = 5,
    OPTION_SYSTEM_DROPS = 7
};
enum { RESOLUTION_DEFAULT = 6, INTERFACES_MAX = 65536, WORDS_MAX = 128 };

struct interface {
    int link;
    uint32_t snaplen;                        /* 0: unlimited */
    uint8_t resolution;
    int64_t offset_s;
    uint64_t dropped;                        /* as last told */
};

struct pcapng {
    struct reading *reading;
    struct block_reader blocks;
    struct block block;
    struct interface *interfaces;            /* of this section */
    size_t count, room;
    int64_t last_us;                         /* what a simple packet gets, having no time */
    enum input_result result;
};

/* Handles the block; false where reading ends, with the result set. */
typedef bool block_handler(struct pcapng *);

static bool damaged(struct pcapng *pcapng, const char *words)
{
    pcapng->result = reading_breaks(pcapng->reading, pcapng->blocks.at, false, "%s", words);
    return false;
}

/* ---- time ---- */

static int64_t seconds_us(uint64_t seconds, uint64_t us)
{
    return seconds > INT64_MAX / 2000000 ? INT64_MAX / 2 : (int64_t)(seconds * 1000000 + us);
}

/* Ticks of 10^-power seconds. */
static int64_t decimal_us(uint64_t ticks, unsigned power)
{
    uint64_t unit = 1;

    if (power < 6) {
        for (unsigned i = 0; i < power; i++)
            unit *= 10;
        return seconds_us(ticks / unit, ticks % unit * (1000000 / unit));
    }
    for (unsigned i = 6; i < power && ticks > 0; i++)
        ticks /= 10;
    return ticks > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)ticks;
}

/* Ticks of 2^-power seconds. 40 binary places tell microseconds apart and leave room for the
 * product. */
static int64_t binary_us(uint64_t ticks, unsigned power)
{
    uint64_t seconds = power < 64 ? ticks >> power : 0;
    uint64_t rest = power == 0 ? 0 : power < 64 ? ticks & (((uint64_t)1 << power) - 1) : ticks;

    if (power > 40) {
        rest = power - 40 < 64 ? rest >> (power - 40) : 0;
        power = 40;
    }
    return seconds_us(seconds, rest * 1000000 >> power);
}

static int64_t interface_time(const struct interface *interface, uint64_t ticks)
{
    unsigned power = interface->resolution & 0x7f;
    int64_t us = interface->resolution & 0x80 ? binary_us(ticks, power) : decimal_us(ticks, power);
    int64_t offset_max_s = INT64_MAX / 4 / 1000000, offset_s = interface->offset_s;

    if (offset_s > offset_max_s)
        offset_s = offset_max_s;
    if (offset_s < -offset_max_s)
        offset_s = -offset_max_s;
    return us + offset_s * 1000000;
}

/* ---- sections and interfaces ---- */

/* 4.1 */
static bool on_section(struct pcapng *pcapng)
{
    if (pcapng->block.len < 16)
        return damaged(pcapng, "the section header is too short");
    if (block_u16(&pcapng->block, 4) != 1)
        return damaged(pcapng, "the section is of another version than 1");
    pcapng->count = 0;
    return true;
}

static struct interface *interface_new(struct pcapng *pcapng)
{
    struct interface *interfaces = pcapng->interfaces;

    if (pcapng->count == pcapng->room) {
        pcapng->room = pcapng->room ? 2 * pcapng->room : 4;
        interfaces = memory_grow(interfaces, pcapng->room, sizeof *interfaces);
        pcapng->interfaces = interfaces;
    }
    return &interfaces[pcapng->count++];
}

/* 4.2 */
static bool on_interface(struct pcapng *pcapng)
{
    const struct block *block = &pcapng->block;
    size_t resolution = block_option(block, 8, OPTION_RESOLUTION, 1);
    size_t offset = block_option(block, 8, OPTION_OFFSET, 8);

    if (block->len < 8)
        return damaged(pcapng, "the interface is described too shortly");
    if (!block_options_fit(block, 8))                    /* its times could mean anything */
        return damaged(pcapng, "the options of the interface reach beyond their block");
    if (pcapng->count == INTERFACES_MAX)
        return damaged(pcapng, "the section has more than 65536 interfaces");
    *interface_new(pcapng) = (struct interface){
        .link = pcap_link(block_u16(block, 0)),
        .snaplen = block_u32(block, 4),
        .resolution = resolution ? block->body[resolution] : RESOLUTION_DEFAULT,
        .offset_s = offset ? (int64_t)block_u64(block, offset) : 0,
    };
    return true;
}

static struct interface *interface_get(struct pcapng *pcapng, uint32_t number)
{
    char words[WORDS_MAX];

    if (number < pcapng->count)
        return &pcapng->interfaces[number];
    snprintf(words, sizeof words, "interface %" PRIu32 " is named, but the section has %zu", number,
             pcapng->count);
    damaged(pcapng, words);
    return NULL;
}

/* ---- packets ---- */

static void remark_drops(struct pcapng *pcapng, uint64_t drops, const char *where, uint64_t frame)
{
    const struct input_sink *sink = &pcapng->reading->sink;
    char words[WORDS_MAX];

    snprintf(words, sizeof words, "%" PRIu64 " packets were lost %s, before they were captured",
             drops, where);
    sink->remark(sink->context, "dropped-by-kernel", words, frame);
}

struct record {
    struct interface *interface;
    size_t at;                               /* of the octets in the body */
    uint32_t captured, length;
    int64_t time_us;
    uint64_t drops;
};

static bool record_feed(struct pcapng *pcapng, const struct record *record)
{
    struct httplint_packet packet = {
        .octets = pcapng->block.body + record->at,
        .captured = record->captured,
        .length = record->length,
        .link = record->interface->link,
        .time_us = record->time_us,
        .file_at = pcapng->blocks.at + BLOCK_HEADER_OCTETS + record->at,
    };

    if (record->captured > pcapng->block.len - record->at)
        return damaged(pcapng, "a packet reaches beyond its block");
    pcapng->last_us = record->time_us;
    if (record->drops > 0)
        remark_drops(pcapng, record->drops, "just before this one", pcapng->reading->frame + 1);
    reading_packet(pcapng->reading, &packet);
    return true;
}

/* Ticks stand as two numbers, the upper half first, in either byte order. */
static uint64_t block_ticks(const struct block *block, size_t at)
{
    return (uint64_t)block_u32(block, at) << 32 | block_u32(block, at + 4);
}

/* 4.3 */
static bool on_enhanced(struct pcapng *pcapng)
{
    const struct block *block = &pcapng->block;
    struct interface *interface;

    if (block->len < 20)
        return damaged(pcapng, "a packet's block is too short");
    if (!(interface = interface_get(pcapng, block_u32(block, 0))))
        return false;

    struct record record = {
        .interface = interface,
        .at = 20,
        .captured = block_u32(block, 12),
        .length = block_u32(block, 16),
        .time_us = interface_time(interface, block_ticks(block, 4)),
    };
    size_t options = 20 + ((size_t)record.captured + 3) / 4 * 4;
    size_t drops = block_option(block, options, OPTION_PACKET_DROPS, 8);

    record.drops = drops ? block_u64(block, drops) : 0;
    return record_feed(pcapng, &record);
}

/* Appendix A: the packet block that the enhanced one replaced. */
static bool on_packet(struct pcapng *pcapng)
{
    const struct block *block = &pcapng->block;
    struct interface *interface;

    if (block->len < 20)
        return damaged(pcapng, "a packet's block is too short");
    if (!(interface = interface_get(pcapng, block_u16(block, 0))))
        return false;

    uint16_t drops = block_u16(block, 2);
    struct record record = {
        .interface = interface,
        .at = 20,
        .captured = block_u32(block, 12),
        .length = block_u32(block, 16),
        .time_us = interface_time(interface, block_ticks(block, 4)),
        .drops = drops == UINT16_MAX ? 0 : drops,        /* all ones: unknown */
    };

    return record_feed(pcapng, &record);
}

/* 4.4: its captured length is what the snap length of the first interface leaves. */
static bool on_simple(struct pcapng *pcapng)
{
    const struct block *block = &pcapng->block;
    struct interface *interface;

    if (block->len < 4)
        return damaged(pcapng, "a packet's block is too short");
    if (!(interface = interface_get(pcapng, 0)))
        return false;

    uint32_t length = block_u32(block, 0);
    bool is_snapped = interface->snaplen > 0 && interface->snaplen < length;
    struct record record = {
        .interface = interface,
        .at = 4,
        .captured = is_snapped ? interface->snaplen : length,
        .length = length,
        .time_us = pcapng->last_us,
    };

    return record_feed(pcapng, &record);
}

/* 4.6: its counters grow, so only what is new is told. */
static bool on_statistics(struct pcapng *pcapng)
{
    const struct block *block = &pcapng->block;
    size_t by_interface = block_option(block, 12, OPTION_INTERFACE_DROPS, 8);
    size_t by_system = block_option(block, 12, OPTION_SYSTEM_DROPS, 8);
    uint32_t number = block_u32(block, 0);

    if (block->len < 12 || number >= pcapng->count)      /* no packet is at stake: go on */
        return true;

    struct interface *interface = &pcapng->interfaces[number];
    uint64_t drops = by_interface ? block_u64(block, by_interface) : 0;
    char where[32];

    drops += by_system ? block_u64(block, by_system) : 0;
    if (drops > interface->dropped) {
        snprintf(where, sizeof where, "at interface %" PRIu32, number);
        remark_drops(pcapng, drops - interface->dropped, where, 0);
        interface->dropped = drops;
    }
    return true;
}

/* Holds no packet, yet Wireshark counts it among the frames, and we number as it does. */
static bool on_numbered(struct pcapng *pcapng)
{
    pcapng->reading->frame++;
    return true;
}

/* ---- the file ---- */

static block_handler *handler(uint32_t type)
{
    switch (type) {
    case BLOCK_SECTION:
        return on_section;
    case BLOCK_INTERFACE:
        return on_interface;
    case BLOCK_ENHANCED:
        return on_enhanced;
    case BLOCK_PACKET:
        return on_packet;
    case BLOCK_SIMPLE:
        return on_simple;
    case BLOCK_STATISTICS:
        return on_statistics;
    default:                                 /* names, secrets and what others thought of */
        return block_is_frame(type) ? on_numbered : NULL;
    }
}

static enum input_result pcapng_walk(struct pcapng *pcapng)
{
    struct block_reader *blocks = &pcapng->blocks;

    for (;;) {
        if (reading_is_stopped(pcapng->reading))
            return INPUT_READ;
        enum block_state state = block_next(blocks, &pcapng->block);

        if (state == BLOCK_END)
            return INPUT_READ;
        if (state != BLOCK_READ)
            return reading_breaks(pcapng->reading, blocks->at, state == BLOCK_CUT, "%s",
                                  blocks->words);
        block_handler *handle = handler(pcapng->block.type);

        if (handle && !handle(pcapng))
            return pcapng->result;
    }
}

static bool pcapng_sniff(struct text begin)
{
    return text_starts(begin, TEXT("\x0a\x0d\x0d\x0a"));
}

static enum input_result pcapng_run(struct reading *reading)
{
    struct pcapng pcapng = { .reading = reading, .blocks.source = reading->source };
    enum input_result result = pcapng_walk(&pcapng);

    block_reader_clear(&pcapng.blocks);
    memory_free(pcapng.interfaces);
    return result;
}

const struct reader pcapng_reader = { pcapng_sniff, pcapng_run };
