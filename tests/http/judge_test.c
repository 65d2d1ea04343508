#include "http/judge.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "http/framing.h"
#include "tests/support/octets_check.h"
#include "tests/support/octets_drive.h"
#include "tests/support/octets_facts.h"
#include "tests/support/octets_head.h"

/* A head, what we find odd about it and how we frame its body. Where llhttp (strict) refuses it too, "parser-rejects". */
struct verdict {
    const char *name;
    struct text head;
    const char *anomalies;
    enum framing framing;
    uint64_t length;
};

#define HEAD(start, fields) TEXT_INIT(start "\r\n" fields "\r\n")
#define REQUEST(fields) HEAD("POST / HTTP/1.1", "Host: a\r\n" fields)
#define RESPONSE(fields) HEAD("HTTP/1.1 200 OK", fields)

static const struct verdict requests[] = {
    { "plain", HEAD("GET / HTTP/1.1", "Host: a\r\n"), "", FRAMING_NONE, 0 },
    { "length", REQUEST("Content-Length: 5\r\n"), "", FRAMING_LENGTH, 5 },
    { "length in any case, no blank", REQUEST("cONTENT-lENGTH:5\r\n"), "", FRAMING_LENGTH, 5 },
    { "length twice, different", REQUEST("Content-Length: 3\r\nContent-Length: 4\r\n"),
      "{content-length-conflict,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length twice, the same", REQUEST("Content-Length: 3\r\nContent-Length: 3\r\n"),
      "{content-length-repeated,parser-rejects}", FRAMING_LENGTH, 3 },
    { "length twice, one invalid", REQUEST("Content-Length: x\r\nContent-Length: 0\r\n"),
      "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length and chunked", REQUEST("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
      "{content-length-and-transfer-encoding,parser-rejects}", FRAMING_CHUNKED, 3 },
    { "chunked and length", REQUEST("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"),
      "{content-length-and-transfer-encoding,parser-rejects}", FRAMING_CHUNKED, 3 },
    { "coding gzip", REQUEST("Transfer-Encoding: gzip\r\n"), "{chunked-not-final}", FRAMING_UNKNOWN, 0 },
    { "coding gzip, chunked", REQUEST("Transfer-Encoding: gzip, chunked\r\n"), "", FRAMING_CHUNKED, 0 },
    { "coding empty", REQUEST("Transfer-Encoding:\r\n"), "{chunked-not-final}", FRAMING_UNKNOWN, 0 },
    { "coding of commas", REQUEST("Transfer-Encoding: ,,\r\n"), "{chunked-not-final}", FRAMING_UNKNOWN, 0 },
    { "coding of an empty member and chunked", REQUEST("Transfer-Encoding: ,chunked\r\n"), "", FRAMING_CHUNKED, 0 },
    { "chunked twice in a list", REQUEST("Transfer-Encoding: chunked, chunked\r\n"), "{chunked-repeated,parser-rejects}", FRAMING_CHUNKED, 0 },
    { "chunked twice in lines", REQUEST("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
      "{chunked-repeated,parser-rejects}", FRAMING_CHUNKED, 0 },
    { "chunked, identity", REQUEST("Transfer-Encoding: chunked, identity\r\n"), "{chunked-not-final,parser-rejects}",
      FRAMING_UNKNOWN, 0 },
    { "chunked with a parameter", REQUEST("Transfer-Encoding: chunked;q=1\r\n"), "{chunked-not-final}", FRAMING_UNKNOWN, 0 },
    { "coding quoted", REQUEST("Transfer-Encoding: \"chunked\"\r\n"), "{chunked-not-final}", FRAMING_UNKNOWN, 0 },
    { "chunked behind a vertical tab", REQUEST("Transfer-Encoding: \vchunked\r\n"),
      "{field-value-control,chunked-not-final,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "chunked behind 0x85", REQUEST("Transfer-Encoding: \x85" "chunked\r\n"),
      "{field-value-non-ascii,chunked-not-final}", FRAMING_UNKNOWN, 0 },
    { "CVE-2023-30589: CR ends a field line", REQUEST("X:\rTransfer-Encoding: chunked\r\n"), "{bare-cr,parser-rejects}",
      FRAMING_NONE, 0 },
    { "CVE-2025-23167: CRLF CR X ends the head", REQUEST("A: b\r\n\rXGET / HTTP/1.1\r\n"),
      "{bare-cr,field-without-colon,parser-rejects}", FRAMING_NONE, 0 },
    { "HTTP/2.0", HEAD("PRI * HTTP/2.0", ""), "", FRAMING_NONE, 0 },
    { "HTTP/1.2: llhttp's fault", HEAD("GET / HTTP/1.2", ""), "{parser-rejects}", FRAMING_NONE, 0 },
    { "HTTP/1.10", HEAD("GET / HTTP/1.10", ""), "{version-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "HTTP/01.1", HEAD("GET / HTTP/01.1", ""), "{version-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "HTTP/2", HEAD("GET / HTTP/2", ""), "{version-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "http/1.1", HEAD("GET / http/1.1", ""), "{version-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "HTTP/0.9", HEAD("GET / HTTP/0.9", ""), "", FRAMING_NONE, 0 },
    { "HTTP/+1", HEAD("GET / HTTP/+1", ""), "{version-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "no version: llhttp waits", HEAD("GET /", ""), "{target-invalid,version-invalid}", FRAMING_NONE, 0 },
    { "method alone", HEAD("GET", ""), "{target-invalid,version-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "extension method: llhttp's fault", HEAD("BASELINE-CONTROL / HTTP/1.1", ""), "{parser-rejects}", FRAMING_NONE, 0 },
    { "QUERY: llhttp's fault", HEAD("QUERY / HTTP/1.1", ""), "{parser-rejects}", FRAMING_NONE, 0 },
    { "method in lower case", HEAD("get / HTTP/1.1", ""), "{parser-rejects}", FRAMING_NONE, 0 },
    { "method that is no token", HEAD("G(T / HTTP/1.1", ""), "{method-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "two SP before the target", HEAD("GET  / HTTP/1.1", ""), "{start-line-spaces}", FRAMING_NONE, 0 },
    { "two SP before the version", HEAD("GET /  HTTP/1.1", ""), "{start-line-spaces}", FRAMING_NONE, 0 },
    { "TAB before the target", HEAD("GET\t/ HTTP/1.1", ""), "{start-line-spaces,parser-rejects}", FRAMING_NONE, 0 },
    { "TAB before the version", HEAD("GET /\tHTTP/1.1", ""), "{start-line-spaces,parser-rejects}", FRAMING_NONE, 0 },
    { "SP after the version", HEAD("GET / HTTP/1.1 ", ""), "{start-line-spaces,parser-rejects}", FRAMING_NONE, 0 },
    { "target with SP", HEAD("GET /a b HTTP/1.1", ""), "{target-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "target with a control", HEAD("GET /\x01 HTTP/1.1", ""), "{target-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "target with CR", HEAD("GET /\r HTTP/1.1", ""), "{bare-cr,target-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "target with NUL", HEAD("GET /\0 HTTP/1.1", ""), "{target-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "target with 0xE9", HEAD("GET /\xe9 HTTP/1.1", ""), "{target-invalid,parser-rejects}", FRAMING_NONE, 0 },
    { "target that is a word", HEAD("GET foo HTTP/1.1", ""), "{parser-rejects}", FRAMING_NONE, 0 },
    { "scheme a+1 (valid): llhttp's fault", HEAD("GET a+1://x/ HTTP/1.1", ""), "{parser-rejects}", FRAMING_NONE, 0 },
    { "target with a fragment", HEAD("GET /#a HTTP/1.1", ""), "", FRAMING_NONE, 0 },
    { "CONNECT to a path", HEAD("CONNECT /x HTTP/1.1", ""), "", FRAMING_NONE, 0 },
    { "OPTIONS *foo", HEAD("OPTIONS *foo HTTP/1.1", ""), "", FRAMING_NONE, 0 },
    { "http:///a", HEAD("GET http:///a HTTP/1.1", ""), "", FRAMING_NONE, 0 },
    { "start line ends in LF", TEXT_INIT("GET / HTTP/1.1\nHost: a\r\n\r\n"), "{bare-lf}", FRAMING_NONE, 0 },
    { "LF is the empty line", TEXT_INIT("GET / HTTP/1.1\r\nHost: a\r\n\n"), "{bare-lf}", FRAMING_NONE, 0 },
    { "field line ends in LF", TEXT_INIT("GET / HTTP/1.1\r\nHost: a\nB: c\r\n\r\n"), "{bare-lf,parser-rejects}", FRAMING_NONE, 0 },
};

static const struct verdict responses[] = {
    { "plain", RESPONSE("Content-Length: 5\r\n"), "", FRAMING_LENGTH, 5 },
    { "no length", RESPONSE(""), "", FRAMING_CLOSE, 0 },
    { "length 3, 3", RESPONSE("Content-Length: 3, 3\r\n"), "{content-length-repeated,parser-rejects}", FRAMING_LENGTH, 3 },
    { "length 3, 4", RESPONSE("Content-Length: 3, 4\r\n"), "{content-length-conflict,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length 3,", RESPONSE("Content-Length: 3,\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length ,3", RESPONSE("Content-Length: ,3\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length +3", RESPONSE("Content-Length: +3\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length -3", RESPONSE("Content-Length: -3\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length 0x3", RESPONSE("Content-Length: 0x3\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length 3_0", RESPONSE("Content-Length: 3_0\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length 3 0", RESPONSE("Content-Length: 3 0\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length empty", RESPONSE("Content-Length:\r\n"), "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length empty beside a valid one", RESPONSE("Content-Length:\r\nContent-Length: 3\r\n"),
      "{content-length-invalid,parser-rejects}", FRAMING_UNKNOWN, 0 },
    { "length 3 TAB (valid): llhttp's fault", RESPONSE("Content-Length: 3\t\r\n"), "{parser-rejects}", FRAMING_LENGTH, 3 },
    { "length 0003", RESPONSE("Content-Length: 0003\r\n"), "", FRAMING_LENGTH, 3 },
    { "length 2^31 - 1", RESPONSE("Content-Length: 2147483647\r\n"), "", FRAMING_LENGTH, INT32_MAX },
    { "length 2^31", RESPONSE("Content-Length: 2147483648\r\n"), "", FRAMING_LENGTH, (uint64_t)1 << 31 },
    { "length 2^32 - 1", RESPONSE("Content-Length: 4294967295\r\n"), "", FRAMING_LENGTH, UINT32_MAX },
    { "length 2^32", RESPONSE("Content-Length: 4294967296\r\n"), "", FRAMING_LENGTH, (uint64_t)1 << 32 },
    { "length 2^63 - 1", RESPONSE("Content-Length: 9223372036854775807\r\n"), "", FRAMING_LENGTH, INT64_MAX },
    { "length 2^63", RESPONSE("Content-Length: 9223372036854775808\r\n"), "", FRAMING_LENGTH, (uint64_t)1 << 63 },
    { "length 2^63 + 1", RESPONSE("Content-Length: 9223372036854775809\r\n"), "", FRAMING_LENGTH, ((uint64_t)1 << 63) + 1 },
    { "length 2^64 - 1", RESPONSE("Content-Length: 18446744073709551615\r\n"), "", FRAMING_LENGTH, UINT64_MAX },
    { "length 2^64", RESPONSE("Content-Length: 18446744073709551616\r\n"), "{content-length-too-large,parser-rejects}",
      FRAMING_UNKNOWN, 0 },
    { "length 2^64 + 1", RESPONSE("Content-Length: 18446744073709551617\r\n"), "{content-length-too-large,parser-rejects}",
      FRAMING_UNKNOWN, 0 },
    { "length folded", RESPONSE("Content-Length:\r\n 3\r\n"), "{obs-fold}", FRAMING_LENGTH, 3 },
    { "length folded in two", RESPONSE("Content-Length: 3\r\n 4\r\n"), "{obs-fold,content-length-invalid,parser-rejects}",
      FRAMING_UNKNOWN, 0 },
    { "length and chunked", RESPONSE("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
      "{content-length-and-transfer-encoding,parser-rejects}", FRAMING_CHUNKED, 3 },
    { "coding gzip", RESPONSE("Transfer-Encoding: gzip\r\n"), "{chunked-not-final}", FRAMING_CLOSE, 0 },
    { "chunked twice", RESPONSE("Transfer-Encoding: chunked, chunked\r\n"), "{chunked-repeated}", FRAMING_CHUNKED, 0 },
    { "chunked twice in lines", RESPONSE("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "{chunked-repeated}",
      FRAMING_CHUNKED, 0 },
    { "chunked, identity", RESPONSE("Transfer-Encoding: chunked, identity\r\n"), "{chunked-not-final}", FRAMING_CLOSE, 0 },
    { "chunked with a parameter", RESPONSE("Transfer-Encoding: chunked;q=1\r\n"), "{chunked-not-final}", FRAMING_CLOSE, 0 },
    { "chunked TAB (valid): llhttp's fault", RESPONSE("Transfer-Encoding: chunked\t\r\n"), "", FRAMING_CHUNKED, 0 },
    { "chunked SP TAB (valid): llhttp's fault", RESPONSE("Transfer-Encoding: chunked \t\r\n"), "", FRAMING_CHUNKED, 0 },
    { "CHUNKED", RESPONSE("Transfer-Encoding: CHUNKED\r\n"), "", FRAMING_CHUNKED, 0 },
    { "coding folded", RESPONSE("Transfer-Encoding:\r\n chunked\r\n"), "{obs-fold}", FRAMING_CHUNKED, 0 },
    { "chunked in 1.0", HEAD("HTTP/1.0 200 OK", "Transfer-Encoding: chunked\r\n"), "", FRAMING_CHUNKED, 0 },
    { "204 chunked", HEAD("HTTP/1.1 204 A", "Transfer-Encoding: chunked\r\n"), "", FRAMING_NONE, 0 },
    { "204 with a length", HEAD("HTTP/1.1 204 A", "Content-Length: 5\r\n"), "", FRAMING_NONE, 5 },
    { "304 with a length", HEAD("HTTP/1.1 304 A", "Content-Length: 5\r\n"), "", FRAMING_NONE, 5 },
    { "100 with a length", HEAD("HTTP/1.1 100 A", "Content-Length: 5\r\n"), "", FRAMING_NONE, 5 },
    { "101", HEAD("HTTP/1.1 101 A", "Content-Length: 5\r\n"), "", FRAMING_TUNNEL, 5 },
    { "start line ends in LF", TEXT_INIT("HTTP/1.1 200 OK\nA: b\r\n\r\n"), "{bare-lf}", FRAMING_CLOSE, 0 },
    { "LF is the empty line", TEXT_INIT("HTTP/1.1 200 OK\r\nA: b\r\n\n"), "{bare-lf}", FRAMING_CLOSE, 0 },
    { "LF all through", TEXT_INIT("HTTP/1.1 200 OK\nA: b\n\n"), "{bare-lf,parser-rejects}", FRAMING_CLOSE, 0 },
    { "field line ends in LF", TEXT_INIT("HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n"), "{bare-lf,parser-rejects}", FRAMING_CLOSE, 0 },
    { "CR ends the status line", TEXT_INIT("HTTP/1.1 200 OK\rA: b\r\n\r\n"), "{bare-cr,parser-rejects}", FRAMING_CLOSE, 0 },
    { "CR in the reason", HEAD("HTTP/1.1 200 O\rK", ""), "{bare-cr,parser-rejects}", FRAMING_CLOSE, 0 },
    { "CR in a value", RESPONSE("A: b\rc\r\n"), "{bare-cr,parser-rejects}", FRAMING_CLOSE, 0 },
    { "CR CR LF", RESPONSE("A: b\r\r\n"), "{bare-cr,parser-rejects}", FRAMING_CLOSE, 0 },
    { "obs-fold with SP", RESPONSE("A: b\r\n c\r\n"), "{obs-fold}", FRAMING_CLOSE, 0 },
    { "obs-fold with TAB", RESPONSE("A: b\r\n\tc\r\n"), "{obs-fold}", FRAMING_CLOSE, 0 },
    { "obs-fold after an empty line of a value", RESPONSE("A:\r\n b\r\n"), "{obs-fold}", FRAMING_CLOSE, 0 },
    { "obs-fold of blanks", RESPONSE("A: b\r\n \r\nC: d\r\n"), "{obs-fold}", FRAMING_CLOSE, 0 },
    { "SP before the first field", RESPONSE(" A: b\r\n"), "{space-before-first-field,parser-rejects}", FRAMING_CLOSE, 0 },
    { "TAB before the first field", RESPONSE("\tA: b\r\n"), "{space-before-first-field,parser-rejects}", FRAMING_CLOSE, 0 },
    { "SP before the colon of a length", RESPONSE("Content-Length : 3\r\n"), "{space-before-colon,parser-rejects}",
      FRAMING_LENGTH, 3 },
    { "SP before another colon", RESPONSE("A : b\r\n"), "{space-before-colon,parser-rejects}", FRAMING_CLOSE, 0 },
    { "TAB before a colon", RESPONSE("A\t: b\r\n"), "{space-before-colon,parser-rejects}", FRAMING_CLOSE, 0 },
    { "OWS around a value", RESPONSE("A: \t b \t \r\n"), "", FRAMING_CLOSE, 0 },
    { "NUL in a value", RESPONSE("A: b\0c\r\n"), "{field-value-control,parser-rejects}", FRAMING_CLOSE, 0 },
    { "0x01 in a value", RESPONSE("A: b\x01\r\n"), "{field-value-control,parser-rejects}", FRAMING_CLOSE, 0 },
    { "DEL in a value", RESPONSE("A: b\x7f\r\n"), "{field-value-control,parser-rejects}", FRAMING_CLOSE, 0 },
    { "0xE9 in a value", RESPONSE("A: b\xe9\r\n"), "{field-value-non-ascii}", FRAMING_CLOSE, 0 },
    { "control and 0xFF in a long value", RESPONSE("A: 0123456789abcdef\x1f" "0123456789\xff\r\n"),
      "{field-value-control,field-value-non-ascii,parser-rejects}", FRAMING_CLOSE, 0 },
    { "SP in a name", RESPONSE("A b: c\r\n"), "{field-name-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "( in a name", RESPONSE("A(: c\r\n"), "{field-name-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "CR in a name", RESPONSE("A\rB: c\r\n"), "{bare-cr,field-name-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "NUL in a name", RESPONSE("A\0: c\r\n"), "{field-name-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "0xE9 in a name", RESPONSE("A\xe9: c\r\n"), "{field-name-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "no colon", RESPONSE("A b\r\n"), "{field-without-colon,parser-rejects}", FRAMING_CLOSE, 0 },
    { "no colon, then a fold", RESPONSE("A\r\n b: c\r\n"), "{obs-fold,field-without-colon,parser-rejects}", FRAMING_CLOSE, 0 },
    { "empty name", RESPONSE(": c\r\n"), "{field-name-empty}", FRAMING_CLOSE, 0 },
    { "blank name", RESPONSE("A: b\r\n : c\r\n"), "{obs-fold}", FRAMING_CLOSE, 0 },
    { "empty value", RESPONSE("A:\r\n"), "", FRAMING_CLOSE, 0 },
    { "200 CRLF", HEAD("HTTP/1.1 200", ""), "{reason-without-space}", FRAMING_CLOSE, 0 },
    { "200 SP CRLF", HEAD("HTTP/1.1 200 ", ""), "", FRAMING_CLOSE, 0 },
    { "control in the reason", HEAD("HTTP/1.1 200 O\x01K", ""), "{reason-invalid}", FRAMING_CLOSE, 0 },
    { "TAB and 0xE9 in the reason", HEAD("HTTP/1.1 200 \xe9\tK", ""), "", FRAMING_CLOSE, 0 },
    { "status 99", HEAD("HTTP/1.1 99 A", ""), "{status-invalid}", FRAMING_CLOSE, 0 },
    { "status 000", HEAD("HTTP/1.1 000 A", ""), "{status-invalid}", FRAMING_CLOSE, 0 },
    { "status 099", HEAD("HTTP/1.1 099 A", ""), "{status-invalid}", FRAMING_CLOSE, 0 },
    { "status 0200", HEAD("HTTP/1.1 0200 A", ""), "{status-invalid}", FRAMING_CLOSE, 0 },
    { "status and SP missing", HEAD("HTTP/1.1", ""), "{status-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "status missing", HEAD("HTTP/1.1 ", ""), "{status-invalid}", FRAMING_CLOSE, 0 },
    { "SP SP 200", HEAD("HTTP/1.1  200 OK", ""), "{start-line-spaces}", FRAMING_CLOSE, 0 },
    { "status 777", HEAD("HTTP/1.1 777 A", ""), "", FRAMING_CLOSE, 0 },
    { "CR in a status", HEAD("HTTP/1.1 2\r00 A", ""), "{bare-cr,status-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "status 1000", HEAD("HTTP/1.1 1000 A", ""), "{status-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "status 20x", HEAD("HTTP/1.1 20x A", ""), "{status-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "status 2^64 + 200", HEAD("HTTP/1.1 18446744073709551816 A", ""), "{status-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "TAB before the status", HEAD("HTTP/1.1\t200 OK", ""), "{start-line-spaces,parser-rejects}", FRAMING_CLOSE, 0 },
    { "TAB after the status", HEAD("HTTP/1.1 200\tOK", ""), "{start-line-spaces,parser-rejects}", FRAMING_CLOSE, 0 },
    { "HTTP/0.9", HEAD("HTTP/0.9 200 OK", ""), "", FRAMING_CLOSE, 0 },
    { "HTTP/2.0", HEAD("HTTP/2.0 200 OK", ""), "", FRAMING_CLOSE, 0 },
    { "HTTP/1.2: llhttp's fault", HEAD("HTTP/1.2 200 OK", ""), "{parser-rejects}", FRAMING_CLOSE, 0 },
    { "HTTP/1.10", HEAD("HTTP/1.10 200 OK", ""), "{version-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "HTTP/2", HEAD("HTTP/2 200 OK", ""), "{version-invalid,parser-rejects}", FRAMING_CLOSE, 0 },
    { "Connection: close TAB (valid)", RESPONSE("Connection: close\t\r\n"), "", FRAMING_CLOSE, 0 },
};

static bool is_verdict(const struct verdict *row, enum side side)
{
    struct octets_head *head = octets_head_scan(side, row->head, NULL);
    struct judge *judge = judge_new();

    framing_decide(head->arena, &head->message, METHOD_UNKNOWN);
    judge_head(judge, head->arena, &head->message);
    bool is_right = octets_head_is(row->name, &head->message, row->anomalies);
    if (head->message.body.framing != row->framing || head->message.body.announced != row->length) {
        printf("\n    %s: framed %s %llu\n", row->name, octets_framing_name(head->message.body.framing),
               (unsigned long long)head->message.body.announced);
        is_right = false;
    }
    if ((judge_reason(judge)[0] != '\0') != message_has_anomaly(&head->message, ANOMALY_PARSER_REJECTS))
        is_right = false;
    judge_free(judge);
    octets_head_free(head);
    return is_right;
}

/* The same head, through the whole stage, in any cuts. */
static bool is_law_kept(const struct verdict *row, int direction)
{
    struct octets_step steps[] = { { OCTETS_DATA, direction, row->head, 0 }, CLIENT("hello\r\n"), { OCTETS_END, 0, { 0, 0 }, 0 } };

    return octets_law(row->name, steps, &(struct octets_how){ 0 }, 12);
}

static void requests_have_verdicts(void)
{
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        CU_ASSERT(is_verdict(&requests[i], SIDE_CLIENT));
        CU_ASSERT(is_law_kept(&requests[i], 0));
    }
}

static void responses_have_verdicts(void)
{
    for (size_t i = 0; i < sizeof responses / sizeof *responses; i++) {
        CU_ASSERT(is_verdict(&responses[i], SIDE_SERVER));
        CU_ASSERT(is_law_kept(&responses[i], 1));
    }
}

/* The one fact that both know and that differs is an anomaly. */
static void differences_are_told(void)
{
    static const struct verdict rows[] = {
        { "length", RESPONSE("Content-Length: 5\r\n"), "{parsers-differ}", FRAMING_LENGTH, 6 },
        { "chunked", RESPONSE("Transfer-Encoding: chunked\r\n"), "{parsers-differ}", FRAMING_CLOSE, 0 },
        { "close", RESPONSE(""), "{parsers-differ}", FRAMING_CHUNKED, 0 },
        { "none", REQUEST("Content-Length: 5\r\n"), "{parsers-differ}", FRAMING_NONE, 0 },
        { "none of a response", RESPONSE("Content-Length: 5\r\n"), "", FRAMING_NONE, 0 },
        { "tunnel", RESPONSE("Content-Length: 5\r\n"), "", FRAMING_TUNNEL, 0 },
    };
    struct judge *judge = judge_new();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum side side = rows[i].head.at[0] == 'P' ? SIDE_CLIENT : SIDE_SERVER;
        struct octets_head *head = octets_head_scan(side, rows[i].head, NULL);

        head->message.body.framing = rows[i].framing;
        head->message.body.announced = rows[i].length;
        judge_head(judge, head->arena, &head->message);
        CU_ASSERT(octets_head_is(rows[i].name, &head->message, rows[i].anomalies));
        octets_head_free(head);
    }
    judge_free(judge);
}

/* Nothing is kept from one head to the next, and a rejection says where and why. */
static void rejections_have_places(void)
{
    struct judge *judge = judge_new();
    struct octets_head *bad = octets_head_scan(SIDE_SERVER, (struct text)RESPONSE("A: b\x01\r\n"), NULL);
    struct octets_head *good = octets_head_scan(SIDE_SERVER, (struct text)RESPONSE("A: b\r\n"), NULL);
    const struct anomaly *last;

    judge_head(judge, bad->arena, &bad->message);
    last = &bad->message.anomalies[bad->message.nanomalies - 1];
    CU_ASSERT_EQUAL(last->kind, ANOMALY_PARSER_REJECTS);
    CU_ASSERT_EQUAL(bad->message.head.at[last->at], '\x01');
    CU_ASSERT_STRING_NOT_EQUAL(judge_reason(judge), "");
    judge_head(judge, good->arena, &good->message);
    CU_ASSERT_STRING_EQUAL(judge_reason(judge), "");
    CU_ASSERT_EQUAL(judge_version()[1], '.');
    octets_head_free(bad);
    octets_head_free(good);
    judge_free(judge);
}

void http_judge_suite(void);
void http_judge_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/judge", NULL, NULL);

    CU_ADD_TEST(suite, requests_have_verdicts);
    CU_ADD_TEST(suite, responses_have_verdicts);
    CU_ADD_TEST(suite, differences_are_told);
    CU_ADD_TEST(suite, rejections_have_places);
}
