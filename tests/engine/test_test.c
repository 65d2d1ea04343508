#include "tests/support/decided.h"

#define REQUEST                                                                                    \
    "GET http://Shop.Example:8080/Api/a?q=1 HTTP/1.1\r\nHost: other.example\r\nIf-None-Match: \"a,b\", W/\"c\"\r\n\r\n"
#define RESPONSE                                                                                   \
    "HTTP/1.0 404 Not Found\r\nContent-Type: Text/HTML;charset=x\r\nContent-Length: 12\r\nAllow: GET, HEAD\r\n"       \
    "Allow:,PUT,\r\nCache-Control: max-age=5, no-cache=\"a,private\"\r\nWWW-Authenticate: Basic realm=\"x, Digest\"\r\n" \
    "Link: <http://a/,b>; rel=x\r\nServer:\r\nX-Text: One\r\nX-Text: Two\r\nX-Number: 7\r\nX-Number: x\r\n\r\nETag: \"t\"\r\n"

static const struct {
    const char *name, *yaml, *truth;
} rows[] = {
    { "present", "response.Allow: present", "yes" },
    { "present, though empty", "response.Server", "yes" },
    { "not present", "response.Location", "no" },
    { "absent", "response.Location: absent", "yes" },
    { "not absent", "response.Allow: absent", "no" },
    { "a trailer is no field", "response.ETag", "no" },
    { "a trailer", "response.trailer.ETag", "yes" },
    { "a trailer's value", "response.trailer.ETag: '\"t\"'", "yes" },
    { "no trailer", "response.trailer.Digest", "no" },
    { "a field name in another case", "response.aLLoW", "yes" },

    { "number", "status: 404", "yes" },
    { "another number", "status: 40", "no" },
    { "hundred", "status: 4xx", "yes" },
    { "hundred, capitals", "status: 4XX", "yes" },
    { "another hundred", "status: 5xx", "no" },
    { "range", "status: 400..404", "yes" },
    { "range, its start", "status: 404..499", "yes" },
    { "range that ends before", "status: 400..403", "no" },
    { "range without end", "status: 404..", "yes" },
    { "range without end that starts behind", "status: 405..", "no" },
    { "range without start", "status: ..404", "yes" },
    { "range without start that ends before", "status: ..403", "no" },
    { "list of numbers", "status: [200, 5xx, 404]", "yes" },
    { "number of a field", "response.Content-Length: 10..12", "yes" },
    { "one line of several has the number", "response.X-Number: 7", "yes" },
    { "what is no number lies in no range", "response.X-Number: [..6, 8..]", "no" },

    { "method", "method: GET", "yes" },
    { "method, case ignored", "method: get", "yes" },
    { "scheme", "scheme: http", "yes" },
    { "host, without port, of the target", "host: '*.example'", "yes" },
    { "host, case ignored", "host: shop.example", "yes" },
    { "path", "path: /Api/*", "yes" },
    { "path keeps case", "path: /api/*", "no" },
    { "query", "query: q=<digits>", "yes" },
    { "version", "response.version: 1.0", "yes" },
    { "version of the other", "request.version: [1.0, 2]", "no" },
    { "version of either", "message.version: 1.0", "yes" },
    { "framing", "response.framing: none", "yes" },
    { "framing, one of them", "response.framing: [chunked, close]", "no" },

    { "text", "response.X-Text: one", "yes" },
    { "text in a later line", "response.X-Text: t?o", "yes" },
    { "text that is no line's", "response.X-Text: three", "no" },
    { "empty text", "response.Server: '*'", "yes" },
    { "text of nothing", "response.Location: '*'", "no" },
    { "list member", "response.Allow: head", "yes" },
    { "list member of a later line", "response.Allow: PUT", "yes" },
    { "no list member", "response.Allow: [POST, 'GET, HEAD']", "no" },
    { "some list member", "response.Allow: '?*'", "yes" },
    { "a member's name", "response.Cache-Control: max-age", "yes" },
    { "a quoted comma parts nothing", "response.Cache-Control: private", "no" },
    { "a scheme", "response.WWW-Authenticate: basic", "yes" },
    { "no scheme within quotes", "response.WWW-Authenticate: digest", "no" },
    { "a link", "response.Link: <http://a/,b>", "no pattern: unknown class (there are <digits>, <hex>, <alpha> and "
      "<token>): <http://a/,b>" },
    { "a link, escaped", "response.Link: '\\<http://a/,b>'", "yes" },
    { "an entity tag", "request.If-None-Match: 'w/\"c\"'", "yes" },
    { "an entity tag with a comma", "request.If-None-Match: '\"a,b\"'", "yes" },
    { "media type", "response.Content-Type: text/html", "yes" },
    { "media type, all of a kind", "response.Content-Type: text/*", "yes" },
    { "another media type", "response.Content-Type: [text/plain, application/*]", "no" },

    { "raw", "response.Content-Type: { raw: text/html;charset=* }", "yes" },
    { "raw is all of it", "response.Content-Type: { raw: text/html }", "no" },
    { "raw of a list is a line", "response.Allow: { raw: 'get, head' }", "yes" },
    { "raw of a number", "response.Content-Length: { raw: '<digits>' }", "yes" },
    { "one of several raw", "response.Content-Length: { raw: [13, 12] }", "yes" },
    { "matches", "response.Content-Type: { matches: 'charset=[a-z]$' }", "yes" },
    { "matches, case counts", "response.Content-Type: { matches: '^text' }", "no" },
    { "matches a path", "path: { matches: '^/Api/.$' }", "yes" },
    { "count", "response.Allow: { count: 2 }", "yes" },
    { "another count", "response.Allow: { count: [0, 1, 3..] }", "no" },
    { "count of none", "response.Location: { count: 0 }", "yes" },
    { "count of trailers", "response.trailer.ETag: { count: 1 }", "yes" },

    { "no body", "response.body: absent", "yes" },
    { "no body is not present", "response.body", "no" },
    { "no anomaly", "response.anomaly", "no" },
};

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decided decided;

        decided_open(&decided, REQUEST, RESPONSE);
        ROW_STRING(rows[i].name, decided_truth(&decided, rows[i].yaml), rows[i].truth);
        decided_close(&decided);
    }
}

