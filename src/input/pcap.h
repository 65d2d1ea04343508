/*
 * pcap.h - classic capture files.
 *
 * What libpcap is used for stands in pcap.c, filter.c and live.c. Link types are LINKTYPE_ values, those of files, on this side of
 * them; libpcap's own DLT_ values stay behind. The reader itself is pcap_reader of reading.h.
 */
#ifndef HTTPLINT_INPUT_PCAP_H
#define HTTPLINT_INPUT_PCAP_H

#include "base/errors.h"
#include "httplint.h"
#include "input/input.h"

/* The LINKTYPE_ value that is meant where a file says `link`: old files hold DLT_ values of the
 * system that wrote them. */
int pcap_link(int link);

/* The DLT_ value by which libpcap knows a LINKTYPE_ value. */
int pcap_dlt(int link);

/* What the 24 octets of a file header say. */
struct pcap_description {
    int link;
    uint32_t snaplen;
    uint32_t fcs_octets;                     /* of the check sequence at the end of each frame; 0: none, or not known */
    bool is_nano;                            /* fractions of seconds are nanoseconds, else microseconds */
};

/* False if it is no classic file, or its header is not whole. */
bool pcap_describe(struct text begin, struct pcap_description *);

struct pcap_record {
    const uint8_t *octets;
    uint32_t captured, length, seconds, fraction;
    uint64_t at;                             /* plain octets before these */
};

struct pcap_sink {
    void (*record)(void *context, const struct pcap_record *);
    void *context;
};

struct reading;

/* Reads the rest of the input, record by record; `is_nano`: fractions are to be nanoseconds. What is wrong is told as by
 * reading_breaks and reading_refuses. */
enum input_result pcap_each(struct reading *, bool is_nano, struct pcap_sink);

#endif
