#include <arpa/inet.h>
#include <string.h>

#include "wire/checksum.h"
#include "wire/layer.h"

enum {
    TCP_OCTETS = 20,
    TCP_CHECKSUM_AT = 16,
    TCP_FLAGS = 0x3f,
    TCP_PROTOCOL = 6,
    OPTION_END = 0,
    OPTION_NONE = 1,
    OPTION_TIMESTAMP = 8,
    OPTION_TIMESTAMP_OCTETS = 10,
    /* RFC 7323 appendix A: how nearly everybody lays the option out. */
    OPTION_TIMESTAMP_USUAL = 0x0101080a
};

/* RFC 9293 3.1, but for the length. */
static uint64_t tcp_pseudo_header(const struct segment *segment)
{
    size_t address = segment->from.family == 4 ? 4 : sizeof segment->from.address;
    uint64_t sum = htons(TCP_PROTOCOL);

    sum = checksum_add(sum, segment->from.address, address);
    return checksum_add(sum, segment->to.address, address);
}

/* Who leaves the sum to the network card puts down that of the pseudo-header, which the card cannot know; without the length
 * where the card is to cut the segment into several. */
static bool tcp_is_checksum_left(uint64_t pseudo_header, const struct octets *octets)
{
    uint16_t sum;

    memcpy(&sum, octets->at + TCP_CHECKSUM_AT, sizeof sum);
    return sum == checksum_fold(pseudo_header + htonl(octets->wire)) || sum == checksum_fold(pseudo_header);
}

static void tcp_checksum(struct segment *segment, const struct octets *octets)
{
    uint64_t pseudo_header = tcp_pseudo_header(segment);

    segment->is_checksum_bad = octets->len == octets->wire &&
                               !checksum_is_good(checksum_add(pseudo_header + htonl(octets->wire), octets->at, octets->len));
    segment->is_checksum_left = segment->is_checksum_bad && tcp_is_checksum_left(pseudo_header, octets);
}

/* Options that break off are left where they do: hosts take the segment all the same. */
static void tcp_options(struct segment *segment, const struct octets *options)
{
    uint32_t at = 0;

    segment->has_timestamp = false;
    segment->timestamp = 0;
    if (octets_u32(options, 0) == OPTION_TIMESTAMP_USUAL)
        at = 2;
    while (at < options->len) {
        uint8_t kind = octets_u8(options, at), length = octets_u8(options, at + 1);

        if (kind == OPTION_END)
            return;
        if (kind == OPTION_NONE) {
            at++;
            continue;
        }
        if (length < 2 || length > options->len - at)
            return;
        if (kind == OPTION_TIMESTAMP && length == OPTION_TIMESTAMP_OCTETS) {
            segment->has_timestamp = true;
            segment->timestamp = octets_u32(options, at + 2);
            return;
        }
        at += length;
    }
}

enum layer tcp_segment(struct descent *down)
{
    struct octets *octets = &down->rest;
    struct segment *segment = &down->segment;

    if (!octets_has(octets, TCP_OCTETS))
        return layer_short(octets, TCP_OCTETS);
    uint32_t header = (octets_u8(octets, 12) >> 4) * 4u;

    if (header < TCP_OCTETS || header > octets->wire)
        return LAYER_MALFORMED;
    segment->from.port = octets_u16(octets, 0);
    segment->to.port = octets_u16(octets, 2);
    segment->seq = octets_u32(octets, 4);
    segment->ack = octets_u32(octets, 8);
    segment->flags = octets_u8(octets, 13) & TCP_FLAGS;
    segment->window = octets_u16(octets, 14);
    segment->urgent = octets_u16(octets, 18);
    tcp_checksum(segment, octets);
    /* Made anew: the lengths were only just written one by one, and to copy them at once would have to wait for that. */
    const struct octets options = {
        octets->at + TCP_OCTETS, (octets->len < header ? octets->len : header) - TCP_OCTETS, header - TCP_OCTETS
    };

    tcp_options(segment, &options);
    octets_skip(octets, header);
    segment->data = octets->at;
    segment->data_len = octets->len;
    segment->wire_len = octets->wire;
    return LAYER_SEGMENT;
}
