/* What follows a head: lengths, chunks, trailers, the end of the connection. */
#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_drive.h"

#define GET CLIENT("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
#define CHUNKED(octets) SERVER("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" octets)
#define LENGTH(number, octets) SERVER("HTTP/1.1 200 OK\r\nContent-Length: " number "\r\n\r\n" octets)
#define CLOSE(octets) SERVER("HTTP/1.1 200 OK\r\n\r\n" octets)
#define OK SERVER("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
#define ENDS OVER(0, FIN), OVER(1, FIN)

static const struct octets_case cases[] = {
    { "length", STEPS(GET, LENGTH("5", "hello"), ENDS), "GET / -> 200 length:5" },
    { "length in two steps", STEPS(GET, LENGTH("5", "hel"), SERVER("lo"), ENDS), "GET / -> 200 length:5" },
    { "length of a request", STEPS(CLIENT("PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"), OK, ENDS), "PUT / length:3 -> 200 length:0" },
    { "length cut by FIN", STEPS(GET, LENGTH("5", "hel"), ENDS), "GET / -> 200 length:3/closed" },
    { "length cut by RST", STEPS(GET, LENGTH("5", "hel"), OVER(1, RST), OVER(0, RST)), "GET / -> 200 length:3/reset~" },
    { "length cut by the end of the capture", STEPS(GET, LENGTH("5", "hel")), "GET / -> 200 length:3/open~ -close" },
    { "length of 2^64 - 1", STEPS(GET, LENGTH("18446744073709551615", "hel"), ENDS), "GET / -> 200 length:3/closed" },
    { "length of 2^64", STEPS(GET, LENGTH("18446744073709551616", "hel"), ENDS),
      "GET / -> 200{content-length-too-large,parser-rejects} unknown:0/lost~ # framing-lost" },
    { "length of a request cut by FIN", STEPS(CLIENT("PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\na"), OVER(0, FIN), OK, OVER(1, FIN)),
      "PUT / length:1/closed -> 200 length:0" },
    { "to the end", STEPS(GET, CLOSE("hello"), OVER(1, FIN), OVER(0, FIN)), "GET / -> 200 close:5" },
    { "to the end, reset", STEPS(GET, CLOSE("hello"), OVER(1, RST), OVER(0, RST)), "GET / -> 200 close:5/reset~" },
    { "to an end that was not seen", STEPS(GET, CLOSE("hello")), "GET / -> 200 close:5/open~ -close" },
    { "to the end, holding a status line", STEPS(GET, CLOSE("\r\nHTTP/1.1 200 OK\r\n\r\n"), ENDS), "GET / -> 200 close:21" },
    { "conflicting lengths", STEPS(GET, LENGTH("1\r\nContent-Length: 2", "ab"), ENDS),
      "GET / -> 200{content-length-conflict,parser-rejects} unknown:0/lost~ # framing-lost" },
    { "conflicting lengths, then another exchange", STEPS(GET, LENGTH("1, 2", "ab\r\n"), GET, OK, ENDS),
      "GET / -> 200{content-length-conflict,parser-rejects} unknown:0/lost~; GET / -> 200 length:0 -order # resynchronised framing-lost" },

    { "chunked", STEPS(GET, CHUNKED("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), ENDS), "GET / -> 200 chunked:5'3" },
    { "chunked, empty", STEPS(GET, CHUNKED("0\r\n\r\n"), ENDS), "GET / -> 200 chunked:0'1" },
    { "chunked, of many zeros", STEPS(GET, CHUNKED("0003\r\nabc\r\n0000\r\n\r\n"), ENDS), "GET / -> 200 chunked:3'2" },
    { "chunked, then the next", STEPS(GET, CHUNKED("A\r\n0123456789\r\n0\r\n\r\n"), GET, OK, ENDS),
      "GET / -> 200 chunked:10'2; GET / -> 200 length:0" },
    { "chunked to a HEAD", STEPS(CLIENT("HEAD / HTTP/1.1\r\n\r\n"), CHUNKED(""), ENDS), "HEAD / -> 200" },
    { "extensions", STEPS(GET, CHUNKED("3;a;b=c;d=\"e \\\" f\"\r\nabc\r\n0;x=y\r\n\r\n"), ENDS), "GET / -> 200 chunked:3'2" },
    { "extension with quoted CRLF", STEPS(GET, CHUNKED("3;a=\"\r\nabc\r\n0\r\n\r\n"), ENDS),
      "GET / -> 200{chunk-extension-invalid} chunked:3'2" },
    { "extension of nothing", STEPS(GET, CHUNKED("3;\r\nabc\r\n0\r\n\r\n"), ENDS), "GET / -> 200{chunk-extension-invalid} chunked:3'2" },
    { "blanks in an extension", STEPS(GET, CHUNKED("3 ; a = b\r\nabc\r\n0\r\n\r\n"), ENDS), "GET / -> 200{chunk-space} chunked:3'2" },
    { "blanks around a size", STEPS(GET, CHUNKED(" 3\r\nabc\r\n0\t \r\n\r\n"), ENDS), "GET / -> 200{chunk-space} chunked:3'2" },
    { "LF alone", STEPS(GET, CHUNKED("3\nabc\n0\n\n"), ENDS), "GET / -> 200{bare-lf,chunk-bare-lf} chunked:3'2" },
    { "LF alone after the data", STEPS(GET, CHUNKED("3\r\nabc\n0\r\n\r\n"), ENDS), "GET / -> 200{chunk-bare-lf} chunked:3'2" },
    { "LF alone is the trailer section", STEPS(GET, CHUNKED("0\r\n\n"), ENDS), "GET / -> 200{bare-lf} chunked:0'1" },
    { "CR X ends a size line", STEPS(GET, CHUNKED("3\rXabc\r\n0\r\n\r\n"), ENDS),
      "GET / -> 200{chunk-size-invalid} chunked:0/lost~ # framing-lost" },
    { "0x3", STEPS(GET, CHUNKED("0x3\r\nabc\r\n0\r\n\r\n"), ENDS), "GET / -> 200{chunk-size-invalid} chunked:0/lost~ # framing-lost" },
    { "-3", STEPS(GET, CHUNKED("-3\r\nabc\r\n"), ENDS), "GET / -> 200{chunk-size-invalid} chunked:0/lost~ # framing-lost" },
    { "no size", STEPS(GET, CHUNKED("\r\n"), ENDS), "GET / -> 200{chunk-size-invalid} chunked:0/lost~ # framing-lost" },
    { "size of 2^64 - 1", STEPS(GET, CHUNKED("ffffffffffffffff\r\nabc"), ENDS), "GET / -> 200 chunked:3/closed'1" },
    { "size of 2^64", STEPS(GET, CHUNKED("10000000000000000\r\nabc"), ENDS),
      "GET / -> 200{chunk-size-invalid} chunked:0/lost~ # framing-lost" },
    { "data longer than its size", STEPS(GET, CHUNKED("3\r\nabcd\r\n0\r\n\r\n"), ENDS),
      "GET / -> 200{chunk-end-missing} chunked:3/lost~'1 # framing-lost" },
    { "data and CR X", STEPS(GET, CHUNKED("3\r\nabc\rX0\r\n\r\n"), ENDS), "GET / -> 200{chunk-end-missing} chunked:3/lost~'1 # framing-lost" },
    { "a status line where a chunk is due", STEPS(GET, CHUNKED("3\r\nabc\r\n"), GET, OK, ENDS),
      "GET / -> none -response; GET / -> 200{chunk-size-invalid} chunked:3/lost~'1; ? -> 200 length:0 -request -order "
      "# resynchronised framing-lost" },
    { "chunked cut in a size", STEPS(GET, CHUNKED("3\r\nabc\r\n1"), ENDS), "GET / -> 200 chunked:3/closed'1" },
    { "chunked cut in the data", STEPS(GET, CHUNKED("3\r\nab"), OVER(1, RST)), "GET / -> 200 chunked:2/reset~'1" },
    { "chunked cut before the end", STEPS(GET, CHUNKED("0\r\n"), ENDS), "GET / -> 200 chunked:0/closed'1" },
    { "chunked request", STEPS(CLIENT("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"), OK, ENDS),
      "PUT / chunked:1'2 -> 200 length:0" },
    { "trailers", STEPS(GET, CHUNKED("0\r\nA: b\r\nC: d\r\n\r\n"), GET, OK, ENDS), "GET / -> 200 chunked:0'1; GET / -> 200 length:0" },
    { "odd trailers", STEPS(GET, CHUNKED("0\r\nA : b\r\n c\nd\r\n\r\n"), ENDS),
      "GET / -> 200{bare-lf,obs-fold,space-before-colon,field-without-colon} chunked:0'1" },
    { "trailers cut", STEPS(GET, CHUNKED("0\r\nA: b\r\n"), ENDS), "GET / -> 200 chunked:0/closed'1" },
    { "trailers that frame are not believed", STEPS(GET, CHUNKED("0\r\nContent-Length: 5\r\n\r\n"), GET, OK, ENDS),
      "GET / -> 200 chunked:0'1; GET / -> 200 length:0" },

    { "doubtful head", STEPS(GET, DOUBTFUL(1, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), ENDS), "GET / -> 200 length:0!" },
    { "doubtful body", STEPS(GET, LENGTH("5", "he"), DOUBTFUL(1, "llo"), ENDS), "GET / -> 200 length:5!" },
    { "doubtful size line", STEPS(GET, CHUNKED(""), DOUBTFUL(1, "0\r\n"), SERVER("\r\n"), ENDS), "GET / -> 200 chunked:0'1!" },
    { "doubtful trailers", STEPS(GET, CHUNKED("0\r\n"), DOUBTFUL(1, "A: b\r\n"), SERVER("\r\n"), ENDS), "GET / -> 200 chunked:0'1!" },
    { "doubtful strays", STEPS(GET, LENGTH("0", ""), DOUBTFUL(1, "x"), SERVER("y"), ENDS), "GET / -> 200{octets-behind-end} length:0+2!" },
    { "doubtful strays that may be a start line", STEPS(GET, LENGTH("0", ""), DOUBTFUL(1, "HT"), SERVER("x"), ENDS),
      "GET / -> 200{octets-behind-end} length:0+3!" },
    { "doubtful octets before and after are not ours", STEPS(GET, LENGTH("5", "hello"), DOUBTFUL(1, "HTTP/1.1 204 A\r\n\r\n"), ENDS),
      "GET / -> 200 length:5; ? -> 204! -request" },
};

static void bodies(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CU_ASSERT(octets_case_holds(&cases[i], &(struct octets_how){ .keeps_bodies = true }));
}

/* A sample is the beginning of the content, whatever the cuts, and costs no more than it holds. */
static void samples(void)
{
    enum { OCTETS = 100000 };
    static char body[OCTETS + 100];
    struct limits limits = limits_default;
    struct octets_how how = { .limits = &limits, .keeps_bodies = true, .cuts = OCTETS_SINGLE };
    struct octets_step steps[] = { GET, LENGTH("100000", ""), { OCTETS_DATA, 1, { body, OCTETS }, 0 }, { OCTETS_END, 0, { 0, 0 }, 0 } };

    for (size_t i = 0; i < OCTETS; i++)
        body[i] = (char)(i * 7 + i / 256);
    for (limits.sample_octets = 1; limits.sample_octets < 1 << 17; limits.sample_octets *= 8) {
        struct octets_result single = octets_run(steps, &how);

        CU_ASSERT(single.held_most < 12288 + 4 * limits.sample_octets);
        octets_free(&single);
        CU_ASSERT(octets_law("sample", steps, &how, 4));
    }
}

void http_body_suite(void);
void http_body_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/body", NULL, NULL);

    CU_ADD_TEST(suite, bodies);
    CU_ADD_TEST(suite, samples);
}
