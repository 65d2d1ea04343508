#include "input/pcap.h"

#include <pcap/pcap.h>
#include <stdio.h>

#include "base/memory.h"
#include "input/reading.h"

enum {
    HEADER_OCTETS = 24,
    SNAPLEN_AT = 16,
    LINK_AT = 20,
    LINK_MASK = 0xffff,                      /* above it: the length of frame check sequences */
    FCS_KNOWN = 1 << 26,
    FCS_SHIFT = 28
};

static const struct {
    int link, dlt;
} links[] = {
    { 100, DLT_ATM_RFC1483 },
    { 101, DLT_RAW },
    { 102, DLT_SLIP_BSDOS },
    { 103, DLT_PPP_BSDOS },
    { 106, DLT_ATM_CLIP },
    { 101, 12 },                             /* DLT_RAW but for OpenBSD */
    { 101, 14 },                             /* DLT_RAW of OpenBSD */
};

enum { LINKS = sizeof links / sizeof *links };

int pcap_link(int link)
{
    for (size_t i = 0; i < LINKS; i++)
        if (links[i].dlt == link)
            return links[i].link;
    return link;
}

int pcap_dlt(int link)
{
    for (size_t i = 0; i < LINKS; i++)
        if (links[i].link == link)
            return links[i].dlt;
    return link;
}

static const struct {
    uint8_t octets[4];
    bool is_big, is_nano;
    uint8_t record;                          /* octets of a record header */
} magics[] = {
    { { 0xa1, 0xb2, 0xc3, 0xd4 }, true, false, 16 },
    { { 0xd4, 0xc3, 0xb2, 0xa1 }, false, false, 16 },
    { { 0xa1, 0xb2, 0x3c, 0x4d }, true, true, 16 },      /* nanoseconds */
    { { 0x4d, 0x3c, 0xb2, 0xa1 }, false, true, 16 },
    { { 0xa1, 0xb2, 0xcd, 0x34 }, true, false, 24 },     /* Kuznetzov's: with longer record headers */
    { { 0x34, 0xcd, 0xb2, 0xa1 }, false, false, 24 },
};

enum { MAGICS = sizeof magics / sizeof *magics };

static size_t magic_number(struct text begin)
{
    size_t i = 0;

    while (i < MAGICS && !text_starts(begin, (struct text){ (const char *)magics[i].octets, 4 }))
        i++;
    return i;
}

static bool pcap_sniff(struct text begin)
{
    return magic_number(begin) < MAGICS;
}

static uint32_t header_number(const uint8_t *at, bool is_big)
{
    return is_big ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]
                  : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

bool pcap_describe(struct text begin, struct pcap_description *description)
{
    const uint8_t *header = (const uint8_t *)begin.at;
    size_t magic = magic_number(begin);

    if (magic == MAGICS || begin.len < HEADER_OCTETS)
        return false;
    uint32_t link = header_number(header + LINK_AT, magics[magic].is_big);

    *description = (struct pcap_description){
        .link = pcap_link((int)(link & LINK_MASK)),
        .snaplen = header_number(header + SNAPLEN_AT, magics[magic].is_big),
        .fcs_octets = link & FCS_KNOWN ? 2 * (link >> FCS_SHIFT) : 0,
        .is_nano = magics[magic].is_nano,
    };
    return true;
}

/* As libpcap has it: of what else than packets is captured there may be more at once. */
static uint32_t packet_max(int dlt)
{
    switch (dlt) {
    case DLT_DBUS:
    case DLT_USBPCAP:
    case DLT_USB_LINUX:
    case DLT_USB_LINUX_MMAPPED:
    case DLT_USB_DARWIN:
        return 128 << 20;
    case DLT_EBHSCR:
        return 8 << 20;
    default:
        return INPUT_CAPTURED_MAX;
    }
}

/* What libpcap says of the file: it sees the header alone. */
static pcap_t *pcap_over(struct text header, char *words)
{
    FILE *file = fmemopen((char *)header.at, header.len, "r");
    pcap_t *pcap = file ? pcap_fopen_offline(file, words) : NULL;

    if (file && !pcap)
        fclose(file);
    return pcap;
}

/* Record by record, without libpcap, which copies each packet twice before anybody sees it. */
struct walk {
    struct reading *reading;
    struct pcap_sink sink;
    bool is_big, is_nano, wants_nano;
    bool is_length_first;                    /* lengths are the other way round: before version 2.3 */
    bool is_length_unsure;                   /* in version 2.3 now so, now so */
    size_t header_octets;                    /* of a record */
    uint32_t snaplen, captured_max;
    uint8_t *octets;                         /* of packets that are longer than a look ahead; NULL: none yet */
};

static struct walk walk_begin(struct reading *reading, pcap_t *pcap, size_t magic)
{
    int minor = pcap_minor_version(pcap);

