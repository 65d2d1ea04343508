#include <CUnit/CUnit.h>

#include "tests/support/packets.h"

#define GRE OVER6("2f")

static const struct packet_row rows[] = {
    { "MPLS", 1, MACS "8847 00001140 " IPV4, SEES_IPV4, NO_NOTE },
    { "MPLS, multicast, three labels", 1, MACS "8848 00001040 00002040 00003140 " IPV6, SEES_IPV6,
      NO_NOTE },
    { "MPLS with Ethernet behind a control word", 1, MACS "8847 00001140 00000000 " ETH4 IPV4,
      SEES_IPV4, NO_NOTE },
    { "MPLS with something else", 1, MACS "8847 00001140 10000000 0000", SEES_NOTHING, NO_NOTE },
    { "MPLS without a bottom", 1, MACS "8847 00001040", SEES_NOTHING, NOTE_MALFORMED },
    { "MPLS in IPv6", 229, OVER6("89") "00001140 " IPV4, SEES_IPV4, NO_NOTE },
    { "GRE in IPv4", 228, "4500 0043 0001 0000 40 2f 6689 " ENDS4 "0000 0800 " IPV4, SEES_IPV4,
      NO_NOTE },
    { "GRE", 229, GRE "0000 86dd " IPV6, SEES_IPV6, NO_NOTE },
    { "GRE with all fields", 229, GRE "b000 0800 ffff0000 00000001 00000002 " IPV4, SEES_IPV4,
      NO_NOTE },
    { "GRE with source routes", 229, GRE "4000 0800 ffff0000 " IPV4, SEES_NOTHING, NO_NOTE },
    { "GRE version 2", 229, GRE "0002 0800 " IPV4, SEES_NOTHING, NO_NOTE },
    { "GRE keep-alive", 229, GRE "0000 0000", SEES_NOTHING, NO_NOTE },
    { "NVGRE", 229, GRE "2000 6558 00000100 " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "GRE with MPLS", 229, GRE "0000 8847 00001140 " IPV4, SEES_IPV4, NO_NOTE },
    { "PPTP", 229, GRE "3001 880b 002f 0001 00000001 ff03 0021 " IPV4, SEES_IPV4, NO_NOTE },
    { "PPTP with an acknowledgment", 229,
      GRE "3081 880b 002f 0001 00000001 00000002 ff03 0021 " IPV4 "0000", SEES_IPV4, NO_NOTE },
    { "PPTP of an acknowledgment only", 229, GRE "2081 880b 0000 0001 00000002", SEES_NOTHING,
      NO_NOTE },
    { "WCCP", 229, GRE "0000 883e " IPV4, SEES_IPV4, NO_NOTE },
    { "WCCP version 2", 229, GRE "0000 883e 00000100 " IPV4, SEES_IPV4, NO_NOTE },
    { "ERSPAN I", 229, GRE "0000 88be " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "ERSPAN II", 229, GRE "1000 88be 00000001 10000014 00000001 " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "ERSPAN III", 229, GRE "1000 22eb 00000001 20000014 00000000 00000000 " ETH4 IPV4, SEES_IPV4,
      NO_NOTE },
    { "ERSPAN III with a platform's header", 229,
      GRE "1000 22eb 00000001 20000014 00000000 00000001 0000000000000000 " ETH4 IPV4, SEES_IPV4,
      NO_NOTE },
    { "ERSPAN III of IP", 229, GRE "1000 22eb 00000001 20000014 00000000 00000800 " IPV4, SEES_IPV4,
      NO_NOTE },
    { "ERSPAN of no version", 229, GRE "1000 88be 00000001 00000014 00000001 " ETH4 IPV4,
      SEES_NOTHING, NO_NOTE },
};

static void tunnel_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
}

void wire_tunnel_suite(void);
void wire_tunnel_suite(void)
{
    CU_add_test(CU_add_suite("wire/tunnel", NULL, NULL), "rows", tunnel_rows);
}
