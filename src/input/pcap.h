/*
 * pcap.h - the one door to libpcap: classic capture files, and filters for packets of any origin.
 *
 * Link types are LINKTYPE_ values, those of files, on this side of the door; libpcap's own DLT_
 * values stay behind it. The reader itself is pcap_reader of reading.h.
 */
#ifndef HTTPLINT_INPUT_PCAP_H
#define HTTPLINT_INPUT_PCAP_H

#include "base/errors.h"
#include "httplint.h"
#include "input/input.h"

/* The LINKTYPE_ value that is meant where a file says `link`: old files hold DLT_ values of the
 * system that wrote them. */
int pcap_link(int link);

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

/* A pcap-filter expression, compiled once for each link type that it meets. */
struct filter;

/* `name` is the input's, for messages; all three must outlive the filter. Freed by filter_free. */
struct filter *filter_new(const char *expression, const char *name, struct errors *errors);
void filter_free(struct filter *);

/* Compiles for a link type; false, with an error the first time, if that cannot be. */
bool filter_prepare(struct filter *, int link);

/* True if the packet passes; none of a link type does for which the filter does not compile. */
bool filter_passes(struct filter *, const struct httplint_packet *);

/* True if the filter did not compile for a link type that it met. */
bool filter_has_failed(const struct filter *);

#endif
