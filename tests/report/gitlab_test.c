#include "report/report.h"

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const char *const written[SAMPLE_CASES] = {
    "[\n"
    "{\"description\":\"405 Method Not Allowed without Allow (PUT http://shop.example/a -> 405)\",\"check_nam"
    "e\":\"status-405-allow-missing\",\"fingerprint\":\"940a0674b0d7f7214d1410b099eba36b\",\"severity\":\"maj"
    "or\",\"location\":{\"path\":\"a.pcap\",\"lines\":{\"begin\":42}}}\n"
    "]\n",
    "[\n"
    "{\"description\":\"\\\"]]>\\\\x1B\\\\xFF%25\\\\r\\\\n@user (PUT http://***@a/%0A,:|<b>\\\\n::error::x ->"
    " 405)\",\"check_name\":\"status-405-allow-missing\",\"fingerprint\":\"e19df4e29b53894b000ecd1413b82b82"
    "\",\"severity\":\"major\",\"location\":{\"path\":\"a,b:c%0A <x>.pcap\",\"lines\":{\"begin\":42}}}\n"
    "]\n",
    "[\n"
    "{\"description\":\"405 Method Not Allowed without Allow ((request not seen) -> (response not seen))\","
    "\"check_name\":\"status-405-allow-missing\",\"fingerprint\":\"08c0ddcd2dcbb291daede69f32198ce9\",\"sever"
    "ity\":\"minor\",\"location\":{\"path\":\"-\",\"lines\":{\"begin\":1}}}\n"
    "]\n",
    "[\n"
    "{\"description\":\"405 Method Not Allowed without Allow (baseline) (PUT http://shop.example/a -> 405)\","
    "\"check_name\":\"status-405-allow-missing\",\"fingerprint\":\"940a0674b0d7f7214d1410b099eba36b\",\"sever"
    "ity\":\"info\",\"location\":{\"path\":\"a.pcap\",\"lines\":{\"begin\":42}}}\n"
    "]\n",
    "[]\n",
    "[]\n",
};

static void gitlab_cases(void)
{
    sample_check("gitlab", written);
}

void report_gitlab_suite(void);
void report_gitlab_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/gitlab", NULL, NULL);

    CU_add_test(suite, "records", gitlab_cases);
}
