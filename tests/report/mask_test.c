#include "report/mask.h"

#include <stdlib.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const struct {
    const char *name, *url, *masked;
} urls[] = {
    { "nothing to hide", "http://a.example/b?c#d", "http://a.example/b?c#d" },
    { "user and password", "http://user:secret@a.example/", "http://***@a.example/" },
    { "user alone", "https://secret@a.example", "https://***@a.example" },
    { "an '@' in the password", "http://u:s@cret@a.example/", "http://***@a.example/" },
    { "an '@' in the path is none", "http://a.example/@b", "http://a.example/@b" },
    { "an '@' in the query is none", "http://a.example/?b=c@d", "http://a.example/?b=c@d" },
    { "no user before the '@'", "http://@a.example/", "http://@a.example/" },
    { "authority alone", "user:secret@a.example:443", "***@a.example:443" },
    { "authority with a path", "user:secret@a.example/b", "***@a.example/b" },
    { "a URI inside", "/go?to=http://u:secret@b.example/", "/go?to=http://***@b.example/" },
    { "without a scheme", "//u:secret@a.example/", "//***@a.example/" },
    { "path", "/a/b", "/a/b" },
    { "nothing", "", "" },
    { "asterisk", "*", "*" },
};

static const struct {
    const char *name, *field, *evidence, *masked;
} evidences[] = {
    { "no secret field", "Allow", "GET, secret", "GET, secret" },
    { "basic credentials", "Authorization", "Basic c2VjcmV0", "Basic ***" },
    { "the scheme alone", "Authorization", "bearer", "bearer" },
    { "no scheme", "Authorization", "c2VjcmV0", "***" },
    { "unknown scheme", "Authorization", "secret secret", "***" },
    { "in another case", "PROXY-authorization", "Digest secret", "Digest ***" },
    { "cookie", "Cookie", "a=secret; b=secret", "***" },
    { "base64 that looks like a pair", "Cookie", "c2VjcmV0==", "***" },
    { "set-cookie", "Set-Cookie", "a=secret; Path=/; HttpOnly", "***; Path=/; HttpOnly" },
    { "an attribute alone", "Set-Cookie", "SameSite=Maybe", "SameSite=Maybe" },
    { "an attribute that is none", "Set-Cookie", "a=secret; Token=secret", "***;***" },
    { "the whole line", "Cookie", "Cookie: a=secret", "Cookie: ***" },
    { "the whole line, spaced", "Cookie", "Cookie : a=secret", "Cookie : ***" },
    { "a line of another field's", "", "authorization: Basic secret", "authorization: Basic ***" },
    { "several lines", "", "Host: a\r\nCookie: secret\r\nAllow: b", "Host: a\r\nCookie: ***\r\nAllow: b" },
    { "a folded line", "", "Cookie: secret\r\n secret\r\nA: b", "Cookie: ***\r\nA: b" },
    { "a line after a bare CR", "", "A: b\rCookie: secret", "A: b\rCookie: ***" },
    { "a secret goes on after a bare CR", "", "Cookie: secret\rsecret\r\nA: b", "Cookie: ***\r\nA: b" },
    { "whatever comes after its name", "Cookie", "Cookie: secret\nsecret", "Cookie: ***" },
    { "a line after LF alone", "", "A: b\nCookie: secret\nB: c", "A: b\nCookie: ***\nB: c" },
    { "user information", "Referer", "http://u:secret@a.example/", "http://***@a.example/" },
    { "user information in Host", "Host", "u:secret@a.example", "***@a.example" },
    { "start line", "", "GET http://u:secret@a.example/ HTTP/1.1", "GET http://***@a.example/ HTTP/1.1" },
    { "empty value", "Cookie", "", "" },
    { "blank value", "Cookie", " \t", " \t" },
    { "part of a secret line of the head", "", "8secret8", "***" },
    { "a fold of a secret line of the head", "", "\r\n 9secret9", "***" },
    { "part of another line too", "", "HTTP", "HTTP" },
};

