#include "engine/engine.h"

#include <stdio.h>

#include "tests/support/loaded.h"
#include "tests/support/made.h"

#define RULES(rest) "rules: { a-b: { severity: error, message: m, " rest " } }"
#define GET "GET /a?b HTTP/1.1\r\nHost: h.example\r\n\r\n"

/* MADE_STREAM_AT is 1000, so that an offset below is 1000 and the octets before it. */
static const struct {
    const char *name, *rules, *request, *responses, *findings;
} rows[] = {
    { "fires", RULES("when: { status: 404 }, require: response.Allow"), GET, "HTTP/1.1 404 x\r\n\r\n",
      "a-b error '' @1000\n" },
    { "when does not hold", RULES("when: { status: 404 }, require: response.Allow"), GET, "HTTP/1.1 200 x\r\n\r\n", "" },
    { "unless holds", RULES("unless: { status: 404 }, require: response.Allow"), GET, "HTTP/1.1 404 x\r\n\r\n", "" },
    { "unless is unknown", RULES("unless: { method: PUT }, require: response.Allow"), NULL, "HTTP/1.1 404 x\r\n\r\n", "" },
    { "kept", RULES("require: response.Allow"), GET, "HTTP/1.1 404 x\r\nAllow:\r\n\r\n", "" },
    { "when is unknown", RULES("when: { method: GET }, require: response.Allow"), NULL, "HTTP/1.1 404 x\r\n\r\n", "" },
    { "require is unknown", RULES("when: { status: 404 }, require: request.Range"), NULL, "HTTP/1.1 404 x\r\n\r\n", "" },
    { "require and forbid, require broken", RULES("require: response.Allow, forbid: response.Age"), GET,
      "HTTP/1.1 404 x\r\n\r\n", "a-b error '' @1000\n" },
    { "require and forbid, forbid broken", RULES("require: response.Allow, forbid: response.Age"), GET,
      "HTTP/1.1 404 x\r\nAllow: a\r\nAge: 1\r\n\r\n", "a-b error 'Age: 1' Age@1026\n" },
    { "require unknown, forbid broken", RULES("require: request.Range, forbid: response.Age"), NULL,
      "HTTP/1.1 404 x\r\nAge: 1\r\n\r\n", "a-b error 'Age: 1' Age@1016\n" },

    { "a value that is forbidden", RULES("forbid: { response.Allow: PUT }"), GET,
      "HTTP/1.1 200 x\r\nAllow: GET, PUT\r\n\r\n", "a-b error 'PUT' Allow@1028\n" },
    { "a value that is required", RULES("require: { response.Content-Type: text/css }"), GET,
      "HTTP/1.1 200 x\r\nContent-Type: text/html;a=b\r\n\r\n", "a-b error 'text/html;a=b' Content-Type@1030\n" },
    { "a value that must not be another", RULES("forbid: { not: { response.Content-Type: text/css } }"), GET,
      "HTTP/1.1 200 x\r\nContent-Type: text/html\r\n\r\n", "a-b error 'text/html' Content-Type@1030\n" },
    { "a value that is required where there is none", RULES("require: { response.Content-Type: text/css }"), GET,
      "HTTP/1.1 200 x\r\n\r\n", "a-b error '' @1000\n" },
    { "an expression that fits a part", RULES("forbid: { response.Server: { matches: '[0-9.]+' } }"), GET,
      "HTTP/1.1 200 x\r\nServer: a/1.2 b\r\n\r\n", "a-b error '1.2' Server@1026\n" },
    { "too many lines", RULES("forbid: { response.Age: { count: 2.. } }"), GET,
      "HTTP/1.1 200 x\r\nAge: 1\r\nAge: 2\r\n\r\n", "a-b error 'Age: 1' Age@1016\n" },
    { "the field of any", RULES("forbid: { any: [response.ETag, response.Age] }"), GET,
      "HTTP/1.1 200 x\r\nAge: 1\r\n\r\n", "a-b error 'Age: 1' Age@1016\n" },
    { "a trailer", RULES("forbid: response.trailer.Age"), GET, "HTTP/1.1 200 x\r\n\r\nAge: 1\r\n",
      "a-b error 'Age: 1' Age@1018\n" },
    { "a path", RULES("forbid: { path: /a }"), GET, "HTTP/1.1 200 x\r\n\r\n", "a-b error '/a' @1004\n" },
    { "a version", RULES("forbid: { response.version: 1.1 }"), GET, "HTTP/1.1 200 x\r\n\r\n", "a-b error '1.1' @1005\n" },
    { "a request's field in an exchange", RULES("when: { status: 200 }, forbid: request.Host"), GET,
      "HTTP/1.1 200 x\r\n\r\n", "a-b error '' @1000\n" },
    { "a request's field, the client's fault", RULES("party: client, when: { status: 200 }, forbid: request.Host"), GET,
      "HTTP/1.1 200 x\r\n\r\n", "a-b error 'Host: h.example' Host@1019\n" },

    { "each response", RULES("forbid: response.Age"), GET,
      "HTTP/1.1 103 x\r\nAge: 1\r\n\r\n\fHTTP/1.1 200 x\r\nAge: 2\r\n\r\n",
      "a-b error 'Age: 1' Age@1016\na-b error 'Age: 2' Age@1016\n" },
    { "the request once", RULES("when: { method: GET }, forbid: request.Host"), GET,
      "HTTP/1.1 100 x\r\n\r\n\fHTTP/1.1 200 x\r\n\r\n", "a-b error 'Host: h.example' Host@1019\n" },
    { "the request without responses", RULES("forbid: request.Host"), GET, NULL, "a-b error 'Host: h.example' Host@1019\n" },
    { "no response, no finding about one", RULES("forbid: { any: [response.Age, request.Host] }"), GET, NULL, "" },
    { "each message", RULES("forbid: message.Date"), "GET / HTTP/1.1\r\nDate: a\r\n\r\n",
      "HTTP/1.1 200 x\r\nDate: b\r\n\r\n", "a-b error 'Date: a' Date@1016\na-b error 'Date: b' Date@1016\n" },
    { "each message with its method", RULES("when: { method: PUT }, forbid: message.Date"),
      "GET / HTTP/1.1\r\nDate: a\r\n\r\n", "HTTP/1.1 200 x\r\nDate: b\r\n\r\n", "" },

    { "check of a field", RULES("on: response.Age, check: value-is-x"), GET,
      "HTTP/1.1 200 x\r\nAge: x\r\nAge: yz\r\nAge: q\r\n\r\n", "a-b error 'y' Age@1029\n" },
    { "check of a field that is not there", RULES("on: response.Age, check: value-is-x"), GET, "HTTP/1.1 200 x\r\n\r\n",
      "" },
    { "check of a field that does not know", RULES("on: response.Age, check: value-is-x"), GET,
      "HTTP/1.1 200 x\r\nAge: \?\r\n\r\n", "" },
    { "check of several fields", RULES("on: [response.Age, response.ETag], check: value-is-x"), GET,
      "HTTP/1.1 200 x\r\nETag: y\r\nAge: x\r\n\r\n", "a-b error 'y' ETag@1022\n" },
    { "check of the exchange", RULES("check: answers-404"), GET, "HTTP/1.1 200 x\r\n\r\n", "a-b error '' @1000\n" },
    { "check of the exchange, kept", RULES("check: answers-404"), GET, "HTTP/1.1 404 x\r\n\r\n", "" },
    { "check of the exchange, unknown", RULES("check: answers-404"), NULL, "HTTP/1.1 200 x\r\n\r\n", "" },
    { "check of each message", RULES("check: has-one-host"), "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "HTTP/1.1 200 x\r\nHost: a\r\nHost: b\r\n\r\n", "a-b error '' @1000\na-b error '' @1000\n" },
    { "check of the request", RULES("when: request.Host, check: has-one-host"),
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 200 x\r\nHost: a\r\nHost: b\r\n\r\n",
      "a-b error '' @1000\n" },

    { "in the order of the offsets",
      "rules: { a-a: { severity: info, message: m, forbid: response.ETag }, a-b: { severity: error, message: m, forbid: "
      "response.Age }, a-c: { severity: error, message: m, require: response.Via } }",
      GET, "HTTP/1.1 200 x\r\nAge: 1\r\nETag: x\r\n\r\n",
      "a-c error '' @1000\na-b error 'Age: 1' Age@1016\na-a info 'ETag: x' ETag@1024\n" },
    { "a status beyond those that have lists", RULES("when: { status: 600.. }, require: response.Age"), GET,
      "HTTP/1.1 999 x\r\n\r\n", "a-b error '' @1000\n" },
    { "a method without number", RULES("when: { method: BREW }, require: request.Age"), "BREW / HTTP/1.1\r\n\r\n", NULL,
      "a-b error '' @1000\n" },
    { "off", "rules: { a-b: { severity: off, message: m, require: response.Age } }", GET, "HTTP/1.1 200 x\r\n\r\n", "" },
    { "an empty exchange", RULES("require: response.Age"), NULL, NULL, "" },
};

static void engine_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena_pool *pool = arena_pool_new();
        struct arena *arena = arena_new(pool);
        char words[LOADED_WORDS_MAX];
        struct ruleset *ruleset = loaded_ruleset(rows[i].rules, words);

        ROW_STRING(rows[i].name, words, "");
        if (ruleset) {
            struct exchange *exchange = made_exchange(arena, ruleset_names(ruleset), rows[i].request, rows[i].responses);

            loaded_judge(ruleset, exchange, false, words);
            ROW_STRING(rows[i].name, words, rows[i].findings);
        }
        ruleset_free(ruleset);
        arena_free(arena);
        arena_pool_free(pool);
    }
}

