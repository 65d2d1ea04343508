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
    FCS_SHIFT = 28,
    CAPTURED_MAX = 262144,
    FILTER_MAX = 4096,
    FILTER_OPTIMISED_MAX = 1024
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

static int link_dlt(int link)
{
    for (size_t i = 0; i < LINKS; i++)
        if (links[i].link == link)
            return links[i].dlt;
    return link;
}

/* ---- filters ---- */

struct program {
    int link;
    bool is_valid;
    struct bpf_program code;
};

struct filter {
    const char *expression, *name;
    struct errors *errors;
    struct program *programs;
    size_t count;
    bool has_failed;
};

struct filter *filter_new(const char *expression, const char *name, struct errors *errors)
{
    struct filter *filter = memory_new(sizeof *filter);

    filter->expression = expression;
    filter->name = name;
    filter->errors = errors;
    return filter;
}

void filter_free(struct filter *filter)
{
    if (!filter)
        return;
    for (size_t i = 0; i < filter->count; i++)
        pcap_freecode(&filter->programs[i].code);
    memory_free(filter->programs);
    memory_free(filter);
}

static bool filter_fail(struct filter *filter, int link, const char *words)
{
    return errors_add(filter->errors, filter->name, 0, 0,
                      "filter '%.200s' does not fit packets of link type %d: %s",
                      filter->expression, link, words);
}

static bool program_compile(struct filter *filter, struct program *program)
{
    /* libpcap compiles recursively, in time that grows with the square of the length or worse. */
    size_t len = strnlen(filter->expression, FILTER_MAX + 1);

    if (len > FILTER_MAX)
        return filter_fail(filter, program->link, "it has more than 4096 octets");
    pcap_t *dead = pcap_open_dead(link_dlt(program->link), CAPTURED_MAX);

    if (!dead)
        return filter_fail(filter, program->link, "libpcap has no memory");
    program->is_valid = pcap_compile(dead, &program->code, filter->expression,
                                     len <= FILTER_OPTIMISED_MAX, PCAP_NETMASK_UNKNOWN) == 0;
    if (!program->is_valid)
        filter_fail(filter, program->link, pcap_geterr(dead));
    pcap_close(dead);
    return program->is_valid;
}

/* Captures hold a handful of link types: the list is short. */
static struct program *filter_program(struct filter *filter, int link)
{
    for (size_t i = 0; i < filter->count; i++)
        if (filter->programs[i].link == link)
            return &filter->programs[i];
    filter->programs = memory_grow(filter->programs, filter->count + 1, sizeof *filter->programs);

    struct program *program = &filter->programs[filter->count++];

    *program = (struct program){ .link = link };
    if (!program_compile(filter, program))
        filter->has_failed = true;
    return program;
}

bool filter_prepare(struct filter *filter, int link)
{
    return filter_program(filter, link)->is_valid;
}

bool filter_passes(struct filter *filter, const struct httplint_packet *packet)
{
    struct program *program = filter_program(filter, packet->link);
    struct pcap_pkthdr header = { .caplen = packet->captured, .len = packet->length };

    return program->is_valid && pcap_offline_filter(&program->code, &header, packet->octets) != 0;
}

bool filter_has_failed(const struct filter *filter)
{
    return filter->has_failed;
}

bool input_check_filter(const char *expression, struct errors *errors)
{
    struct filter *filter = filter_new(expression, NULL, errors);
    bool is_valid = filter_prepare(filter, DLT_EN10MB);

    filter_free(filter);
    return is_valid;
}

/* ---- classic files ---- */

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
    uint32_t number = 0;

    for (unsigned i = 0; i < 4; i++)
        number = number << 8 | at[is_big ? i : 3 - i];
    return number;
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

static ssize_t cookie_read(void *context, char *into, size_t size)
{
    return (ssize_t)source_read(context, into, size);
}

/* Answers ftello(3), which then tells where libpcap stands; a source goes nowhere else. */
static int cookie_seek(void *context, off64_t *offset, int whence)
{
    if (whence != SEEK_CUR || *offset != 0)
        return -1;
    *offset = (off64_t)source_at(context);
    return 0;
}

static pcap_t *pcap_over(struct reading *reading, bool is_nano, char *words)
{
    cookie_io_functions_t cookie = { .read = cookie_read, .seek = cookie_seek };
    FILE *file = fopencookie(reading->source, "r", cookie);
    u_int precision = is_nano ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO;
    pcap_t *pcap = NULL;

    if (file) {
        pcap = pcap_fopen_offline_with_tstamp_precision(file, precision, words);
        if (!pcap)
            fclose(file);
    }
    return pcap;
}

/* `record` is the length of record headers. To ask where libpcap stands costs more than to count, but it cuts what is longer
 * than the snap length. */
static enum input_result pcap_walk(struct reading *reading, pcap_t *pcap, size_t record, struct pcap_sink sink)
{
    FILE *file = pcap_file(pcap);
    bpf_u_int32 snaplen = (bpf_u_int32)pcap_snapshot(pcap);
    uint64_t at = HEADER_OCTETS;
    struct pcap_pkthdr *header;
    const u_char *octets;

    for (;;) {
        if (reading_is_stopped(reading))
            return INPUT_READ;
        int got = pcap_next_ex(pcap, &header, &octets);

        if (got == PCAP_ERROR_BREAK)
            return INPUT_READ;
        if (got < 0)
            return reading_breaks(reading, at, feof(file) != 0, "%s", pcap_geterr(pcap));
        /* Seconds are unsigned in the file, whatever time_t makes of them. */
        sink.record(sink.context, &(struct pcap_record){ octets, header->caplen, header->len,
                                                         (uint32_t)header->ts.tv_sec, (uint32_t)header->ts.tv_usec,
                                                         at + record });
        at = header->caplen < snaplen ? at + record + header->caplen : (uint64_t)ftello(file);
    }
}

enum input_result pcap_each(struct reading *reading, bool is_nano, struct pcap_sink sink)
{
    char words[PCAP_ERRBUF_SIZE] = "";
    size_t magic = magic_number(source_peek(reading->source, HEADER_OCTETS));
    size_t record = magic < MAGICS ? magics[magic].record : 0;
    pcap_t *pcap = pcap_over(reading, is_nano, words);

    if (!pcap)
        return reading_refuses(reading, "is no capture that libpcap reads: %s", words);
    enum input_result result = pcap_walk(reading, pcap, record, sink);

    pcap_close(pcap);
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
