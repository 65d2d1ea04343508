#include <string.h>

#include "wire/checksum.h"
#include "wire/layer.h"

enum {
    WHOLE_MAX = 8 * 65536,     /* the most that systems give a device to cut up */
    IPV4_OCTETS = 20,
    IPV4_CHECKSUM_AT = 10,
    IPV4_MORE_FRAGMENTS = 0x2000,
    IPV4_OFFSET = 0x1fff,
    IPV6_OCTETS = 40,
    IPV6_OFFSET = 0xfff8,
    IPV6_MORE_FRAGMENTS = 1,
    PROTOCOL_IPV4 = 4,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_IPV6 = 41,
    PROTOCOL_GRE = 47,
    PROTOCOL_AUTHENTICATION = 51,
    PROTOCOL_COMPRESSED = 108,
    PROTOCOL_MPLS = 137,
    NEXT_HOP_BY_HOP = 0,
    NEXT_ROUTING = 43,
    NEXT_FRAGMENT = 44,
    NEXT_DESTINATION = 60,
    NEXT_MOBILITY = 135,
    NEXT_HIP = 139,
    NEXT_SHIM6 = 140,
    ROUTING_SOURCE = 0,        /* RFC 2460 4.4 */
    ROUTING_MOBILE = 2,        /* RFC 6275 6.4 */
    ROUTING_SEGMENTS = 4       /* RFC 8754 */
};

static enum layer ip_of_next_header(uint8_t next)
{
    switch (next) {
    case NEXT_HOP_BY_HOP:
    case NEXT_DESTINATION:
    case NEXT_MOBILITY:
    case NEXT_HIP:
    case NEXT_SHIM6:
        return LAYER_IPV6_EXTENSION;
    case NEXT_ROUTING:
        return LAYER_IPV6_ROUTING;
    case NEXT_FRAGMENT:
        return LAYER_IPV6_FRAGMENT;
    default:
        return LAYER_PASSED;
    }
}

enum layer ip_of_protocol(uint8_t protocol, uint8_t version)
{
    switch (protocol) {
    case PROTOCOL_TCP:
        return LAYER_TCP;
    case PROTOCOL_UDP:
        return LAYER_UDP;
    case PROTOCOL_IPV4:
        return LAYER_IPV4;
    case PROTOCOL_IPV6:
        return LAYER_IPV6;
    case PROTOCOL_GRE:
        return LAYER_GRE;
    case PROTOCOL_AUTHENTICATION:
        return LAYER_AUTHENTICATION;
    case PROTOCOL_COMPRESSED:
        return LAYER_COMPRESSED;
    case PROTOCOL_MPLS:
        return LAYER_MPLS;
    default:
        return version == 6 ? ip_of_next_header(protocol) : LAYER_PASSED;
    }
}

enum layer ip_of_family(uint32_t family)
{
    switch (family) {
    case 2:
        return LAYER_IPV4;
    case 10:                   /* Linux */
    case 23:                   /* Windows */
    case 24:                   /* NetBSD, OpenBSD */
    case 28:                   /* FreeBSD */
    case 30:                   /* Darwin */
        return LAYER_IPV6;
    default:
        return LAYER_PASSED;
    }
}

enum layer ip_of_version(const struct octets *octets)
{
    if (!octets_has(octets, 1))
        return octets->wire > 0 ? LAYER_CUT : LAYER_PASSED;
    switch (octets_u8(octets, 0) >> 4) {
    case 4:
        return LAYER_IPV4;
    case 6:
        return LAYER_IPV6;
    default:
        return LAYER_PASSED;
    }
}

enum layer ip_any(struct descent *down)
{
    enum layer version = ip_of_version(&down->rest);

    return version == LAYER_PASSED ? LAYER_MALFORMED : version;
}

static void ip_endpoint(struct endpoint *end, uint8_t version, const uint8_t *address)
{
    *end = (struct endpoint){ .family = version };
    memcpy(end->address, address, version == 4 ? 4 : sizeof end->address);
}

static void ip_v4_checksum(struct descent *down, const struct octets *octets, uint32_t header)
{
    if (checksum_is_good(checksum_add(0, octets->at, header)))
        return;
    if (octets_u16(octets, IPV4_CHECKSUM_AT) == 0)
        down->is_header_sum_zero = true;
    else
        down->is_header_sum_bad = true;
}

static enum layer ip_v4_payload(struct descent *down, const struct octets *header)
{
    uint16_t parts = octets_u16(header, 6);
    uint8_t protocol = octets_u8(header, 9);
    enum layer next = ip_of_protocol(protocol, 4);

    if ((parts & (IPV4_MORE_FRAGMENTS | IPV4_OFFSET)) == 0 || next == LAYER_PASSED)
        return next;
    down->fragment = (struct fragment){
        .id = octets_u16(header, 4),
        .offset = (parts & IPV4_OFFSET) * 8u,
        .protocol = protocol,
        .is_last = !(parts & IPV4_MORE_FRAGMENTS),
        .next = next,
    };
    return LAYER_FRAGMENT;
}

/* Segments that the device is to cut up have no length yet, jumbograms (RFC 2675) have it
 * elsewhere: all that there is counts, unless that is more than anybody gives a device. */
