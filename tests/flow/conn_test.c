/* What the consumer is told: the order of calls, who opened, the end. */
#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "tests/support/flowscript.h"

void flow_conn_suite(void);

static const struct flowscript_row opener_rows[] = {
    { "by the SYN", "> S 100\n", "open >unseen <unseen close" },
    { "by the SYN-ACK", "< SA 300 101\n", "open >unseen <unseen close" },
    { "by a late SYN", "< A 301 101\n> S 100\n", "open >unseen <unseen close" },
    { "by a late SYN-ACK", "< A 301 101\n< SA 300 101\n", "open >unseen <unseen close" },
    { "the port does not matter", "< S 100\n", "open< <unseen >unseen close" },
    { "unknown: the first sender", "< A 301 101\n> A 101 301\n", "open<? <unseen >unseen close" },
};

static const struct flowscript_row end_rows[] = {
    { "one-sided with octets", "> S 100\n> A 101 301 'a'\n", "open >0:a >unseen <unseen !one-sided@0 close" },
    { "one-sided without", "> S 100\n> A 101 301\n", "open >unseen <unseen close" },
    { "one-sided, closed", "> S 100\n> AF 101 301 'a'\n", "open >0:a >fin <unseen !one-sided@0 close" },
    { "a FIN behind a hole", "> S 100\n< SA 300 101\n> AF 105 301\n", "!gap@3 open >0-4 >fin <unseen close" },
    { "each note once",
      "> S 100\n< SA 300 101\n> AU 101 301 'a' wire=2\n> AU 103 301 'b' wire=2\n",
      "!urgent@3 !snaplen@3 open >0:a >1-1 >2:b >3-1 >unseen <unseen close" },
};

static void test_opener(void)
{
    flowscript_check(opener_rows, sizeof opener_rows / sizeof *opener_rows, NULL);
}

static void test_end(void)
{
    flowscript_check(end_rows, sizeof end_rows / sizeof *end_rows, NULL);
}

void flow_conn_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/conn", NULL, NULL);

    CU_add_test(suite, "opener", test_opener);
    CU_add_test(suite, "end", test_end);
}
