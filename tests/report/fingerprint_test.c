#include "report/fingerprint.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "base/pattern.h"
#include "report/words.h"
#include "tests/support/sample.h"

static const struct {
    const char *method, *url, *host, *path;
} urls[] = {
    { "GET", "http://shop.example/a", "shop.example", "/a" },
    { "GET", "https://Shop.Example:8443/A", "shop.example", "/A" },
    { "GET", "http://u:p@ss@shop.example:81/a", "shop.example", "/a" },
    { "GET", "http://[2001:db8::1]:8080/a", "[2001:db8::1]", "/a" },
    { "GET", "http://[2001:db8::1]/a", "[2001:db8::1]", "/a" },
    { "GET", "http://shop.example", "shop.example", "" },
    { "GET", "http://shop.example?a=b", "shop.example", "" },
    { "GET", "http://shop.example/a?b=http://c/d", "shop.example", "/a" },
    { "GET", "http://shop.example/a#b?c", "shop.example", "/a" },
    { "OPTIONS", "http://shop.example*", "shop.example", "\\*" },
    { "OPTIONS", "*", "", "\\*" },
    { "CONNECT", "shop.example:443", "shop.example", "" },
    { "CONNECT", "[::1]:443", "[::1]", "" },
    { "GET", "/a//b", "", "/a//b" },
    { "GET", "a:80", "", "a:<digits>" },
    { "GET", "", "", "" },
    { "GET", "/orders/17", "", "/orders/<digits>" },
    { "GET", "/orders/17/items/4.json", "", "/orders/<digits>/items/<digits>.json" },
    { "GET", "/v1/order-17_2", "", "/v1/order-<digits>_<digits>" },
    { "GET", "/c/0f9e8d7c", "", "/c/<hex>" },
    { "GET", "/c/0F9E8D7C6B5A49382716051423324150.png", "", "/c/<hex>.png" },
    { "GET", "/c/0f9e8d7", "", "/c/0f9e8d7" },
    { "GET", "/cafebabe/effaced", "", "/cafebabe/effaced" },
    { "GET", "/u/123e4567-e89b-12d3-a456-426614174000/x", "", "/u/<hex>-<hex>-<hex>-<hex>-<hex>/x" },
    { "GET", "/u/123E4567-E89B-12D3-A456-42661417400", "", "/u/<hex>-E89B-12D3-A456-<digits>" },
    { "GET", "/a%20b/%31/%20", "", "/a%20b/%31/%20" },
    { "GET", "/<script>/a\\b/c*d?e", "", "/\\<script>/a\\\\b/c\\*d" },
};

static void hosts_and_paths(void)
{
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct httplint_exchange exchange = sample_exchange();

        exchange.method = (struct httplint_text){ urls[i].method, strlen(urls[i].method) };
        exchange.url = (struct httplint_text){ urls[i].url, strlen(urls[i].url) };
        fingerprint_host(out, &exchange);
        if (!text_equal(out_held(out), text_of(urls[i].host)))
            fprintf(stderr, "%s: host '%.*s'\n", urls[i].url, (int)out_held(out).len, out_held(out).at);
        CU_ASSERT_TRUE(text_equal(out_held(out), text_of(urls[i].host)));
        out_clear(out);
        fingerprint_path(out, &exchange);
        if (!text_equal(out_held(out), text_of(urls[i].path)))
            fprintf(stderr, "%s: path '%.*s'\n", urls[i].url, (int)out_held(out).len, out_held(out).at);
        CU_ASSERT_TRUE(text_equal(out_held(out), text_of(urls[i].path)));
        out_clear(out);
    }
    out_free(out);
}

/* What a baseline shows as path can be written into a rule. */
static void path_is_a_pattern(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct httplint_exchange exchange = sample_exchange();
        struct pattern_error error;

        if (urls[i].url[0] != '/')
            continue;
        exchange.url = (struct httplint_text){ urls[i].url, strlen(urls[i].url) };
        fingerprint_path(out, &exchange);
        const struct pattern *pattern = pattern_compile(arena, out_held(out), true, &error);

        CU_ASSERT_PTR_NOT_NULL_FATAL(pattern);
        CU_ASSERT_TRUE(pattern_matches(pattern, text_until(text_of(urls[i].url), '?', NULL)));
        out_clear(out);
    }
    out_free(out);
    arena_free(arena);
    arena_pool_free(pool);
}

static bool is_same(const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange plain_exchange = sample_exchange();
    struct httplint_finding plain_finding = sample_finding(&rule);
    struct fingerprint plain = fingerprint_of(&plain_exchange, &plain_finding);
    struct fingerprint other = fingerprint_of(exchange, finding);

    CU_ASSERT_EQUAL(strlen(plain.digits), FINGERPRINT_DIGITS);
    return strcmp(plain.digits, other.digits) == 0;
}

/* It stands in files, so it may change with FINGERPRINT_VERSION only. */
static void stays_the_same(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);

    CU_ASSERT_EQUAL(FINGERPRINT_VERSION, 1);
    CU_ASSERT_STRING_EQUAL(fingerprint_of(&exchange, &finding).digits, "940a0674b0d7f7214d1410b099eba36b");
}

static void survives(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);

    exchange.number = 7;
    exchange.stream = 9;
    exchange.frame = finding.frame = 1000;
    exchange.begun_us = finding.time_us = 1;
    finding.offset = 5;
    finding.severity = HTTPLINT_INFO;
    exchange.client = SAMPLE_TEXT("198.18.0.9:50000");
    exchange.server = SAMPLE_TEXT("198.18.0.7:8080");
    exchange.url = SAMPLE_TEXT("http://SHOP.example:8080/a?session=1");
    finding.message = SAMPLE_TEXT("in other words");
    CU_ASSERT_TRUE(is_same(&exchange, &finding));
}

static void differs(void)
{
    struct httplint_rule rule = sample_rule();

    for (int part = 0; part < 6; part++) {
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_rule other = rule;
        struct httplint_finding finding = sample_finding(&other);

        switch (part) {
        case 0: other.id = SAMPLE_TEXT("status-405-allow-empty"); break;
        case 1: exchange.url = SAMPLE_TEXT("http://other.example/a"); break;
        case 2: exchange.url = SAMPLE_TEXT("http://shop.example/b"); break;
        case 3: exchange.method = SAMPLE_TEXT("POST"); break;
        case 4: finding.status = 404; break;
        default: finding.field = SAMPLE_TEXT("Allow"); break;
        }
        CU_ASSERT_FALSE(is_same(&exchange, &finding));
    }
}

/* Parts that run into each other are not the same parts. */
static void parts_have_ends(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange one = sample_exchange(), two = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);

    one.method = SAMPLE_TEXT("GET");
    one.url = SAMPLE_TEXT("/a");
    two.method = SAMPLE_TEXT("GET/");
    two.url = SAMPLE_TEXT("a");
    CU_ASSERT_STRING_NOT_EQUAL(fingerprint_of(&one, &finding).digits, fingerprint_of(&two, &finding).digits);
}

void report_fingerprint_suite(void);
void report_fingerprint_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/fingerprint", NULL, NULL);

    CU_add_test(suite, "hosts and paths", hosts_and_paths);
    CU_add_test(suite, "a path is a pattern", path_is_a_pattern);
    CU_add_test(suite, "stays the same for ever", stays_the_same);
    CU_add_test(suite, "survives ports, times, frames", survives);
    CU_add_test(suite, "every part counts", differs);
    CU_add_test(suite, "parts have ends", parts_have_ends);
}
