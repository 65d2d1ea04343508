/* UDP, and the tunnels that are told by its ports. */
#include "wire/layer.h"

enum {
    UDP_OCTETS = 8,
    VXLAN_OCTETS = 8,
    VXLAN_HAS_NETWORK = 0x08,
    VXLAN_HAS_NEXT = 0x04,
    VXLAN_HAS_POLICY = 0x80,
    GENEVE_OCTETS = 8,
    GTP_OCTETS = 8,
    GTP_FIXED = 0xf0,              /* version and protocol type */
    GTP_VERSION_1 = 0x30,
    GTP_EXTENSION = 0x04,
    GTP_OPTIONAL = 0x07,
    GTP_DATA = 255,
    L2TP_CONTROL = 0x8000,
    L2TP_LENGTH = 0x4000,
    L2TP_SEQUENCE = 0x0800,
    L2TP_OFFSET = 0x0200,
    L2TP_RESERVED = 0x34f0,
    L2TP_VERSION = 0x000f,
    TEREDO_ORIGIN = 0,
    TEREDO_AUTHENTICATION = 1
};

/* A UDP port is only a hint: what is too short for the tunnel is another protocol, unless it was
 * cut. */
static enum layer udp_short(const struct octets *octets, uint32_t need)
{
    return octets->wire < need ? LAYER_PASSED : LAYER_CUT;
}

static enum layer udp_of_port(uint16_t port)
{
    switch (port) {
    case 4789:
    case 4790:
    case 8472:
        return LAYER_VXLAN;
    case 6081:
        return LAYER_GENEVE;
    case 2152:
        return LAYER_GTP;
    case 1701:
        return LAYER_L2TP;
    case 3544:
        return LAYER_TEREDO;
    default:
        return LAYER_PASSED;
    }
}

bool udp_is_port(uint16_t port)
{
    return udp_of_port(port) != LAYER_PASSED;
}

enum layer udp_datagram(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return udp_short(&octets, 4);
    enum layer tunnel = udp_of_port(octets_u16(&octets, 2));

    if (tunnel == LAYER_PASSED)
        tunnel = udp_of_port(octets_u16(&octets, 0));
    if (tunnel == LAYER_PASSED)
        return LAYER_PASSED;
    if (!octets_has(&octets, UDP_OCTETS))
        return udp_short(&octets, UDP_OCTETS);
    uint32_t length = octets_u16(&octets, 4);

    if (length >= UDP_OCTETS && length <= octets.wire)
        octets_limit(&octets, length);
    octets_skip(&octets, UDP_OCTETS);
    down->rest = octets;
    return tunnel;
}

static enum layer udp_of_vxlan(uint8_t next)
{
    switch (next) {
    case 1:
        return LAYER_IPV4;
    case 2:
        return LAYER_IPV6;
    case 3:
        return LAYER_ETHERNET;
    default:
        return LAYER_PASSED;
    }
}

/* RFC 7348; the bit for a policy is of draft-smith-vxlan-group-policy, that for the next protocol
 * of draft-ietf-nvo3-vxlan-gpe. */
enum layer udp_vxlan(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, VXLAN_OCTETS))
        return udp_short(&octets, VXLAN_OCTETS);
    uint8_t flags = octets_u8(&octets, 0);

    if (octets_u8(&octets, 7) != 0)
        return LAYER_PASSED;
    octets_skip(&down->rest, VXLAN_OCTETS);
    if ((flags & ~VXLAN_HAS_POLICY) == VXLAN_HAS_NETWORK)
        return LAYER_ETHERNET;
    if (flags == (VXLAN_HAS_NETWORK | VXLAN_HAS_NEXT))
        return udp_of_vxlan(octets_u8(&octets, 3));
    return LAYER_PASSED;
}

