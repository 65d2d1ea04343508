#include "report/report.h"

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const char *const written[SAMPLE_CASES] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites>\n"
    "  <testsuite name=\"a.pcap\" package=\"httplint\" id=\"0\" timestamp=\"2024-05-01T10:00:00\" hostname="
    "\"localhost\" tests=\"1\" failures=\"1\" errors=\"0\" time=\"0.012\">\n"
    "    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/></properties>\n"
    "    <testcase classname=\"a.pcap\" name=\"PUT http://shop.example/a -&gt; 405 #3\" time=\"0.012\">\n"
    "      <failure type=\"status-405-allow-missing\" message=\"405 Method Not Allowed without Allow\">a.pcap"
    ":42: error: 405 Method Not Allowed without Allow (PUT http://shop.example/a -&gt; 405) [status-405-allow"
    "-missing]\n"
    "</failure>\n"
    "    </testcase>\n"
    "    <system-out></system-out>\n"
    "    <system-err>a.pcap:7: note: 3 octets &lt;lost&gt; [gap]\n"
    "</system-err>\n"
    "  </testsuite>\n"
    "</testsuites>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites>\n"
    "  <testsuite name=\"a,b:c%0A &lt;x&gt;.pcap\" package=\"httplint\" id=\"0\" timestamp=\"2024-05-01T10:00"
    ":00\" hostname=\"localhost\" tests=\"1\" failures=\"1\" errors=\"0\" time=\"0.012\">\n"
    "    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/></properties>\n"
    "    <testcase classname=\"a,b:c%0A &lt;x&gt;.pcap\" name=\"PUT http://***@a/%0A,:|&lt;b&gt;\\n::error::x"
    " -&gt; 405 #3\" time=\"0.012\">\n"
    "      <failure type=\"status-405-allow-missing\" message=\"&quot;]]&gt;\\x1B\\xFF%25\\r\\n@user\">a,b:c%"
    "0A &lt;x&gt;.pcap:42: error: &quot;]]&gt;\\x1B\\xFF%25\\r\\n@user (PUT http://***@a/%0A,:|&lt;b&gt;\\n::"
    "error::x -&gt; 405) [status-405-allow-missing]\n"
    "</failure>\n"
    "    </testcase>\n"
    "    <system-out></system-out>\n"
    "    <system-err>a,b:c%0A &lt;x&gt;.pcap:7: note: 3 octets &lt;lost&gt; [gap]\n"
    "</system-err>\n"
    "  </testsuite>\n"
    "</testsuites>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites>\n"
    "  <testsuite name=\"-\" package=\"httplint\" id=\"0\" timestamp=\"1970-01-01T00:00:00\" hostname=\"local"
    "host\" tests=\"1\" failures=\"1\" errors=\"0\" time=\"0.000\">\n"
    "    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/></properties>\n"
    "    <testcase classname=\"-\" name=\"(request not seen) -&gt; (response not seen) #1\" time=\"0.000"
    "\">\n"
    "      <failure type=\"status-405-allow-missing\" message=\"405 Method Not Allowed without Allow\">-: war"
    "ning: 405 Method Not Allowed without Allow ((request not seen) -&gt; (response not seen)) [status-405-al"
    "low-missing]\n"
    "</failure>\n"
    "    </testcase>\n"
    "    <system-out></system-out>\n"
    "    <system-err>-:7: note: 3 octets &lt;lost&gt; [gap]\n"
    "</system-err>\n"
    "  </testsuite>\n"
    "</testsuites>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites>\n"
    "  <testsuite name=\"a.pcap\" package=\"httplint\" id=\"0\" timestamp=\"2024-05-01T10:00:00\" hostname="
    "\"localhost\" tests=\"1\" failures=\"0\" errors=\"0\" time=\"0.012\">\n"
    "    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/></properties>\n"
    "    <testcase classname=\"a.pcap\" name=\"PUT http://shop.example/a -&gt; 405 #3\" time=\"0.012\"/>\n"
    "    <system-out>a.pcap:42: info: 405 Method Not Allowed without Allow (baseline) (PUT http://shop.exampl"
    "e/a -&gt; 405) [status-405-allow-missing]\n"
    "</system-out>\n"
    "    <system-err>a.pcap:7: note: 3 octets &lt;lost&gt; [gap]\n"
    "</system-err>\n"
    "  </testsuite>\n"
    "</testsuites>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites>\n"
    "  <testsuite name=\"a.pcap\" package=\"httplint\" id=\"0\" timestamp=\"2024-05-01T10:00:00\" hostname="
    "\"localhost\" tests=\"1\" failures=\"0\" errors=\"0\" time=\"0.012\">\n"
    "    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/></properties>\n"
    "    <testcase classname=\"a.pcap\" name=\"PUT http://shop.example/a -&gt; 405 #3\" time=\"0.012\"/>\n"
    "    <system-out>a.pcap:42: error: 405 Method Not Allowed without Allow (fixed) (PUT http://shop.example/"
    "a -&gt; 405) [status-405-allow-missing]\n"
    "</system-out>\n"
    "    <system-err>a.pcap:7: note: 3 octets &lt;lost&gt; [gap]\n"
    "</system-err>\n"
    "  </testsuite>\n"
    "</testsuites>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites>\n"
    "  <testsuite name=\"a.pcap\" package=\"httplint\" id=\"0\" timestamp=\"2024-05-01T10:00:00\" hostname="
    "\"localhost\" tests=\"1\" failures=\"0\" errors=\"0\" time=\"0.012\">\n"
    "    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/></properties>\n"
    "    <testcase classname=\"a.pcap\" name=\"PUT http://shop.example/a -&gt; 405 #3\" time=\"0.012\"/>\n"
    "    <system-out></system-out>\n"
    "    <system-err>a.pcap:7: note: 3 octets &lt;lost&gt; [gap]\n"
    "</system-err>\n"
    "  </testsuite>\n"
    "</testsuites>\n",
};

static void junit_cases(void)
{
    sample_check("junit", written);
}

void report_junit_suite(void);
void report_junit_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/junit", NULL, NULL);

    CU_add_test(suite, "records", junit_cases);
}
