/* What of a segment counts: reach, probes, timestamps, checksums, FIN, RST. */
#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "tests/support/flowscript.h"

void flow_segment_suite(void);

#define HANDSHAKE "> S 100\n< SA 300 101\n> A 101 301\n"

static const struct flowscript_row plain_rows[] = {
    { "one exchange, closed by both",
      HANDSHAKE "> A 101 301 'req'\n< A 301 104 'resp'\n> A 104 305\n> AF 104 305\n< AF 305 105\n> A 105 306\n",
      "open >0:req <0:resp >fin <fin close" },
    { "half-close: the other direction goes on",
      HANDSHAKE "> AF 101 301 'req'\n< A 301 105 'ab'\n< A 303 105 'cd'\n< AF 305 105\n",
      "open >0:req >fin <0:ab <2:cd <fin close" },
    { "no FIN at the end of the capture", HANDSHAKE "> A 101 301 'req'\n", "open >0:req >unseen <unseen close" },
    { "handshake only", HANDSHAKE, "open >unseen <unseen close" },
    { "sequence numbers pass 2^32",
      "> S 4294967293\n< SA 4294967295 4294967294\n> A 4294967294 0\n> A 4294967294 0 'abcd'\n> A 2 0 'ef'\n"
      "< A 0 4 'xy'\n< AF 2 4\n> AF 4 3\n",
      "open >0:abcd >4:ef <0:xy <fin >fin close" },
    { "urgent octets stay in line", HANDSHAKE "> AU 101 301 'ab'\n> AU 103 301 'cd'\n",
      "!urgent@4 open >0:ab >2:cd >unseen <unseen close" },
    { "octets in the SYN (RFC 7413)", "> S 100 'abc'\n< SA 300 104\n> A 104 301 'def'\n< A 301 107 'x'\n",
      "open >0:abc >3:def <0:x >unseen <unseen close" },
    { "octets in the SYN, not taken and sent again",
      "> S 100 'abc'\n< SA 300 101\n> A 101 301 'abc'\n", "open >0:abc >0=abc >unseen <unseen close" },
};

static const struct flowscript_row repeat_rows[] = {
    { "the same segment again", HANDSHAKE "> A 101 301 'abc'\n> A 101 301 'abc'\n",
      "open >0:abc >0=abc >unseen <unseen close" },
    { "partly new", HANDSHAKE "> A 101 301 'abc'\n> A 102 301 'bcd'\n",
      "open >0:abc >1=bc >3:d >unseen <unseen close" },
    { "other octets: the consumer is told, the first stay", HANDSHAKE "> A 101 301 'abc'\n> A 101 301 'xyz'\n",
      "open >0:abc >0=xyz >unseen <unseen close" },
    { "overlap of held copies that agree",
      HANDSHAKE "> A 103 301 'cd'\n> A 102 301 'bcde'\n> A 101 301 'a'\n",
      "open >0:a >1:b >2:cd >4:e >unseen <unseen close" },
    { "overlap of held copies that differ: the first wins and is doubtful",
      HANDSHAKE "> A 103 301 'cd'\n> A 102 301 'bXde'\n> A 101 301 'a'\n",
      "!conflicting-data@5 open >0:a >1:b >2?cd >4:e >unseen <unseen close" },
    { "keep-alive with one octet of garbage", HANDSHAKE "> A 101 301 'abc'\n> A 103 301 'X'\n> A 103 301\n",
      "open >0:abc >unseen <unseen close" },
    { "keep-alive before any octet", HANDSHAKE "> A 100 301 'X'\n> A 100 301\n> A 101 301 'a'\n",
      "open >0:a >unseen <unseen close" },
    { "zero-window probe: one new octet, sent again with the rest",
      HANDSHAKE "> A 101 301 'a'\n> A 102 301 'b'\n> A 102 301 'bcd'\n",
      "open >0:a >1:b >1=b >2:cd >unseen <unseen close" },
    { "what lies below a gap is not compared",
      HANDSHAKE "> A 101 301 'ab'\n> A 105 301 'ef'\n< A 301 107\n> A 107 301 rep=70\n> A 101 301 'abXXef'\n",
      "open >0:ab !gap@5 >2-2 >4:ef >4=ef >unseen <unseen close" },
    { "nothing after the end", HANDSHAKE "> AF 101 301 'ab'\n> AF 101 301 'ab'\n> A 104 301 'c'\n",
      "open >0:ab >fin <unseen close" },
    { "FIN sent again with its octets", HANDSHAKE "> A 101 301 'ab'\n> AF 103 301\n> AF 101 301 'ab'\n< AF 301 104\n",
      "open >0:ab >fin <fin close" },
};

