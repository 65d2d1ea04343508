/*
 * A request and its response, as two strings, linted: how to embed httplint. See embedding.md.
 *
 *     cc example.c $(pkg-config --cflags --libs --static httplint) -o example && ./example
 */
#include <httplint.h>
#include <stdio.h>
#include <string.h>

static const char request[] = "PUT /a HTTP/1.1\r\n"
                              "Host: shop.example\r\n"
                              "Content-Length: 0\r\n"
                              "\r\n";
static const char response[] = "HTTP/1.1 405 Method Not Allowed\r\n"
                               "Date: Thu, 26 Nov 2026 11:00:00 GMT\r\n"
                               "Content-Type: text/plain\r\n"
                               "Content-Length: 13\r\n"
                               "\r\n"
                               "No PUT here.\n";

/* The sink: called once for each exchange; what it is given lives until it returns. */
static void report(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                   size_t nfindings)
{
    static const char *const severities[] = { "off", "info", "warning", "error" };
    size_t *total = context;

    printf("%.*s %.*s -> %u\n", (int)exchange->method.len, exchange->method.at, (int)exchange->url.len,
           exchange->url.at, exchange->status);
    for (size_t i = 0; i < nfindings; i++)
        printf("  %s: %.*s [%.*s]\n", severities[findings[i].severity], (int)findings[i].message.len,
               findings[i].message.at, (int)findings[i].rule->id.len, findings[i].rule->id.at);
    *total += nfindings;
}

/* What is wrong with rules, of which these are the built-in ones. */
static void complain(void *context, const char *file, unsigned line, unsigned column, const char *words)
{
    (void)context;
    fprintf(stderr, "%s:%u:%u: %s\n", file ? file : "httplint", line, column, words);
}

static void say(httplint *session, enum httplint_side side, const char *octets)
{
    const struct httplint_chunk chunk = { .connection = 1, .side = side, .octets = octets, .len = strlen(octets) };

    httplint_octets(session, &chunk);
}

int main(void)
{
    size_t total = 0;
    const struct httplint_sink sink = { .exchange = report, .context = &total };
    const struct httplint_complaint complaint = { .mistake = complain };
    const struct httplint_rules_request builtin = { 0 };
    const struct httplint_options options = { 0 };
    httplint_rules *rules = httplint_rules_new(&builtin, &complaint);

    if (!rules)
        return 2;
    httplint *session = httplint_new(rules, &options, &sink, &complaint);

    say(session, HTTPLINT_REQUEST, request);
    say(session, HTTPLINT_RESPONSE, response);
    httplint_finish(session);
    httplint_free(session);
    httplint_rules_free(rules);
    return total > 0;
}
