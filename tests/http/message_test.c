#include "http/message.h"

#include <CUnit/CUnit.h>

#include "http/scan.h"
#include "tests/support/octets_head.h"

static void fields_are_found(void)
{
    struct octets_head *head = octets_head_scan(SIDE_SERVER, TEXT("HTTP/1.1 200 OK\r\nVia: a\r\nX: b\r\nvia: c\r\nETag: d\r\n\r\n"), NULL);
    struct message *message = &head->message;
    const struct field *first = message_field(message, FIELD_VIA, NULL), *second = message_field(message, FIELD_VIA, first);
    const struct mark mark = { 0, 90, 2, 0 };
    struct scan_trailer trailer = { TEXT("Via: e\r\nAge: 1\r\n\r\n"), &mark, 1 };

    CU_ASSERT(text_equal(message_value(message, first), TEXT("a")));
    CU_ASSERT(text_equal(message_value(message, second), TEXT("c")));
    CU_ASSERT(text_equal(message_name(message, second), TEXT("via")));
    CU_ASSERT_PTR_NULL(message_field(message, FIELD_VIA, second));
    CU_ASSERT_PTR_NULL(message_field(message, FIELD_HOST, NULL));
    CU_ASSERT_PTR_NULL(message_trailer(message, FIELD_VIA, NULL));
    scan_trailers(head->arena, head->names, &limits_default, message, &trailer);
    second = message_field(message, FIELD_VIA, message_field(message, FIELD_VIA, NULL));
    CU_ASSERT_PTR_NULL(message_field(message, FIELD_VIA, second));
    CU_ASSERT_PTR_NULL(message_field(message, FIELD_AGE, NULL));
    first = message_trailer(message, FIELD_VIA, NULL);
    CU_ASSERT(text_equal(message_value(message, first), TEXT("e")));
    CU_ASSERT_PTR_NULL(message_trailer(message, FIELD_VIA, first));
    CU_ASSERT_PTR_NOT_NULL(message_trailer(message, FIELD_AGE, NULL));
    octets_head_free(head);
}

static void start_lines(void)
{
    struct octets_head *head = octets_head_scan(SIDE_CLIENT, TEXT("GET /a HTTP/1.1\r\n\r\n"), NULL);

    CU_ASSERT(text_equal(message_start_line(&head->message), TEXT("GET /a HTTP/1.1")));
    CU_ASSERT(text_equal(message_method(&head->message), TEXT("GET")));
    CU_ASSERT(text_equal(message_target(&head->message), TEXT("/a")));
    CU_ASSERT_EQUAL(message_reason(&head->message).len, 0);
    octets_head_free(head);
}

/* Octets of a head that came in many pieces: each knows its frame and place. */
static void marks_are_found(void)
{
    enum { MARKS = 37, STEP = 3 };
    struct mark marks[MARKS];
    struct message message = { .marks = marks, .head = { "", 0 } };

    for (message.nmarks = 1; message.nmarks <= MARKS; message.nmarks++) {
        uint32_t last = message.nmarks - 1;

        marks[last] = (struct mark){ last * STEP, 1000 + last * STEP, 10 + last, 0 };
        for (uint32_t at = 0; at < message.nmarks * STEP; at++) {
            CU_ASSERT_EQUAL_FATAL(message_frame(&message, at), 10 + at / STEP);
            CU_ASSERT_EQUAL_FATAL(message_stream_at(&message, at), 1000 + at);
        }
    }
}

static void anomalies_have_names(void)
{
    struct anomaly anomaly = { .kind = ANOMALY_BARE_CR };
    struct message message = { .anomalies = &anomaly, .nanomalies = 1 };

    CU_ASSERT_TRUE(message_has_anomaly(&message, ANOMALY_BARE_CR));
    CU_ASSERT_FALSE(message_has_anomaly(&message, ANOMALY_BARE_LF));
    for (int kind = 0; kind < ANOMALY_COUNT; kind++)
        for (int other = 0; other < kind; other++)
            CU_ASSERT_STRING_NOT_EQUAL(anomaly_name((enum anomaly_kind)kind), anomaly_name((enum anomaly_kind)other));
}

void http_message_suite(void);
void http_message_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/message", NULL, NULL);

    CU_ADD_TEST(suite, fields_are_found);
    CU_ADD_TEST(suite, start_lines);
    CU_ADD_TEST(suite, marks_are_found);
    CU_ADD_TEST(suite, anomalies_have_names);
}
