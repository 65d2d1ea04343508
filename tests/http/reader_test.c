/* Losses, ends, and the change to other protocols. */
#include <CUnit/CUnit.h>

#include "tests/support/octets_drive.h"

#define GET "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
#define GET_B "GET /b HTTP/1.1\r\nHost: h\r\n\r\n"
#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
#define CONNECT "CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\n\r\n"
#define ESTABLISHED "HTTP/1.1 200 A\r\n\r\n"
#define REFUSED "HTTP/1.1 407 A\r\nContent-Length: 0\r\n\r\n"
#define UPGRADE "GET /u HTTP/1.1\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
#define SWITCHING "HTTP/1.1 101 A\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
#define ENDS OVER(0, FIN), OVER(1, FIN)

static const struct octets_case cases[] = {
    /* losses */
    { "in a length", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nh"), LOST(1, 2), SERVER("lo"),
      CLIENT(GET_B), SERVER(OK), ENDS), "GET /a -> 200 length:3~; GET /b -> 200 length:2" },
    { "to the end of a length", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"), LOST(1, 2),
      CLIENT(GET_B), SERVER(OK), ENDS), "GET /a -> 200 length:3~; GET /b -> 200 length:2" },
    { "past the end of a length", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"), LOST(1, 3),
      CLIENT(GET_B), SERVER(OK), ENDS), "GET /a -> 200 length:3/lost~; GET /b -> 200 length:2 -order # resynchronised" },
    { "of a whole length", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), LOST(1, 5), SERVER("x"), ENDS),
      "GET /a -> 200{octets-behind-end} length:0+1~" },
    { "in chunk data", STEPS(CLIENT(GET), SERVER(CHUNKED "5\r\nh"), LOST(1, 2), SERVER("lo\r\n0\r\n\r\n"), ENDS),
      "GET /a -> 200 chunked:3~'2" },
    { "to the end of chunk data", STEPS(CLIENT(GET), SERVER(CHUNKED "5\r\nh"), LOST(1, 4), SERVER("\r\n0\r\n\r\n"), ENDS),
      "GET /a -> 200 chunked:1~'2" },
    { "past the end of chunk data", STEPS(CLIENT(GET), SERVER(CHUNKED "5\r\nh"), LOST(1, 5), SERVER("\n0\r\n\r\n"), ENDS),
      "GET /a -> 200 chunked:1/lost~'1" },
    { "in a chunk-size line", STEPS(CLIENT(GET), SERVER(CHUNKED "5"), LOST(1, 1), SERVER("\nhello"), ENDS),
      "GET /a -> 200 chunked:0/lost~" },
    { "in trailers", STEPS(CLIENT(GET), SERVER(CHUNKED "0\r\nA"), LOST(1, 1), SERVER("\n"), ENDS), "GET /a -> 200 chunked:0/lost~'1" },
    { "in a body that lasts to the end", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\n\r\nab"), LOST(1, 9), SERVER("cd"), ENDS),
      "GET /a -> 200 close:4~" },
    { "in the head of a response", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\nA"), LOST(1, 1), SERVER("b\r\n\r\n"), ENDS),
      "GET /a -> none -response # head-cut" },
    { "in the head of a request", STEPS(CLIENT("GET /a HTT"), LOST(0, 3), CLIENT("1\r\n\r\n"), SERVER(OK), ENDS),
      "? -> 200 length:2 -request -order" },
    { "at a boundary of requests", STEPS(CLIENT(GET), LOST(0, 9), CLIENT(GET_B), SERVER(OK OK), ENDS),
      "GET /a~ -> 200 length:2; GET /b -> 200 length:2 -pairing -order # resynchronised" },
    { "behind an exchange", STEPS(CLIENT(GET), SERVER(OK), LOST(1, 50), CLIENT(GET_B), SERVER(OK), ENDS),
      "GET /a -> 200 length:2~; GET /b -> 200 length:2 -order # resynchronised" },
    { "mid-stream, both directions", STEPS(LOST(0, 0), LOST(1, 0), CLIENT("x: y\r\n\r\n" GET), SERVER(OK), CLIENT(GET_B),
      SERVER(OK), ENDS), "GET /a -> 200 length:2 -pairing -order; GET /b -> 200 length:2 -order # resynchronised" },
    { "mid-stream, in a response", STEPS(LOST(1, 0), SERVER("dy\r\n"), LOST(0, 0), CLIENT(GET), SERVER(OK), ENDS),
      "GET /a -> 200 length:2 -pairing -order # resynchronised" },
    { "mid-stream, responses only", STEPS(LOST(1, 0), SERVER("k\r\n\r\n" OK OK), OVER(1, FIN)),
      "? -> 200 length:2 -request -order; ? -> 200 length:2 -request -order # resynchronised" },
    { "mid-stream, the request is whole and a response of before comes", STEPS(CLIENT(GET), LOST(1, 0), SERVER(OK OK), ENDS),
      "GET /a -> 200 length:2 -pairing; ? -> 200 length:2 -request -order # resynchronised" },
    { "a body of which the head was lost shows a status line",
      STEPS(CLIENT(GET), LOST(1, 40), SERVER("a\r\n" OK "b\r\n"), CLIENT(GET_B), SERVER(OK), ENDS),
      "GET /a -> none -response; GET /b -> 200 length:2 -pairing -order # resynchronised" },
    { "and so does one that was lost within, in chunks",
      STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na"), LOST(1, 40), SERVER("a\r\n" OK),
            CLIENT(GET_B), SERVER(OK), ENDS),
      "GET /a -> 200 chunked:1/lost~'1; GET /b -> 200 length:2 -order # resynchronised" },
    { "or a page in mid-stream, where lines end with LF alone",
      STEPS(LOST(0, 0), LOST(1, 0), CLIENT(GET), SERVER("<pre>HTTP/1.1 418 no\nA: b\n\n"), CLIENT(GET_B), SERVER(OK), ENDS),
      "GET /a -> 200 length:2 -pairing -order; GET /b -> none -pairing -response -order # resynchronised" },
    { "a hole in what is no HTTP", STEPS(CLIENT("\1\2"), LOST(0, 5), CLIENT(GET), ENDS), " # not-http" },

    /* ends */
    { "one-sided, client", STEPS(CLIENT(GET GET_B)), "GET /a -> none -response; GET /b -> none -response" },
    { "one-sided, server", STEPS(SERVER(OK OK)), "? -> 200 length:2 -request; ? -> 200 length:2 -request" },
    { "reset before the response", STEPS(CLIENT(GET), OVER(1, RST), OVER(0, RST)), "GET /a -> none" },
    { "the client half-closes first", STEPS(CLIENT(GET), OVER(0, FIN), SERVER(OK), OVER(1, FIN)), "GET /a -> 200 length:2" },
    { "the server closes, the client goes on", STEPS(CLIENT(GET), SERVER(OK), OVER(1, FIN), CLIENT(GET_B), OVER(0, FIN)),
      "GET /a -> 200 length:2; GET /b -> none -response" },
    { "the server closes after a loss", STEPS(CLIENT(GET GET_B), SERVER("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), LOST(1, 9),
      OVER(1, FIN), OVER(0, FIN)), "GET /a -> 200 length:0~; GET /b -> none -response" },

    /* a response to an unknown request: HEAD or not */
    { "HEAD unseen, then another response", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" OK), OVER(1, FIN)),
      "? -> 200 -request; ? -> 200 length:2 -request" },
    { "HEAD unseen, chunked", STEPS(SERVER(CHUNKED OK), OVER(1, FIN)), "? -> 200 -request; ? -> 200 length:2 -request" },
    { "HEAD unseen, to the end", STEPS(SERVER("HTTP/1.1 200 OK\r\n\r\n" OK), OVER(1, FIN)), "? -> 200 -request; ? -> 200 length:2 -request" },
    { "GET unseen, a body that begins so", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nHTTP/1.1 is x" OK), OVER(1, FIN)),
      "? -> 200{octets-behind-end} length:12+41 -request" },
    { "GET unseen, a short body that begins so", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHTTP/1.1 20x" OK), OVER(1, FIN)),
      "? -> 200{octets-behind-end} length:2+50 -request" },
    { "GET unseen, a chunk that begins so", STEPS(SERVER(CHUNKED "H\r\n"), OVER(1, FIN)),
      "? -> 200{chunk-size-invalid} chunked:0/lost~ -request # framing-lost" },
    { "GET unseen, the body ends in doubt", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHTTP"), OVER(1, FIN)),
      "? -> 200 length:0/open~ -request -close" },
    { "GET unseen, the body is lost in doubt", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP"), LOST(1, 5),
      SERVER(OK), OVER(1, FIN)), "? -> 200 length:0/lost~ -request; ? -> 200 length:2 -request -order # resynchronised" },
    { "HEAD or GET unseen, then a close", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), OVER(1, FIN)),
      "? -> 200 length:0/open~ -request -close" },
    { "HEAD or GET unseen, no length, then a close", STEPS(SERVER("HTTP/1.1 200 OK\r\n\r\n"), OVER(1, FIN)),
      "? -> 200 close:0 -request" },
    { "GET unseen, a length of 0", STEPS(SERVER("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" OK), OVER(1, FIN)),
      "? -> 200 length:0 -request; ? -> 200 length:2 -request" },

    /* other protocols */
    { "101", STEPS(CLIENT(UPGRADE), SERVER(SWITCHING "HTTP/1.1 200 OK\r\n\r\n"), CLIENT(GET), ENDS),
      "GET /u -> 101{status-line-after-101} tunnel:0 # tunnel" },
    { "101 after 1xx", STEPS(CLIENT(UPGRADE), SERVER("HTTP/1.1 100 A\r\n\r\n" SWITCHING "\1\2"), ENDS),
      "GET /u -> 100 -> 101 tunnel:0 # tunnel" },
    { "101, half-closed", STEPS(CLIENT(UPGRADE), OVER(0, FIN), SERVER(SWITCHING "\1\2"), OVER(1, FIN)), "GET /u -> 101 tunnel:0 # tunnel" },
    { "101 without a request", STEPS(SERVER(SWITCHING "\1\2"), CLIENT("\1"), ENDS), "? -> 101 tunnel:0 -request # tunnel" },
    { "Upgrade refused", STEPS(CLIENT(UPGRADE), SERVER(OK), CLIENT(GET), SERVER(OK), ENDS), "GET /u -> 200 length:2; GET /a -> 200 length:2" },
    { "CONNECT, TLS inside", STEPS(CLIENT(CONNECT), SERVER(ESTABLISHED), CLIENT("\x16\x03\x01\x02"), SERVER("\x16\x03\x03\x02"), ENDS),
      "CONNECT h:1 -> 200 tunnel:0 # encrypted" },
    { "CONNECT, HTTP inside", STEPS(CLIENT(CONNECT), SERVER(ESTABLISHED), CLIENT(GET), SERVER(OK), ENDS),
      "CONNECT h:1 -> 200 tunnel:0; GET /a -> 200 length:2" },
    { "CONNECT, HTTP the other way round inside", STEPS(CLIENT(CONNECT), SERVER(ESTABLISHED), SERVER(GET), CLIENT(OK), ENDS),
      "CONNECT h:1 -> 200 tunnel:0; GET /a -> 200 length:2" },
    { "CONNECT with a length that is none", STEPS(CLIENT(CONNECT), SERVER("HTTP/1.1 200 A\r\nContent-Length: 5\r\n\r\n"), CLIENT(GET),
      SERVER(OK), ENDS), "CONNECT h:1 -> 200 tunnel:0; GET /a -> 200 length:2" },
    { "CONNECT, something else inside", STEPS(CLIENT(CONNECT), SERVER(ESTABLISHED "\1"), CLIENT("\2"), ENDS),
      "CONNECT h:1 -> 200 tunnel:0 # not-http" },
    { "CONNECT, the beginning of something inside", STEPS(CLIENT(CONNECT), SERVER(ESTABLISHED "HTT"), CLIENT("GE"), ENDS),
      "CONNECT h:1 -> 200 tunnel:0" },
    { "CONNECT, half-closed", STEPS(CLIENT(CONNECT), OVER(0, FIN), SERVER(ESTABLISHED "\1"), OVER(1, FIN)),
      "CONNECT h:1 -> 200 tunnel:0 # not-http" },
    { "CONNECT refused", STEPS(CLIENT(CONNECT), SERVER(REFUSED), CLIENT(GET), SERVER(OK), ENDS),
      "CONNECT h:1 -> 407 length:0; GET /a -> 200 length:2" },
    { "CONNECT refused, then accepted", STEPS(CLIENT(CONNECT), SERVER(REFUSED), CLIENT(CONNECT), SERVER(ESTABLISHED), CLIENT(GET),
      SERVER(OK), ENDS), "CONNECT h:1 -> 407 length:0; CONNECT h:1 -> 200 tunnel:0; GET /a -> 200 length:2" },
    { "CONNECT refused, what came before is passed over", STEPS(CLIENT(CONNECT "\x16\x03\x01"), SERVER(REFUSED), CLIENT("\r\n" GET),
      SERVER(OK), CLIENT(GET_B), SERVER(OK), ENDS),
      "CONNECT h:1 -> 407 length:0; GET /a -> 200 length:2 -pairing -order; GET /b -> 200 length:2 -order # resynchronised" },
    { "CONNECT accepted, what came before is passed over", STEPS(CLIENT(CONNECT GET), SERVER(ESTABLISHED), CLIENT(GET_B), SERVER(OK),
      ENDS), "CONNECT h:1 -> 200 tunnel:0; GET /b -> 200 length:2 -pairing -order # resynchronised" },
    { "CONNECT behind another request", STEPS(CLIENT(GET CONNECT), SERVER(OK), CLIENT("\x16\x03\x01\x02"), SERVER(ESTABLISHED),
      CLIENT("\x16\x03\x01\x02"), SERVER("\x16\x03\x03\x02"), ENDS), "GET /a -> 200 length:2; CONNECT h:1 -> 200 tunnel:0 # encrypted" },
    { "CONNECT after a 1xx", STEPS(CLIENT(CONNECT), SERVER("HTTP/1.1 100 A\r\n\r\n" ESTABLISHED), CLIENT(GET), SERVER(OK), ENDS),
      "CONNECT h:1 -> 100 -> 200 tunnel:0; GET /a -> 200 length:2" },
    { "CONNECT in mid-stream", STEPS(LOST(0, 0), LOST(1, 0), CLIENT(CONNECT), SERVER(ESTABLISHED), CLIENT("\x16\x03\x01\x02"), ENDS),
      "CONNECT h:1 -> 200 tunnel:0 -pairing -order # encrypted resynchronised" },
    { "CONNECT unanswered", STEPS(CLIENT(CONNECT "\x16\x03\x01"), ENDS), "CONNECT h:1 -> none" },
};

static void losses_and_ends(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CU_ASSERT(octets_case_holds(&cases[i], &(struct octets_how){ 0 }));
}

void http_reader_suite(void);
void http_reader_suite(void)
{
    CU_add_test(CU_add_suite("http/reader", NULL, NULL), "losses_and_ends", losses_and_ends);
}
