#include "http/framing.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_check.h"
#include "tests/support/octets_head.h"

#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define FIVE "Content-Length: 5\r\n"

/* What a response is an answer to decides first (RFC 9112 6.3); more heads are in judge_test.c. */
static const struct {
    const char *name;
    enum method method;
    struct text head;
    enum framing framing;
} responses[] = {
#define RESPONSE(method, status, fields) METHOD_##method, TEXT_INIT("HTTP/1.1 " status " A\r\n" fields "\r\n")
    { "GET", RESPONSE(GET, "200", FIVE), FRAMING_LENGTH },
    { "HEAD", RESPONSE(HEAD, "200", FIVE), FRAMING_NONE },
    { "HEAD chunked", RESPONSE(HEAD, "200", CHUNKED), FRAMING_NONE },
    { "HEAD, error", RESPONSE(HEAD, "404", ""), FRAMING_NONE },
    { "HEAD, lengths that conflict", RESPONSE(HEAD, "200", FIVE "Content-Length: 6\r\n"), FRAMING_NONE },
    { "CONNECT", RESPONSE(CONNECT, "200", ""), FRAMING_TUNNEL },
    { "CONNECT with a length", RESPONSE(CONNECT, "200", FIVE), FRAMING_TUNNEL },
    { "CONNECT 204", RESPONSE(CONNECT, "204", ""), FRAMING_TUNNEL },
    { "CONNECT 299", RESPONSE(CONNECT, "299", CHUNKED), FRAMING_TUNNEL },
    { "CONNECT 100", RESPONSE(CONNECT, "100", ""), FRAMING_NONE },
    { "CONNECT 300", RESPONSE(CONNECT, "300", FIVE), FRAMING_LENGTH },
    { "CONNECT 407", RESPONSE(CONNECT, "407", ""), FRAMING_CLOSE },
    { "unknown request", RESPONSE(UNKNOWN, "200", FIVE), FRAMING_LENGTH },
    { "100", RESPONSE(GET, "100", FIVE), FRAMING_NONE },
    { "199", RESPONSE(GET, "199", CHUNKED), FRAMING_NONE },
    { "101", RESPONSE(GET, "101", ""), FRAMING_TUNNEL },
    { "101 to HEAD", RESPONSE(HEAD, "101", ""), FRAMING_TUNNEL },
    { "204", RESPONSE(GET, "204", FIVE), FRAMING_NONE },
    { "205", RESPONSE(GET, "205", FIVE), FRAMING_LENGTH },
    { "304", RESPONSE(GET, "304", CHUNKED), FRAMING_NONE },
    { "099", RESPONSE(GET, "099", ""), FRAMING_CLOSE },
    { "1000", RESPONSE(GET, "1000", FIVE), FRAMING_LENGTH },
    { "nothing", RESPONSE(GET, "200", ""), FRAMING_CLOSE },
};

static void responses_are_framed(void)
{
    for (size_t i = 0; i < sizeof responses / sizeof *responses; i++) {
        struct octets_head *head = octets_head_scan(SIDE_SERVER, responses[i].head, NULL);

        framing_decide(head->arena, &head->message, responses[i].method);
        if (head->message.body.framing != responses[i].framing)
            octets_fail(responses[i].name);
        octets_head_free(head);
    }
}

/* The anomalies of a request's fields, one for each that is odd. */
static void oddities_are_counted(void)
{
    static const struct { struct text head; unsigned count; } rows[] = {
#define REQUEST(fields) TEXT_INIT("GET / HTTP/1.1\r\n" fields "\r\n")
        { REQUEST(FIVE), 0 }, { REQUEST(FIVE FIVE), 1 }, { REQUEST(FIVE FIVE FIVE), 2 }, { REQUEST("Content-Length: 5,5,6,x\r\n"), 3 },
        { REQUEST("Content-Length: x,0\r\n"), 1 }, { REQUEST(CHUNKED), 0 }, { REQUEST(CHUNKED CHUNKED CHUNKED), 2 },
        { REQUEST(CHUNKED FIVE), 1 }, { REQUEST("Transfer-Encoding: chunked, gzip\r\n" CHUNKED), 1 },
        { REQUEST("Transfer-Encoding: chunked, gzip\r\n"), 1 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct octets_head *head = octets_head_scan(SIDE_CLIENT, rows[i].head, NULL);

        framing_decide(head->arena, &head->message, METHOD_UNKNOWN);
        CU_ASSERT_EQUAL(head->message.nanomalies, rows[i].count);
        octets_head_free(head);
    }
}

void http_framing_suite(void);
void http_framing_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/framing", NULL, NULL);

    CU_ADD_TEST(suite, responses_are_framed);
    CU_ADD_TEST(suite, oddities_are_counted);
}
