#include "wire/wire.h"

#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/guard.h"
#include "tests/support/packets.h"

/* `head`, then `piece` so many times, then `tail`. */
static const struct nest {
    const char *name;
    int link;
    const char *head, *piece, *tail;
    enum packet_sees sees;
} nests[] = {
    { "VLAN", 1, MACS "8100 ", "0001 8100 ", "0001 0800 " IPV4, SEES_IPV4 },
    { "QinQ", 1, MACS "88a8 ", "0001 88a8 ", "0001 86dd " IPV6, SEES_IPV6 },
    { "MPLS", 1, MACS "8847 ", "00001040 ", "00001140 " IPV4, SEES_IPV4 },
    { "GRE", 229, "", OVER6("2f") "0000 86dd ", IPV6, SEES_IPV6 },
    { "IPv6 in IPv6", 229, "", OVER6("29"), IPV6, SEES_IPV6 },
    { "IPv4 in IPv4", 228, "", "4500 0000 0001 0000 40 04 66f7 " ENDS4, IPV4, SEES_IPV4 },
    { "IPv6 extensions", 229, OVER6("3c"), "3c 00 0104 00000000 ", "06 00 0104 00000000 " GET6,
      SEES_IPV6 },
    { "authentication", 229, OVER6("33"), "33 01 0000 00000000 00000000 ",
      "06 01 0000 00000000 00000000 " GET6, SEES_IPV6 },
    { "VXLAN", 1, "", ETH6 OVER6("11") "1388 12b5 0000 0000 0800000000000100 ", ETH6 IPV6,
      SEES_IPV6 },
    { "PPI in PPI", 192, "", "0000 0800 c0000000 ", "0000 0800 01000000 " ETH4 IPV4, SEES_IPV4 },
};

static uint32_t nest_read(const struct nest *nest, unsigned depth, uint8_t *octets)
{
    size_t len = packets_read(nest->head, octets, PACKET_MAX);

    while (depth-- > 0)
        len += packets_read(nest->piece, octets + len, PACKET_MAX - len);
    return (uint32_t)(len + packets_read(nest->tail, octets + len, PACKET_MAX - len));
}

static const struct {
    unsigned depth;
    uint64_t layers;
    bool is_seen;
} depths[] = {
    { 0, 16, true },    { 1, 16, true },    { 3, 16, true },
    { 100, 16, false }, { 80, 1000, true }, { 80, 1, false },
};

static void wire_nests(void)
{
    struct guard *guard = guard_new(PACKET_MAX);

    for (size_t at = 0; at < sizeof nests / sizeof *nests; at++)
        for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
            uint8_t octets[PACKET_MAX];
            uint32_t len = nest_read(&nests[at], depths[i].depth, octets);
            struct limits limits = limits_default;
            struct seen seen;

            limits.layers = depths[i].layers;
            packets_see(
                &(struct packet){ guard_lay(guard, octets, len), len, len, nests[at].link, 1, 1, 0 },
                &limits, &seen);
            packets_expect((seen.nsegments == 1) == depths[i].is_seen, nests[at].name,
                           "a segment within the limit");
            packets_expect(depths[i].is_seen ? seen.nnotes == 0
                                             : seen.nnotes == 1 && seen.note == NOTE_LIMIT,
                           nests[at].name, "a note beyond it");
        }
    guard_free(guard);
}

/* 200 of each, and so deep that a recursion would have shown. */
static void wire_deep_nests(void)
{
    struct limits limits = limits_default;
    unsigned depth = 200;

    limits.layers = UINT64_MAX;
    for (size_t at = 0; at < sizeof nests / sizeof *nests; at++) {
        static uint8_t octets[PACKET_MAX * 4];
        size_t len = packets_read(nests[at].head, octets, sizeof octets);
        struct seen seen;

        for (unsigned i = 0; i < depth; i++)
            len += packets_read(nests[at].piece, octets + len, sizeof octets - len);
        len += packets_read(nests[at].tail, octets + len, sizeof octets - len);
        struct packet packet = { octets, (uint32_t)len, (uint32_t)len, nests[at].link, 1, 1, 0 };

        packets_see(&packet, &limits, &seen);
        packets_expect(seen.nsegments == 1, nests[at].name, "200 of them");
        packets_see(&packet, NULL, &seen);
        packets_expect(seen.nsegments == 0 && seen.note == NOTE_LIMIT, nests[at].name,
                       "200 of them are too many");
    }
}

/* Headers between the link's and TCP's: exactly as many as the limit are looked through. */
static void wire_limit_exact(void)
{
    for (uint64_t layers = 1; layers < 20; layers++) {
        uint8_t octets[PACKET_MAX];
        uint32_t len = nest_read(&nests[0], 8, octets); /* 9 tags and IPv4 */
        struct limits limits = limits_default;
        struct seen seen;

        limits.layers = layers;
        packets_see(&(struct packet){ octets, len, len, 1, 1, 1, 0 }, &limits, &seen);
        CU_ASSERT_EQUAL(seen.nsegments, layers >= 10);
    }
}

#define PART4(length, parts, sum) "4500 " length " 0001 " parts " 40 06 " sum " " ENDS4
#define PART6(length, parts) "60000000 " length " 2c 40 " ENDS6 "06 00 " parts " 00000007 "

