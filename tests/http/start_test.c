/* Where messages begin: sniffing, blank lines, strays, and what is no HTTP. */
#include <CUnit/CUnit.h>

#include "tests/support/octets_drive.h"

#define GET "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
#define GET_B "GET /b HTTP/1.1\r\nHost: h\r\n\r\n"
#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define NO_CONTENT "HTTP/1.1 204 No Content\r\n\r\n"
#define ENDS OVER(0, FIN), OVER(1, FIN)
#define M10 "MMMMMMMMMM"
#define M100 M10 M10 M10 M10 M10 M10 M10 M10 M10 M10

static const struct octets_case cases[] = {
    { "one exchange", STEPS(CLIENT(GET), SERVER(OK), ENDS), "GET /a -> 200 length:2" },
    { "the other end is the client", STEPS(SERVER(GET), CLIENT(OK), ENDS), "GET /a -> 200 length:2" },
    { "pipelined", STEPS(CLIENT(GET GET_B), SERVER(OK OK), ENDS), "GET /a -> 200 length:2; GET /b -> 200 length:2" },
    { "pipelined in one line of steps", STEPS(CLIENT(GET), CLIENT(GET_B), SERVER(OK), SERVER(OK), ENDS),
      "GET /a -> 200 length:2; GET /b -> 200 length:2" },
    { "nothing", STEPS(ENDS), "" },
    { "client alone", STEPS(CLIENT(GET), OVER(0, FIN), OVER(1, FIN)), "GET /a -> none" },
    { "request that ends in its method", STEPS(CLIENT("GE"), ENDS), "" },
    { "request that ends in its head", STEPS(CLIENT("GET / HTTP/1.1\r\nHo"), ENDS), " # head-cut" },
    { "response without a request", STEPS(SERVER(OK), ENDS), "? -> 200 length:2 -request" },
    { "response before its request is complete", STEPS(CLIENT("GET /a HTTP/1.1\r\n"), SERVER("HTTP/1.1 408 A\r\nContent-Length: 0"
      "\r\n\r\n"), ENDS), "? -> 408 length:0 -request # head-cut" },
    { "response before the body of its request", STEPS(CLIENT("PUT /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"),
      SERVER("HTTP/1.1 413 A\r\nContent-Length: 0\r\n\r\n"), CLIENT("cd"), ENDS), "PUT /a length:4 -> 413 length:0" },
    { "extension methods", STEPS(CLIENT("BASELINE-CONTROL /a HTTP/1.1\r\n\r\nfoo /b HTTP/1.1\r\n\r\n"), SERVER(OK OK), ENDS),
      "BASELINE-CONTROL /a{parser-rejects} -> 200 length:2; foo /b{parser-rejects} -> 200 length:2" },

    { "blank lines before a request", STEPS(CLIENT("\r\n\n\r\n" GET), SERVER(OK), ENDS),
      "GET /a{blank-before-start-line} -> 200 length:2" },
    { "blank lines between messages", STEPS(CLIENT(GET "\r\n" GET_B), SERVER(OK "\r\n\r\n" OK), ENDS),
      "GET /a -> 200 length:2; GET /b{blank-before-start-line} -> 200{blank-before-start-line} length:2" },
    { "blank lines after the last message", STEPS(CLIENT(GET "\r\n"), SERVER(NO_CONTENT "\r\n\n"), ENDS), "GET /a -> 204" },

    { "octets after a 204", STEPS(CLIENT(GET GET_B), SERVER(NO_CONTENT "hello\r\n" OK), ENDS),
      "GET /a -> 204 none:7; GET /b -> 200 length:2" },
    { "octets after a 204, no line end before the next", STEPS(CLIENT(GET GET_B), SERVER(NO_CONTENT "HHTTP/1.1xHTT" OK), ENDS),
      "GET /a -> 204 none:13; GET /b -> 200 length:2" },
    { "octets after a 304", STEPS(CLIENT(GET GET_B), SERVER("HTTP/1.1 304 A\r\nContent-Length: 5\r\n\r\nhello" OK), ENDS),
      "GET /a -> 304 none:5; GET /b -> 200 length:2" },
    { "octets after a 204 that end like a start line", STEPS(CLIENT(GET), SERVER(NO_CONTENT "HTTP"), ENDS), "GET /a -> 204 none:4" },
    { "octets after a 204, reset", STEPS(CLIENT(GET), SERVER(NO_CONTENT "HTTP"), OVER(1, RST), OVER(0, RST)),
      "GET /a -> 204" },
    { "octets after a HEAD", STEPS(CLIENT("HEAD / HTTP/1.1\r\n\r\n" GET), SERVER("HTTP/1.1 200 A\r\nContent-Length: 5\r\n\r\nhello" OK),
      ENDS), "HEAD / -> 200 none:5; GET /a -> 200 length:2" },
    { "octets after an interim response", STEPS(CLIENT(GET), SERVER("HTTP/1.1 103 A\r\n\r\nxy" OK), ENDS),
      "GET /a -> 103 none:2 -> 200 length:2" },
    { "octets after a length", STEPS(CLIENT(GET GET_B), SERVER(OK "junk" OK "\r\nmore"), ENDS),
      "GET /a -> 200{octets-behind-end} length:2+4; GET /b -> 200{octets-behind-end} length:2+4" },
    { "octets after the last chunk", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx"),
      ENDS), "GET /a -> 200{octets-behind-end} chunked:0+1'1" },
    { "body of a request without a length", STEPS(CLIENT("POST /p HTTP/1.1\r\n\r\na=b\r\n" GET), SERVER(OK OK), ENDS),
      "POST /p{octets-behind-end}+5 -> 200 length:2; GET /a -> 200 length:2 -pairing" },
    { "what begins no request may be answered too", STEPS(CLIENT(GET "BAD\r\n\r\n" GET_B), SERVER(OK OK), CLIENT(GET), SERVER(OK), ENDS),
      "GET /a{octets-behind-end}+7 -> 200 length:2; GET /b -> 200 length:2 -pairing; GET /a -> 200 length:2 -pairing" },
    { "a request line that is cut is no stray", STEPS(CLIENT(GET "GET /x"), OVER(0, FIN), SERVER(OK), OVER(1, FIN)),
      "GET /a -> 200 length:2 # head-cut" },
    { "a method of 300 octets", STEPS(CLIENT(GET M100 M100 M100 " / HTTP/1.1\r\n\r\n"), SERVER(OK OK), ENDS),
      "GET /a -> 200 length:2; " M100 M100 M100 " /{parser-rejects} -> 200 length:2" },
    { "body of a request without a length, and no line end", STEPS(CLIENT("POST /p HTTP/1.1\r\n\r\na=b"), SERVER(OK),
      CLIENT(GET), SERVER(OK), ENDS), "POST /p{octets-behind-end}+31 -> 200 length:2; ? -> 200 length:2 -request" },
    { "a lower-case method is no start after a stray", STEPS(CLIENT("POST /p HTTP/1.1\r\n\r\nx\r\nget / HTTP/1.1\r\n\r\n"),
      SERVER(OK), ENDS), "POST /p{octets-behind-end}+21 -> 200 length:2" },
    { "http/1.1 in small letters", STEPS(CLIENT(GET), SERVER("http/1.1 200 OK\r\n\r\n"), ENDS), "GET /a -> none" },
    { "a byte order mark", STEPS(CLIENT("\xef\xbb\xbf" GET), SERVER(OK), ENDS), "? -> 200 length:2 -request -order # not-http" },
    { "a byte order mark, then another request", STEPS(CLIENT("\xef\xbb\xbf" GET), SERVER(OK), CLIENT(GET_B), SERVER(OK), ENDS),
      "? -> 200 length:2 -request -order; GET /b -> 200 length:2 -pairing -order # not-http resynchronised" },
    { "space before a request line", STEPS(CLIENT(GET " " GET_B), SERVER(OK), ENDS), "GET /a{octets-behind-end}+29 -> 200 length:2" },
    { "request of 0.9", STEPS(CLIENT("GET /\r\n"), SERVER("<html>"), ENDS), " # head-cut" },

    { "PROXY line", STEPS(CLIENT("PROXY TCP4 1.2.3.4 5.6.7.8 9 80\r\n" GET), SERVER(OK), ENDS), "GET /a -> 200 length:2" },
    { "PROXY header", STEPS(CLIENT("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c" "abcdefgh\0\x50\0\x50" GET), SERVER(OK), ENDS),
      "GET /a -> 200 length:2" },
    { "SOCKS 4", STEPS(CLIENT("\4\1\0\x50" "abcduser\0"), SERVER("\0\x5a" "abcdef"), CLIENT(GET), SERVER(OK), ENDS), "GET /a -> 200 length:2" },
    { "SOCKS 5", STEPS(CLIENT("\5\1\0"), SERVER("\5\0"), CLIENT("\5\1\0\1" "abcd\0\x50"), SERVER("\5\0\0\1" "abcd\0\x50"), CLIENT(GET),
      SERVER(OK), ENDS), "GET /a -> 200 length:2" },
    { "TLS", STEPS(CLIENT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), SERVER("\x16\x03\x03\x00\x7a\x02"), ENDS), " # encrypted" },
    { "nearly TLS", STEPS(CLIENT("\x16\x03\x05\x02\x00"), SERVER("\x16\x02"), ENDS), " # not-http" },
    { "the beginning of TLS", STEPS(CLIENT("\x16\x03"), ENDS), "" },
    { "SSH", STEPS(SERVER("SSH-2.0-OpenSSH\r\n"), CLIENT("SSH-2.0-x\r\n"), ENDS), " # not-http" },
    { "HTTP/2", STEPS(CLIENT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"), ENDS), " # not-http" },
    { "a banner, then HTTP", STEPS(SERVER("hello\r\n"), CLIENT(GET), SERVER(OK), ENDS),
      "GET /a -> 200 length:2 -order # not-http resynchronised" },
    { "a banner that may be a request, then HTTP", STEPS(SERVER("hello"), CLIENT(GET), SERVER("\r\n" OK), ENDS),
      "GET /a -> 200 length:2" },
    { "all octets", STEPS(CLIENT("\x80\x81\xff\0\r\n"), SERVER("\r\n\r\n\0"), ENDS), " # not-http" },
};

static void starts(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CU_ASSERT(octets_case_holds(&cases[i], &(struct octets_how){ 0 }));
}

void http_start_suite(void);
void http_start_suite(void)
{
    CU_add_test(CU_add_suite("http/start", NULL, NULL), "starts", starts);
}
