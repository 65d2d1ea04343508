/* Order within a direction and across both, waits and gaps. */
#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "tests/support/flowscript.h"

void flow_order_suite(void);

#define HANDSHAKE "> S 100\n< SA 300 101\n> A 101 301\n"

static const struct flowscript_row order_rows[] = {
    { "reversed", HANDSHAKE "> A 105 301 'e'\n> A 103 301 'cd'\n> A 101 301 'ab'\n",
      "open >0:ab >2:cd >4:e >unseen <unseen close" },
    { "an answer before its request", HANDSHAKE "< A 301 104 'resp'\n> A 101 301 'req'\n",
      "open >0:req <0:resp >unseen <unseen close" },
    { "the next request before the answer that it acknowledges",
      HANDSHAKE "> A 101 301 'one'\n> A 104 304 'two'\n< A 301 104 'ONE'\n< A 304 107 'TWO'\n",
      "open >0:one <0:ONE >3:two <3:TWO >unseen <unseen close" },
    { "FIN before the octets before it", HANDSHAKE "> AF 104 301\n> A 101 301 'abc'\n", "open >0:abc >fin <unseen close" },
    { "FIN waits for what it acknowledges", HANDSHAKE "> A 101 301 'abc'\n> AF 104 304\n< A 301 104 'ABC'\n",
      "open >0:abc <0:ABC >fin <unseen close" },
    { "what follows a FIN on the other side acknowledges its number",
      HANDSHAKE "> AF 101 301 'abc'\n< A 301 105 'ABC'\n", "open >0:abc >fin <0:ABC <unseen close" },
};

static const struct flowscript_row wait_rows[] = {
    { "a hole waits", HANDSHAKE "> A 103 301 'c'\n< A 301 104 rep=63\n> A 101 301 'ab'\n",
      "open >0:ab >2:c >unseen <unseen close" },
    { "acknowledged and 64 segments later it is a gap",
      HANDSHAKE "> A 103 301 'c'\n< A 301 104\n> A 104 301 rep=64\n> A 101 301 'ab'\n",
      "!gap@4 open >0-2 >2:c >unseen <unseen close" },
    { "acknowledged and a second later it is a gap",
      HANDSHAKE "> A 103 301 'c'\n< A 301 104\ntick 1000000\n> A 101 301 'ab'\n",
      "!gap@4 open >0-2 >2:c >unseen <unseen close" },
    { "time is told by other connections", HANDSHAKE "> A 103 301 'c'\n< A 301 104\n> S 1 port=7 +2000000\n> S 1 port=7\n> A 101 301 'ab'\n",
      "!gap@4 open >0-2 >2:c >unseen <unseen close 1open 1>unseen 1<unseen 1close" },
    { "and not by its own segments: the clock of a shuffled capture jumps",
      HANDSHAKE "> A 103 301 'c'\n< A 301 104\n> A 104 301 +2000000\n> A 104 301\n> A 101 301 'ab'\n",
      "open >0:ab >2:c >unseen <unseen close" },
    { "whatever it tells when the clock is set back",
      HANDSHAKE "> A 103 301 'c'\n< A 301 104\n> S 1 port=7 +-3600000000\n> S 1 port=7\n> S 1 port=7 +2000000\n> S 1 port=7\n"
                "> A 101 301 'ab'\n",
      "!gap@4 open >0-2 >2:c >unseen <unseen close 1open 1>unseen 1<unseen 1close" },
    { "not acknowledged: no gap before the end", HANDSHAKE "> A 103 301 'c'\n< A 301 101 rep=99\ntick 9000000\n> A 101 301 'ab'\n",
      "open >0:ab >2:c >unseen <unseen close" },
    { "several holes ripen side by side",
      HANDSHAKE "> A 103 301 'c'\n> A 105 301 'e'\n< A 301 106\n> A 106 301 rep=64\n> A 101 301 'ab'\n",
      "!gap@4 open >0-2 >2:c !gap@5 >3-1 >4:e >unseen <unseen close" },
    { "one-sided: a FIN lies behind the hole", "> S 100\n> A 101 301 'a'\n> A 105 301 'e'\n> AF 106 301\n> A 107 301 rep=64\n",
      "open >0:a !gap@3 >1-3 >4:e >fin <unseen !one-sided@0 close" },
    { "one-sided: nothing lies behind the hole", "> S 100\n> A 101 301 'a'\n> A 105 301 'e'\n> A 106 301 rep=99\n> A 102 301 'bcd'\n",
      "open >0:a >1:bcd >4:e >unseen <unseen !one-sided@0 close" },
};

static const struct flowscript_row lost_rows[] = {
    { "an answer, seen by the acknowledgment of the next request: it was before that",
      HANDSHAKE "> A 101 301 'one'\n> A 104 304 'two'\n< A 304 107 'TWO'\n",
      "open >0:one !gap@6 <0-3 >3:two <3:TWO >unseen <unseen close" },
    { "a request, seen by the acknowledgment of its answer",
      HANDSHAKE "> A 101 301 'one'\n< A 301 104 'ONE'\n< A 304 107 'TWO'\n> A 107 307 'three'\n",
      "open >0:one <0:ONE !gap@7 >3-3 <3:TWO >6:three >unseen <unseen close" },
    { "the last octets", HANDSHAKE "> A 101 301 'one'\n< A 301 104 'ab'\n> A 104 309\n",
      "open >0:one <0:ab !gap@0 <2-6 >unseen <unseen close" },
    { "a FIN is not an octet", HANDSHAKE "> A 101 301 'one'\n< A 301 104 'ab'\n> A 104 304\n> A 104 304 'two'\n",
      "open >0:one <0:ab >3:two >unseen <unseen close" },
    { "an answer of two parts, the first lost", HANDSHAKE "> A 101 301 'one'\n< A 303 104 'cd'\n> A 104 305 'two'\n",
      "open >0:one !gap@5 <0-2 <2:cd >3:two >unseen <unseen close" },
};

static const struct flowscript_row circle_rows[] = {
    { "a request sent again shows more acknowledged than the first time",
      HANDSHAKE "< A 301 104 'ABC'\n> A 101 304 'abc'\n> A 104 304 rep=64\n",
      "open >0:abc <0:ABC >unseen <unseen close" },
    { "the copy sent earlier is the one to believe",
      HANDSHAKE "< A 301 104 'ABC'\n> A 101 304 'abc'\n> A 101 301 'abc'\n> A 104 304 'd'\n",
      "open >0:abc <0:ABC >3:d >unseen <unseen close" },
};

static void test_order(void)
{
    flowscript_check(order_rows, sizeof order_rows / sizeof *order_rows, NULL);
}

static void test_wait(void)
{
    flowscript_check(wait_rows, sizeof wait_rows / sizeof *wait_rows, NULL);
}

static void test_lost(void)
{
    flowscript_check(lost_rows, sizeof lost_rows / sizeof *lost_rows, NULL);
}

static void test_circle(void)
{
    flowscript_check(circle_rows, sizeof circle_rows / sizeof *circle_rows, NULL);
}

void flow_order_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/order", NULL, NULL);

    CU_add_test(suite, "order", test_order);
    CU_add_test(suite, "wait", test_wait);
    CU_add_test(suite, "lost", test_lost);
    CU_add_test(suite, "circle", test_circle);
}
