#include "http/scan.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_check.h"
#include "tests/support/octets_head.h"

#define HEAD(start, fields) TEXT_INIT(start "\r\n" fields "\r\n")
#define RESPONSE(fields) HEAD("HTTP/1.1 200 OK", fields)

/* What the parts of a start line are, however odd it is. */
static const struct {
    const char *name;
    enum side side;
    struct text head, method, target, version, reason;
    unsigned status, number;
} lines[] = {
    { "request", SIDE_CLIENT, HEAD("GET /a?b HTTP/1.1", ""), TEXT_INIT("GET"), TEXT_INIT("/a?b"), TEXT_INIT("HTTP/1.1"),
      TEXT_INIT(""), 0, 11 },
    { "request with blanks", SIDE_CLIENT, HEAD("GET \t /a b\t  HTTP/1.0 \t", ""), TEXT_INIT("GET"), TEXT_INIT("/a b"),
      TEXT_INIT("HTTP/1.0"), TEXT_INIT(""), 0, 10 },
    { "request of 0.9", SIDE_CLIENT, HEAD("GET /", ""), TEXT_INIT("GET"), TEXT_INIT(""), TEXT_INIT("/"), TEXT_INIT(""), 0, 0 },
    { "extension", SIDE_CLIENT, HEAD("M-POST * HTTP/2.0", ""), TEXT_INIT("M-POST"), TEXT_INIT("*"), TEXT_INIT("HTTP/2.0"),
      TEXT_INIT(""), 0, 20 },
    { "empty line", SIDE_CLIENT, TEXT_INIT("\r\n\r\n"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT(""), 0, 0 },
    { "response", SIDE_SERVER, HEAD("HTTP/1.1 404 Not Found", ""), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("HTTP/1.1"),
      TEXT_INIT("Not Found"), 404, 11 },
    { "response without a reason", SIDE_SERVER, HEAD("HTTP/1.1 404", ""), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("HTTP/1.1"),
      TEXT_INIT(""), 404, 11 },
    { "response of two SP", SIDE_SERVER, HEAD("HTTP/1.1  404  A ", ""), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("HTTP/1.1"),
      TEXT_INIT(" A "), 404, 11 },
    { "response of a long status", SIDE_SERVER, HEAD("HTTP/1.1 65736 A", ""), TEXT_INIT(""), TEXT_INIT(""),
      TEXT_INIT("HTTP/1.1"), TEXT_INIT("A"), 0, 11 },
    { "response of nothing", SIDE_SERVER, TEXT_INIT("\n\n"), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT(""), 0, 0 },
};

static void start_lines_have_parts(void)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct octets_head *head = octets_head_scan(lines[i].side, lines[i].head, NULL);
        const struct message *message = &head->message;
        struct text version = text_part(message->head, message->version_text.at, message->version_text.len);

        if (!text_equal(message_method(message), lines[i].method) || !text_equal(message_target(message), lines[i].target) ||
            !text_equal(version, lines[i].version) || !text_equal(message_reason(message), lines[i].reason) ||
            message->status != lines[i].status || message->version != lines[i].number)
            octets_fail(lines[i].name);
        octets_head_free(head);
    }
}

static const struct {
    const char *name;
    struct text head, value;
    unsigned fields;
} values[] = {
    { "plain", RESPONSE("A: b\r\n"), TEXT_INIT("b"), 1 },
    { "blanks", RESPONSE("A: \t b c \t\r\n"), TEXT_INIT("b c"), 1 },
    { "empty", RESPONSE("A:\r\nB: c\r\n"), TEXT_INIT(""), 2 },
    { "of blanks", RESPONSE("A: \t \r\nB: c\r\n"), TEXT_INIT(""), 2 },
    { "colons", RESPONSE("A:b:c:\r\n"), TEXT_INIT("b:c:"), 1 },
    { "space before the colon", RESPONSE("A \t:b\r\n"), TEXT_INIT("b"), 1 },
    { "folded", RESPONSE("A: b\r\n \tc\r\n d\r\nE: f\r\n"), TEXT_INIT("b\r\n \tc\r\n d"), 2 },
    { "folded from the start", RESPONSE("A:\r\n b\r\n"), TEXT_INIT("b"), 1 },
    { "folded from the start, twice", RESPONSE("A: \r\n \r\n b\r\n c\r\n"), TEXT_INIT("b\r\n c"), 1 },
    { "folded into blanks", RESPONSE("A: b\r\n \t \r\nC: d\r\n"), TEXT_INIT("b"), 2 },
    { "a fold of a line without colon is not ours", RESPONSE("A: b\r\nC\r\n d\r\n"), TEXT_INIT("b"), 1 },
    { "a fold before the first field is nobody's", RESPONSE(" x\r\nA: b\r\n"), TEXT_INIT("b"), 1 },
    { "NUL", RESPONSE("A: b\0c\r\n"), TEXT_INIT("b\0c"), 1 },
    { "name in any case", RESPONSE("a: b\r\n"), TEXT_INIT("b"), 1 },
};