/* What a request asks for, where and in whose place. */
static const struct {
    const char *name, *request, *yaml, *truth;
} asked[] = {
    { "origin-form", "GET /a HTTP/1.1\r\n\r\n", "target-form: origin", "yes" },
    { "absolute-form", REQUEST, "target-form: absolute", "yes" },
    { "authority-form", "CONNECT a:1 HTTP/1.1\r\n\r\n", "target-form: authority", "yes" },
    { "asterisk-form", "OPTIONS * HTTP/1.1\r\n\r\n", "target-form: asterisk", "yes" },
    { "another form", "GET /a HTTP/1.1\r\n\r\n", "target-form: [absolute, authority, asterisk]", "no" },
    { "nothing instead", REQUEST, "override", "no" },
    { "a field", "POST / HTTP/1.1\r\nX-HTTP-Method: MERGE\r\n\r\n", "override: merge", "yes" },
    { "in the query", "POST /a?x=1&_method=PUT&y HTTP/1.1\r\n\r\n", "override: put", "yes" },
    { "another name in the query", "POST /a?x_method=PUT HTTP/1.1\r\n\r\n", "override", "no" },
    { "perhaps in a form", "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n", "override", "unknown" },
    { "perhaps in a form of parts", "POST / HTTP/1.1\r\nContent-Type: Multipart/Form-Data; boundary=a\r\n\r\n", "override", "unknown" },
    { "a form is posted", "PUT / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n", "override", "no" },
};

static void test_asked(void)
{
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct decided decided;

        decided_open(&decided, asked[i].request, RESPONSE);
        ROW_STRING(asked[i].name, decided_truth(&decided, asked[i].yaml), asked[i].truth);
        decided_close(&decided);
    }
}

