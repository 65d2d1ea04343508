#include "wire/layer.h"

enum {
    ETHERNET_LENGTH_MAX = 1500,    /* IEEE 802.3: up to here it is a length, and LLC follows */
    ETHERNET_OCTETS = 14,
    FDDI_OCTETS = 13,
    PPPOE_OCTETS = 6,
    LLC_UI = 3,
    LLC_SNAP = 0xaa,
    LLC_IP = 0x06
};

static const struct {
    int type;
    enum layer layer;
} link_types[] = {
    { 1, LAYER_ETHERNET },    { 113, LAYER_COOKED },      { 276, LAYER_COOKED_V2 },
    { 101, LAYER_IP },        { 12, LAYER_IP },           { 14, LAYER_IP },
    { 228, LAYER_IPV4 },      { 229, LAYER_IPV6 },        { 0, LAYER_LOOPBACK },
    { 108, LAYER_LOOPBACK },  { 9, LAYER_PPP },           { 50, LAYER_HDLC },
    { 51, LAYER_PPPOE },      { 104, LAYER_CISCO_HDLC },  { 166, LAYER_PPP },
    { 204, LAYER_PPP_DIRECTED }, { 10, LAYER_FDDI },      { 100, LAYER_LLC },
    { 105, LAYER_WLAN },      { 127, LAYER_RADIOTAP },    { 119, LAYER_PRISM },
    { 163, LAYER_PRISM },     { 192, LAYER_PPI },         { 7, LAYER_ARCNET },
    { 129, LAYER_ARCNET_LINUX }, { 109, LAYER_ENC },      { 117, LAYER_PFLOG },
    { 239, LAYER_NFLOG }
};

enum layer link_of_type(int type)
{
    for (unsigned at = 0; at < sizeof link_types / sizeof *link_types; at++)
        if (link_types[at].type == type)
            return link_types[at].layer;
    return LAYER_UNKNOWN;
}

enum layer link_of_ethertype(uint16_t type)
{
    switch (type) {
    case 0x0800:
        return LAYER_IPV4;
    case 0x86dd:
        return LAYER_IPV6;
    case 0x8100:
    case 0x88a8:
    case 0x9100:
    case 0x9200:
        return LAYER_VLAN;
    case 0x8847:
    case 0x8848:
        return LAYER_MPLS;
    case 0x8864:
        return LAYER_PPPOE;
    case 0x880b:
        return LAYER_PPP;
    case 0x6558:               /* transparent Ethernet bridging: RFC 7637, RFC 8926 */
        return LAYER_ETHERNET;
    default:
        return type <= ETHERNET_LENGTH_MAX ? LAYER_LLC : LAYER_PASSED;
    }
}

/* What follows an EtherType field; a length in its place ends the frame there, padding follows. */
static enum layer link_payload(struct descent *down, struct octets octets, uint16_t type)
{
    if (type <= ETHERNET_LENGTH_MAX && type <= octets.wire)
        octets_limit(&octets, type);
    down->rest = octets;
    return link_of_ethertype(type);
}

enum layer link_ethernet(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, ETHERNET_OCTETS))
        return layer_short(&octets, ETHERNET_OCTETS);
    uint16_t type = octets_u16(&octets, 12);

    octets_skip(&octets, ETHERNET_OCTETS);
    return link_payload(down, octets, type);
}

enum layer link_vlan(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return layer_short(&octets, 4);
    uint16_t type = octets_u16(&octets, 2);

    octets_skip(&octets, 4);
    return link_payload(down, octets, type);
}

/* RFC 1042; an organisation code of zero, or that of a bridged tunnel, means that an EtherType
 * follows. */
static enum layer link_snap(struct descent *down, struct octets octets)
{
    if (!octets_has(&octets, 8))
        return layer_short(&octets, 8);
    uint32_t organisation = octets_u32(&octets, 2) & 0xffffff;
    uint16_t type = octets_u16(&octets, 6);

    octets_skip(&octets, 8);
    down->rest = octets;
    if ((organisation != 0 && organisation != 0x0000f8) || type <= ETHERNET_LENGTH_MAX)
        return LAYER_PASSED;
    return link_of_ethertype(type);
}

enum layer link_llc(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 3))
        return layer_short(&octets, 3);
    uint8_t to = octets_u8(&octets, 0), from = octets_u8(&octets, 1);

    if (to != from || octets_u8(&octets, 2) != LLC_UI)
        return LAYER_PASSED;
    if (to == LLC_SNAP)
        return link_snap(down, octets);
    octets_skip(&octets, 3);
    down->rest = octets;
    return to == LLC_IP ? LAYER_IPV4 : LAYER_PASSED;
}

enum layer link_fddi(struct descent *down)
{
    if (!octets_has(&down->rest, FDDI_OCTETS))
        return layer_short(&down->rest, FDDI_OCTETS);
    /* Only asynchronous LLC frames carry IP. */
    if ((octets_u8(&down->rest, 0) & 0xf0) != 0x50)
        return LAYER_PASSED;
    octets_skip(&down->rest, FDDI_OCTETS);
    return LAYER_LLC;
}

enum layer link_pppoe(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, PPPOE_OCTETS))
        return layer_short(&octets, PPPOE_OCTETS);
    uint32_t length = octets_u16(&octets, 4);

    if (octets_u8(&octets, 0) != 0x11 || octets_u8(&octets, 1) != 0)
        return LAYER_PASSED;
    octets_skip(&octets, PPPOE_OCTETS);
    octets_limit(&octets, length);
    down->rest = octets;
    return LAYER_PPP;
}

static enum layer link_of_ppp(uint16_t protocol)
{
    switch (protocol) {
    case 0x0021:
        return LAYER_IPV4;
    case 0x0057:
        return LAYER_IPV6;
    case 0x0281:
    case 0x0283:
        return LAYER_MPLS;
    default:
        return LAYER_PASSED;
    }
}

enum layer link_ppp(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 2))
        return layer_short(&octets, 2);
    /* RFC 1662 3.1; pppd writes the direction, 0 or 1, in place of the address. */
    uint8_t first = octets_u8(&octets, 0);
    if ((first == 0xff || first <= 1) && octets_u8(&octets, 1) == 3)
        octets_skip(&octets, 2);
    if (!octets_has(&octets, 2))
        return layer_short(&octets, 2);
    /* RFC 1661 2: the last octet of a protocol is odd, those before it even. */
    first = octets_u8(&octets, 0);
    uint16_t protocol = first & 1 ? first : octets_u16(&octets, 0);

    octets_skip(&octets, first & 1 ? 1 : 2);
    down->rest = octets;
    return link_of_ppp(protocol);
}

enum layer link_ppp_directed(struct descent *down)
{
    if (!octets_has(&down->rest, 1))
        return layer_short(&down->rest, 1);
    octets_skip(&down->rest, 1);
    return LAYER_PPP;
}

enum layer link_hdlc(struct descent *down)
{
    uint8_t address = octets_u8(&down->rest, 0);

    return address == 0x0f || address == 0x8f ? LAYER_CISCO_HDLC : LAYER_PPP;
}

enum layer link_cisco_hdlc(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return layer_short(&octets, 4);
    uint16_t type = octets_u16(&octets, 2);

    octets_skip(&octets, 4);
    down->rest = octets;
    return type <= ETHERNET_LENGTH_MAX ? LAYER_PASSED : link_of_ethertype(type);
}
