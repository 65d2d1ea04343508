#include "report/report.h"

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const char *const written[SAMPLE_CASES] = {
    "::error file=a.pcap,line=42,title=status-405-allow-missing::405 Method Not Allowed without Allow (PUT ht"
    "tp://shop.example/a -> 405), RFC9110 15.5.6\n",
    "::error file=a%2Cb%3Ac%250A <x>.pcap,line=42,title=status-405-allow-missing::\"]]>\\x1B\\xFF%2525\\r\\n@"
    "user (PUT http://***@a/%250A,:|<b>\\n::error::x -> 405), RFC9110 15.5.6\n",
    "::warning file=-,title=status-405-allow-missing::405 Method Not Allowed without Allow ((request not seen"
    ") -> (response not seen)), RFC9110 15.5.6\n",
    "",
    "",
    "",
};

static void github_cases(void)
{
    sample_check("github", written);
}

void report_github_suite(void);
void report_github_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/github", NULL, NULL);

    CU_add_test(suite, "records", github_cases);
}
