#include "talk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADERS = 14 + 20 + 20 };

static uint64_t now_us = UINT64_C(1709287200000000);

static void put(uint8_t *at, unsigned octets, uint32_t value)
{
    while (octets-- > 0) {
        at[octets] = (uint8_t)value;
        value >>= 8;
    }
}

static uint32_t sum(const uint8_t *at, size_t len, uint32_t so_far)
{
    for (size_t i = 0; i < len; i++)
        so_far += (uint32_t)at[i] << (i % 2 ? 0 : 8);
    while (so_far >> 16)
        so_far = (so_far & 0xffff) + (so_far >> 16);
    return so_far;
}

static void number(uint32_t value)
{
    fwrite(&value, sizeof value, 1, stdout);
}

static void record(const uint8_t *packet, size_t len)
{
    number((uint32_t)(now_us / 1000000));
    number((uint32_t)(now_us % 1000000));
    number((uint32_t)len);
    number((uint32_t)len);
    fwrite(packet, len, 1, stdout);
    now_us += 10;
}

void talk_file(void)
{
    number(0xa1b2c3d4);
    number(2 | 4u << 16);
    number(0);
    number(0);
    number(262144);
    number(1);
}

/* Ethernet and IPv4 before what lies in `packet` from octet 34 on. */
static void ip(uint8_t *packet, size_t len, const uint32_t ends[2], uint32_t fragment)
{
    static const uint8_t ethernet[14] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };

    memcpy(packet, ethernet, sizeof ethernet);
    memset(packet + 14, 0, 20);
    packet[14] = 0x45;
    put(packet + 16, 2, (uint32_t)(len - 14));
    put(packet + 18, 4, fragment);
    packet[22] = 64;
    packet[23] = 6;
    put(packet + 26, 4, ends[0]);
    put(packet + 30, 4, ends[1]);
    put(packet + 24, 2, ~sum(packet + 14, 20, 0));
}

void talk_segment(const struct talk *t, int side, unsigned flags, uint32_t seq, const char *data, size_t len)
{
    static uint8_t packet[HEADERS + MSS];
    uint32_t client = 0xc6120100 + t->client / 50000, server = 0xc6130001, port = 10000 + t->client % 50000;
    uint32_t ends[2] = { side == CLIENT ? client : server, side == CLIENT ? server : client };
    uint8_t *tcp = packet + 34;

    memset(tcp, 0, 20);
    put(tcp, 2, side == CLIENT ? port : 80);
    put(tcp + 2, 2, side == CLIENT ? 80 : port);
    put(tcp + 4, 4, seq);
    put(tcp + 8, 4, flags & ACK ? t->seq[!side] : 0);
    put(tcp + 12, 2, 5u << 12 | flags);
    put(tcp + 14, 2, 65535);
    if (len > 0)
        memcpy(tcp + 20, data, len);
    ip(packet, HEADERS + len, ends, 0x4000);
    put(tcp + 16, 2, ~sum(tcp, 20 + len, sum(packet + 26, 8, 6 + 20 + (uint32_t)len)));
    record(packet, HEADERS + len);
}

/* ---- conversations ---- */

struct talk talk_begin(uint32_t client)
{
    struct talk t = { client, { 1000, 5000 } };

    talk_segment(&t, CLIENT, SYN, t.seq[CLIENT]++, NULL, 0);
    talk_segment(&t, SERVER, SYN | ACK, t.seq[SERVER]++, NULL, 0);
    talk_segment(&t, CLIENT, ACK, t.seq[CLIENT], NULL, 0);
    return t;
}

void talk_end(struct talk *t)
{
    talk_segment(t, SERVER, FIN | ACK, t->seq[SERVER]++, NULL, 0);
    talk_segment(t, CLIENT, FIN | ACK, t->seq[CLIENT]++, NULL, 0);
    talk_segment(t, SERVER, ACK, t->seq[SERVER], NULL, 0);
}

/* In pieces of `size` octets. */
void talk_say_in(struct talk *t, int side, const char *data, size_t len, size_t size)
{
    for (size_t at = 0, here; at < len; at += here) {
        here = len - at < size ? len - at : size;
        talk_segment(t, side, PSH | ACK, t->seq[side], data + at, here);
        t->seq[side] += (uint32_t)here;
    }
}

void talk_acknowledge(const struct talk *t, int side)
{
    talk_segment(t, side, ACK, t->seq[side], NULL, 0);
}

void talk_say(struct talk *t, int side, const char *data)
{
    talk_say_in(t, side, data, strlen(data), MSS);
    talk_acknowledge(t, !side);
}

void talk_fragment(uint16_t datagram)
{
    static const uint32_t ends[2] = { 0xc6120100, 0xc6130001 };
    uint8_t packet[34 + 8] = { 0 };

    ip(packet, sizeof packet, ends, (uint32_t)datagram << 16 | 0x2000);
    record(packet, sizeof packet);
}

/* ---- text ---- */

void text_add(struct text *text, const char *format, ...)
{
    va_list arguments;

    if (text->room - text->len < 1024) {
        text->room = 2 * text->room + 4096;
        text->at = realloc(text->at, text->room);
        if (!text->at)
            abort();
    }
    va_start(arguments, format);
    text->len += (size_t)vsnprintf(text->at + text->len, 1024, format, arguments);
    va_end(arguments);
}

void text_add_times(struct text *text, size_t n, const char *words)
{
    while (n-- > 0)
        text_add(text, "%s", words);
}