static const struct {
    const char *name;
    int link;
    const char *packets[3];
    enum packet_sees sees;
    uint32_t data_len, wire_len;
    unsigned notes;
    enum note_code note;
} sequences[] = {
    { "IPv4 in order",
      228,
      { PART4("0024", "2000", "46d1") PORTS, PART4("001b", "0002", "66d8") "d09e 0000 474554" },
      SEES_IPV4,
      3,
      3,
      0,
      0 },
    { "IPv4 out of order",
      228,
      { PART4("001b", "0002", "66d8") "d09e 0000 474554", PART4("0024", "2000", "46d1") PORTS },
      SEES_IPV4,
      3,
      3,
      0,
      0 },
    { "IPv6",
      229,
      { PART6("0018", "0001") PORTS, PART6("000f", "0010") "892c 0000 474554" },
      SEES_IPV6,
      3,
      3,
      0,
      0 },
    { "over Ethernet with padding",
      1,
      { ETH4 PART4("0024", "2000", "46d1") PORTS "0000000000",
        ETH4 PART4("001b", "0002", "66d8") "d09e 0000 474554 00000000" },
      SEES_IPV4,
      3,
      3,
      0,
      0 },
    { "in a tunnel that is in parts itself",
      229,
      { PART6("0018", "0001") PORTS,
        "60000000 0020 2c 40 " ENDS6
        "29 00 0001 00000009 60000000 000f 2c 40 20010db8000000000000000000000001",
        "60000000 0027 2c 40 " ENDS6 "29 00 0018 00000009 20010db8000000000000000000000002 "
        "06 00 0010 00000007 892c 0000 474554" },
      SEES_IPV6,
      3,
      3,
      0,
      0 },
    { "the end is missing",
      228,
      { PART4("0024", "2000", "46d1") PORTS },
      SEES_NOTHING,
      0,
      0,
      1,
      NOTE_FRAGMENT },
    { "the begin is missing",
      228,
      { PART4("001b", "0002", "66d8") "d09e 0000 474554" },
      SEES_NOTHING,
      0,
      0,
      1,
      NOTE_FRAGMENT },
};

static bool sequence_is_get(const struct seen *seen, enum packet_sees sees)
{
    if (sees == SEES_NOTHING)
        return seen->nsegments == 0;
    return seen->nsegments == 1 && seen->segment.from.port == 8080 &&
           !seen->segment.is_checksum_bad &&
           seen->segment.from.family == (sees == SEES_IPV4 ? 4 : 6) &&
           memcmp(seen->data, "GET", 3) == 0;
}

static void wire_fragments(void)
{
    struct guard *guard = guard_new(PACKET_MAX);

    for (size_t at = 0; at < sizeof sequences / sizeof *sequences; at++) {
        struct seen seen;
        struct wire *wire = packets_wire(NULL, &seen);

        for (uint64_t frame = 1; frame <= 3 && sequences[at].packets[frame - 1]; frame++) {
            uint8_t octets[256];
            uint32_t len =
                (uint32_t)packets_read(sequences[at].packets[frame - 1], octets, sizeof octets);

            wire_feed(wire, &(struct packet){ guard_lay(guard, octets, len), len, len,
                                              sequences[at].link, frame, 1, 0 });
        }
        wire_finish(wire);
        packets_expect(sequence_is_get(&seen, sequences[at].sees), sequences[at].name,
                       "the segment");
        packets_expect(seen.segment.data_len == sequences[at].data_len &&
                           seen.segment.wire_len == sequences[at].wire_len,
                       sequences[at].name, "lengths");
        packets_expect(seen.nnotes == sequences[at].notes && seen.note == sequences[at].note,
                       sequences[at].name, "notes");
        wire_free(wire);
    }
    guard_free(guard);
}

/* The snap length cut the second part: the data in front of the cut is there. */
static void wire_fragment_cut(void)
{
    uint8_t octets[256];
    struct seen seen;
    struct wire *wire = packets_wire(NULL, &seen);
    uint32_t len =
        (uint32_t)packets_read(PART4("0024", "2000", "46d1") PORTS, octets, sizeof octets);

    wire_feed(wire, &(struct packet){ octets, len, len, 228, 1, 1, 0 });
    len = (uint32_t)packets_read(PART4("001b", "0002", "66d8") "d09e 0000 474554", octets,
                                 sizeof octets);
    wire_feed(wire, &(struct packet){ octets, len - 1, len, 228, 2, 1, 0 });
    CU_ASSERT_EQUAL(seen.nsegments, 1);
    CU_ASSERT_EQUAL(seen.segment.data_len, 2);
    CU_ASSERT_EQUAL(seen.segment.wire_len, 3);
    CU_ASSERT_EQUAL(seen.segment.frame, 2);
    CU_ASSERT_EQUAL(seen.nnotes, 0);
    wire_free(wire);
}

/* Any octets under any link type, against the guard page. */
static void wire_noise(void)
{
    struct guard *guard = guard_new(PACKET_MAX);
    struct seen seen;
    struct wire *wire = packets_wire(NULL, &seen);
    unsigned seed = 3;

    for (int run = 0; run < 40000; run++) {
        uint8_t octets[256];
        uint32_t len = (uint32_t)rand_r(&seed) % sizeof octets;
        int link = run % 290;

        for (uint32_t at = 0; at < len; at++)
            octets[at] = (uint8_t)rand_r(&seed);
        seen.nnotes = 0;
        wire_feed(wire, &(struct packet){ guard_lay(guard, octets, len), len,
                                          len + (uint32_t)run % 3, link, 1, run, 0 });
    }
    wire_finish(wire);
    wire_free(wire);
    guard_free(guard);
    CU_PASS("nothing was read that is not there");
}

void wire_wire_suite(void);
void wire_wire_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/wire", NULL, NULL);

    CU_add_test(suite, "nests", wire_nests);
    CU_add_test(suite, "deep nests", wire_deep_nests);
    CU_add_test(suite, "limit to the layer", wire_limit_exact);
    CU_add_test(suite, "fragments", wire_fragments);
    CU_add_test(suite, "fragment cut", wire_fragment_cut);
    CU_add_test(suite, "noise", wire_noise);
}