/* What was not captured is unknown, whatever is asked of it. */
static const struct {
    const char *name, *request, *response, *yaml;
} unknowns[] = {
    { "method without request", NULL, RESPONSE, "method: GET" },
    { "no method without request", NULL, RESPONSE, "method: absent" },
    { "scheme without request", NULL, RESPONSE, "scheme: http" },
    { "host without request", NULL, RESPONSE, "host: x" },
    { "path without request", NULL, RESPONSE, "path: x" },
    { "query without request", NULL, RESPONSE, "query: absent" },
    { "form of the target without request", NULL, RESPONSE, "target-form: origin" },
    { "override without request", NULL, RESPONSE, "override" },
    { "request field without request", NULL, RESPONSE, "request.Range" },
    { "no request field without request", NULL, RESPONSE, "request.Range: absent" },
    { "count without request", NULL, RESPONSE, "request.Host: { count: 1 }" },
    { "request body without request", NULL, RESPONSE, "request.body: absent" },
    { "request anomaly without request", NULL, RESPONSE, "request.anomaly" },
    { "framing of a response without request", NULL, RESPONSE, "response.framing: none" },
    { "status without response", REQUEST, NULL, "status: 404" },
    { "no status without response", REQUEST, NULL, "status: absent" },
    { "response field without response", REQUEST, NULL, "response.Allow" },
    { "response version without response", REQUEST, NULL, "response.version: 1.1" },
};

static void test_unknowns(void)
{
    for (size_t i = 0; i < sizeof unknowns / sizeof *unknowns; i++) {
        struct decided decided;

        decided_open(&decided, unknowns[i].request, unknowns[i].response);
        ROW_STRING(unknowns[i].name, decided_truth(&decided, unknowns[i].yaml), "unknown");
        decided_close(&decided);
    }
}

/* Of an amount that may be more, a range is known only if all larger numbers lie in it, or none does. */
static const struct {
    const char *name, *yaml, *exact, *open;
    uint64_t octets;
} bodies[] = {
    { "none: present", "response.body", "no", "unknown", 0 },
    { "none: absent", "response.body: absent", "yes", "unknown", 0 },
    { "none: 0..", "response.body: 0..", "yes", "yes", 0 },
    { "none: ..0", "response.body: ..0", "yes", "unknown", 0 },
    { "none: 0", "response.body: 0", "yes", "unknown", 0 },
    { "five: present", "response.body: present", "yes", "yes", 5 },
    { "five: absent", "response.body: absent", "no", "no", 5 },
    { "five: 5", "response.body: 5", "yes", "unknown", 5 },
    { "five: 4", "response.body: 4", "no", "no", 5 },
    { "five: 6", "response.body: 6", "no", "unknown", 5 },
    { "five: 5..", "response.body: 5..", "yes", "yes", 5 },
    { "five: 6..", "response.body: 6..", "no", "unknown", 5 },
    { "five: ..5", "response.body: ..5", "yes", "unknown", 5 },
    { "five: ..4", "response.body: ..4", "no", "no", 5 },
    { "five: 3..9", "response.body: 3..9", "yes", "unknown", 5 },
    { "five: [1, 9]", "response.body: [1, 9]", "no", "unknown", 5 },
    { "five: [1, 2]", "response.body: [1, 2]", "no", "no", 5 },
    { "five: not present", "not: response.body", "no", "no", 5 },
};

static void test_bodies(void)
{
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        for (int is_measured = 0; is_measured <= 1; is_measured++) {
            struct decided decided;

            decided_open(&decided, NULL, RESPONSE);
            decided_response(&decided)->body.octets = bodies[i].octets;
            decided_response(&decided)->body.is_measured = is_measured;
            ROW_STRING(bodies[i].name, decided_truth(&decided, bodies[i].yaml),
                       is_measured ? bodies[i].exact : bodies[i].open);
            decided_close(&decided);
        }
    }
}