static const struct {
    const char *name, *words, *field, *evidence, *message, *masked;
} messages[] = {
    { "no hole", "is bad", "Cookie", "secret", "is bad", "is bad" },
    { "culprit of a secret field", "<culprit> is bad", "Cookie", "secret", "secret is bad", "*** is bad" },
    { "culprit of another", "<culprit> is bad", "Allow", "GET", "GET is bad", "GET is bad" },
    { "a secret subject", "got <request.Authorization>", "", "", "got Basic secret", "got Basic ***" },
    { "a secret in the trailers", "<response.trailer.Set-Cookie>", "", "", "a=secret", "***" },
    { "either side", "<message.Cookie>!", "", "", "a=secret!", "***!" },
    { "no secret subject", "<method> <path>", "", "", "GET /a", "GET /a" },
    { "words of the template in a secret", "<request.Cookie> by <method>", "", "", "secret by secret by GET",
      "*** by GET" },
    { "a host does not uncover a secret", "<host> sent <request.Cookie>", "", "", "a sent se sent cret", "a sent ***" },
    { "a host that looks like the secret's line", "<host><request.Cookie>", "", "", "Cookie:\nsecret", "Cookie: ***" },
    { "user information in the host", "<host> is bad", "", "", "u:secret@a is bad", "***@a is bad" },
    { "user information anywhere", "<request.Referer> is bad", "", "", "http://u:secret@a/ is bad",
      "http://***@a/ is bad" },
    { "cut by somebody", "got <request.Cookie> here", "", "", "got sec", "got ***" },
    { "not made from it", "got <request.Cookie> here", "", "", "secret", "***" },
    { "another message, nothing secret", "got <request.Allow> here", "", "", "GET", "GET" },
    { "culprit whose field only the head tells", "<culprit> is bad", "", "8secret8", "8secret8 is bad", "*** is bad" },
    { "too many holes",
      "<x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x><x>",
      "", "", "secret", "***" },
};

static struct httplint_text public_text(const char *string)
{
    return (struct httplint_text){ string, strlen(string) };
}

/* A head whose secrets are 8secret8 and, folded, 9secret9. */
static struct httplint_exchange exchange_with_secrets(void)
{
    struct httplint_exchange exchange = sample_exchange();

    exchange.response_head = SAMPLE_TEXT("HTTP/1.1 200 OK\r\nSet-Cookie: HTTP=8secret8;\r\n 9secret9\r\n\r\n");
    return exchange;
}

static void expect(const char *row, struct out *out, const char *wanted)
{
    out_text(out, (struct text){ "", 1 });
    ROW_STRING(row, out_held(out).at, wanted);
    out_clear(out);
}

static void mask_urls(void)
{
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        mask_url(out, text_of(urls[i].url));
        expect(urls[i].name, out, urls[i].masked);
    }
    out_free(out);
}

static void mask_evidences(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = exchange_with_secrets();
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof evidences / sizeof *evidences; i++) {
        struct httplint_finding finding = sample_finding(&rule);

        finding.field = public_text(evidences[i].field);
        finding.evidence = public_text(evidences[i].evidence);
        mask_evidence(out, &exchange, &finding);
        expect(evidences[i].name, out, evidences[i].masked);
    }
    out_free(out);
}

static void mask_messages(void)
{
    struct httplint_exchange exchange = exchange_with_secrets();
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_finding finding = sample_finding(&rule);

        rule.message = public_text(messages[i].words);
        finding.message = public_text(messages[i].message);
        finding.field = public_text(messages[i].field);
        finding.evidence = public_text(messages[i].evidence);
        mask_message(out, &exchange, &finding);
        expect(messages[i].name, out, messages[i].masked);
    }
    out_free(out);
}

/* A secret of a megabyte of anything stays one, and costs no more than its length. */
static void mask_large(void)
{
    enum { OCTETS = 1 << 20 };
    struct httplint_rule rule = sample_rule();
    struct httplint_finding finding = sample_finding(&rule);
    struct httplint_exchange exchange = sample_exchange();
    struct out *out = out_new_memory();
    char *octets = malloc(OCTETS);

    for (size_t i = 0; i < OCTETS; i++)
        octets[i] = "/\r\n;@:<>"[i * i % 8];
    finding.field = SAMPLE_TEXT("Cookie");
    finding.evidence = (struct httplint_text){ octets, OCTETS };
    mask_evidence(out, &exchange, &finding);
    CU_ASSERT_TRUE(text_equal(out_held(out), TEXT("***")));
    out_clear(out);
    finding.field = SAMPLE_TEXT("Allow");
    mask_evidence(out, &exchange, &finding);
    mask_url(out, (struct text){ octets, OCTETS });
    CU_ASSERT_TRUE(out_held(out).len > 0);
    out_free(out);
    free(octets);
}

void report_mask_suite(void);
void report_mask_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/mask", NULL, NULL);

    CU_add_test(suite, "URIs", mask_urls);
    CU_add_test(suite, "evidence", mask_evidences);
    CU_add_test(suite, "messages", mask_messages);
    CU_add_test(suite, "large values", mask_large);
}
