/*
 * talk.h - conversations of TCP as packets of a classic pcap file on standard output, for generate.c.
 *
 * Addresses are from 198.18.0.0/15 (RFC 2544), checksums are right, each packet comes 10 us after the one before. Out
 * of memory is the end of the program.
 */
#ifndef HTTPLINT_BENCH_TALK_H
#define HTTPLINT_BENCH_TALK_H

#include <stddef.h>
#include <stdint.h>

enum { CLIENT, SERVER };
enum { FIN = 1, SYN = 2, PSH = 8, ACK = 16 };
enum { MSS = 1460 };

/* A connection; a client's number makes its address and port. */
struct talk {
    uint32_t client;
    uint32_t seq[2];           /* the next octet of each side */
};

/* The header of the file. */
void talk_file(void);

/* A connection with its handshake; its end by FIN, the server's first. */
struct talk talk_begin(uint32_t client);
void talk_end(struct talk *);

/* One segment of at most MSS octets, whatever its sequence number; it acknowledges all that the other side has said. */
void talk_segment(const struct talk *, int side, unsigned flags, uint32_t seq, const char *data, size_t len);

/* The side goes on with `len` octets, in segments of `size`. */
void talk_say_in(struct talk *, int side, const char *data, size_t len, size_t size);

/* The same for a string, in full segments, with an acknowledgment by the other side. */
void talk_say(struct talk *, int side, const char *data);

void talk_acknowledge(const struct talk *, int side);

/* One fragment of 8 octets of a datagram that never comes whole. */
void talk_fragment(uint16_t datagram);

/* Octets that are put together; freed by their owner. */
struct text {
    char *at;
    size_t len, room;
};

void text_add(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_times(struct text *, size_t n, const char *words);

#endif