    return (struct walk){
        .reading = reading, .is_big = magics[magic].is_big, .is_nano = magics[magic].is_nano,
        .header_octets = magics[magic].record, .snaplen = (uint32_t)pcap_snapshot(pcap),
        .captured_max = packet_max(pcap_datalink(pcap)),
        .is_length_first = minor < 3, .is_length_unsure = minor == 3,
    };
}

static uint32_t fraction_of(const struct walk *walk, uint32_t fraction)
{
    if (walk->is_nano == walk->wants_nano)
        return fraction;
    return walk->is_nano ? fraction / 1000 : fraction * 1000;
}

/* `at`: where its octets begin. */
static struct pcap_record record_of(const struct walk *walk, const uint8_t *header, uint64_t at)
{
    struct pcap_record record = {
        .seconds = header_number(header, walk->is_big),
        .fraction = fraction_of(walk, header_number(header + 4, walk->is_big)),
        .captured = header_number(header + 8, walk->is_big),
        .length = header_number(header + 12, walk->is_big),
        .at = at,
    };

    if (walk->is_length_first || (walk->is_length_unsure && record.captured > record.length)) {
        uint32_t captured = record.length;

        record.length = record.captured;
        record.captured = captured;
    }
    return record;
}

/* Octets behind the snap length are passed over. False if some are lacking. */
static bool take_packet(struct walk *walk, struct pcap_record *record)
{
    struct source *source = walk->reading->source;
    uint32_t all = record->captured;

    if (record->captured > walk->snaplen)
        record->captured = walk->snaplen;
    if (all <= SOURCE_PEEK_MAX) {
        struct text octets = source_take(source, all);

        record->octets = (const uint8_t *)octets.at;
        return octets.len == all;
    }
    if (!walk->octets)
        walk->octets = memory_grow(NULL, walk->captured_max, 1);
    record->octets = walk->octets;
    return source_read(source, walk->octets, all) == all;
}

static enum input_result walk_on(struct walk *walk)
{
    struct reading *reading = walk->reading;
    struct source *source = reading->source;

    while (!reading_is_stopped(reading)) {
        uint64_t at = source_at(source);
        struct text header = source_take(source, walk->header_octets);

        if (header.len == 0)
            break;
        if (header.len < walk->header_octets)
            return reading_breaks(reading, at, true, "the header of a packet has only %zu of its %zu octets", header.len,
                                  walk->header_octets);
        struct pcap_record record = record_of(walk, (const uint8_t *)header.at, at + header.len);
        uint32_t all = record.captured;

        if (all > walk->captured_max)
            return reading_breaks(reading, at, false, "a packet of %u octets, more than the %u that are possible", all,
                                  walk->captured_max);
        if (!take_packet(walk, &record))
            return reading_breaks(reading, at, true, "a packet has fewer than its %u octets", all);
        walk->sink.record(walk->sink.context, &record);
    }
    return INPUT_READ;
}

enum input_result pcap_each(struct reading *reading, bool is_nano, struct pcap_sink sink)
{
    char words[PCAP_ERRBUF_SIZE] = "";
    struct text header = source_peek(reading->source, HEADER_OCTETS);
    size_t magic = magic_number(header);
    pcap_t *pcap = magic < MAGICS ? pcap_over(header, words) : NULL;

    if (!pcap)
        return reading_refuses(reading, "is no capture that libpcap reads: %s", words);
    struct walk walk = walk_begin(reading, pcap, magic);

    walk.sink = sink;
    walk.wants_nano = is_nano;
    source_read(reading->source, NULL, HEADER_OCTETS);
    enum input_result result = walk_on(&walk);

    pcap_close(pcap);
    memory_free(walk.octets);
    return result;
}

struct pcap_run {
    struct reading *reading;
    int link;
};

static void pcap_hand_on(void *context, const struct pcap_record *record)
{
    struct pcap_run *run = context;
    struct httplint_packet packet = {
        .octets = record->octets,
        .captured = record->captured,
        .length = record->length,
        .link = run->link,
        .time_us = (int64_t)record->seconds * 1000000 + record->fraction,
        .file_at = record->at,
    };

    reading_packet(run->reading, &packet);
}

static enum input_result pcap_run(struct reading *reading)
{
    struct text header = source_peek(reading->source, HEADER_OCTETS);
    struct pcap_description description;

    if (!pcap_describe(header, &description))
        return reading_breaks(reading, 0, true, "the file header has only %zu of its 24 octets",
                              header.len);
    if (reading->filter && !filter_prepare(reading->filter, description.link))
        return INPUT_REFUSED;
    struct pcap_run run = { reading, description.link };

    return pcap_each(reading, false, (struct pcap_sink){ pcap_hand_on, &run });
}

const struct reader pcap_reader = { pcap_sniff, pcap_run };
