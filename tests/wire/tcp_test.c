#include <CUnit/CUnit.h>
#include <string.h>

#include "tests/support/packets.h"

static const struct packet_row rows[] = {
    { "plain", 228, IPV4, SEES_IPV4, NO_NOTE },
    { "timestamp", 228,
      "4500 0037 0001 0000 40 06 66be " ENDS4 "1f900050 00000001 00000002 8018 1000 975c 0000 "
      "0101080a 0000002a 00000001 474554",
      SEES_OTHER, NO_NOTE },
    { "header shorter than 20", 228,
      "4500 002b 0001 0000 40 06 66ca " ENDS4 "1f900050 00000001 00000002 4018 1000 "
      "d09e 0000 474554",
      SEES_NOTHING, NOTE_MALFORMED },
    { "header longer than the segment", 228,
      "4500 002b 0001 0000 40 06 66ca " ENDS4 "1f900050 00000001 00000002 "
      "6018 1000 d09e 0000 474554",
      SEES_NOTHING, NOTE_MALFORMED },
    { "shorter than a header", 228,
      "4500 0027 0001 0000 40 06 66ce " ENDS4 "1f900050 00000001 00000002 5018 1000 "
      "d09e 00",
      SEES_NOTHING, NOTE_MALFORMED },
};

static void tcp_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
}

static const struct {
    const char *name, *octets;
    bool has_timestamp, is_checksum_bad, is_checksum_left;
    uint32_t data_len;
    uint8_t flags;
} facts[] = {
    { "no options", "4500 002b 0001 0000 40 06 66ca " ENDS4 GET4, false, false, false, 3,
      TCP_PSH | TCP_ACK },
    { "wrong checksum", "4500 002b 0001 0000 40 06 66ca " ENDS4 PORTS "d09f 0000 474554", false,
      true, false, 3, TCP_PSH | TCP_ACK },
    { "wrong data", "4500 002b 0001 0000 40 06 66ca " ENDS4 PORTS "d09e 0000 474555", false, true, false,
      3, TCP_PSH | TCP_ACK },
    { "even length", "4500 002c 0001 0000 40 06 66c9 " ENDS4 PORTS "d045 0000 47455458", false,
      false, false, 4, TCP_PSH | TCP_ACK },
    { "no data", "4500 0028 0001 0000 40 06 66cd " ENDS4 PORTS "6be7 0000", false, false, false, 0,
      TCP_PSH | TCP_ACK },
    { "SYN with ECE and CWR",
      "4500 0028 0001 0000 40 06 66cd " ENDS4 "1f900050 00000001 00000002 50c2 1000 6b3d 0000",
      false, false, false, 0, TCP_SYN },
    { "timestamp as usual",
      "4500 0037 0001 0000 40 06 66be " ENDS4 "1f900050 00000001 00000002 8018 1000 975c 0000 "
      "0101080a 0000002a 00000001 474554",
      true, false, false, 3, TCP_PSH | TCP_ACK },
    { "timestamp behind another",
      "4500 003b 0001 0000 40 06 66ba " ENDS4 "1f900050 00000001 00000002 9018 1000 7fa1 "
      "0000 020405b4 080a0000 002a0000 00010100 474554",
      true, false, false, 3, TCP_PSH | TCP_ACK },
    { "option shorter than itself",
      "4500 0033 0001 0000 40 06 66c2 " ENDS4 "1f900050 00000001 00000002 7018 1000 a08b "
      "0000 0801080a00000000 474554",
      false, false, false, 3, TCP_PSH | TCP_ACK },
    { "option longer than the header",
      "4500 0033 0001 0000 40 06 66c2 " ENDS4 "1f900050 00000001 00000002 7018 1000 "
      "a48d 0000 03ff080a00000000 474554",
      false, false, false, 3, TCP_PSH | TCP_ACK },
    { "left to the network card", "4500 002b 0001 0000 40 06 66ca " ENDS4 PORTS "1420 0000 474554", false, true, true, 3,
      TCP_PSH | TCP_ACK },
    { "left to a network card that cuts", "4500 002b 0001 0000 40 06 66ca " ENDS4 PORTS "1409 0000 474554", false, true, true, 3,
      TCP_PSH | TCP_ACK },
};

static void tcp_facts(void)
{
    for (size_t at = 0; at < sizeof facts / sizeof *facts; at++) {
        uint8_t octets[128];
        uint32_t len = (uint32_t)packets_read(facts[at].octets, octets, sizeof octets);
        struct seen seen;

        packets_see(&(struct packet){ octets, len, len, 228, 7, 99, 0 }, NULL, &seen);
        const struct segment *segment = &seen.segment;

        packets_expect(seen.nsegments == 1 && seen.nnotes == 0, facts[at].name,
                       "a segment, no note");
        packets_expect(segment->has_timestamp == facts[at].has_timestamp, facts[at].name,
                       "has_timestamp");
        packets_expect(segment->timestamp == (facts[at].has_timestamp ? 42 : 0), facts[at].name,
                       "timestamp");
        packets_expect(segment->is_checksum_bad == facts[at].is_checksum_bad, facts[at].name,
                       "is_checksum_bad");
        packets_expect(segment->is_checksum_left == facts[at].is_checksum_left, facts[at].name, "is_checksum_left");
        packets_expect(segment->data_len == facts[at].data_len &&
                           segment->wire_len == facts[at].data_len,
                       facts[at].name, "lengths");
        packets_expect(segment->flags == facts[at].flags, facts[at].name, "flags");
        packets_expect(segment->frame == 7 && segment->time_us == 99, facts[at].name,
                       "frame and time");
    }
}

/* Where the header has another sum than it says, its addresses were rewritten or spoilt, and nothing is known. */
static void tcp_left_below_bad(void)
{
    uint8_t octets[128];
    uint32_t len = (uint32_t)packets_read("4500 002b 0001 0000 40 06 66cb " ENDS4 PORTS "1420 0000 474554", octets, sizeof octets);
    struct seen seen;

    packets_see(&(struct packet){ octets, len, len, 228, 1, 1, 0 }, NULL, &seen);
    CU_ASSERT_EQUAL(seen.nsegments, 1);
    CU_ASSERT_TRUE(seen.segment.is_checksum_bad);
    CU_ASSERT_FALSE(seen.segment.is_checksum_left);
}

/* The snap length inside the data: what was on the wire is still known, the checksum is not
 * judged. */
static void tcp_cut(void)
{
    uint8_t octets[128];
    uint32_t len = (uint32_t)packets_read(
        "4500 002b 0001 0000 40 06 66ca " ENDS4 PORTS "ffff 0000 474554", octets, sizeof octets);
    struct seen seen;

    packets_see(&(struct packet){ octets, len - 2, len, 228, 1, 1, 0 }, NULL, &seen);
    CU_ASSERT_EQUAL(seen.nsegments, 1);
    CU_ASSERT_EQUAL(seen.segment.data_len, 1);
    CU_ASSERT_EQUAL(seen.segment.wire_len, 3);
    CU_ASSERT_FALSE(seen.segment.is_checksum_bad);
    CU_ASSERT_EQUAL(seen.nnotes, 0);
}

void wire_tcp_suite(void);
void wire_tcp_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/tcp", NULL, NULL);

    CU_add_test(suite, "rows", tcp_rows);
    CU_add_test(suite, "facts", tcp_facts);
    CU_add_test(suite, "cut", tcp_cut);
    CU_add_test(suite, "left to the network card below a bad header", tcp_left_below_bad);
}