static const struct {
    const char *name, *yaml, *truth;
    uint64_t octets;
    bool is_measured;
} samples[] = {
    { "whole sample", "response.body: { matches: 'b$' }", "yes", 2, true },
    { "whole sample, no", "response.body: { matches: 'c' }", "no", 2, true },
    { "whole sample, raw", "response.body: { raw: 'A?' }", "yes", 2, true },
    { "cut sample", "response.body: { matches: 'b$' }", "unknown", 3, true },
    { "lost octets", "response.body: { matches: 'b$' }", "unknown", 2, false },
};

static void test_samples(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct decided decided;

        decided_open(&decided, NULL, RESPONSE);
        decided_response(&decided)->body.octets = samples[i].octets;
        decided_response(&decided)->body.is_measured = samples[i].is_measured;
        decided_response(&decided)->body.sample = TEXT("ab");
        ROW_STRING(samples[i].name, decided_truth(&decided, samples[i].yaml), samples[i].truth);
        decided_close(&decided);
    }
}

/* While a chunked body goes on there can be more trailers and more anomalies. */
static const struct {
    const char *name, *yaml, *whole, *open;
} opens[] = {
    { "trailer that came", "response.trailer.ETag", "yes", "yes" },
    { "trailer that did not come", "response.trailer.Digest", "no", "unknown" },
    { "trailer absent", "response.trailer.Digest: absent", "yes", "unknown" },
    { "trailer of another value", "response.trailer.ETag: x", "no", "unknown" },
    { "count of trailers", "response.trailer.ETag: { count: 1 }", "yes", "unknown" },
    { "count of trailers, at least", "response.trailer.ETag: { count: 1.. }", "yes", "yes" },
    { "field that did not come", "response.Location", "no", "no" },
    { "anomaly that came", "response.anomaly: bare-lf", "yes", "yes" },
    { "some anomaly", "response.anomaly: present", "yes", "yes" },
    { "one of many", "response.anomaly: [obs-fold, bare-*]", "yes", "yes" },
    { "anomaly that did not come", "response.anomaly: obs-fold", "no", "unknown" },
    { "no anomaly", "response.anomaly: absent", "no", "no" },
};

static void test_opens(void)
{
    static struct anomaly anomaly = { .kind = ANOMALY_BARE_LF };

    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        for (int is_whole = 0; is_whole <= 1; is_whole++) {
            struct decided decided;

            decided_open(&decided, NULL, RESPONSE);
            struct message *response = decided_response(&decided);

            response->body.framing = FRAMING_CHUNKED;
            response->complete = (uint8_t)(COMPLETE_HEAD | (is_whole ? COMPLETE_BODY : 0));
            response->anomalies = &anomaly;
            response->nanomalies = 1;
            ROW_STRING(opens[i].name, decided_truth(&decided, opens[i].yaml), is_whole
                       ? opens[i].whole : opens[i].open);
            decided_close(&decided);
        }
    }
}

static void test_gives_up(void)
{
    struct decided decided;

    decided_open(&decided, NULL,
                 "HTTP/1.1 200 OK\r\nX-Text: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\r\n\r\n");
    ROW_STRING("runs away", decided_truth(&decided, "response.X-Text: { matches: '^(a|aa)+$' }"), "unknown");
    ROW_STRING("runs away, another fits", decided_truth(&decided, "response.X-Text: { matches: ['^(a|aa)+$', b] }"),
               "yes");
    decided_close(&decided);
}

void engine_test_suite(void);
void engine_test_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/test", NULL, NULL);

    CU_add_test(suite, "rows", test_rows);
    CU_add_test(suite, "asked", test_asked);
    CU_add_test(suite, "unknowns", test_unknowns);
    CU_add_test(suite, "bodies", test_bodies);
    CU_add_test(suite, "samples", test_samples);
    CU_add_test(suite, "opens", test_opens);
    CU_add_test(suite, "gives up", test_gives_up);
}
