/* Two laws over many rules and exchanges made by chance, always the same ones: the gates and the plan never change what is
 * found, and less evidence never adds or sharpens a finding. */
#include <stdio.h>

#include "tests/support/loaded.h"
#include "tests/support/made.h"

enum { RULES = 400, EXCHANGES = 60, YAML_MAX = 1 << 18 };

static uint32_t chance(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

static const char *const tests[] = {
    "status: 200", "status: 4xx", "status: [204, 304]", "method: GET", "method: [p*, HEAD]", "path: /a*", "query: absent",
    "host: '*.example'", "request.Range: present", "request.Range: absent", "request.Accept: text/*",
    "response.Allow: present", "response.Allow: absent", "response.Allow: PUT", "response.Age: 5..",
    "response.Age: { count: 2.. }", "response.Content-Type: text/*", "response.Content-Type: { matches: html }",
    "response.body: present", "response.body: absent", "response.body: 3..9", "response.framing: none",
    "response.trailer.ETag: present", "response.trailer.ETag: absent", "message.Via: present", "message.Date: absent",
    "message.version: 1.0", "response.anomaly: bare-lf", "message.body: ..2", "scheme: http", "request.body: absent",
    "target-form: origin", "override: absent",
};

enum { TESTS = sizeof tests / sizeof *tests };

static size_t write_cond(char *to, size_t room, uint32_t *state, int depth)
{
    static const char *const opens[] = { "{ all: [", "{ any: [", "{ not: " };
    uint32_t kind = depth > 0 ? chance(state, 5) : 4;

    if (kind >= 3)
        return (size_t)snprintf(to, room, "{ %s }", tests[chance(state, TESTS)]);

    size_t len = (size_t)snprintf(to, room, "%s", opens[kind]);

    len += write_cond(to + len, room - len, state, depth - 1);
    if (kind == 2)
        return len + (size_t)snprintf(to + len, room - len, " }");
    len += (size_t)snprintf(to + len, room - len, ", ");
    len += write_cond(to + len, room - len, state, depth - 1);
    return len + (size_t)snprintf(to + len, room - len, "] }");
}

static size_t write_part(char *to, size_t room, const char *key, uint32_t *state)
{
    size_t len = (size_t)snprintf(to, room, "    %s: ", key);

    len += write_cond(to + len, room - len, state, 2);
    return len + (size_t)snprintf(to + len, room - len, "\n");
}

static struct ruleset *make_rules(uint32_t *state)
{
    static char yaml[YAML_MAX];
    char words[LOADED_WORDS_MAX];
    size_t len = (size_t)snprintf(yaml, sizeof yaml, "rules:\n");

    for (int i = 0; i < RULES; i++) {
        len += (size_t)snprintf(yaml + len, sizeof yaml - len, "  a-%d:\n    severity: error\n    message: m\n", i);
        if (chance(state, 3) > 0)
            len += write_part(yaml + len, sizeof yaml - len, "when", state);
        if (chance(state, 3) == 0)
            len += write_part(yaml + len, sizeof yaml - len, "unless", state);
        len += write_part(yaml + len, sizeof yaml - len, chance(state, 2) ? "require" : "forbid", state);
    }
    struct ruleset *ruleset = loaded_ruleset(yaml, words);

    ROW_STRING("rules made by chance", words, "");
    return ruleset;
}

static const char *pick(uint32_t *state, const char *const *from, uint32_t count)
{
    return from[chance(state, count)];
}

static void make_head(char *to, size_t room, uint32_t *state, bool is_response)
{
    static const char *const requests[] = { "GET /a?b HTTP/1.1", "POST /b HTTP/1.0", "HEAD /a HTTP/1.1",
                                            "BREW /a HTTP/1.1" };
    static const char *const responses[] = { "HTTP/1.1 200 x", "HTTP/1.0 404 x", "HTTP/1.1 204 x", "HTTP/1.1 304 x",
                                             "HTTP/1.1 999 x" };
    static const char *const fields[] = { "Host: www.example", "Host: h", "Range: bytes=1-2", "Accept: text/css, a/b",
                                          "Allow: GET, PUT", "Allow:", "Age: 7", "Age: 3", "Content-Type: text/html",
                                          "Via: 1.1 p", "Date: x" };
    size_t len = (size_t)snprintf(to, room, "%s\r\n", is_response ? pick(state, responses, 5) : pick(state, requests, 4));

    for (uint32_t n = chance(state, 6); n > 0; n--)
        len += (size_t)snprintf(to + len, room - len, "%s\r\n", pick(state, fields, 11));
    snprintf(to + len, room - len, "\r\n%s", chance(state, 3) == 0 ? "ETag: x\r\n" : "");
}

static struct message *mutable(const struct message *message)
{
    return (struct message *)(uintptr_t)message;
}

static struct exchange *make_exchange(struct arena *arena, const struct names *names, uint32_t *state)
{
    static struct anomaly anomaly = { .kind = ANOMALY_BARE_LF };
    char request[1024], response[1024];

    make_head(request, sizeof request, state, false);
    make_head(response, sizeof response, state, true);

    struct exchange *exchange = made_exchange(arena, names, request, response);
    struct message *final = mutable(exchange->responses[0]);

    final->body.octets = chance(state, 2) * chance(state, 12);
    final->body.framing = chance(state, 2) ? FRAMING_CHUNKED : FRAMING_NONE;
    final->anomalies = &anomaly;
    final->nanomalies = chance(state, 2);
    mutable(exchange->request)->body.octets = chance(state, 2) * 4;
    return exchange;
}

/* Which rules fired, and how often. */
struct fired {
    unsigned of_rule[RULES];
    unsigned all;
};

static void note_finding(void *context, const struct finding *finding)
{
    struct fired *fired = context;

    fired->of_rule[finding->rule->index]++;
    fired->all++;
}

static struct fired judge(const struct ruleset *ruleset, struct exchange *exchange, bool is_counting)
{
    struct fired fired = { 0 };
    struct limits limits = limits_default;

    limits.findings_per_message = 10 * RULES;
    limits.findings_per_connection = UINT64_MAX;
    struct engine *engine = engine_new(ruleset, &limits, (struct finding_sink){ note_finding, &fired },
                                       (struct note_sink){ 0 });

    if (is_counting)
        engine_count_on(engine);
    engine_judge(engine, exchange);
    engine_free(engine);
    return fired;
}

static bool is_within(const struct fired *less, const struct fired *more)
{
    for (size_t i = 0; i < RULES; i++)
        if (less->of_rule[i] > more->of_rule[i])
            return false;
    return true;
}

/* Takes evidence away, one kind at a time; false when there is no further kind. */
static bool take_away(struct exchange *exchange, unsigned kind)
{
    struct message *response = mutable(exchange->responses[0]), *request = mutable(exchange->request);

    switch (kind) {
    case 0:
        exchange->request = NULL;
        exchange->missing |= MISSING_REQUEST;
        return true;
    case 1:
        exchange->missing |= MISSING_REQUEST;
        return true;
    case 2:
        exchange->nresponses = 0;
        return true;
    case 3:
        response->body.is_measured = false;
        response->complete = COMPLETE_HEAD;
        return true;
    case 4:
        response->body.is_measured = false;
        response->body.octets /= 2;
        response->complete = COMPLETE_HEAD;
        response->ntrailers = 0;
        response->nanomalies *= response->body.framing != FRAMING_CHUNKED;
        return true;
    case 5:
        request->body.is_measured = false;
        request->body.octets = 0;
        return true;
    default:
        return false;
    }
}

static void law_all(void)
{
    uint32_t state = 20240229;
    struct ruleset *ruleset = make_rules(&state);
    unsigned findings = 0;

    CU_ASSERT_FATAL(ruleset != NULL);
    for (int i = 0; i < EXCHANGES; i++) {
        bool is_more = true;

        for (unsigned kind = 0; is_more; kind++) {
            uint32_t seed = (uint32_t)i;
            struct arena_pool *pool = arena_pool_new();
            struct arena *arena = arena_new(pool);
            struct exchange *exchange = make_exchange(arena, ruleset_names(ruleset), &seed);
            struct fired before = judge(ruleset, exchange, false), counting = judge(ruleset, exchange, true);

            CU_ASSERT(memcmp(&before, &counting, sizeof before) == 0);
            is_more = take_away(exchange, kind);
            struct fired after = judge(ruleset, exchange, false), counted = judge(ruleset, exchange, true);

            CU_ASSERT(memcmp(&after, &counted, sizeof after) == 0);
            CU_ASSERT(is_within(&after, &before));
            findings += before.all;
            arena_free(arena);
            arena_pool_free(pool);
        }
    }
    CU_ASSERT(findings > 1000);
    ruleset_free(ruleset);
}

void engine_law_suite(void);
void engine_law_suite(void)
{
    CU_add_test(CU_add_suite("engine/law", NULL, NULL), "gates and evidence", law_all);
}
