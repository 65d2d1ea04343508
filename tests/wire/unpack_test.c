#include <CUnit/CUnit.h>

#include "tests/support/guard.h"
#include "tests/support/packets.h"

#define IPCOMP(next) OVER6("6c") next " 00 1234 "
#define IPCOMP4 "4500 0000 0001 0000 40 6c 668f " ENDS4
#define PACKED_TCP4 "939fc010c0c0c0c008c44c0112020c17e63130b8bb860000"
#define PACKED_IPV4                                                                                \
    "736560d06660646070604b3bc5c5c0c008c44cf2131802181840a20c4c0112020c17e63130b8bb860000"
#define PACKED_TWICE "636360609a3cff80c00120e038e2c328c4c423feccd060c7ee36060600"
#define ZEROS_32 "0000000000000000000000000000000000000000000000000000000000000000"

static const struct packet_row rows[] = {
    { "TCP", 228, IPCOMP4 "06 00 0002 " PACKED_TCP4, SEES_IPV4, NO_NOTE },
    { "IPv4", 229, IPCOMP("04") PACKED_IPV4, SEES_IPV4, NO_NOTE },
    { "twice", 229, IPCOMP("6c") PACKED_TWICE, SEES_NOTHING, NOTE_LIMIT },
    { "no DEFLATE", 229, IPCOMP("04") IPV4, SEES_NOTHING, NO_NOTE },
    { "nothing", 229, IPCOMP("04"), SEES_NOTHING, NO_NOTE },
    { "ICMP", 229, IPCOMP("3a") PACKED_IPV4, SEES_NOTHING, NO_NOTE },
    { "shorter than a header", 229, OVER6("6c") "0600", SEES_NOTHING, NOTE_MALFORMED },
    { "100 kB out of 115 octets", 229,
      IPCOMP("04") "edc121010000000220cff9ff92370c4003" ZEROS_32 ZEROS_32 ZEROS_32 "dc1a",
      SEES_NOTHING, NO_NOTE },
};

static void unpack_rows(void)
{
    struct guard *guard = guard_new(PACKET_MAX);

    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        uint8_t octets[512];
        uint32_t len = (uint32_t)packets_read(rows[at].octets, octets, sizeof octets);
        struct packet packet = { guard_lay(guard, octets, len), len, len, rows[at].link, 1, 1, 0 };
        struct seen seen;

        packets_see(&packet, NULL, &seen);
        packets_expect(seen.nsegments == (rows[at].sees == SEES_IPV4), rows[at].name,
                       "a segment or none");
        packets_expect(seen.nsegments == 0 ||
                           (seen.segment.from.port == 8080 && seen.segment.from.family == 4 &&
                            seen.segment.data_len == 3 && !seen.segment.is_checksum_bad &&
                            seen.data[0] == 'G'),
                       rows[at].name, "the usual segment");
        packets_expect(seen.nnotes == (rows[at].note != NO_NOTE) &&
                           (rows[at].note == NO_NOTE || (int)seen.note == rows[at].note),
                       rows[at].name, "note");
        for (packet.captured = 0; packet.captured < len; packet.captured++) {
            packet.octets = guard_lay(guard, octets, packet.captured);
            packets_see(&packet, NULL, &seen);
            packets_expect(seen.nsegments == 0, rows[at].name, "nothing comes out of a part");
        }
    }
    guard_free(guard);
}

/* Whatever is in it: no more than a datagram comes out, and no octet is read that is not there. */
static void unpack_changed(void)
{
    struct guard *guard = guard_new(PACKET_MAX);
    uint8_t octets[512];
    uint32_t len = (uint32_t)packets_read(rows[1].octets, octets, sizeof octets);

    for (uint32_t bit = 0; bit < len * 8; bit++) {
        struct seen seen;

        octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
        packets_see(&(struct packet){ guard_lay(guard, octets, len), len, len, 229, 1, 1, 0 }, NULL,
                    &seen);
        CU_ASSERT_TRUE(seen.nsegments <= 1 && seen.nnotes <= 1);
        octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    guard_free(guard);
}

void wire_unpack_suite(void);
void wire_unpack_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/unpack", NULL, NULL);

    CU_add_test(suite, "rows", unpack_rows);
    CU_add_test(suite, "changed", unpack_changed);
}
