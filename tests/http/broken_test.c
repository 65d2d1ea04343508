/*
 * A clean head with any of its octets broken: an anomaly, a note or octets behind the message before tell of it, or llhttp
 * takes it as well; what came before stays as it was.
 */
#include <CUnit/CUnit.h>
#include <llhttp.h>
#include <stdio.h>

#include "base/memory.h"
#include "tests/support/octets_drive.h"

void http_broken_suite(void);

#define GET "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n"
#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

static const char others[] = { 0, ' ', '\t', '\r', '\n', ':', '\x7F', '\x80', '(', 'x', '0' };

/* Any token is a method; llhttp knows those that it knows. */
static bool is_other_method(struct text head)
{
    while (head.len > 0 && (head.at[0] == '\r' || head.at[0] == '\n'))
        head = text_part(head, 1, head.len);
    struct text method = text_until(head, ' ', &head);

    return text_is_token(method) && text_starts(head, TEXT("/b"));
}

static bool is_accepted(bool is_request, struct text head)
{
    llhttp_settings_t settings;
    llhttp_t parser;

    llhttp_settings_init(&settings);
    llhttp_init(&parser, is_request ? HTTP_REQUEST : HTTP_RESPONSE, &settings);
    return llhttp_execute(&parser, head.at, head.len) == HPE_OK || (is_request && is_other_method(head));
}

static void check(bool is_request, struct text broken, size_t at)
{
    struct octets_step steps[] = { CLIENT(GET), SERVER(OK), CLIENT(GET), SERVER(OK), OVER(0, FIN), OVER(1, FIN),
                                   { OCTETS_END, 0, { 0, 0 }, 0 } };

    steps[is_request ? 2 : 3].octets = broken;
    struct octets_result result = octets_run(steps, &(struct octets_how){ .is_summary_only = true });
    const char *second = strstr(result.summary, "; ");
    bool is_before_kept = strncmp(result.summary, "GET /a", 6) == 0 && strstr(result.summary, " -> 200");
    bool is_told = strpbrk(result.summary, "{#+") || !second || strstr(second, "-> none");

    if (!is_before_kept || (!is_told && !is_accepted(is_request, broken))) {
        printf("\n    octet %zu of a %s as %02x: %s\n", at, is_request ? "request" : "response", (unsigned char)broken.at[at],
               result.summary);
        CU_FAIL("a broken head goes unnoticed");
    }
    octets_free(&result);
}

static void break_head(struct text head, bool is_request)
{
    char *broken = memory_new(head.len);

    for (size_t at = 0; at < head.len; at++) {
        for (size_t i = 0; i < sizeof others; i++) {
            memcpy(broken, head.at, head.len);
            broken[at] = others[i];
            check(is_request, (struct text){ broken, head.len }, at);
        }
    }
    memory_free(broken);
}

static void test_broken(void)
{
    break_head(TEXT("GET /b?c=d HTTP/1.1\r\nHost: a.example\r\nAccept: text/plain, */*;q=0.5\r\n\r\n"), true);
    break_head(TEXT("HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n"), false);
}

void http_broken_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/broken", NULL, NULL);

    CU_add_test(suite, "any octet of a head", test_broken);
}
