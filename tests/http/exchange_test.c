#include "http/exchange.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_check.h"
#include "tests/support/octets_head.h"

static const struct {
    const char *name;
    struct text head, host, authority, path, query;
} targets[] = {
#define TARGET(name, line, host, authority, path, query) \
    { name, TEXT_INIT(line "\r\n\r\n"), TEXT_INIT(host), TEXT_INIT(authority), TEXT_INIT(path), TEXT_INIT(query) }
    TARGET("origin form", "GET /a/b?c=d?e HTTP/1.1\r\nHost: h.example", "h.example", "h.example", "/a/b", "c=d?e"),
    TARGET("port", "GET / HTTP/1.1\r\nHost: h:80", "h", "h:80", "/", ""),
    TARGET("absolute form beats Host", "GET http://a:1/b?c HTTP/1.1\r\nHost: h", "a", "a:1", "/b", "c"),
    TARGET("absolute form without a path", "GET http://a?b HTTP/1.1", "a", "a", "", "b"),
    TARGET("absolute form, host only", "GET http://a HTTP/1.1", "a", "a", "", ""),
    TARGET("absolute form without anything", "GET http:// HTTP/1.1\r\nHost: h", "h", "h", "http://", ""),
    TARGET("user information", "GET http://u:p@a:1/ HTTP/1.1", "a", "u:p@a:1", "/", ""),
    TARGET("IPv6", "GET / HTTP/1.1\r\nHost: [::1]:8080", "[::1]", "[::1]:8080", "/", ""),
    TARGET("IPv6 that is open", "GET / HTTP/1.1\r\nHost: [::1", "[::1", "[::1", "/", ""),
    TARGET("CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: other", "h", "h:443", "h:443", ""),
    TARGET("asterisk", "OPTIONS * HTTP/1.1\r\nHost: h", "h", "h", "*", ""),
    TARGET("no Host", "GET / HTTP/1.0", "", "", "/", ""),
    TARGET("empty Host", "GET / HTTP/1.1\r\nHost:", "", "", "/", ""),
    TARGET("URI in a path", "GET /http://x/y HTTP/1.1\r\nHost: h", "h", "h", "/http://x/y", ""),
    TARGET("no target", "GET  HTTP/1.1\r\nHost: h", "h", "h", "", ""),
};

static void targets_have_parts(void)
{
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct octets_head *head = octets_head_scan(SIDE_CLIENT, targets[i].head, NULL);
        struct exchange exchange = { .request = &head->message };

        if (!text_equal(exchange_host(&exchange), targets[i].host) ||
            !text_equal(exchange_authority(&exchange), targets[i].authority) ||
            !text_equal(exchange_path(&exchange), targets[i].path) || !text_equal(exchange_query(&exchange), targets[i].query))
            octets_fail(targets[i].name);
        octets_head_free(head);
    }
}

static void nothing_without_a_request(void)
{
    struct exchange exchange = { 0 };

    CU_ASSERT_EQUAL(exchange_host(&exchange).len, 0);
    CU_ASSERT_EQUAL(exchange_authority(&exchange).len, 0);
    CU_ASSERT_EQUAL(exchange_path(&exchange).len, 0);
    CU_ASSERT_EQUAL(exchange_query(&exchange).len, 0);
}

static void finals(void)
{
    static const struct { uint16_t status; bool is_final; } rows[] = {
        { 100, false }, { 103, false }, { 199, false }, { 101, true }, { 200, true }, { 999, true }, { 0, true }, { 99, true },
    };
    struct exchange exchange = { 0 };

    CU_ASSERT_PTR_NULL(exchange_final(&exchange));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct message interim = { .status = 102 }, last = { .status = rows[i].status };
        const struct message *responses[] = { &interim, &last };

        exchange.responses = responses;
        exchange.nresponses = 2;
        CU_ASSERT_EQUAL(exchange_final(&exchange) == &last, rows[i].is_final);
    }
}

void http_exchange_suite(void);
void http_exchange_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/exchange", NULL, NULL);

    CU_ADD_TEST(suite, targets_have_parts);
    CU_ADD_TEST(suite, nothing_without_a_request);
    CU_ADD_TEST(suite, finals);
}