/* One rule over an exchange that a test changes. */
struct bench {
    struct arena_pool *pool;
    struct arena *arena;
    struct ruleset *ruleset;
    struct exchange *exchange;
    struct message *request, *response;
    char words[LOADED_WORDS_MAX];
};

static void bench_open(struct bench *bench, const char *rules, const char *request, const char *response)
{
    *bench = (struct bench){ .pool = arena_pool_new() };
    bench->arena = arena_new(bench->pool);
    bench->ruleset = loaded_ruleset(rules, bench->words);
    ROW_STRING(rules, bench->words, "");
    CU_ASSERT_FATAL(bench->ruleset != NULL);
    bench->exchange = made_exchange(bench->arena, ruleset_names(bench->ruleset), request, response);
    bench->request = (struct message *)(uintptr_t)bench->exchange->request;
    bench->response = (struct message *)(uintptr_t)exchange_final(bench->exchange);
}

static const char *bench_judge(struct bench *bench)
{
    loaded_judge(bench->ruleset, bench->exchange, false, bench->words);
    return bench->words;
}

static void bench_close(struct bench *bench)
{
    ruleset_free(bench->ruleset);
    arena_free(bench->arena);
    arena_pool_free(bench->pool);
}

#define OK "HTTP/1.1 200 x\r\n\r\n"