static const struct flowscript_row reach_rows[] = {
    { "far ahead: passed over", HANDSHAKE "> A 900000101 301 'X'\n> A 101 301 'a'\n< A 301 102\n",
      "open >0:a >unseen <unseen close" },
    { "far behind: passed over", HANDSHAKE "> A 101 301 'a'\n> A 3500000101 301 'X'\n< A 301 102\n",
      "open >0:a !malformed@5 >unseen <unseen close" },
    { "far behind, and delivered long ago: sent again",
      HANDSHAKE "> A 101 301 'a'\n< A 301 102\n> A 2000102 301 'b'\n< A 301 2000103\n> A 2000103 301 rep=64\n> A 101 301 'a'\n",
      "open >0:a !gap@6 >1-2000000 >2000001:b >unseen <unseen close" },
    { "far ahead, then acknowledged: the capture missed much",
      HANDSHAKE "> A 101 301 'a'\n< A 301 102\n> A 2000102 301 'b'\n< A 301 2000103\n> A 2000103 301 rep=64\n",
      "open >0:a !gap@6 >1-2000000 >2000001:b >unseen <unseen close" },
    { "acknowledged, then far ahead",
      HANDSHAKE "> A 101 301 'a'\n< A 301 2000102\n> A 2000102 301 'b'\n< A 301 2000103\n",
      "open >0:a !gap@6 >1-2000000 >2000001:b >unseen <unseen close" },
    { "far ahead without acknowledgments: borne out by the next one",
      "> S 100\n> A 101 301 'a'\n> A 2000102 301 'b'\n> A 2000103 301 'c'\n",
      "open >0:a !gap@3 >1-2000000 >2000001:b >2000002:c >unseen <unseen !one-sided@0 close" },
    { "an acknowledgment of what was never sent makes no gap",
      HANDSHAKE "> A 101 900000 'a'\n< A 301 102 'b'\n", "open >0:a <0:b >unseen <unseen close" },
};

static const struct flowscript_row timestamp_rows[] = {
    { "old timestamp, then the real octets",
      HANDSHAKE "> A 101 301 'ab' ts=1000\n> A 103 301 'XX' ts=10\n> A 103 301 'cd' ts=1001\n< A 301 105\n",
      "open >0:ab >2:cd >unseen <unseen close" },
    { "overtaken by what was sent again: used once acknowledged",
      HANDSHAKE "> A 101 301 'ab' ts=50\n> A 103 301 'cd' ts=10\n< A 301 105\n> A 105 301 rep=64\n",
      "open >0:ab >2:cd >unseen <unseen close" },
    { "not acknowledged before the end: doubtful",
      HANDSHAKE "> A 101 301 'ab' ts=50\n> A 103 301 'cd' ts=10\n> A 105 301 'ef' ts=51\n",
      "open >0:ab >2?cd >4:ef >unseen <unseen close" },
    { "never acknowledged, and nothing behind: never arrived",
      HANDSHAKE "> A 101 301 'ab' ts=50\n> A 103 301 'cd' ts=10\n", "open >0:ab >unseen <unseen close" },
    { "timestamps pass 2^32", HANDSHAKE "> A 101 301 'ab' ts=4294967290\n> A 103 301 'cd' ts=3\n",
      "open >0:ab >2:cd >unseen <unseen close" },
};