/* RFC 8926 3.4 */
enum layer udp_geneve(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, GENEVE_OCTETS))
        return udp_short(&octets, GENEVE_OCTETS);
    uint8_t version = octets_u8(&octets, 0) >> 6, reserved = octets_u8(&octets, 1) & 0x3f;
    uint32_t header = GENEVE_OCTETS + (octets_u8(&octets, 0) & 0x3fu) * 4;
    uint16_t protocol = octets_u16(&octets, 2);

    if (version != 0 || reserved != 0 || octets_u8(&octets, 7) != 0)
        return LAYER_PASSED;
    if (!octets_has(&octets, header))
        return udp_short(&octets, header);
    octets_skip(&down->rest, header);
    return protocol < 0x0600 ? LAYER_PASSED : link_of_ethertype(protocol);
}

/* 3GPP TS 29.281 5.2: extension headers, each with its length in 4 octets first and the next type
 * last. */
static enum layer udp_gtp_extensions(struct descent *down, uint8_t next)
{
    struct octets octets = down->rest;

    while (next != 0) {
        if (!octets_has(&octets, 1))
            return udp_short(&octets, 1);
        uint32_t length = octets_u8(&octets, 0) * 4u;

        if (length == 0)
            return LAYER_PASSED;
        if (!octets_has(&octets, length))
            return udp_short(&octets, length);
        next = octets_u8(&octets, length - 1);
        octets_skip(&octets, length);
    }
    down->rest = octets;
    return ip_of_version(&octets);
}

enum layer udp_gtp(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, GTP_OCTETS))
        return udp_short(&octets, GTP_OCTETS);
    uint8_t flags = octets_u8(&octets, 0), next = 0;
    uint32_t length = octets_u16(&octets, 2);

    if ((flags & GTP_FIXED) != GTP_VERSION_1 || octets_u8(&octets, 1) != GTP_DATA)
        return LAYER_PASSED;
    octets_skip(&octets, GTP_OCTETS);
    if (length > octets.wire)
        return LAYER_PASSED;
    octets_limit(&octets, length);
    if (flags & GTP_OPTIONAL) {
        if (!octets_has(&octets, 4))
            return udp_short(&octets, 4);
        next = flags & GTP_EXTENSION ? octets_u8(&octets, 3) : 0;
        octets_skip(&octets, 4);
    }
    down->rest = octets;
    return udp_gtp_extensions(down, next);
}

/* RFC 2661 3.1: how long the header is, that `octets` has the fixed parts of; 0: not all of them
 * are here. */
static uint32_t udp_l2tp_octets(const struct octets *octets, uint16_t flags)
{
    uint32_t header = 6;

    if (flags & L2TP_LENGTH)
        header += 2;
    if (flags & L2TP_SEQUENCE)
        header += 4;
    if (!(flags & L2TP_OFFSET))
        return header;
    return octets_has(octets, header + 2) ? header + 2 + octets_u16(octets, header) : header + 2;
}

enum layer udp_l2tp(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return udp_short(&octets, 4);
    uint16_t flags = octets_u16(&octets, 0);
    uint32_t length = flags & L2TP_LENGTH ? octets_u16(&octets, 2) : octets.wire;
    uint32_t header = udp_l2tp_octets(&octets, flags);

    if ((flags & L2TP_CONTROL) || (flags & L2TP_RESERVED) || (flags & L2TP_VERSION) != 2)
        return LAYER_PASSED;
    if (length > octets.wire)
        return LAYER_PASSED;
    octets_limit(&octets, length);
    if (!octets_has(&octets, header))
        return udp_short(&octets, header);
    octets_skip(&octets, header);
    down->rest = octets;
    return LAYER_PPP;
}

/* RFC 4380 5.1.1: an authentication and an origin indication may come before the IPv6 header. */
enum layer udp_teredo(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return udp_short(&octets, 4);
    if (octets_u16(&octets, 0) == TEREDO_AUTHENTICATION)
        octets_skip(&octets, 13u + octets_u8(&octets, 2) + octets_u8(&octets, 3));
    if (!octets_has(&octets, 2))
        return udp_short(&octets, 2);
    if (octets_u16(&octets, 0) == TEREDO_ORIGIN)
        octets_skip(&octets, 8);
    down->rest = octets;
    return ip_of_version(&octets) == LAYER_IPV4 ? LAYER_PASSED : ip_of_version(&octets);
}
