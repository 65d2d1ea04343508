#include "report/report.h"

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const char *const written[SAMPLE_CASES] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<checkstyle version=\"8.0\">\n"
    "  <file name=\"a.pcap\">\n"
    "    <error line=\"42\" severity=\"error\" message=\"405 Method Not Allowed without Allow (PUT http://sho"
    "p.example/a -&gt; 405)\" source=\"httplint.status-405-allow-missing\"/>\n"
    "  </file>\n"
    "</checkstyle>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<checkstyle version=\"8.0\">\n"
    "  <file name=\"a,b:c%0A &lt;x&gt;.pcap\">\n"
    "    <error line=\"42\" severity=\"error\" message=\"&quot;]]&gt;\\x1B\\xFF%25\\r\\n@user (PUT http://***"
    "@a/%0A,:|&lt;b&gt;\\n::error::x -&gt; 405)\" source=\"httplint.status-405-allow-missing\"/>\n"
    "  </file>\n"
    "</checkstyle>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<checkstyle version=\"8.0\">\n"
    "  <file name=\"-\">\n"
    "    <error severity=\"warning\" message=\"405 Method Not Allowed without Allow ((request not seen) -&gt;"
    " (response not seen))\" source=\"httplint.status-405-allow-missing\"/>\n"
    "  </file>\n"
    "</checkstyle>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<checkstyle version=\"8.0\">\n"
    "  <file name=\"a.pcap\">\n"
    "    <error line=\"42\" severity=\"info\" message=\"405 Method Not Allowed without Allow (baseline) (PUT "
    "http://shop.example/a -&gt; 405)\" source=\"httplint.status-405-allow-missing\"/>\n"
    "  </file>\n"
    "</checkstyle>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<checkstyle version=\"8.0\">\n"
    "</checkstyle>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<checkstyle version=\"8.0\">\n"
    "</checkstyle>\n",
};

static void checkstyle_cases(void)
{
    sample_check("checkstyle", written);
}

void report_checkstyle_suite(void);
void report_checkstyle_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/checkstyle", NULL, NULL);

    CU_add_test(suite, "records", checkstyle_cases);
}
