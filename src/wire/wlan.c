/* IEEE 802.11 and the headers that capturing drivers put before its frames. */
#include "wire/layer.h"

enum {
    CONTROL_TO_DS = 0x01,
    CONTROL_FROM_DS = 0x02,
    CONTROL_MORE_FRAGMENTS = 0x04,
    CONTROL_PROTECTED = 0x40,
    CONTROL_HT = 0x80,         /* in QoS data frames: 4 octets of HT Control follow */
    SUBTYPE_NO_DATA = 4,
    SUBTYPE_QOS = 8,
    QOS_AGGREGATE = 0x80,
    TYPE_DATA = 2,
    WLAN_OCTETS = 24,
    MSDU_OCTETS = 14,
    RADIOTAP_OCTETS = 8,
    RADIOTAP_CHECK = 0x10,     /* the frame check sequence is here */
    RADIOTAP_PADDED = 0x20,
    RADIOTAP_BAD_CHECK = 0x40,
    CHECK_OCTETS = 4,
    PRISM_OCTETS = 144,
    AVS_MAGIC = 0x8021,
    PPI_OCTETS = 8
};

static uint32_t wlan_header_octets(const struct octets *octets)
{
    uint8_t subtype = octets_u8(octets, 0) >> 4, control = octets_u8(octets, 1);
    uint32_t header = WLAN_OCTETS;

    if ((control & CONTROL_TO_DS) && (control & CONTROL_FROM_DS))
        header += 6;
    if (subtype & SUBTYPE_QOS)
        header += control & CONTROL_HT ? 6 : 2;
    return header;
}

static bool wlan_is_aggregate(const struct octets *octets)
{
    uint8_t control = octets_u8(octets, 1);
    bool has_four_addresses = (control & CONTROL_TO_DS) && (control & CONTROL_FROM_DS);

    return ((octets_u8(octets, 0) >> 4) & SUBTYPE_QOS) &&
           (octets_u8(octets, WLAN_OCTETS + (has_four_addresses ? 6 : 0)) & QOS_AGGREGATE);
}

enum layer wlan_frame(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 2))
        return layer_short(&octets, 2);
    uint8_t first = octets_u8(&octets, 0), control = octets_u8(&octets, 1);

    if ((first & 3) != 0 || ((first >> 2) & 3) != TYPE_DATA || ((first >> 4) & SUBTYPE_NO_DATA))
        return LAYER_PASSED;
    if (control & CONTROL_PROTECTED)
        return LAYER_ENCRYPTED;
    uint32_t header = wlan_header_octets(&octets);

    if (down->is_padded)
        header = (header + 3) & ~3u;
    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    if ((control & CONTROL_MORE_FRAGMENTS) || (octets_u16_little(&octets, 22) & 0xf) != 0)
        return LAYER_PIECE;
    octets_skip(&down->rest, header);
    return wlan_is_aggregate(&octets) ? LAYER_WLAN_AGGREGATE : LAYER_LLC;
}

/* One MSDU; those behind it are its siblings. Each but the last is filled up to 4 octets. */
enum layer wlan_aggregate(struct descent *down)
{
    struct octets octets = down->rest;

    /* Less than a header is the frame check sequence. */
    if (octets.wire < MSDU_OCTETS)
        return LAYER_PASSED;
    if (!octets_has(&octets, MSDU_OCTETS))
        return LAYER_CUT;
    uint32_t length = octets_u16(&octets, 12);

    octets_skip(&octets, MSDU_OCTETS);
    if (length > octets.wire)
        return LAYER_MALFORMED;
    down->siblings = octets;
    octets_skip(&down->siblings, ((MSDU_OCTETS + length + 3) & ~3u) - MSDU_OCTETS);
    octets_limit(&octets, length);
    down->rest = octets;
    return LAYER_LLC;
}

/* The flags, second of the fields that the words of presence bits announce. */
static uint8_t wlan_radiotap_flags(const struct octets *octets, uint32_t header)
{
    uint32_t present = octets_u32_little(octets, 4), at = RADIOTAP_OCTETS;

    for (uint32_t word = present; (word & 0x80000000u) && at + 4 <= header; at += 4)
        word = octets_u32_little(octets, at);
    if (!(present & 2))
        return 0;
    /* The first field is a time of 8 octets, aligned to 8. */
    if (present & 1)
        at = ((at + 7) & ~7u) + 8;
    return at < header ? octets_u8(octets, at) : 0;
}

enum layer wlan_radiotap(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, RADIOTAP_OCTETS))
        return layer_short(&octets, RADIOTAP_OCTETS);
    uint32_t header = octets_u16_little(&octets, 2);

    if (octets_u8(&octets, 0) != 0 || header < RADIOTAP_OCTETS)
        return LAYER_MALFORMED;
    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    uint8_t flags = wlan_radiotap_flags(&octets, header);

    if (flags & RADIOTAP_BAD_CHECK)
        return LAYER_MALFORMED;
    down->is_padded = flags & RADIOTAP_PADDED;
    octets_skip(&octets, header);
    if ((flags & RADIOTAP_CHECK) && octets.wire >= CHECK_OCTETS)
        octets_limit(&octets, octets.wire - CHECK_OCTETS);
    down->rest = octets;
    return LAYER_WLAN;
}

enum layer wlan_prism(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, 8))
        return layer_short(&octets, 8);
    uint32_t header = octets_u16(&octets, 0) == AVS_MAGIC ? octets_u32(&octets, 4) : PRISM_OCTETS;

    if (header < 8)
        return LAYER_MALFORMED;
    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    octets_skip(&down->rest, header);
    return LAYER_WLAN;
}

enum layer wlan_ppi(struct descent *down)
{
    struct octets octets = down->rest;

    if (!octets_has(&octets, PPI_OCTETS))
        return layer_short(&octets, PPI_OCTETS);
    uint32_t header = octets_u16_little(&octets, 2), type = octets_u32_little(&octets, 4);

    if (header < PPI_OCTETS)
        return LAYER_MALFORMED;
    if (!octets_has(&octets, header))
        return layer_short(&octets, header);
    octets_skip(&down->rest, header);
    return type > INT16_MAX ? LAYER_UNKNOWN : link_of_type((int)type);
}
