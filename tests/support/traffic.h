/*
 * traffic.h - a capture in memory, ways to make one of octet streams, and ways to spoil one.
 *
 * The laws of the tests are about changes to captures: what is linted stays the same whatever the
 * disguise, and what is lost never adds or sharpens a finding.
 */
#ifndef HTTPLINT_TESTS_TRAFFIC_H
#define HTTPLINT_TESTS_TRAFFIC_H

#include "input/transcript.h"

struct frame {
    uint8_t *octets;           /* own */
    uint32_t captured, length;
    int link;
    uint64_t number;           /* stays with the frame through every change */
    int64_t time_us;
};

struct traffic {
    struct frame *frames;
    size_t count;
};

/* All frames of a capture file; fails the test if it cannot be read. */
struct traffic traffic_load(const char *path);
struct traffic traffic_copy(const struct traffic *);
void traffic_clear(struct traffic *);

/* How octet streams are put into packets. Zero is plain: whole blocks, Ethernet, IPv4. */
struct disguise {
    const char *name;
    size_t segment;            /* octets of a segment at most; 0: as they come */
    bool is_random_cut;        /* 1 .. segment octets */
    bool is_ipv6, is_vlan, is_raw;
    bool is_repeated;          /* every third segment comes again later, and with other cuts */
    bool is_overlapping;       /* segments begin with octets that were sent before */
    bool is_conflicting;       /* those differ from what was sent before */
    unsigned window;           /* frames change places within so many; 0: none */
    uint32_t isn;              /* initial sequence number of both sides */
    unsigned host;             /* clients with another number have another address */
    bool has_noise;            /* frames between that a host would drop: bad checksum, none, out of window, old */
    bool is_offloaded;         /* checksums are left to the network card */
    int64_t shift_us;
};

/* The packets of a case: handshake, blocks in their order, closes. Deterministic for a seed. */
struct traffic traffic_of_case(const struct transcript *, const struct transcript_case *, const struct disguise *,
                               unsigned seed);

/* Each case of tests/cases, put into packets, and each capture: ours, or those of the folder that HTTPLINT_CAPTURES names.
 * The name says file and line. */
typedef void traffic_see(void *context, const char *name, const struct traffic *);
void traffic_each_case(const struct disguise *, unsigned seed, traffic_see *, void *context);
void traffic_each_capture(traffic_see *, void *context);

/* What linting it shows, as sorted lines: the findings with the ends of their connection (what is left of a capture has
 * other offsets, and another copy of a segment another frame), or with their stream offsets and a line for each exchange. */
struct shown {
    char **lines;
    size_t count;
};
struct shown traffic_lint(const struct traffic *, bool has_ends);
struct shown traffic_lint_with(const struct traffic *, bool has_ends, const struct httplint_options *);
struct shown cases_lint(const struct transcript *, const struct transcript_case *);
void shown_clear(struct shown *);
bool shown_equal(const struct shown *, const struct shown *);

/* Lines of `less` that `more` has not, at the same or a higher severity; NULL if there is none. The text lives in `less`. */
const char *shown_added(const struct shown *less, const struct shown *more);

/* A generator of numbers with a state of its own: tests repeat exactly. */
unsigned traffic_random(unsigned *state, unsigned below);

#endif
