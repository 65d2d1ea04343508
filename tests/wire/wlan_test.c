#include <CUnit/CUnit.h>

#include "tests/support/packets.h"

#define ADDRESSES MACS "020000000003 0000 "
#define SNAP_GET "aaaa03 000000 0800 " IPV4
#define FRAME "0801 0000 " ADDRESSES SNAP_GET
#define MSDU MACS "0033 " SNAP_GET
#define OTHER_MSDU MACS "0009 aaaa03 000000 0806 00 "

static const struct packet_row rows[] = {
    { "to the access point", 105, FRAME, SEES_IPV4, NO_NOTE },
    { "between stations", 105, "0800 0000 " ADDRESSES SNAP_GET, SEES_IPV4, NO_NOTE },
    { "four addresses", 105, "0803 0000 " ADDRESSES "020000000004 " SNAP_GET, SEES_IPV4, NO_NOTE },
    { "QoS", 105, "8802 0000 " ADDRESSES "0000 " SNAP_GET, SEES_IPV4, NO_NOTE },
    { "QoS with HT Control", 105, "8882 0000 " ADDRESSES "0000 00000000 " SNAP_GET, SEES_IPV4,
      NO_NOTE },
    { "QoS with four addresses", 105, "8803 0000 " ADDRESSES "020000000004 0000 " SNAP_GET,
      SEES_IPV4, NO_NOTE },
    { "no data", 105, "4801 0000 " ADDRESSES, SEES_NOTHING, NO_NOTE },
    { "beacon", 105, "8000 0000 " ADDRESSES "0000", SEES_NOTHING, NO_NOTE },
    { "acknowledgment", 105, "d400 0000 020000000001", SEES_NOTHING, NO_NOTE },
    { "protected", 105, "0841 0000 " ADDRESSES "00000020 00000000 1234", SEES_NOTHING,
      NOTE_ENCRYPTED },
    { "first fragment", 105, "0805 0000 " ADDRESSES SNAP_GET, SEES_NOTHING, NOTE_FRAGMENT },
    { "last fragment", 105, "0801 0000 " MACS "020000000003 0100 " SNAP_GET, SEES_NOTHING,
      NOTE_FRAGMENT },
    { "aggregate of one", 105, "8801 0000 " ADDRESSES "8000 " MSDU, SEES_IPV4, NO_NOTE },
    { "aggregate, the second", 105,
      "8801 0000 " ADDRESSES "8000 " OTHER_MSDU "00 " MSDU "000000 deadbeef", SEES_IPV4, NO_NOTE },
    { "aggregate, too long", 105, "8801 0000 " ADDRESSES "8000 " MACS "0034 " SNAP_GET,
      SEES_NOTHING, NOTE_MALFORMED },
    { "radiotap", 127, "0000 0800 00000000 " FRAME, SEES_IPV4, NO_NOTE },
    { "radiotap with a check sequence", 127, "0000 0900 02000000 10 " FRAME "deadbeef", SEES_IPV4,
      NO_NOTE },
    { "radiotap with time and padding", 127,
      "0000 1100 03000000 0000000000000000 20 8801 0000 " ADDRESSES "0000 0000 " SNAP_GET,
      SEES_IPV4, NO_NOTE },
    { "radiotap with more words", 127, "0000 1100 020000a0 00000020 00000000 10 " FRAME "deadbeef",
      SEES_IPV4, NO_NOTE },
    { "radiotap words without end", 127, "0000 0c00 ffffffff ffffffff " FRAME, SEES_IPV4, NO_NOTE },
    { "radiotap, check sequence bad", 127, "0000 0900 02000000 50 " FRAME "deadbeef", SEES_NOTHING,
      NOTE_MALFORMED },
    { "radiotap shorter than itself", 127, "0000 0700 00000000 " FRAME, SEES_NOTHING,
      NOTE_MALFORMED },
    { "radiotap longer than the frame", 127, "0000 ff00 00000000 " FRAME, SEES_NOTHING,
      NOTE_MALFORMED },
    { "AVS", 163, "80211001 0000000c 00000000 " FRAME, SEES_IPV4, NO_NOTE },
    { "AVS in Prism", 119, "80211001 0000000c 00000000 " FRAME, SEES_IPV4, NO_NOTE },
    { "PPI", 192, "0000 0800 69000000 " FRAME, SEES_IPV4, NO_NOTE },
    { "PPI of Ethernet", 192, "0000 0c00 01000000 00000000 " ETH4 IPV4, SEES_IPV4, NO_NOTE },
    { "PPI of unknown", 192, "0000 0800 ffffffff 00000000", SEES_NOTHING, NOTE_LINK_TYPE },
    { "PPI shorter than itself", 192, "0000 0700 69000000", SEES_NOTHING, NOTE_MALFORMED },
};

#define ZERO_32 "0000000000000000000000000000000000000000000000000000000000000000"

static const struct packet_row prism_rows[] = {
    { "Prism", 119, "44000000 90000000 " ZERO_32 ZERO_32 ZERO_32 ZERO_32 "0000000000000000 " FRAME,
      SEES_IPV4, NO_NOTE },
};

static void wlan_rows(void)
{
    packets_check(rows, sizeof rows / sizeof *rows);
    packets_check(prism_rows, sizeof prism_rows / sizeof *prism_rows);
}

void wire_wlan_suite(void);
void wire_wlan_suite(void)
{
    CU_add_test(CU_add_suite("wire/wlan", NULL, NULL), "rows", wlan_rows);
}