static const struct {
    const char *name, *rules;
    bool of_request, of_response;
    const char *findings;
} doubts[] = {
    { "none", RULES("when: { status: 200 }, require: response.Age"), false, false, "a-b error '' @1000\n" },
    { "of the response", RULES("when: { status: 200 }, require: response.Age"), false, true, "a-b info ~ '' @1000\n" },
    { "of a request that is not read", RULES("when: { status: 200 }, require: response.Age"), true, false,
      "a-b error '' @1000\n" },
    { "of a request that is read", RULES("when: { status: 200, method: GET }, require: response.Age"), true, false,
      "a-b info ~ '' @1000\n" },
    { "of the request itself", RULES("require: request.Age"), true, false, "a-b info ~ '' @1000\n" },
    { "of a response that is not read", RULES("require: request.Age"), false, true, "a-b error '' @1000\n" },
    { "of what a check reads", RULES("check: answers-404"), true, false, "a-b info ~ '' @1000\n" },
    { "of one of the messages", RULES("require: message.Age"), true, false,
      "a-b info ~ '' @1000\na-b error '' @1000\n" },
};

static void engine_doubts(void)
{
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        struct bench bench;

        bench_open(&bench, doubts[i].rules, GET, OK);
        bench.request->is_doubtful = doubts[i].of_request;
        bench.response->is_doubtful = doubts[i].of_response;
        ROW_STRING(doubts[i].name, bench_judge(&bench), doubts[i].findings);
        bench_close(&bench);
    }
}

