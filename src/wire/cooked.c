/* Headers that the capturing system writes in place of, or before, those of the link. */
#include "wire/layer.h"

enum {
    COOKED_OCTETS = 16,
    COOKED_V2_OCTETS = 20,
    COOKED_PROTOCOL_LLC = 4,   /* Linux, ETH_P_802_2 */
    HARDWARE_WLAN = 801,       /* Linux, ARPHRD_IEEE80211 */
    HARDWARE_RADIOTAP = 803,
    ENC_OCTETS = 12,
    NFLOG_OCTETS = 4,
    NFLOG_PAYLOAD = 9,         /* Linux, NFULA_PAYLOAD */
    ARCNET_IP_OLD = 240,       /* RFC 1051; the others are of RFC 1201 */
    ARCNET_IP = 212,
    ARCNET_IPV6 = 196,
    ARCNET_EXCEPTION = 0xff
};

static enum layer cooked_payload(uint16_t hardware, uint16_t protocol)
{
    if (hardware == HARDWARE_WLAN)
        return LAYER_WLAN;
    if (hardware == HARDWARE_RADIOTAP)
        return LAYER_RADIOTAP;
    if (protocol == COOKED_PROTOCOL_LLC)
        return LAYER_LLC;
    return protocol < 0x0600 ? LAYER_PASSED : link_of_ethertype(protocol);
}

enum layer cooked_v1(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, COOKED_OCTETS))
        return layer_short(&octets, COOKED_OCTETS);
    octets_skip(&down->rest, COOKED_OCTETS);
    return cooked_payload(octets_u16(&octets, 2), octets_u16(&octets, 14));
}

enum layer cooked_v2(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, COOKED_V2_OCTETS))
        return layer_short(&octets, COOKED_V2_OCTETS);
    octets_skip(&down->rest, COOKED_V2_OCTETS);
    return cooked_payload(octets_u16(&octets, 8), octets_u16(&octets, 0));
}

/* A family written by a host of either byte order: the small reading is the right one. */
static uint32_t cooked_family(const struct octets *octets)
{
    uint32_t family = octets_u32(octets, 0);

    return family > UINT16_MAX ? octets_u32_little(octets, 0) : family;
}

enum layer cooked_loopback(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 4))
        return layer_short(&octets, 4);
    octets_skip(&down->rest, 4);
    return ip_of_family(cooked_family(&octets));
}

enum layer cooked_enc(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, ENC_OCTETS))
        return layer_short(&octets, ENC_OCTETS);
    octets_skip(&down->rest, ENC_OCTETS);
    return ip_of_family(cooked_family(&octets));
}

enum layer cooked_pflog(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 2))
        return layer_short(&octets, 2);
    /* The length leaves out what fills the header up to 4 octets. */
    uint32_t header = (octets_u8(&octets, 0) + 3u) & ~3u;

    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    octets_skip(&down->rest, header);
    return ip_of_family(octets_u8(&octets, 1));
}

enum layer cooked_nflog(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, NFLOG_OCTETS))
        return layer_short(&octets, NFLOG_OCTETS);
    enum layer payload = ip_of_family(octets_u8(&octets, 0));

    octets_skip(&octets, NFLOG_OCTETS);
    /* Attributes in the byte order of the host, each filled up to 4 octets; the length counts its
     * own 4. */
    while (octets_has(&octets, 4)) {
        bool is_little = octets_u16(&octets, 2) > UINT8_MAX;
        uint32_t length = is_little ? octets_u16_little(&octets, 0) : octets_u16(&octets, 0);
        uint32_t type = is_little ? octets_u16_little(&octets, 2) : octets_u16(&octets, 2);

        if (length < 4 || length > octets.wire)
            return LAYER_MALFORMED;
        if (type == NFLOG_PAYLOAD) {
            octets_limit(&octets, length);
            octets_skip(&octets, 4);
            down->rest = octets;
            return payload;
        }
        octets_skip(&octets, (length + 3) & ~3u);
    }
    return octets.wire == 0 ? LAYER_PASSED : layer_short(&octets, 4);
}

static enum layer cooked_of_arcnet(uint8_t type)
{
    switch (type) {
    case ARCNET_IP:
    case ARCNET_IP_OLD:
        return LAYER_IPV4;
    case ARCNET_IPV6:
        return LAYER_IPV6;
    default:
        return LAYER_PASSED;
    }
}

/* RFC 1201: behind the type, `at` octets in, stand a flag and a sequence number; the flag counts
 * the parts of a packet. */
static enum layer cooked_arcnet_payload(struct descent *down, uint8_t type, uint32_t at)
{
    struct octets octets = down->rest;
    enum layer payload = cooked_of_arcnet(type);

    if (payload == LAYER_PASSED)
        return LAYER_PASSED;
    if (type != ARCNET_IP_OLD) {
        if (!octets_has(&octets, at + 3))
            return layer_short(&octets, at + 3);
        /* An exception packet is filled up and has the header twice. */
        if (octets_u8(&octets, at) == ARCNET_EXCEPTION)
            at += 4;
        if (!octets_has(&octets, at + 3))
            return layer_short(&octets, at + 3);
        if (octets_u8(&octets, at) != 0)
            return LAYER_PIECE;
        at += 3;
    }
    octets_skip(&down->rest, at);
    return payload;
}

enum layer cooked_arcnet(struct descent *down)
{
    if (!octets_has(&down->rest, 3))
        return layer_short(&down->rest, 3);
    return cooked_arcnet_payload(down, octets_u8(&down->rest, 2), 3);
}

enum layer cooked_arcnet_linux(struct descent *down)
{
    if (!octets_has(&down->rest, 5))
        return layer_short(&down->rest, 5);
    return cooked_arcnet_payload(down, octets_u8(&down->rest, 4), 5);
}
