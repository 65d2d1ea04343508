#include <CUnit/CUnit.h>
#include <string.h>

#include "tests/support/packets.h"

#define EXTENSION(next) next " 00 0104 00000000 "
#define ROUTE(type, left) "06 02 " type " " left " 00000000 20010db8000000000000000000000002 "
#define TO_3 "20010db8000000000000000000000001 20010db8000000000000000000000003 "

static const struct packet_row rows[] = {
    { "options", 228, "4600 002f 0001 0000 40 06 d1c1 " ENDS4 "94040000 " GET4, SEES_IPV4,
      NO_NOTE },
    { "header of less than 20", 228, "4400 002b 0001 0000 40 06 66ca " ENDS4 GET4, SEES_NOTHING,
      NOTE_MALFORMED },
    { "total of less than the header", 228, "4500 0013 0001 0000 40 06 66e2 " ENDS4, SEES_NOTHING,
      NOTE_MALFORMED },
    { "total of none, as before segmentation offload", 228,
      "4500 0000 0001 0000 40 06 66f5 " ENDS4 GET4, SEES_IPV4, NO_NOTE },
    { "total of more than there is", 228, "4500 0030 0001 0000 40 06 66c5 " ENDS4 GET4, SEES_OTHER,
      NO_NOTE },
    { "checksum left to the device", 228, "4500 002b 0001 0000 40 06 0000 " ENDS4 GET4, SEES_IPV4,
      NOTE_CHECKSUM },
    { "checksum wrong", 228, "4500 002b 0001 0000 40 06 66cb " ENDS4 GET4, SEES_OTHER,
      NOTE_CHECKSUM },
    { "version 5", 228, "5500 002b 0001 0000 40 06 66ca " ENDS4 GET4, SEES_NOTHING,
      NOTE_MALFORMED },
    { "ICMP that quotes TCP", 228, "4500 0047 0001 0000 40 01 66b3 " ENDS4 "0301000000000000 " IPV4,
      SEES_NOTHING, NO_NOTE },
    { "ICMPv6 that quotes TCP", 229, OVER6("3a") "0100000000000000 " IPV6, SEES_NOTHING, NO_NOTE },
    { "ESP", 229, OVER6("32") "0000000000000000", SEES_NOTHING, NO_NOTE },
    { "no next header", 229, OVER6("3b"), SEES_NOTHING, NO_NOTE },
    { "IPv6 version 5", 229, "50000000 0017 06 40 " ENDS6 GET6, SEES_NOTHING, NOTE_MALFORMED },
    { "IPv6 padding", 229, IPV6 "0000", SEES_IPV6, NO_NOTE },
    { "IPv6 without a length, as before segmentation offload", 229, OVER6("06") GET6, SEES_IPV6,
      NO_NOTE },
    { "hop by hop", 229, OVER6("00") EXTENSION("06") GET6, SEES_IPV6, NO_NOTE },
    { "every extension", 229,
      OVER6("00") EXTENSION("3c") EXTENSION("87") EXTENSION("8b") EXTENSION("8c") EXTENSION("06")
          GET6,
      SEES_IPV6, NO_NOTE },
    { "extension longer than the packet", 229, "60000000 0008 3c 40 " ENDS6 "0601010400000000",
      SEES_NOTHING, NOTE_MALFORMED },
    { "extensions in IPv4 are none", 228,
      "4500 0043 0001 0000 40 00 66b8 " ENDS4 EXTENSION("06") GET4, SEES_NOTHING, NO_NOTE },
    { "source route, arrived", 229,
      "60000000 002f 2b 40 " ENDS6 "06020000 00000000 20010db8000000000000000000000009 " GET6,
      SEES_IPV6, NO_NOTE },
    { "source route, on the way", 229, "60000000 002f 2b 40 " TO_3 ROUTE("00", "01") GET6,
      SEES_IPV6, NO_NOTE },
    { "mobile route", 229, "60000000 002f 2b 40 " TO_3 ROUTE("02", "01") GET6, SEES_IPV6, NO_NOTE },
    { "segment route", 229, "60000000 002f 2b 40 " TO_3 ROUTE("04", "01") GET6, SEES_IPV6,
      NO_NOTE },
    { "route of another type", 229, "60000000 001f 2b 40 " ENDS6 "06000901 00000000 " GET6,
      SEES_IPV6, NO_NOTE },
    { "authentication", 228,
      "4500 0043 0001 0000 40 33 6685 " ENDS4
      "06040000 00000001 00000001 0102030405060708090a0b0c " GET4,
      SEES_IPV4, NO_NOTE },
    { "authentication in IPv6", 229,
      OVER6("33") "06040000 00000001 00000001 0102030405060708090a0b0c " GET6, SEES_IPV6, NO_NOTE },
    { "IPv4 in IPv4", 228, "4500 003f 0001 0000 40 04 66b8 " ENDS4 IPV4, SEES_IPV4, NO_NOTE },
    { "IPv6 in IPv4", 228, "4500 0053 0001 0000 40 29 667f " ENDS4 IPV6, SEES_IPV6, NO_NOTE },
    { "IPv4 in IPv6", 229, OVER6("04") IPV4, SEES_IPV4, NO_NOTE },
    { "IPv6 in IPv6", 229, OVER6("29") IPV6, SEES_IPV6, NO_NOTE },
    { "IPv6 fragment of one", 229, OVER6("2c") "06 00 0000 00000007 " GET6, SEES_IPV6, NO_NOTE },
    { "IPv4 fragment", 228, "4500 0024 0001 2000 40 06 46d1 " ENDS4 PORTS, SEES_NOTHING, NO_NOTE },
    { "IPv4 fragment of ICMP", 228, "4500 001c 0001 2000 40 01 46de " ENDS4 "6162636465666768",
      SEES_NOTHING, NO_NOTE },
    { "IPv4 fragment beyond 65535", 228, "4500 001c 0001 1fff 40 06 46da " ENDS4 "6162636465666768",
      SEES_NOTHING, NOTE_MALFORMED },
    { "IPv4 fragment that is no multiple of 8", 228,
      "4500 001b 0001 2000 40 06 46da " ENDS4 "61626364656667", SEES_NOTHING, NOTE_MALFORMED },
    { "IPv6 fragment of none", 229, OVER6("2c") "06 00 0008 00000007", SEES_NOTHING,
      NOTE_MALFORMED },
};

static void ip_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
}

/* A wrong sum is a doubt about the segment, one left to the device is none. */
static void ip_checksum_doubt(void)
{
    static const struct {
        const char *name, *sum;
        bool is_bad;
    } sums[] = { { "good", "66ca", false }, { "none", "0000", false }, { "wrong", "66cb", true } };

    for (size_t at = 0; at < sizeof sums / sizeof *sums; at++) {
        char hex[256] = "4500 002b 0001 0000 40 06 ";
        uint8_t octets[128];
        struct seen seen;

        strcat(strcat(hex, sums[at].sum), " " ENDS4 GET4);
        uint32_t len = (uint32_t)packets_read(hex, octets, sizeof octets);

        packets_see(&(struct packet){ octets, len, len, 228, 1, 1, 0 }, NULL, &seen);
        packets_expect(seen.segment.is_checksum_bad == sums[at].is_bad, sums[at].name, "doubt");
    }
}

void wire_ip_suite(void);
void wire_ip_suite(void)
{
    CU_pSuite suite = CU_add_suite("wire/ip", NULL, NULL);

    CU_add_test(suite, "rows", ip_rows);
    CU_add_test(suite, "checksum doubt", ip_checksum_doubt);
}
