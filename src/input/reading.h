/*
 * reading.h - what the readers of all formats share: one run over one input.
 *
 * A reader takes octets from the reading's source and hands packets or chunks to its sink; it
 * never meets the session behind it. How packets are counted, filtered and bounded, and how an
 * end before the end is told, is the same for all and stands here.
 */
#ifndef HTTPLINT_INPUT_READING_H
#define HTTPLINT_INPUT_READING_H

#include "input/filter.h"
#include "input/input.h"
#include "input/source.h"

/* The doors of a session; every view dies when the call returns. */
struct input_sink {
    void *context;
    void (*packet)(void *context, const struct httplint_packet *);
    void (*octets)(void *context, const struct httplint_chunk *);
    void (*event)(void *context, const struct httplint_chunk *where, enum httplint_event);
    void (*remark)(void *context, const char *code, const char *words, uint64_t frame);
    void (*entry)(void *context, const struct httplint_entry *);
};

struct reading {
    const char *name;          /* of the input, for messages */
    const struct input_options *options;       /* may be NULL */
    struct source *source;
    struct input_sink sink;
    struct errors *errors;
    struct filter *filter;     /* NULL: every packet passes */
    uint64_t frame;            /* packets of the whole input so far */
    uint64_t passed;           /* those that the sink was given */
};

/* One format: told by its first octets, at most SOURCE_PEEK_MAX, and read to its end. */
struct reader {
    bool (*sniff)(struct text begin);
    enum input_result (*run)(struct reading *);
};

extern const struct reader pcap_reader, pcapng_reader, transcript_reader, har_reader;

/* Tells the format of the source and reads it to its end. Everything down to `errors` is given by
 * the caller and stays the caller's; the rest is zero. */
enum input_result reading_run(struct reading *);

/* Counts the packet, gives it its number, and hands it on if the filter lets it pass. Lengths and
 * time are put within bounds, so that nothing behind has to fear their arithmetic. */
void reading_packet(struct reading *, struct httplint_packet *);

bool reading_is_stopped(const struct reading *);

/* The offset in the file of a plain octet: none (0) where the file is packed. */
uint64_t reading_file_at(const struct reading *, uint64_t at);

/* The input ends before its end: an error with the place, and a remark. `at` is the plain octet
 * where what cannot be read begins; `is_cut`: octets are lacking, else they are damaged. Gives what
 * the reader then returns: INPUT_BROKEN, or INPUT_READ if the user stopped the reading. */
enum input_result reading_breaks(struct reading *, uint64_t at, bool is_cut, const char *format,
                                 ...) __attribute__((format(printf, 4, 5)));

/* Nothing can be read: an error. Gives INPUT_REFUSED. */
enum input_result reading_refuses(struct reading *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
