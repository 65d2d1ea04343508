#include "http/sniff.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_check.h"

/* Status lines: what is found without and with `is_strict`. */
static const struct { struct text octets; enum sniff loose, strict; } status_lines[] = {
    { TEXT_INIT(""), SNIFF_MAYBE, SNIFF_MAYBE },              { TEXT_INIT("HTTP"), SNIFF_MAYBE, SNIFF_MAYBE },
    { TEXT_INIT("HTTP/"), SNIFF_YES, SNIFF_MAYBE },           { TEXT_INIT("HTTP/1.1 200"), SNIFF_YES, SNIFF_MAYBE },
    { TEXT_INIT("HTTP/1.1 200 "), SNIFF_YES, SNIFF_YES },     { TEXT_INIT("HTTP/1.0 999\r"), SNIFF_YES, SNIFF_YES },
    { TEXT_INIT("HTTP/1.1 200\n"), SNIFF_YES, SNIFF_YES },    { TEXT_INIT("HTTP/1.1 200x"), SNIFF_YES, SNIFF_NO },
    { TEXT_INIT("HTTP/1.2 200 "), SNIFF_YES, SNIFF_NO },      { TEXT_INIT("HTTP/2.0 200 "), SNIFF_YES, SNIFF_NO },
    { TEXT_INIT("HTTP/1.1  20 "), SNIFF_YES, SNIFF_NO },      { TEXT_INIT("http/1.1 200 "), SNIFF_NO, SNIFF_NO },
    { TEXT_INIT("HTTQ"), SNIFF_NO, SNIFF_NO },                { TEXT_INIT(" HTTP/1.1 200 "), SNIFF_NO, SNIFF_NO },
    { TEXT_INIT("HTTP\0"), SNIFF_NO, SNIFF_NO },
};

static void status_lines_are_told(void)
{
    for (size_t i = 0; i < sizeof status_lines / sizeof *status_lines; i++)
        if (sniff_status_line(status_lines[i].octets, false) != status_lines[i].loose ||
            sniff_status_line(status_lines[i].octets, true) != status_lines[i].strict)
            octets_fail(status_lines[i].octets.at);
}

static const struct { struct text line; bool loose, strict; } request_lines[] = {
    { TEXT_INIT("GET / HTTP/1.1"), true, true },              { TEXT_INIT("GET / HTTP/1.0"), true, true },
    { TEXT_INIT("GET / HTTP/1.1\r"), true, true },            { TEXT_INIT("OPTIONS * HTTP/1.1"), true, true },
    { TEXT_INIT("CONNECT a:1 HTTP/1.1"), true, true },        { TEXT_INIT("GET http://a/ HTTP/1.1"), true, true },
    { TEXT_INIT("VERSION-CONTROL / HTTP/1.1"), true, false },  { TEXT_INIT("FOO bar HTTP/1.1"), true, false },
    { TEXT_INIT("foo / HTTP/1.1"), true, false },             { TEXT_INIT("GET / HTTP/2.0"), true, false },
    { TEXT_INIT("GET / http/1.1"), true, false },             { TEXT_INIT("GET  /a b\tHTTP/1.1 "), true, false },
    { TEXT_INIT("GET  /a\tHTTP/1.1 "), true, true },         
    { TEXT_INIT("G@T / HTTP/1.1"), false, false },            { TEXT_INIT("\xc3\xa9 / HTTP/1.1"), false, false },
    { TEXT_INIT(""), false, false },                          { TEXT_INIT("GET"), false, false },
    { TEXT_INIT("ET / HTTP/1.1"), true, false },
    { TEXT_INIT("LOCK / HTTP/1.1"), true, false },            { TEXT_INIT("GET foo HTTP/1.1"), true, true },
    { TEXT_INIT("FOO /"), false, false },                     { TEXT_INIT("HELO mail.example"), false, false },
    { TEXT_INIT("PRI * HTTP/2.0"), false, false },            { TEXT_INIT("GET /"), true, false },
    { TEXT_INIT("AAAAAAAAAAAAAAAAAAAAAAAAA / HTTP/1.1"), true, false },
    { TEXT_INIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa / HTTP/1.1"), true, false },
    { TEXT_INIT("PRI /a HTTP/1.1"), true, true },
};

static void request_lines_are_told(void)
{
    for (size_t i = 0; i < sizeof request_lines / sizeof *request_lines; i++)
        if (sniff_request_line(request_lines[i].line, false) != request_lines[i].loose ||
            sniff_request_line(request_lines[i].line, true) != request_lines[i].strict)
            octets_fail(request_lines[i].line.at);
}

/* No prefix of a line that is taken for a request line is refused. */
static void prefixes_are_kept(void)
{
    for (size_t i = 0; i < sizeof request_lines / sizeof *request_lines; i++) {
        for (size_t len = 0; len <= request_lines[i].line.len; len++) {
            struct text prefix = text_part(request_lines[i].line, 0, len);

            CU_ASSERT(!request_lines[i].loose || sniff_request_prefix(prefix, false));
            CU_ASSERT(!request_lines[i].strict || sniff_request_prefix(prefix, true));
        }
    }
    CU_ASSERT_FALSE(sniff_request_prefix(TEXT(" GET"), false));
    CU_ASSERT_FALSE(sniff_request_prefix(TEXT("get"), true));
    CU_ASSERT_FALSE(sniff_request_prefix(TEXT("a\n"), false));
}

static void tls_is_told(void)
{
    static const struct { struct text octets; enum sniff found; } rows[] = {
        { TEXT_INIT(""), SNIFF_MAYBE },         { TEXT_INIT("\x16"), SNIFF_MAYBE },    { TEXT_INIT("\x16\x03"), SNIFF_MAYBE },
        { TEXT_INIT("\x16\x03\x01"), SNIFF_YES }, { TEXT_INIT("\x16\x03\x04""GET"), SNIFF_YES }, { TEXT_INIT("\x16\x03\x05"), SNIFF_NO },
        { TEXT_INIT("\x16\x03\xff"), SNIFF_NO }, { TEXT_INIT("\x17\x03\x03"), SNIFF_NO }, { TEXT_INIT("\x16\x02"), SNIFF_NO },
        { TEXT_INIT("GET"), SNIFF_NO },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CU_ASSERT_EQUAL(sniff_tls(rows[i].octets), rows[i].found);
}

void http_sniff_suite(void);
void http_sniff_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/sniff", NULL, NULL);

    CU_ADD_TEST(suite, status_lines_are_told);
    CU_ADD_TEST(suite, request_lines_are_told);
    CU_ADD_TEST(suite, prefixes_are_kept);
    CU_ADD_TEST(suite, tls_is_told);
}