static uint32_t ip_unsaid(const struct octets *octets)
{
    return octets->wire > WHOLE_MAX ? octets->len : octets->wire;
}

/* Of what the link or the tunnel called IPv4; the version in the header is believed before them. */
enum layer ip_v4(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, IPV4_OCTETS))
        return layer_short(&octets, IPV4_OCTETS);
    uint8_t first = octets_u8(&octets, 0);
    uint32_t header = (first & 0xfu) * 4, total = octets_u16(&octets, 2);

    if (first >> 4 == 6)
        return LAYER_IPV6;
    if (total == 0)
        total = ip_unsaid(&octets);
    if (first >> 4 != 4 || header < IPV4_OCTETS || total < header)
        return LAYER_MALFORMED;
    octets_limit(&octets, total);
    if (!octets_has(&octets, header))
        return LAYER_CUT;
    ip_v4_checksum(down, &octets, header);
    ip_endpoint(&down->segment.from, 4, octets.at + 12);
    ip_endpoint(&down->segment.to, 4, octets.at + 16);
    down->rest = octets;
    octets_skip(&down->rest, header);
    return ip_v4_payload(down, &octets);
}

enum layer ip_v6(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, IPV6_OCTETS))
        return layer_short(&octets, IPV6_OCTETS);
    uint32_t payload = octets_u16(&octets, 4);

    if (octets_u8(&octets, 0) >> 4 == 4)
        return LAYER_IPV4;
    if (payload == 0)
        payload = ip_unsaid(&octets) - IPV6_OCTETS;
    if (octets_u8(&octets, 0) >> 4 != 6)
        return LAYER_MALFORMED;
    octets_limit(&octets, IPV6_OCTETS + payload);
    ip_endpoint(&down->segment.from, 6, octets.at + 8);
    ip_endpoint(&down->segment.to, 6, octets.at + 24);
    down->rest = octets;
    octets_skip(&down->rest, IPV6_OCTETS);
    return ip_of_protocol(octets_u8(&octets, 6), 6);
}

/* Over a header of `length` octets, that all must be here, to the one that its first octet
 * names. */
static enum layer ip_over(struct descent *down, uint32_t length)
{
    if (!octets_has(&down->rest, length))
        return layer_short(&down->rest, length);
    uint8_t next = octets_u8(&down->rest, 0);

    octets_skip(&down->rest, length);
    return ip_of_protocol(next, down->segment.from.family);
}

enum layer ip_extension(struct descent *down)
{
    if (!octets_has(&down->rest, 8))
        return layer_short(&down->rest, 8);
    return ip_over(down, (octets_u8(&down->rest, 1) + 1u) * 8);
}

enum layer ip_authentication(struct descent *down)
{
    if (!octets_has(&down->rest, 12))
        return layer_short(&down->rest, 12);
    return ip_over(down, (octets_u8(&down->rest, 1) + 2u) * 4);
}

enum layer ip_compressed(struct descent *down)
{
    if (!octets_has(&down->rest, 4))
        return layer_short(&down->rest, 4);
    down->packed = ip_of_protocol(octets_u8(&down->rest, 0), down->segment.from.family);
    octets_skip(&down->rest, 4);
    return down->packed == LAYER_PASSED ? LAYER_PASSED : LAYER_PACKED;
}

/* Where in a routing header the address of the last hop stands; 0: nowhere. */
static uint32_t ip_routing_last(const struct octets *octets, uint32_t length)
{
    bool has_addresses = length >= 24 && octets_u8(octets, 3) > 0;

    switch (octets_u8(octets, 2)) {
    case ROUTING_SOURCE:
    case ROUTING_MOBILE:
        return has_addresses ? 8 + (length - 24) / 16 * 16 : 0;
    case ROUTING_SEGMENTS:
        return has_addresses ? 8 : 0;
    default:
        return 0;
    }
}

/* RFC 8200 8.1: on the way, the destination of TCP is the last hop, not the one in the IPv6
 * header. */
enum layer ip_routing(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 8))
        return layer_short(&octets, 8);
    uint32_t length = (octets_u8(&octets, 1) + 1u) * 8;

    if (!octets_has(&octets, length))
        return layer_short(&octets, length);
    uint32_t last = ip_routing_last(&octets, length);

    if (last > 0)
        ip_endpoint(&down->segment.to, 6, octets.at + last);
    return ip_over(down, length);
}

enum layer ip_fragment(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 8))
        return layer_short(&octets, 8);
    uint16_t parts = octets_u16(&octets, 2);
    enum layer next = ip_of_protocol(octets_u8(&octets, 0), 6);

    octets_skip(&down->rest, 8);
    /* RFC 6946: a datagram in one fragment has nothing to wait for. */
    if ((parts & (IPV6_OFFSET | IPV6_MORE_FRAGMENTS)) == 0 || next == LAYER_PASSED)
        return next;
    down->fragment = (struct fragment){
        .id = octets_u32(&octets, 4),
        .offset = parts & IPV6_OFFSET,
        .is_last = !(parts & IPV6_MORE_FRAGMENTS),
        .next = next,
    };
    return LAYER_FRAGMENT;
}