static void values_are_exact(void)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct octets_head *head = octets_head_scan(SIDE_SERVER, values[i].head, NULL);

        if (!text_equal(octets_head_value(head, TEXT("A")), values[i].value) || head->message.nfields != values[i].fields)
            octets_fail(values[i].name);
        octets_head_free(head);
    }
}

static unsigned scan_octet(enum side side, char *octets, int octet, struct octets_head **head)
{
    size_t len = strlen(octets);

    *strchr(octets, '_') = (char)octet;
    *head = octets_head_scan(side, (struct text){ octets, len }, NULL);
    return (*head)->message.nanomalies;
}

/* Each octet in a value, a reason, a name and a target: the anomaly it must give, or none. */
static void all_octets(void)
{
    for (int octet = 0; octet < 256; octet++) {
        char value[] = "HTTP/1.1 200 OK\r\nA: 012345678_x\r\n\r\n", reason[] = "HTTP/1.1 200 _K\r\n\r\n";
        char name[] = "HTTP/1.1 200 OK\r\nA_: b\r\n\r\n", target[] = "GET /_x HTTP/1.1\r\n\r\n";
        bool is_control = (octet < 0x20 && octet != '\t') || octet == 0x7F, is_line = octet == '\n' || octet == '\r';
        struct octets_head *heads[4];

        scan_octet(SIDE_SERVER, value, octet, &heads[0]);
        CU_ASSERT_EQUAL(message_has_anomaly(&heads[0]->message, ANOMALY_VALUE_CONTROL), is_control && !is_line);
        CU_ASSERT_EQUAL(message_has_anomaly(&heads[0]->message, ANOMALY_VALUE_NON_ASCII), octet >= 0x80);
        CU_ASSERT_EQUAL(message_has_anomaly(&heads[0]->message, ANOMALY_BARE_CR), octet == '\r');
        CU_ASSERT_EQUAL(scan_octet(SIDE_SERVER, reason, octet, &heads[1]) > 0, is_control);
        CU_ASSERT_EQUAL(scan_octet(SIDE_SERVER, name, octet, &heads[2]) > 0, octet != ':' && !text_is_tchar((char)octet));
        CU_ASSERT_EQUAL(scan_octet(SIDE_CLIENT, target, octet, &heads[3]) > 0, octet <= ' ' || octet >= 0x7F);
        for (int i = 0; i < 4; i++)
            octets_head_free(heads[i]);
    }
}

static void fields_are_limited(void)
{
    struct limits limits = limits_default;
    static const struct text head = RESPONSE("A: 1\r\n A: 2\r\nB: 3\r\nC: 4\r\n fold\r\nContent-Length: 5\r\n");

    for (limits.fields = 1; limits.fields < 6; limits.fields++) {
        struct octets_head *cut = octets_head_scan(SIDE_SERVER, head, &limits);

        CU_ASSERT_EQUAL(cut->message.nfields, limits.fields < 4 ? limits.fields : 4);
        CU_ASSERT_EQUAL(cut->is_whole, limits.fields >= 4);
        /* What folds a field that was left out must not become part of the last one that was kept. */
        if (limits.fields == 2)
            CU_ASSERT(text_equal(octets_head_value(cut, TEXT("B")), TEXT("3")));
        octets_head_free(cut);
    }
}

