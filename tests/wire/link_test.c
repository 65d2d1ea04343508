#include <CUnit/CUnit.h>

#include "tests/support/packets.h"

#define PPP_GET "0021 " IPV4
#define VLAN_GET(tag) MACS tag " 0007 0800 " IPV4

static const struct packet_row rows[] = {
    { "ethernet IPv4", 1, ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "ethernet IPv6", 1, ETH6 IPV6, SEES_IPV6, NO_NOTE },
    { "ethernet padding is no data", 1, ETH4 IPV4 "00000000000000", SEES_IPV4, NO_NOTE },
    { "ethernet type says IPv4, version says 6", 1, ETH4 IPV6, SEES_IPV6, NO_NOTE },
    { "ethernet type says IPv6, version says 4", 1, ETH6 IPV4, SEES_IPV4, NO_NOTE },
    { "ethernet ARP", 1, MACS "0806 0001080006040001", SEES_NOTHING, NO_NOTE },
    { "ethernet unknown type", 1, MACS "88cc 0207", SEES_NOTHING, NO_NOTE },
    { "ethernet shorter than its header", 1, "020000000002 020000000001", SEES_NOTHING,
      NOTE_MALFORMED },
    { "802.1Q", 1, VLAN_GET("8100"), SEES_IPV4, NO_NOTE },
    { "802.1ad", 1, VLAN_GET("88a8"), SEES_IPV4, NO_NOTE },
    { "QinQ of old", 1, VLAN_GET("9100"), SEES_IPV4, NO_NOTE },
    { "802.1ad over 802.1Q", 1, MACS "88a8 0001 8100 0002 86dd " IPV6, SEES_IPV6, NO_NOTE },
    { "802.3 with SNAP", 1, MACS "0033 aaaa03 000000 0800 " IPV4, SEES_IPV4, NO_NOTE },
    { "802.3 length ends the frame", 1, MACS "0008 aaaa03 000000 0800 " IPV4, SEES_NOTHING,
      NOTE_MALFORMED },
    { "802.3 with LLC for IP", 1, MACS "002e 060603 " IPV4, SEES_IPV4, NO_NOTE },
    { "802.3 spanning tree", 1, MACS "0026 424203 0000000000", SEES_NOTHING, NO_NOTE },
    { "802.3 SNAP of a vendor", 1, MACS "0022 aaaa03 00000c 2000 02b4", SEES_NOTHING, NO_NOTE },
    { "802.3 raw IPX", 1, MACS "0022 ffff 0022 0011", SEES_NOTHING, NO_NOTE },
    { "VLAN with 802.3 inside", 1, MACS "8100 0001 0033 aaaa03 000000 0800 " IPV4, SEES_IPV4,
      NO_NOTE },
    { "PPPoE", 1, MACS "8864 1100 0001 002d " PPP_GET, SEES_IPV4, NO_NOTE },
    { "PPPoE padding", 1, MACS "8864 1100 0001 002d " PPP_GET "0000", SEES_IPV4, NO_NOTE },
    { "PPPoE IPv6", 1, MACS "8864 1100 0001 0041 0057 " IPV6, SEES_IPV6, NO_NOTE },
    { "PPPoE LCP", 1, MACS "8864 1100 0001 000a c021 0901 0008 00000000", SEES_NOTHING, NO_NOTE },
    { "PPPoE discovery", 1, MACS "8863 1109 0000 0004 01010000", SEES_NOTHING, NO_NOTE },
    { "PPPoE as the link", 51, "1100 0001 002d " PPP_GET, SEES_IPV4, NO_NOTE },
    { "PPP", 9, PPP_GET, SEES_IPV4, NO_NOTE },
    { "PPP with address and control", 9, "ff03 " PPP_GET, SEES_IPV4, NO_NOTE },
    { "PPP with a short protocol", 9, "ff03 21 " IPV4, SEES_IPV4, NO_NOTE },
    { "PPP MPLS", 9, "0281 00001140 " IPV4, SEES_IPV4, NO_NOTE },
    { "PPP of pppd", 166, "0103 0057 " IPV6, SEES_IPV6, NO_NOTE },
    { "PPP with a direction", 204, "01 ff03 " PPP_GET, SEES_IPV4, NO_NOTE },
    { "PPP compressed", 9, "ff03 00fd 1234", SEES_NOTHING, NO_NOTE },
    { "HDLC with PPP", 50, "ff03 " PPP_GET, SEES_IPV4, NO_NOTE },
    { "HDLC of Cisco", 50, "0f00 0800 " IPV4, SEES_IPV4, NO_NOTE },
    { "Cisco HDLC", 104, "0f00 86dd " IPV6, SEES_IPV6, NO_NOTE },
    { "Cisco HDLC keep-alive", 104, "8f00 8035 00000002", SEES_NOTHING, NO_NOTE },
    { "FDDI", 10, "50 " MACS "aaaa03 000000 0800 " IPV4, SEES_IPV4, NO_NOTE },
    { "FDDI station management", 10, "41 " MACS "0000", SEES_NOTHING, NO_NOTE },
    { "ATM", 100, "aaaa03 000000 0800 " IPV4, SEES_IPV4, NO_NOTE },
    { "unknown link type", 9999, IPV4, SEES_NOTHING, NOTE_LINK_TYPE },
    { "empty frame", 1, "", SEES_NOTHING, NOTE_MALFORMED },
};

static void link_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
}

void wire_link_suite(void);
void wire_link_suite(void)
{
    CU_add_test(CU_add_suite("wire/link", NULL, NULL), "rows", link_rows);
}
