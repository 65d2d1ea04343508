#include "tests/support/capture_writer.h"

#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include "base/inflate.h"
#include "base/memory.h"

struct text capture_text(const struct capture *capture)
{
    return (struct text){ (const char *)capture->octets, capture->len };
}

void capture_clear(struct capture *capture)
{
    memory_free(capture->octets);
    *capture = (struct capture){ .is_big = capture->is_big };
}

static uint8_t *room_for(struct capture *capture, size_t len)
{
    if (capture->room - capture->len < len) {
        capture->room = 2 * (capture->len + len) + 256;
        capture->octets = memory_grow(capture->octets, capture->room, 1);
    }
    return capture->octets + capture->len;
}

void capture_octets(struct capture *capture, const void *octets, size_t len)
{
    uint8_t *at = room_for(capture, len);

    if (len > 0)
        memcpy(at, octets, len);
    capture->len += len;
}

static void put(const struct capture *capture, uint8_t *at, unsigned octets, uint64_t value)
{
    for (unsigned i = 0; i < octets; i++)
        at[capture->is_big ? octets - 1 - i : i] = (uint8_t)(value >> (8 * i));
}

void capture_number(struct capture *capture, unsigned octets, uint64_t value)
{
    put(capture, room_for(capture, octets), octets, value);
    capture->len += octets;
}

static void pad(struct capture *capture)
{
    while (capture->len % 4 != 0)
        capture_number(capture, 1, 0);
}

void capture_pcap(struct capture *capture, uint32_t magic, uint32_t link)
{
    capture_number(capture, 4, magic);
    capture_number(capture, 2, 2);
    capture_number(capture, 2, 4);
    capture_number(capture, 4, 0);
    capture_number(capture, 4, 0);
    capture_number(capture, 4, 65535);
    capture_number(capture, 4, link);
}

void capture_pcap_record(struct capture *capture, uint32_t seconds, uint32_t fraction,
                         struct text octets)
{
    capture_number(capture, 4, seconds);
    capture_number(capture, 4, fraction);
    capture_number(capture, 4, octets.len);
    capture_number(capture, 4, octets.len);
    capture_octets(capture, octets.at, octets.len);
}

size_t capture_block_begin(struct capture *capture, uint32_t type)
{
    size_t begun = capture->len;

    capture_number(capture, 4, type);
    capture_number(capture, 4, 0);
    return begun;
}

void capture_block_end(struct capture *capture, size_t begun)
{
    pad(capture);
    capture_number(capture, 4, capture->len + 4 - begun);
    put(capture, capture->octets + begun + 4, 4, capture->len - begun);
}

void capture_option(struct capture *capture, unsigned code, const void *value, size_t len)
{
    capture_number(capture, 2, code);
    capture_number(capture, 2, len);
    capture_octets(capture, value, len);
    pad(capture);
}

void capture_option_number(struct capture *capture, unsigned code, unsigned octets, uint64_t value)
{
    uint8_t number[8];

    put(capture, number, octets, value);
    capture_option(capture, code, number, octets);
}

void capture_section(struct capture *capture)
{
    size_t begun = capture_block_begin(capture, 0x0a0d0d0a);

    capture_number(capture, 4, 0x1a2b3c4d);
    capture_number(capture, 2, 1);
    capture_number(capture, 2, 0);
    capture_number(capture, 8, UINT64_MAX);
    capture_block_end(capture, begun);
}

void capture_interface(struct capture *capture, unsigned link, uint32_t snaplen)
{
    size_t begun = capture_block_begin(capture, 1);

    capture_number(capture, 2, link);
    capture_number(capture, 2, 0);
    capture_number(capture, 4, snaplen);
    capture_block_end(capture, begun);
}

size_t capture_enhanced(struct capture *capture, uint32_t interface, uint64_t ticks,
                        struct text octets)
{
    size_t begun = capture_block_begin(capture, 6);

    capture_number(capture, 4, interface);
    capture_number(capture, 4, ticks >> 32);
    capture_number(capture, 4, ticks & UINT32_MAX);
    capture_number(capture, 4, octets.len);
    capture_number(capture, 4, octets.len);
    capture_octets(capture, octets.at, octets.len);
    pad(capture);
    return begun;
}

static size_t deflated(uint8_t *into, size_t room, struct text text, int window_bits)
{
    z_stream stream = { 0 };

    deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = (z_const Bytef *)(uintptr_t)text.at;
    stream.avail_in = (uInt)text.len;
    stream.next_out = into;
    stream.avail_out = (uInt)room;
    deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

void capture_packed(struct capture *capture, int format, struct text text)
{
    size_t room = text.len + text.len / 8 + 1024;
    uint8_t *into = room_for(capture, room);

    if (format == INFLATE_GZIP)
        capture->len += deflated(into, room, text, MAX_WBITS + 16);
    else if (format == INFLATE_ZLIB)
        capture->len += deflated(into, room, text, MAX_WBITS);
    else if (format == INFLATE_DEFLATE)
        capture->len += deflated(into, room, text, -MAX_WBITS);
    else if (format == INFLATE_ZSTD)
        capture->len += ZSTD_compress(into, room, text.at, text.len, 1);
    else
        capture->len += LZ4F_compressFrame(into, room, text.at, text.len, NULL);
}
