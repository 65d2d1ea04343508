#include <CUnit/CUnit.h>

#include "tests/support/packets.h"

#define COOKED(hardware, protocol) "0000 " hardware " 0006 0200000000010000 " protocol " "
#define COOKED_V2(hardware, protocol) protocol " 0000 00000002 " hardware " 00 06 0200000000010000 "
#define NFLOG_MARK "0800 0100 00000003 0500 0a00 00000000 "

static const struct packet_row rows[] = {
    { "cooked IPv4", 113, COOKED("0001", "0800") IPV4, SEES_IPV4, NO_NOTE },
    { "cooked IPv6", 113, COOKED("0304", "86dd") IPV6, SEES_IPV6, NO_NOTE },
    { "cooked VLAN", 113, COOKED("0001", "8100") "0001 0800 " IPV4, SEES_IPV4, NO_NOTE },
    { "cooked LLC", 113, COOKED("0001", "0004") "aaaa03 000000 0800 " IPV4, SEES_IPV4, NO_NOTE },
    { "cooked ARP", 113, COOKED("0001", "0806") "0001", SEES_NOTHING, NO_NOTE },
    { "cooked netlink", 113, COOKED("0338", "0000") "0001", SEES_NOTHING, NO_NOTE },
    { "cooked 802.11", 113,
      COOKED("0321", "0000") "0802 0000 " MACS "020000000003 0000 aaaa03 000000 0800 " IPV4,
      SEES_IPV4, NO_NOTE },
    { "cooked v2 IPv4", 276, COOKED_V2("0001", "0800") IPV4, SEES_IPV4, NO_NOTE },
    { "cooked v2 IPv6", 276, COOKED_V2("0001", "86dd") IPV6, SEES_IPV6, NO_NOTE },
    { "cooked v2 radiotap", 276,
      COOKED_V2("0323", "0000") "0000 0800 00000000 0802 0000 " MACS
                                "020000000003 0000 aaaa03 000000 0800 " IPV4,
      SEES_IPV4, NO_NOTE },
    { "raw IPv4", 101, IPV4, SEES_IPV4, NO_NOTE },
    { "raw IPv6", 101, IPV6, SEES_IPV6, NO_NOTE },
    { "raw of BSD", 12, IPV4, SEES_IPV4, NO_NOTE },
    { "raw of OpenBSD", 14, IPV6, SEES_IPV6, NO_NOTE },
    { "raw of neither version", 101, "1500 0014", SEES_NOTHING, NOTE_MALFORMED },
    { "link type IPv4", 228, IPV4, SEES_IPV4, NO_NOTE },
    { "link type IPv6", 229, IPV6, SEES_IPV6, NO_NOTE },
    { "null little", 0, "02000000 " IPV4, SEES_IPV4, NO_NOTE },
    { "null big", 0, "00000002 " IPV4, SEES_IPV4, NO_NOTE },
    { "null IPv6 Darwin", 0, "1e000000 " IPV6, SEES_IPV6, NO_NOTE },
    { "null IPv6 FreeBSD", 0, "0000001c " IPV6, SEES_IPV6, NO_NOTE },
    { "null IPv6 OpenBSD", 108, "00000018 " IPV6, SEES_IPV6, NO_NOTE },
    { "null IPv6 Linux", 0, "0a000000 " IPV6, SEES_IPV6, NO_NOTE },
    { "null IPv6 Windows", 0, "17000000 " IPV6, SEES_IPV6, NO_NOTE },
    { "null of another family", 0, "07000000 0000", SEES_NOTHING, NO_NOTE },
    { "loop", 108, "00000002 " IPV4, SEES_IPV4, NO_NOTE },
    { "enc", 109, "02000000 00001234 00000001 " IPV4, SEES_IPV4, NO_NOTE },
    { "pflog", 117, "05 02 0000 00000000 " IPV4, SEES_IPV4, NO_NOTE },
    { "pflog IPv6", 117, "08 1c 0000 00000000 " IPV6, SEES_IPV6, NO_NOTE },
    { "nflog", 239, "02 00 0001 " NFLOG_MARK "2f00 0900 " IPV4, SEES_IPV4, NO_NOTE },
    { "nflog IPv6, big", 239, "0a 00 0001 0008 0001 00000003 0043 0009 " IPV6, SEES_IPV6, NO_NOTE },
    { "nflog padding", 239, "02 00 0001 2f00 0900 " IPV4 "00", SEES_IPV4, NO_NOTE },
    { "nflog of a bridge", 239, "07 00 0001 2f00 0900 " IPV4, SEES_NOTHING, NO_NOTE },
    { "nflog without a payload", 239, "02 00 0001 0800 0100 00000003", SEES_NOTHING, NO_NOTE },
    { "nflog attribute too short", 239, "02 00 0001 0300 0100 00000003", SEES_NOTHING,
      NOTE_MALFORMED },
    { "nflog attribute too long", 239, "02 00 0001 0900 0100 00000003", SEES_NOTHING,
      NOTE_MALFORMED },
    { "nflog rest too short", 239, "02 00 0001 0800 0100 00000003 0000", SEES_NOTHING,
      NOTE_MALFORMED },
    { "arcnet RFC 1201", 7, "01 02 d4 00 0001 " IPV4, SEES_IPV4, NO_NOTE },
    { "arcnet RFC 1051", 7, "01 02 f0 " IPV4, SEES_IPV4, NO_NOTE },
    { "arcnet IPv6", 7, "01 02 c4 00 0001 " IPV6, SEES_IPV6, NO_NOTE },
    { "arcnet exception", 7, "01 02 d4 ff ffff d4 00 0001 " IPV4, SEES_IPV4, NO_NOTE },
    { "arcnet in parts", 7, "01 02 d4 03 0001 " IPV4, SEES_NOTHING, NOTE_FRAGMENT },
    { "arcnet ARP", 7, "01 02 d5 00 0001", SEES_NOTHING, NO_NOTE },
    { "arcnet of Linux", 129, "01 02 0000 d4 00 0001 " IPV4, SEES_IPV4, NO_NOTE },
    { "arcnet of Linux, RFC 1051", 129, "01 02 0000 f0 " IPV4, SEES_IPV4, NO_NOTE },
};

static void cooked_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
}

void wire_cooked_suite(void);
void wire_cooked_suite(void)
{
    CU_add_test(CU_add_suite("wire/cooked", NULL, NULL), "rows", cooked_rows);
}
