/*
 * layer.h - the layers of a packet, a pure decoder for each, and what is known on the way down.
 *
 * A decoder reads its header from descent.rest, leaves its payload there and says which layer
 * that is, or how the way down ended. It keeps nothing, allocates nothing and calls no other
 * decoder: wire.c drives them in a loop and counts the layers.
 */
#ifndef HTTPLINT_WIRE_LAYER_H
#define HTTPLINT_WIRE_LAYER_H

#include "wire/octets.h"
#include "wire/packet.h"

/* LAYER(enumerator, decoder) */
#define LAYERS(LAYER)                                                                              \
    LAYER(ETHERNET, link_ethernet)                                                                 \
    LAYER(VLAN, link_vlan)                     /* IEEE 802.1Q and 802.1ad: after the EtherType */  \
    LAYER(LLC, link_llc)                       /* IEEE 802.2, with SNAP or not */                  \
    LAYER(FDDI, link_fddi)                                                                         \
    LAYER(PPPOE, link_pppoe)                   /* RFC 2516, session stage */                       \
    LAYER(PPP, link_ppp)                       /* RFC 1661, with the octets of RFC 1662 or not */  \
    LAYER(PPP_DIRECTED, link_ppp_directed)     /* an octet for the direction, then PPP */          \
    LAYER(HDLC, link_hdlc)                     /* PPP or Cisco, told by the first octet */         \
    LAYER(CISCO_HDLC, link_cisco_hdlc)                                                             \
    LAYER(COOKED, cooked_v1)                                                                       \
    LAYER(COOKED_V2, cooked_v2)                                                                    \
    LAYER(LOOPBACK, cooked_loopback)           /* an address family in either byte order */        \
    LAYER(ENC, cooked_enc)                                                                         \
    LAYER(PFLOG, cooked_pflog)                                                                     \
    LAYER(NFLOG, cooked_nflog)                                                                     \
    LAYER(ARCNET, cooked_arcnet)                                                                   \
    LAYER(ARCNET_LINUX, cooked_arcnet_linux)                                                       \
    LAYER(WLAN, wlan_frame)                    /* IEEE 802.11 */                                   \
    LAYER(WLAN_AGGREGATE, wlan_aggregate)      /* the MSDUs of an A-MSDU */                        \
    LAYER(RADIOTAP, wlan_radiotap)                                                                 \
    LAYER(PRISM, wlan_prism)                   /* Prism or AVS, told by the first word */          \
    LAYER(PPI, wlan_ppi)                                                                           \
    LAYER(IP, ip_any)                          /* the version tells */                             \
    LAYER(IPV4, ip_v4)                                                                             \
    LAYER(IPV6, ip_v6)                                                                             \
    LAYER(IPV6_EXTENSION, ip_extension)        /* those that only have a length to skip */         \
    LAYER(IPV6_ROUTING, ip_routing)                                                                \
    LAYER(IPV6_FRAGMENT, ip_fragment)                                                              \
    LAYER(AUTHENTICATION, ip_authentication)   /* RFC 4302 */                                      \
    LAYER(COMPRESSED, ip_compressed)           /* RFC 3173 */                                      \
    LAYER(MPLS, tunnel_mpls)                   /* one label */                                     \
    LAYER(GRE, tunnel_gre)                                                                         \
    LAYER(ERSPAN, tunnel_erspan)               /* types II and III */                              \
    LAYER(UDP, udp_datagram)                                                                       \
    LAYER(VXLAN, udp_vxlan)                                                                        \
    LAYER(GENEVE, udp_geneve)                                                                      \
    LAYER(GTP, udp_gtp)                                                                            \
    LAYER(L2TP, udp_l2tp)                                                                          \
    LAYER(TEREDO, udp_teredo)                                                                      \
    LAYER(TCP, tcp_segment)

enum layer {
#define LAYER(name, decoder) LAYER_##name,
    LAYERS(LAYER)
#undef LAYER
    /* How the way down ends. */
    LAYER_ENDS,
    LAYER_SEGMENT = LAYER_ENDS, /* TCP: descent.segment is complete */
    LAYER_FRAGMENT,            /* a part of an IP datagram: descent.fragment tells which */
    LAYER_PACKED,              /* compressed: descent.packed tells what is in it */
    LAYER_PASSED,              /* nothing that carries TCP */
    LAYER_MALFORMED,           /* the headers contradict themselves */
    LAYER_CUT,                 /* the snap length left less than the headers */
    LAYER_UNKNOWN,             /* a link type that is not known here */
    LAYER_PIECE,               /* a part of a link-layer frame; these are not put together */
    LAYER_ENCRYPTED,           /* an 802.11 frame that is protected */
    LAYER_TOO_DEEP             /* limits.layers */
};

/* Set by the decoder that gives LAYER_FRAGMENT; its addresses are those of descent.segment. */
struct fragment {
    uint32_t id;
    uint32_t offset;           /* octets of the datagram before this part; a multiple of 8 */
    uint8_t protocol;          /* IPv4: belongs to the identity (RFC 791 3.2); IPv6: 0 */
    bool is_last;
    enum layer next;           /* of the datagram as a whole, if offset is 0 */
};

/* The way down through one packet. */
struct descent {
    struct octets rest;        /* what the layers so far have left */
    struct octets siblings;    /* what is still to be decoded of an aggregate */
    struct fragment fragment;
    enum layer packed;         /* set by the decoder that gives LAYER_PACKED */
    /* `from` and `to` are those of the innermost IP header; tcp_segment sets the rest. */
    struct segment segment;
    bool is_header_sum_zero;   /* some IPv4 header came without a checksum: left to the device */
    bool is_header_sum_bad;    /* some IPv4 header has a wrong one */
    bool is_unpacked;          /* went through IPComp */
    bool is_padded;            /* radiotap: 802.11 headers are filled up to 4 octets */
};

typedef enum layer layer_decoder(struct descent *);

#define LAYER(name, decoder) layer_decoder decoder;
LAYERS(LAYER)
#undef LAYER

/* The layer that a capture of LINKTYPE_ value `type` begins with; LAYER_UNKNOWN. */
enum layer link_of_type(int type);

/* The layer behind an EtherType (or an IEEE 802.3 length); LAYER_PASSED. */
enum layer link_of_ethertype(uint16_t type);

/* The layer behind an IP protocol number in IP version 4 or 6; LAYER_PASSED. */
enum layer ip_of_protocol(uint8_t protocol, uint8_t version);

/* The layer behind an address family, of any system that writes captures; LAYER_PASSED. */
enum layer ip_of_family(uint32_t family);

/* The layer that the version of an IP header tells; LAYER_PASSED, LAYER_CUT where it is not
 * here. */
enum layer ip_of_version(const struct octets *octets);

/* True for UDP ports behind which a tunnel is looked for. */
bool udp_is_port(uint16_t port);

/* How the way down ends where a header of `need` octets is not all here. */
static inline enum layer layer_short(const struct octets *octets, uint32_t need)
{
    return octets->wire < need ? LAYER_MALFORMED : LAYER_CUT;
}

#endif