static const struct flowscript_row checksum_rows[] = {
    { "bad copy, then a good one", HANDSHAKE "> A 101 301 'XYZ' bad\n> A 101 301 'abc'\n< A 301 104\n",
      "open >0:abc >unseen <unseen close" },
    { "good copy, then a bad one", HANDSHAKE "> A 101 301 'abc'\n> A 101 301 'XYZ' bad\n",
      "open >0:abc >unseen <unseen close" },
    { "good copy held, then a bad one", HANDSHAKE "> A 102 301 'bc'\n> A 101 301 'XYZ' bad\n> A 101 301 'a'\n",
      "open >0:a >1:bc >unseen <unseen close" },
    { "a good part of a bad copy", HANDSHAKE "> A 101 301 'XYZ' bad\n> A 102 301 'b'\n< A 301 104\n",
      "!checksum@4 open >0:X >1:b >2:Z >unseen <unseen close" },
    { "bad and acknowledged, where good is the custom: after the wait",
      HANDSHAKE "> A 101 301 'abc' bad\n< A 301 104\n> A 104 301 rep=63\n> A 104 301 'd'\n",
      "!checksum@4 open >0:abc >3:d >unseen <unseen close" },
    { "bad and never acknowledged: never arrived", HANDSHAKE "> A 101 301 'abc' bad\n", "open >unseen <unseen close" },
    { "bad, not acknowledged, and good octets behind", HANDSHAKE "> A 101 301 'abc' bad\n> A 104 301 'd'\n",
      "!checksum@4 open >0?abc >3:d >unseen <unseen close" },
    { "one-sided, bad", "> A 101 301 bad rep=2\n> A 101 301 'abc' bad\n",
      "open? !midstream@2 >0-0 !checksum@2 >0?abc >unseen <unseen !one-sided@0 close" },
    { "one-sided, a single bad one: who knows whether others would be good", "> A 101 301 'abc' bad\n",
      "open? !midstream@1 >0-0 !checksum@1 >0~abc >unseen <unseen !one-sided@0 close" },
    { "offload: all bad, the first ones wait for their acknowledgment, then none does",
      "> S 100 bad\n< SA 300 101\n> A 101 301 bad\n"
      "> A 101 301 'a' bad\n< A 301 102 'A'\n> A 102 302 'b' bad\n< A 302 103 'B'\n> A 103 303 'c' bad\n"
      "< A 303 104 'C'\n> A 104 304 bad rep=64\n> A 104 304 'd' bad\n> A 105 304 'e' bad\n",
      "!checksum@4 open >0:a <0:A >1:b <1:B >2:c <2:C >3:d >4:e >unseen <unseen close" },
    { "both ends offload, and what acknowledges comes first",
      "> S 100 bad\n< SA 300 101 bad\n> A 101 301 bad\n< A 301 102 bad\n> A 101 301 'a' bad\n> A 102 301 'b' bad\n",
      "!checksum@5 open >0:a >1?b >unseen <unseen close" },
    { "both ends offload",
      "> S 100 bad\n< SA 300 101 bad\n> A 101 301 bad\n> A 101 301 'a' bad\n< A 301 102 'A' bad\n> A 102 302 'b' bad\n",
      "!checksum@4 open >0:a <0:A >1?b >unseen <unseen close" },
    { "left to the network card by both: known at once",
      "> S 100 left\n< SA 300 101 left\n> A 101 301 left\n> A 101 301 'a' left\n< A 301 102 'A' left\n> AF 102 302 left\n"
      "< AF 302 103 left\n> A 103 303 left\n",
      "!checksum@1 open >0:a <0:A >fin <fin close" },
    { "left to the network card, then spoilt too", "> S 100 left\n< SA 300 101\n> A 101 301 'XYZ' bad\n> A 101 301 'abc' left\n"
      "< A 301 104\n", "!checksum@1 open >0:abc >unseen <unseen close" },
    { "looks as if left to the network card, where good is the custom", HANDSHAKE "> A 101 301 'XYZ' left\n> A 101 301 'abc'\n"
      "< A 301 104\n", "open >0:abc >unseen <unseen close" },
    { "one-sided, left to the network card", "> A 101 301 'abc' left\n",
      "!checksum@1 open? !midstream@1 >0-0 >0:abc >unseen <unseen !one-sided@0 close" },
    { "FIN with a bad checksum, acknowledged", "> S 100 bad\n< SA 300 101\n> A 101 301 'a' bad\n> AF 102 301 bad\n< A 301 103\n",
      "!checksum@3 open >0:a >fin <unseen close" },
    { "FIN with a bad checksum, contradicted", HANDSHAKE "> AF 101 301 bad\n> A 101 301 'abc'\n< A 301 104\n",
      "open >0:abc >unseen <unseen close" },
};

