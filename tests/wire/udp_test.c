#include <CUnit/CUnit.h>

#include "tests/support/packets.h"

/* UDP without a length is as long as what carries it. */
#define UDP(port) OVER6("11") "1388 " port " 0000 0000 "
#define UDP_FROM(port) OVER6("11") port " 1388 0000 0000 "
#define VXLAN "12b5"
#define GENEVE "17c1"
#define GTP "0868"
#define L2TP "06a5"
#define TEREDO "0dd8"

static const struct packet_row rows[] = {
    { "DNS", 228, "4500 0020 0001 0000 40 11 66ca " ENDS4 "13880035000c0000 61626364", SEES_NOTHING,
      NO_NOTE },
    { "shorter than a header", 229, "60000000 0006 11 40 " ENDS6 "1388 12b5 0000", SEES_NOTHING,
      NO_NOTE },
    { "shorter than its ports", 229, "60000000 0002 11 40 " ENDS6 "1388", SEES_NOTHING, NO_NOTE },
    { "VXLAN in IPv4", 228,
      "4500 005d 0001 0000 40 11 668d " ENDS4 "1388 12b5 0049 0000 0800000000000100 " ETH4 IPV4,
      SEES_IPV4, NO_NOTE },
    { "VXLAN", 229, UDP(VXLAN) "0800000000000100 " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "VXLAN of Linux of old", 229, UDP("2118") "0800000000000100 " ETH6 IPV6, SEES_IPV6, NO_NOTE },
    { "VXLAN with a policy", 229, UDP(VXLAN) "8800000100000100 " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "VXLAN that names Ethernet", 229, UDP(VXLAN) "0c00000300000100 " ETH4 IPV4, SEES_IPV4,
      NO_NOTE },
    { "VXLAN that names IPv4", 229, UDP("12b6") "0c00000100000100 " IPV4, SEES_IPV4, NO_NOTE },
    { "VXLAN that names IPv6", 229, UDP("12b6") "0c00000200000100 " IPV6, SEES_IPV6, NO_NOTE },
    { "VXLAN that names another", 229, UDP("12b6") "0c00000400000100 " IPV6, SEES_NOTHING,
      NO_NOTE },
    { "not VXLAN", 229, UDP(VXLAN) "1234010000010000 0000", SEES_NOTHING, NO_NOTE },
    { "not VXLAN, a reserved octet", 229, UDP(VXLAN) "0800000000000101 " ETH4 IPV4, SEES_NOTHING,
      NO_NOTE },
    { "too short for VXLAN", 229, UDP(VXLAN) "08000000", SEES_NOTHING, NO_NOTE },
    { "answer from a VXLAN port", 229, UDP_FROM(VXLAN) "0800000000000100 " ETH4 IPV4, SEES_IPV4,
      NO_NOTE },
    { "Geneve", 229, UDP(GENEVE) "0000655800000100 " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "Geneve with options", 229, UDP(GENEVE) "02400800 00000100 0102030405060708 " IPV4, SEES_IPV4,
      NO_NOTE },
    { "not Geneve", 229, UDP(GENEVE) "4000655800000100 " ETH4 IPV4, SEES_NOTHING, NO_NOTE },
    { "Geneve too short for its options", 229, UDP(GENEVE) "3f00655800000100 " ETH4, SEES_NOTHING,
      NO_NOTE },
    { "GTP", 229, UDP(GTP) "30ff002b 00000001 " IPV4, SEES_IPV4, NO_NOTE },
    { "GTP padding", 229, UDP(GTP) "30ff003f 00000001 " IPV6 "0000", SEES_IPV6, NO_NOTE },
    { "GTP with a sequence number", 229, UDP(GTP) "32ff002f 00000001 00010000 " IPV4, SEES_IPV4,
      NO_NOTE },
    { "GTP with extensions", 229,
      UDP(GTP) "34ff003b 00000001 00000085 010000c0 02000000 00000000 " IPV4, SEES_IPV4, NO_NOTE },
    { "GTP extension of no length", 229, UDP(GTP) "34ff0033 00000001 00000085 00000000 " IPV4,
      SEES_NOTHING, NO_NOTE },
    { "GTP extension of too much", 229, UDP(GTP) "34ff0033 00000001 00000085 ff000000 " IPV4,
      SEES_NOTHING, NO_NOTE },
    { "GTP echo", 229, UDP(GTP) "32010004 00000000 00010000", SEES_NOTHING, NO_NOTE },
    { "not GTP", 229, UDP(GTP) "30ff0fff 00000001 " IPV4, SEES_NOTHING, NO_NOTE },
    { "L2TP", 229, UDP(L2TP) "0002 0001 0002 ff03 0021 " IPV4, SEES_IPV4, NO_NOTE },
    { "L2TP with all fields", 229,
      UDP(L2TP) "4a02 0041 0001 0002 0003 0004 0002 ffff ff03 0021 " IPV4 "0000", SEES_IPV4,
      NO_NOTE },
    { "L2TP control", 229, UDP(L2TP) "c802 000c 0001 0000 0003 0004", SEES_NOTHING, NO_NOTE },
    { "L2TP version 3", 229, UDP(L2TP) "0003 0000 0001 0002", SEES_NOTHING, NO_NOTE },
    { "L2TP longer than UDP", 229, UDP(L2TP) "4002 0fff 0001 0002 0021 " IPV4, SEES_NOTHING,
      NO_NOTE },
    { "Teredo", 229, UDP(TEREDO) IPV6, SEES_IPV6, NO_NOTE },
    { "Teredo with all indications", 229,
      UDP(TEREDO) "0001 01 02 aa bbbb 0000000000000001 00 0000 f1f2 f3f4f5f6 " IPV6, SEES_IPV6,
      NO_NOTE },
    { "not Teredo", 229, UDP(TEREDO) IPV4, SEES_NOTHING, NO_NOTE },
};

static void udp_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
}

void wire_udp_suite(void);
void wire_udp_suite(void)
{
    CU_add_test(CU_add_suite("wire/udp", NULL, NULL), "rows", udp_rows);
}