static void trailers_are_appended(void)
{
    struct octets_head *head = octets_head_scan(SIDE_SERVER, (struct text)RESPONSE("A: 1\r\nTrailer: B\r\n"), NULL);
    struct message *message = &head->message;
    const struct mark marks[] = { { 0, 500, 7, 0 }, { 4, 504, 9, 0 } };
    struct scan_trailer trailer = { TEXT("B: 2\r\n x\r\nExpires : 3\n\r\n"), marks, 2 };
    uint32_t before = (uint32_t)message->head.len;

    CU_ASSERT_TRUE(scan_trailers(head->arena, head->names, &limits_default, message, &trailer));
    CU_ASSERT_EQUAL(message->nfields, 2);
    CU_ASSERT_EQUAL(message->ntrailers, 2);
    CU_ASSERT_EQUAL(message->trailers_at, before);
    CU_ASSERT(text_equal(octets_head_value(head, TEXT("b")), TEXT("2\r\n x")));
    CU_ASSERT(text_equal(octets_head_value(head, TEXT("a")), TEXT("1")));
    CU_ASSERT_PTR_NULL(message_field(message, FIELD_EXPIRES, NULL));
    CU_ASSERT_PTR_NOT_NULL(message_trailer(message, FIELD_EXPIRES, NULL));
    CU_ASSERT_EQUAL(message_frame(message, before - 1), 1);
    CU_ASSERT_EQUAL(message_frame(message, before + 3), 7);
    CU_ASSERT_EQUAL(message_frame(message, before + 4), 9);
    CU_ASSERT_EQUAL(message_stream_at(message, before + 5), 505);
    CU_ASSERT(octets_head_is("trailers", message, "{bare-lf,obs-fold,space-before-colon}"));
    octets_head_free(head);
}

static void trailers_are_limited(void)
{
    struct octets_head *head = octets_head_scan(SIDE_SERVER, (struct text)RESPONSE("A: 1\r\n"), NULL);
    struct limits limits = limits_default;
    const struct mark mark = { 0, 500, 7, 0 };
    struct scan_trailer trailer = { TEXT(" y\r\nB: 2\r\nC: 3\r\n x\r\n\r\n"), &mark, 1 };

    limits.trailer_fields = 1;
    CU_ASSERT_FALSE(scan_trailers(head->arena, head->names, &limits, &head->message, &trailer));
    CU_ASSERT_EQUAL(head->message.ntrailers, 1);
    CU_ASSERT(text_equal(octets_head_value(head, TEXT("a")), TEXT("1")));
    CU_ASSERT(text_equal(octets_head_value(head, TEXT("b")), TEXT("2")));
    octets_head_free(head);
}

/* Anomalies say where: the octets, their stream offset and their frame. */
static void anomalies_have_places(void)
{
    struct octets_head *head = octets_head_scan(SIDE_SERVER, (struct text)RESPONSE("A : 1\r\nB: \x01\x02\r\n"), NULL);
    const struct message *message = &head->message;

    CU_ASSERT_EQUAL_FATAL(message->nanomalies, 2);
    CU_ASSERT_EQUAL(message->anomalies[0].kind, ANOMALY_SPACE_BEFORE_COLON);
    CU_ASSERT_EQUAL(message->anomalies[0].at, 18);
    CU_ASSERT_EQUAL(message->anomalies[0].len, 1);
    CU_ASSERT_EQUAL(message->anomalies[1].kind, ANOMALY_VALUE_CONTROL);
    CU_ASSERT_EQUAL(message->anomalies[1].at, 27);
    CU_ASSERT_EQUAL(message->anomalies[1].stream_at, 27);
    CU_ASSERT_EQUAL(message->anomalies[1].frame, 1);
    octets_head_free(head);
}

void http_scan_suite(void);
void http_scan_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/scan", NULL, NULL);

    CU_ADD_TEST(suite, start_lines_have_parts);
    CU_ADD_TEST(suite, values_are_exact);
    CU_ADD_TEST(suite, all_octets);
    CU_ADD_TEST(suite, fields_are_limited);
    CU_ADD_TEST(suite, trailers_are_appended);
    CU_ADD_TEST(suite, trailers_are_limited);
    CU_ADD_TEST(suite, anomalies_have_places);
}