/* Octets of which nothing shows that they arrived prove nothing. */
static void engine_unproven(void)
{
    static const char rules[] = "rules:\n  a-a: { severity: error, message: m, require: request.Age }\n"
                                "  a-b: { severity: error, message: m, when: { method: GET }, require: response.Age }\n"
                                "  a-c: { severity: error, message: m, when: { status: 200 }, require: response.Age }\n";
    struct bench bench;

    bench_open(&bench, rules, GET, OK);
    ROW_STRING("none", bench_judge(&bench), "a-a error '' @1000\na-b error '' @1000\na-c error '' @1000\n");
    bench.request->is_unproven = true;
    ROW_STRING("the request", bench_judge(&bench), "a-c error '' @1000\n");
    bench.response->is_unproven = true;
    ROW_STRING("both", bench_judge(&bench), "");
    bench_close(&bench);
}

/* While the pairing is unsure each side is known by itself alone. */
static void engine_unsure_pairing(void)
{
    struct bench bench;

    bench_open(&bench, "rules:\n  a-a: { severity: error, message: m, when: { method: GET }, require: response.Age }\n"
                       "  a-b: { severity: error, message: m, require: request.Age }\n"
                       "  a-c: { severity: error, message: m, require: response.Age }\n"
                       "  a-d: { severity: error, message: m, check: answers-404 }\n", GET, OK);
    bench.exchange->missing = MISSING_REQUEST;
    ROW_STRING("unsure", bench_judge(&bench), "a-b error '' @1000\na-c error '' @1000\n");
    bench.exchange->missing = 0;
    ROW_STRING("sure", bench_judge(&bench),
               "a-b error '' @1000\na-a error '' @1000\na-c error '' @1000\na-d error '' @1000\n");
    bench_close(&bench);
}

static void engine_body_place(void)
{
    struct bench bench;

    bench_open(&bench, RULES("forbid: response.body"), GET, "HTTP/1.1 304 x\r\n\r\n");
    bench.response->body.octets = 5;
    bench.response->body.extra = (struct mark){ 0, 1234, 9, 0 };
    ROW_STRING("octets that must not be", bench_judge(&bench), "a-b error '' @1234\n");
    bench.response->body.framing = FRAMING_LENGTH;
    ROW_STRING("octets of a body", bench_judge(&bench), "a-b error '' @1000\n");
    bench_close(&bench);
}

static void engine_anomaly_place(void)
{
    struct anomaly anomalies[] = { { ANOMALY_BARE_CR, 3, 1, 1003, 7, 0 }, { ANOMALY_OBS_FOLD, 9, 3, 1009, 8, 0 } };
    struct bench bench;

    bench_open(&bench, RULES("forbid: { response.anomaly: obs-fold }"), GET, OK);
    bench.response->anomalies = anomalies;
    bench.response->nanomalies = 2;
    ROW_STRING("anomaly", bench_judge(&bench), "a-b error '200' @1009\n");
    bench_close(&bench);
}

static void engine_start_place(void)
{
    struct bench bench;
    struct mark marks[] = { { 0, 500, 3, 0 }, { 10, 900, 4, 0 } };

    bench_open(&bench, RULES("forbid: response.Age"), GET, "HTTP/1.1 200 x\r\nAge: 1\r\n\r\n");
    bench.response->marks = marks;
    bench.response->nmarks = 2;
    ROW_STRING("behind a gap", bench_judge(&bench), "a-b error 'Age: 1' Age@906\n");
    bench_close(&bench);
}

struct tally {
    unsigned findings, notes, status;
    char words[256];
};

static void count_finding(void *context, const struct finding *finding)
{
    struct tally *tally = context;

    tally->findings++;
    tally->status = finding->exchange->response ? finding->exchange->response->status : 0;
    snprintf(tally->words, sizeof tally->words, "%.*s", (int)finding->message.len, finding->message.at);
}

static void count_note(void *context, const struct note *note)
{
    struct tally *tally = context;

    tally->notes += note->code == NOTE_LIMIT;
}

