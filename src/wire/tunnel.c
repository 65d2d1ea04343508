#include "wire/layer.h"

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_ACKNOWLEDGMENT = 0x0080,   /* RFC 2637 4.1, version 1 */
    GRE_VERSION = 0x0007,
    GRE_PPP = 0x880b,
    GRE_WCCP = 0x883e,
    GRE_ERSPAN = 0x88be,           /* types I and II */
    GRE_ERSPAN_III = 0x22eb,
};

/* RFC 4448 4.6: a control word, and behind it what only Ethernet can be. */
static enum layer tunnel_pseudowire(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 18))
        return octets.wire < 18 ? LAYER_PASSED : LAYER_CUT;
    enum layer inner = link_of_ethertype(octets_u16(&octets, 16));

    if (inner != LAYER_IPV4 && inner != LAYER_IPV6 && inner != LAYER_VLAN)
        return LAYER_PASSED;
    octets_skip(&down->rest, 4);
    return LAYER_ETHERNET;
}

/* RFC 3032. A label does not tell what it carries; RFC 4385 and RFC 4928 keep the first nibble for
 * that. */
enum layer tunnel_mpls(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return layer_short(&octets, 4);
    bool is_bottom = octets_u8(&octets, 2) & 1;

    octets_skip(&octets, 4);
    down->rest = octets;
    if (!is_bottom)
        return LAYER_MPLS;
    if (octets_has(&octets, 1) && octets_u8(&octets, 0) >> 4 == 0)
        return tunnel_pseudowire(down);
    return ip_of_version(&octets);
}

/* RFC 2784, RFC 2890; version 1 is RFC 2637. */
static uint32_t tunnel_gre_octets(uint16_t flags)
{
    uint32_t header = 4;

    if (flags & GRE_CHECKSUM)
        header += 4;
    if (flags & GRE_KEY)
        header += 4;
    if (flags & GRE_SEQUENCE)
        header += 4;
    if ((flags & GRE_VERSION) == 1 && (flags & GRE_ACKNOWLEDGMENT))
        header += 4;
    return header;
}

static enum layer tunnel_of_gre(struct descent *down, uint16_t flags, uint16_t protocol)
{
    switch (protocol) {
    case GRE_ERSPAN:
        /* Type I has neither a sequence number nor a header of its own. */
        return flags & GRE_SEQUENCE ? LAYER_ERSPAN : LAYER_ETHERNET;
    case GRE_ERSPAN_III:
        return LAYER_ERSPAN;
    case GRE_WCCP:
        /* Version 2 has a redirect header of 4 octets, which cannot begin as an IPv4 header
         * does. */
        if ((octets_u8(&down->rest, 0) >> 4) != 4)
            octets_skip(&down->rest, 4);
        return LAYER_IPV4;
    default:
        return protocol < 0x0600 ? LAYER_PASSED : link_of_ethertype(protocol);
    }
}

enum layer tunnel_gre(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return layer_short(&octets, 4);
    uint16_t flags = octets_u16(&octets, 0), protocol = octets_u16(&octets, 2);
    uint32_t header = tunnel_gre_octets(flags);

    /* The source routes of RFC 1701 are not in use. */
    if ((flags & GRE_ROUTING) || (flags & GRE_VERSION) > 1)
        return LAYER_PASSED;
    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    octets_skip(&down->rest, header);
    if ((flags & GRE_VERSION) == 0)
        return tunnel_of_gre(down, flags, protocol);
    /* RFC 2637 4.1: without a sequence number there is only an acknowledgment; the key has the
     * length. */
    if (protocol != GRE_PPP || !(flags & GRE_SEQUENCE) || !(flags & GRE_KEY))
        return LAYER_PASSED;
    octets_limit(&down->rest, octets_u16(&octets, 4));
    return LAYER_PPP;
}

/* draft-foschiano-erspan: version 1 is type II, version 2 type III. */
enum layer tunnel_erspan(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 8))
        return layer_short(&octets, 8);
    uint8_t version = octets_u8(&octets, 0) >> 4;
    uint32_t header = 8;

    if (version == 2) {
        if (!octets_has(&octets, 12))
            return layer_short(&octets, 12);
        /* A platform's own header may follow. */
        header = octets_u8(&octets, 11) & 1 ? 20 : 12;
    } else if (version != 1) {
        return LAYER_PASSED;
    }
    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    octets_skip(&down->rest, header);
    /* The frame type of type III: 0 is Ethernet, 2 is IP. */
    if (version == 2 && ((octets_u16(&octets, 10) >> 10) & 0x1f) == 2)
        return LAYER_IP;
    return LAYER_ETHERNET;
}
