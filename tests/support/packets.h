/*
 * packets.h - packets written as hex, and what is seen of them through wire_feed.
 *
 * A row is fed as it is, then cut at every length, then with each octet changed, always against
 * a guard page: packets_check says which row breaks which law.
 */
#ifndef HTTPLINT_TESTS_PACKETS_H
#define HTTPLINT_TESTS_PACKETS_H

#include <stddef.h>

#include "base/limits.h"
#include "base/note.h"
#include "wire/packet.h"

/* The one segment that most rows carry: 10.0.0.1:8080 > 10.0.0.2:80, or 2001:db8::1 > ::2, seq
 * 1, ack 2, PSH ACK, "GET". */
#define MACS "020000000002 020000000001 "
#define ETH4 MACS "0800 "
#define ETH6 MACS "86dd "
#define PORTS "1f900050 00000001 00000002 5018 1000 "
#define GET4 PORTS "d09e 0000 474554 "
#define GET6 PORTS "892c 0000 474554 "
#define ENDS4 "0a000001 0a000002 "
#define ENDS6 "20010db8000000000000000000000001 20010db8000000000000000000000002 "
#define IPV4 "4500 002b 0001 0000 40 06 66ca " ENDS4 GET4
#define IPV6 "60000000 0017 06 40 " ENDS6 GET6
/* An IPv6 header over all that follows: it takes no sum, and no length. */
#define OVER6(next) "60000000 0000 " next " 40 " ENDS6

enum packet_sees {
    SEES_NOTHING,
    SEES_IPV4,                 /* the segment above, whole, its checksum good */
    SEES_IPV6,
    SEES_OTHER                 /* some segment: the test looks itself */
};

enum { NO_NOTE = -1, PACKET_MAX = 8192, SEEN_MAX = 2048 };

struct packet_row {
    const char *name;
    int link;                  /* LINKTYPE_ value */
    const char *octets;        /* hex; blanks do not count */
    enum packet_sees sees;
    int note;                  /* enum note_code; NO_NOTE */
};

/* What came out for one or more packets. */
struct seen {
    unsigned nsegments, nnotes;
    struct segment segment;    /* the last; its data is in `data` */
    uint8_t data[SEEN_MAX];
    enum note_code note;       /* the last */
    uint64_t note_frame;
};

/* Octets that `hex` stands for, into `octets` of `room`; how many. */
size_t packets_read(const char *hex, uint8_t *octets, size_t room);

/* A failure with the row's name and the broken law, unless `is_kept`. */
void packets_expect(bool is_kept, const char *row, const char *law);

/* What is seen of one packet as it is. `limits` NULL: the defaults. */
void packets_see(const struct packet *, const struct limits *limits, struct seen *);

/* All laws for each row. */
void packets_check(const struct packet_row *, size_t nrows);

struct wire;

/* A wire that writes down what it sees; freed by wire_free. */
struct wire *packets_wire(const struct limits *limits, struct seen *);

#endif