static void engine_limits(void)
{
    static const char many[] = "rules:\n  a-a: { severity: error, message: m, require: response.Age }\n"
                               "  a-b: { severity: error, message: m, require: response.Via }\n"
                               "  a-c: { severity: error, message: m, require: response.ETag }\n";
    struct limits limits = limits_default;
    struct connection connection = { .number = 5 };
    struct tally tally = { 0 };
    struct bench bench;

    bench_open(&bench, many, GET, OK);
    bench.exchange->on = &connection;
    limits.findings_per_message = 2;
    limits.findings_per_connection = 5;
    struct engine *engine = engine_new(bench.ruleset, &limits, (struct finding_sink){ count_finding, &tally },
                                       (struct note_sink){ count_note, &tally });

    CU_ASSERT_EQUAL(engine_judge(engine, bench.exchange), 2);
    CU_ASSERT_EQUAL(tally.notes, 1);
    engine_judge(engine, bench.exchange);
    CU_ASSERT_EQUAL(engine_judge(engine, bench.exchange), 1);
    CU_ASSERT_EQUAL(tally.findings, 5);
    engine_judge(engine, bench.exchange);
    engine_judge(engine, bench.exchange);
    CU_ASSERT_EQUAL(tally.findings, 5);
    CU_ASSERT_EQUAL(tally.notes, 6);           /* five of the message, one of the connection */
    connection.number = 6;
    CU_ASSERT_EQUAL(engine_judge(engine, bench.exchange), 2);
    engine_free(engine);
    bench_close(&bench);
}

/* While the sink is told of a finding, the exchange shows the response that it is about. */
static void engine_response_looked_at(void)
{
    struct tally tally = { 0 };
    struct bench bench;

    bench_open(&bench, RULES("when: { status: 1xx }, require: response.Age"), GET,
               "HTTP/1.1 103 x\r\n\r\n\fHTTP/1.1 200 x\r\n\r\n");
    struct engine *engine = engine_new(bench.ruleset, &limits_default, (struct finding_sink){ count_finding, &tally },
                                       (struct note_sink){ 0 });

    engine_judge(engine, bench.exchange);
    CU_ASSERT_EQUAL(tally.status, 103);
    CU_ASSERT_EQUAL(bench.exchange->response->status, 200);
    engine_free(engine);
    bench_close(&bench);
}

static const struct {
    const char *name, *rules, *request, *response;
    struct rule_count count;
} counts[] = {
    { "kept", RULES("when: { status: 200 }, forbid: response.Age"), GET, OK, { .kept = 1 } },
    { "broken", RULES("when: { status: 200 }, require: response.Age"), GET, OK, { .broken = 1 } },
    { "not applicable, when", RULES("when: { status: 404 }, require: response.Age"), GET, OK, { .not_applicable = 1 } },
    { "not applicable, unless", RULES("unless: { status: 200 }, require: response.Age"), GET, OK, { .not_applicable = 1 } },
    { "undecidable, when", RULES("when: { method: GET }, require: response.Age"), NULL, OK, { .undecidable = { [LACK_REQUEST] = 1 } } },
    { "undecidable, unless", RULES("unless: { method: GET }, require: response.Age"), NULL, OK, { .undecidable = { [LACK_REQUEST] = 1 } } },
    { "undecidable, require", RULES("when: { status: 200 }, require: request.Age"), NULL, OK, { .undecidable = { [LACK_REQUEST] = 1 } } },
    { "undecidable without response", RULES("when: { method: GET, status: 200 }, require: response.Age"), GET, NULL,
      { .undecidable = { [LACK_RESPONSE] = 1 } } },
    { "not applicable without response", RULES("when: { method: PUT, status: 200 }, require: response.Age"), GET, NULL,
      { .not_applicable = 1 } },
    { "the user took it out", RULES("require: response.Age") "\nadjust: [{ rules: a-b, where: { host: h.* }, severity: off }]",
      GET, OK, { .not_applicable = 1 } },
};

static void engine_counting(void)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct bench bench;
        struct tally tally = { 0 };
        const struct rule_count *count, *wanted = &counts[i].count;

        bench_open(&bench, counts[i].rules, counts[i].request, counts[i].response);
        struct engine *engine = engine_new(bench.ruleset, &limits_default, (struct finding_sink){ count_finding, &tally },
                                           (struct note_sink){ 0 });

        engine_judge(engine, bench.exchange);
        count = engine_counts(engine, ruleset_find(bench.ruleset, TEXT("a-b")));
        ROW_TRUE(counts[i].name, memcmp(count, &(struct rule_count){ 0 }, sizeof *count) == 0);
        engine_count_on(engine);
        engine_judge(engine, bench.exchange);
        count = engine_counts(engine, ruleset_find(bench.ruleset, TEXT("a-b")));
        ROW_TRUE(counts[i].name, memcmp(count, wanted, sizeof *count) == 0);
        ROW_TRUE(counts[i].name, tally.findings == 2 * wanted->broken);
        engine_free(engine);
        bench_close(&bench);
    }
}

