/* SYNs: which base, which connection. */
#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "tests/support/flowscript.h"

void flow_handshake_suite(void);

#define HANDSHAKE "> S 100\n< SA 300 101\n> A 101 301\n"

static const struct flowscript_row base_rows[] = {
    { "SYN sent again", "> S 100\n> S 100\n< SA 300 101\n< SA 300 101\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "two SYN-ACKs, octets follow the first",
      "> S 100\n< SA 300 101\n< SA 900 101\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "two SYN-ACKs, octets follow the second",
      "> S 100\n< SA 300 101\n< SA 900 101\n> A 101 901 'a'\n< A 901 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "SYN-ACK with a wrong acknowledgment", "> S 100\n< SA 900 77\n< SA 300 101\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "SYN-ACK without SYN", "< SA 300 101\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "SYN without SYN-ACK", "> S 100\n> A 101 301\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "simultaneous open (RFC 9293 3.5)", "> S 100\n< S 300\n> SA 100 301\n< SA 300 101\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >0:a <0:b >unseen <unseen close" },
    { "split handshake", "> S 100\n< A 300 101\n< S 300\n> SA 100 301\n< A 301 101\n> A 101 301 'a'\n",
      "open >0:a >unseen <unseen close" },
    { "SYN after the octets that it precedes",
      "< A 301 104 'resp'\n> A 101 301 'req'\n> AF 104 305\n< SA 300 101\n< AF 305 105\n> S 100\n",
      "open >0:req <0:resp >fin <fin close" },
    { "a late SYN tells that nothing is missing", "> A 104 301 'def'\n> A 101 301 'abc'\n> S 100\n< SA 300 101\n",
      "open >0:abc >3:def >unseen <unseen close" },
};

static const struct flowscript_row midstream_rows[] = {
    { "single packet", "> A 101 301 'abc'\n",
      "open? !midstream@1 >0-0 >0:abc >unseen <unseen !one-sided@0 close" },
    { "both directions", "> A 101 301 'req'\n< A 301 104 'resp'\n",
      "open? !midstream@1 >0-0 <0-0 >0:req <0:resp >unseen <unseen close" },
    { "out of order", "> A 104 301 'def'\n> A 101 301 'abc'\n",
      "open? !midstream@2 >0-0 >0:abc >3:def >unseen <unseen !one-sided@0 close" },
    { "what comes before the base after the wait is lost",
      "> A 104 301 'def'\n> A 107 301 rep=64\n> A 101 301 'abc'\n",
      "open? !midstream@1 >0-0 >0:def >unseen <unseen !one-sided@0 close" },
    { "pure acknowledgments tell no base", "> A 50 301 rep=3\n< A 301 60 rep=3\n> A 101 301 'abc'\n",
      "open? !midstream@3 >0-0 >0:abc >unseen <unseen close" },
    { "FIN only", "> AF 101 301\n", "open? >fin <unseen close" },
};

static const struct flowscript_row reuse_rows[] = {
    { "after both FINs",
      HANDSHAKE "> AF 101 301 'a'\n< AF 301 103\n> S 5000\n< SA 7000 5001\n> A 5001 7001 'b'\n",
      "open >0:a >fin <fin close 1open 1>0:b 1>unseen 1<unseen 1close" },
    { "after the sender's FIN", HANDSHAKE "> AF 101 301 'a'\n> S 5000\n< SA 7000 5001\n> A 5001 7001 'b'\n",
      "open >0:a >fin <unseen close 1open 1>0:b 1>unseen 1<unseen 1close" },
    { "after RST", HANDSHAKE "> R 101\n> S 5000\n< SA 7000 5001\n> A 5001 7001 'b'\n",
      "open >rst <rst close 1open 1>0:b 1>unseen 1<unseen 1close" },
    { "SYN with another number before the handshake is done",
      "> S 100\n> S 9000\n< SA 300 9001\n> A 9001 301 'a'\n",
      "open >unseen <unseen close 1open 1>0:a 1>unseen 1<unseen 1close" },
    { "the first of two SYNs is the one acknowledged",
      "> S 100\n> S 9000\n< SA 300 101\n> A 101 301 'a'\n< A 301 102 'b'\n",
      "open >unseen <unseen close 1open 1>0:a 1<0:b 1>unseen 1<unseen 1close" },
    { "SYN inside an open connection", HANDSHAKE "> A 101 301 'a'\n> S 9000000\n< A 301 102 'b'\n> A 102 302 'c'\n",
      "open >0:a <0:b >1:c >unseen <unseen close" },
    { "SYN inside, acknowledged by a SYN-ACK",
      HANDSHAKE "> A 101 301 'a'\n> S 9000000\n< SA 700 9000001\n> A 9000001 701 'b'\n",
      "open >0:a >unseen <unseen close 1open 1>0:b 1>unseen 1<unseen 1close" },
    { "SYN inside, octets follow it",
      HANDSHAKE "> A 101 301 'a'\n> S 9000000\n> A 9000001 701 'b'\n< A 701 9000002 'c'\n",
      "open >0:a >unseen <unseen close 1open 1>0:b 1<0:c 1>unseen 1<unseen 1close" },
    { "SYN sent again while its connection is open", HANDSHAKE "> A 101 301 'a'\n> S 100\n> A 102 301 'b'\n",
      "open >0:a >1:b >unseen <unseen close" },
    { "SYN-ACK after the end, its SYN not captured",
      HANDSHAKE "> AF 101 301 'a'\n< AF 301 103\n< SA 7000 5001\n> A 5001 7001 'b'\n",
      "open >0:a >fin <fin close 1open 1>0:b 1>unseen 1<unseen 1close" },
    { "the ends change roles", HANDSHAKE "> AF 101 301 'a'\n< AF 301 103\n< S 5000\n> SA 7000 5001\n< A 5001 7001 'b'\n",
      "open >0:a >fin <fin close 1open< 1<0:b 1<unseen 1>unseen 1close" },
};

static void test_base(void)
{
    flowscript_check(base_rows, sizeof base_rows / sizeof *base_rows, NULL);
}

static void test_midstream(void)
{
    flowscript_check(midstream_rows, sizeof midstream_rows / sizeof *midstream_rows, NULL);
}

static void test_reuse(void)
{
    flowscript_check(reuse_rows, sizeof reuse_rows / sizeof *reuse_rows, NULL);
}

void flow_handshake_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/handshake", NULL, NULL);

    CU_add_test(suite, "base", test_base);
    CU_add_test(suite, "midstream", test_midstream);
    CU_add_test(suite, "reuse", test_reuse);
}
