#include "input/capture_out.h"

#include <string.h>

/* draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng */
enum {
    SECTION = 0x0a0d0d0a,
    BYTE_ORDER = 0x1a2b3c4d,
    INTERFACE = 1,
    PACKET = 6,
    OPTION_END = 0,
    OPTION_COMMENT = 1,
    OPTION_NAME = 2,
    OPTION_MAX = 0xffff
};

static void put(struct out *out, const void *octets, size_t len)
{
    out_text(out, (struct text){ octets, len });
}

static void put_u16(struct out *out, unsigned value)
{
    put(out, &(uint16_t){ (uint16_t)value }, sizeof(uint16_t));
}

static void put_u32(struct out *out, uint32_t value)
{
    put(out, &value, sizeof value);
}

void capture_out_header(struct out *out, int link, uint32_t snaplen)
{
    put_u32(out, 0xa1b2c3d4);
    put_u16(out, 2);
    put_u16(out, 4);
    put_u32(out, 0);
    put_u32(out, 0);
    put_u32(out, snaplen);
    put_u32(out, (uint32_t)link);
}

void capture_out_record(struct out *out, const struct httplint_packet *packet)
{
    put_u32(out, (uint32_t)(packet->time_us / 1000000));
    put_u32(out, (uint32_t)(packet->time_us % 1000000));
    put_u32(out, packet->captured);
    put_u32(out, packet->length);
    put(out, packet->octets, packet->captured);
}

/* ---- pcapng ---- */

static uint32_t padded(size_t len)
{
    return (uint32_t)((len + 3) / 4 * 4);
}

static void put_padded(struct out *out, struct text octets)
{
    static const char zeros[4];

    out_text(out, octets);
    put(out, zeros, padded(octets.len) - octets.len);
}

static struct text option_cut(struct text option)
{
    return (struct text){ option.at, option.len < OPTION_MAX ? option.len : OPTION_MAX };
}

/* Octets of a list with this option alone, its end included. */
static uint32_t options_len(struct text option)
{
    return option.len > 0 ? 4 + padded(option.len) + 4 : 0;
}

static void put_options(struct out *out, unsigned code, struct text option)
{
    if (option.len == 0)
        return;
    put_u16(out, code);
    put_u16(out, (unsigned)option.len);
    put_padded(out, option);
    put_u16(out, OPTION_END);
    put_u16(out, 0);
}

void capture_out_section(struct out *out, struct text comment)
{
    comment = option_cut(comment);
    uint32_t len = 28 + options_len(comment);

    put_u32(out, SECTION);
    put_u32(out, len);
    put_u32(out, BYTE_ORDER);
    put_u16(out, 1);
    put_u16(out, 0);
    put(out, &(int64_t){ -1 }, sizeof(int64_t));
    put_options(out, OPTION_COMMENT, comment);
    put_u32(out, len);
}

void capture_out_interface(struct out *out, int link, uint32_t snaplen, struct text name)
{
    name = option_cut(name);
    uint32_t len = 20 + options_len(name);

    put_u32(out, INTERFACE);
    put_u32(out, len);
    put_u16(out, (unsigned)link);
    put_u16(out, 0);
    put_u32(out, snaplen);
    put_options(out, OPTION_NAME, name);
    put_u32(out, len);
}

void capture_out_packet(struct out *out, uint32_t interface, const struct httplint_packet *packet, struct text comment)
{
    uint64_t time_us = (uint64_t)packet->time_us;

    comment = option_cut(comment);
    uint32_t len = 32 + padded(packet->captured) + options_len(comment);

    put_u32(out, PACKET);
    put_u32(out, len);
    put_u32(out, interface);
    put_u32(out, (uint32_t)(time_us >> 32));
    put_u32(out, (uint32_t)time_us);
    put_u32(out, packet->captured);
    put_u32(out, packet->length);
    put_padded(out, (struct text){ packet->octets, packet->captured });
    put_options(out, OPTION_COMMENT, comment);
    put_u32(out, len);
}
