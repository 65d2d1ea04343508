/*
 * packet.h - what enters the bottom floor and what leaves it.
 *
 * A packet is a frame as captured; a segment is the TCP segment found in it. Both are views:
 * their octets belong to the caller and die when the call that passed them returns.
 */
#ifndef HTTPLINT_WIRE_PACKET_H
#define HTTPLINT_WIRE_PACKET_H

#include <stdbool.h>
#include <stdint.h>

struct packet {
    const uint8_t *octets;
    uint32_t captured;         /* octets that are here */
    uint32_t length;           /* octets that the frame had on the wire; more than `captured` where the snap length cut
                                * it */
    int link;                  /* LINKTYPE_ value of the capture file */
    uint64_t frame;            /* number in the capture, from 1, as Wireshark counts */
    int64_t time_us;           /* since 1970, UTC */
    uint64_t file_at;          /* where in the file its first octet stands; 0: not known */
};

/* The place in the file of the octet that lies `octets` behind that one. */
static inline uint64_t file_at_behind(uint64_t file_at, uint64_t octets)
{
    return file_at > 0 ? file_at + octets : 0;
}

/* One end of a connection. Unused octets of `address` are zero, so that ends compare with memcmp. */
struct endpoint {
    uint8_t address[16];       /* network order; IPv4 in the first four */
    uint16_t port;
    uint8_t family;            /* 4 or 6 */
    uint8_t zero[5];
};

enum tcp_flag { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_PSH = 8, TCP_ACK = 16, TCP_URG = 32 };

struct segment {
    struct endpoint from, to;
    uint32_t seq, ack;         /* as on the wire */
    uint16_t window, urgent;
    uint8_t flags;             /* enum tcp_flag */
    bool has_timestamp;        /* RFC 7323: `timestamp` is the sender's TSval */
    bool is_checksum_bad;      /* the whole segment was captured and its checksum fails, or an IPv4 header's does */
    bool is_checksum_left;     /* it fails, being that of the pseudo-header alone: the network card was to add the rest */
    uint32_t timestamp;
    const uint8_t *data;
    uint32_t data_len;         /* octets of data that are here */
    uint32_t wire_len;         /* octets of data that the segment had: more than data_len where the frame was cut */
    uint64_t frame;
    int64_t time_us;
    uint64_t file_at;          /* of `data`; 0: it does not stand in the file as it is, as where fragments made it */
};

#endif