static const struct flowscript_row cut_rows[] = {
    { "the snap length cut octets off", HANDSHAKE "> A 101 301 'ab' wire=10\n> A 111 301 'cd'\n",
      "!snaplen@4 open >0:ab >2-8 >10:cd >unseen <unseen close" },
    { "cut, and whole when sent again", HANDSHAKE "> A 103 301 'c' wire=3\n> A 103 301 'cde'\n> A 101 301 'ab'\n",
      "!snaplen@4 open >0:ab >2:c >3:de >unseen <unseen close" },
    { "nothing left of the octets", HANDSHAKE "> A 101 301 wire=10\n> A 111 301 'cd'\n",
      "!snaplen@4 open >0-10 >10:cd >unseen <unseen close" },
};

static const struct flowscript_row reset_rows[] = {
    { "exact, after the wait", HANDSHAKE "> A 101 301 'a'\n> R 102\n< A 301 102 'late'\ntick 2000000\n",
      "open >0:a <0:late >rst <rst close" },
    { "at the end", HANDSHAKE "> A 101 301 'a'\n> R 102\n", "open >0:a >rst <rst close" },
    { "out of window", HANDSHAKE "> R 9000000\n> A 101 301 'a'\n", "!malformed@4 open >0:a >unseen <unseen close" },
    { "in the window, and its sender goes on", HANDSHAKE "> R 5000\n> A 101 301 'a'\n< A 301 102\n",
      "open >0:a !gap@0 >1-4898 >rst <rst close" },
    { "exact, and its sender goes on: forged", HANDSHAKE "> A 101 301 'a'\n> R 102\n> A 102 301 'b'\n",
      "open >0:a >1:b >unseen <unseen close" },
    { "the octets before it come late", HANDSHAKE "> RA 104 301\n> A 101 301 'abc'\n",
      "open >0:abc >rst <rst close" },
    { "refused connection", "> S 100\n< RA 0 101\ntick 2000000\n", "open >rst <rst close" },
    { "after one FIN", HANDSHAKE "> AF 101 301 'a'\n< A 301 103 'b'\n> R 103\n", "open >0:a >fin <0:b <rst close" },
    { "octets before it were lost", HANDSHAKE "> A 101 301 'ab'\n> R 108\n",
      "open >0:ab !gap@0 >2-5 >rst <rst close" },
};

static void test_plain(void)
{
    flowscript_check(plain_rows, sizeof plain_rows / sizeof *plain_rows, NULL);
}

static void test_repeat(void)
{
    flowscript_check(repeat_rows, sizeof repeat_rows / sizeof *repeat_rows, NULL);
}

static void test_reach(void)
{
    flowscript_check(reach_rows, sizeof reach_rows / sizeof *reach_rows, NULL);
}

static void test_timestamp(void)
{
    flowscript_check(timestamp_rows, sizeof timestamp_rows / sizeof *timestamp_rows, NULL);
}

static void test_checksum(void)
{
    flowscript_check(checksum_rows, sizeof checksum_rows / sizeof *checksum_rows, NULL);
}

static void test_cut(void)
{
    flowscript_check(cut_rows, sizeof cut_rows / sizeof *cut_rows, NULL);
}

static void test_reset(void)
{
    flowscript_check(reset_rows, sizeof reset_rows / sizeof *reset_rows, NULL);
}

void flow_segment_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/segment", NULL, NULL);

    CU_add_test(suite, "plain", test_plain);
    CU_add_test(suite, "repeat", test_repeat);
    CU_add_test(suite, "reach", test_reach);
    CU_add_test(suite, "timestamp", test_timestamp);
    CU_add_test(suite, "checksum", test_checksum);
    CU_add_test(suite, "cut", test_cut);
    CU_add_test(suite, "reset", test_reset);
}