static void engine_evidence(void)
{
    struct limits limits = limits_default;
    struct tally tally = { 0 };
    struct bench bench;

    limits.evidence_octets = 4;
    bench_open(&bench, "rules: { a-b: { severity: error, message: '<culprit>|<path>', forbid: response.Age } }",
               "GET /abcdef HTTP/1.1\r\n\r\n", "HTTP/1.1 200 x\r\nAge: 1\r\n\r\n");
    struct engine *engine = engine_new(bench.ruleset, &limits, (struct finding_sink){ count_finding, &tally },
                                       (struct note_sink){ 0 });

    engine_judge(engine, bench.exchange);
    ROW_STRING("cut", tally.words, "Age:...|/abc...");
    engine_free(engine);
    bench_close(&bench);
}

/* Whether a rule may read the content of a response is known by its head. */
static const struct {
    const char *name, *rules, *response;
    bool reads;
} bodies[] = {
    { "none does", RULES("forbid: response.Age"), "HTTP/1.1 200 x\r\n\r\n", false },
    { "one does", RULES("forbid: { response.body: { matches: x } }"), "HTTP/1.1 200 x\r\n\r\n", true },
    { "of a message", RULES("forbid: { message.body: { matches: x } }"), "HTTP/1.1 200 x\r\n\r\n", true },
    { "for this status", RULES("when: { status: 2xx }, forbid: { response.body: { matches: x } }"), "HTTP/1.1 200 x\r\n\r\n",
      true },
    { "for another", RULES("when: { status: 404 }, forbid: { response.body: { matches: x } }"), "HTTP/1.1 200 x\r\n\r\n", false },
    { "for this field", RULES("when: { response.Age: 5 }, forbid: { response.body: { matches: x } }"),
      "HTTP/1.1 200 x\r\nAge: 5\r\n\r\n", true },
    { "for another value", RULES("when: { response.Age: 6 }, forbid: { response.body: { matches: x } }"),
      "HTTP/1.1 200 x\r\nAge: 5\r\n\r\n", false },
    { "for what is still to come", RULES("when: { response.body: 9, response.anomaly: octets-behind-end, not: response.trailer.Age }, "
                                         "forbid: { response.body: { matches: x } }"), "HTTP/1.1 200 x\r\n\r\n", true },
    { "for a suppression", RULES("forbid: response.Age") "\nsuppress: [{ rules: a-b, reason: r, where: { response.body: "
                           "{ matches: x } } }]", "HTTP/1.1 200 x\r\nAge: 5\r\n\r\n", true },
    { "of the request", RULES("forbid: { request.body: { matches: x } }"), "HTTP/1.1 200 x\r\n\r\n", false },
};

static void engine_bodies(void)
{
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct bench bench;

        bench_open(&bench, bodies[i].rules, GET, bodies[i].response);
        struct engine *engine = engine_new(bench.ruleset, &limits_default, (struct finding_sink){ 0 }, (struct note_sink){ 0 });
        const struct message *response = exchange_final(bench.exchange);

        ROW_TRUE(bodies[i].name, engine_reads_body(engine, bench.exchange, response, false) == bodies[i].reads);
        engine_count_on(engine);
        ROW_TRUE(bodies[i].name, engine_reads_body(engine, bench.exchange, response, false));
        engine_free(engine);
        bench_close(&bench);
    }
}

void engine_engine_suite(void);
void engine_engine_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/engine", NULL, NULL);

    CU_add_test(suite, "rows", engine_rows);
    CU_add_test(suite, "doubts", engine_doubts);
    CU_add_test(suite, "what nothing proves", engine_unproven);
    CU_add_test(suite, "unsure pairing", engine_unsure_pairing);
    CU_add_test(suite, "place of a body", engine_body_place);
    CU_add_test(suite, "place of an anomaly", engine_anomaly_place);
    CU_add_test(suite, "place behind a gap", engine_start_place);
    CU_add_test(suite, "limits", engine_limits);
    CU_add_test(suite, "response looked at", engine_response_looked_at);
    CU_add_test(suite, "counting", engine_counting);
    CU_add_test(suite, "evidence", engine_evidence);
    CU_add_test(suite, "bodies that are read", engine_bodies);
}
