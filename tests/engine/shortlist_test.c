#include "engine/shortlist.h"

#include <stdio.h>

#include "tests/support/decided.h"

/* A request whose target and User-Agent vary, a response whose Date does. */
#define REQUEST  "GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\n\r\n"
#define RESPONSE "HTTP/1.1 200 OK\r\nDate: x\r\nVary: a\r\nAge: 5\r\n\r\n"

enum { TARGET = 1, FIRST_FIELD = 2, SECOND_FIELD = 4 };

static void open_shapes(struct decided *decided)
{
    decided_open(decided, REQUEST, RESPONSE);
    decided_request(decided)->shape = 1;
    decided_request(decided)->varying = TARGET | SECOND_FIELD;
    decided_response(decided)->shape = 2;
    decided_response(decided)->varying = FIRST_FIELD;
}

/* What each condition can come to for all messages of these shapes. */
static const struct {
    const char *name, *yaml;
    struct bounds bounds;
} rows[] = {
    { "there", "response.Date", { YES, YES } },
    { "not there", "response.ETag", { NO, NO } },
    { "absent", "response.ETag: absent", { YES, YES } },
    { "counted", "response.Date: { count: 1 }", { YES, YES } },
    { "a value", "response.Vary: a", { YES, YES } },
    { "another", "response.Vary: b", { NO, NO } },
    { "one that varies", "response.Date: x", { NO, YES } },
    { "an expression", "response.Date: { matches: x }", { NO, YES } },
    { "a number", "response.Age: 5", { YES, YES } },
    { "method", "method: GET", { YES, YES } },
    { "status", "status: 404", { NO, NO } },
    { "version", "request.version: 1.1", { YES, YES } },
    { "target", "path: /a", { NO, YES } },
    { "host", "host: a", { NO, YES } },
    { "body", "response.body: 0", { NO, YES } },
    { "framing", "response.framing: close", { NO, YES } },
    { "trailer", "response.trailer.Date", { NO, YES } },
    { "anomaly", "response.anomaly: obs-fold", { NO, YES } },
    { "not there after all", "not: response.ETag", { YES, YES } },
    { "all with no", "all: [path: /a, response.ETag]", { NO, NO } },
    { "all with yes", "all: [path: /a, response.Vary]", { NO, YES } },
    { "any with yes", "any: [path: /a, response.Vary]", { YES, YES } },
    { "any with no", "any: [path: /a, response.ETag]", { NO, YES } },
    { "any of all", "any: [{ all: [response.ETag, path: /a] }, { not: response.Vary }]", { NO, NO } },
    { "all of any", "all: [{ any: [response.Vary, path: /a] }, { not: response.ETag }]", { YES, YES } },
};

static void bounds_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decided decided;
        struct cond cond;

        open_shapes(&decided);
        ROW_TRUE(rows[i].name, decided_compile(&decided, rows[i].yaml, &cond));
        struct bounds bounds = cond_bounds(&cond, &decided.view);
        ROW_TRUE(rows[i].name, bounds.least == rows[i].bounds.least && bounds.most == rows[i].bounds.most);
        decided_close(&decided);
    }
}

static void unseen_is_unknown(void)
{
    struct decided decided;
    struct cond cond;

    decided_open(&decided, NULL, RESPONSE);
    CU_ASSERT_TRUE(decided_compile(&decided, "any: [method: GET, not: request.Host]", &cond));
    struct bounds bounds = cond_bounds(&cond, &decided.view);
    CU_ASSERT_EQUAL(bounds.least, UNKNOWN);
    CU_ASSERT_EQUAL(bounds.most, UNKNOWN);
    decided_close(&decided);
}

#define RULE(id, words) "  a-" id ": { severity: info, message: m, " words " }\n"

static const char rules[] = "rules:\n"
    RULE("a", "when: { status: 200 }, forbid: { response.Date: y }")         /* open, applies */
    RULE("b", "when: { status: 200, path: /a }, forbid: response.Vary")      /* open */
    RULE("c", "when: { status: 200 }, require: response.Vary")               /* kept */
    RULE("d", "when: { response.Vary: b }, require: { response.Date: y }")   /* does not apply */
    RULE("e", "unless: response.Age, forbid: { response.Date: y }")          /* nor does this */
    RULE("f", "when: { status: 200 }, check: answers-404")                   /* open, applies */
    RULE("g", "when: { response.anomaly: obs-fold }, forbid: response.Vary") /* not without anomalies */
    RULE("h", "when: { request.Host: a }, forbid: { request.User-Agent: c }");   /* about the request */

/* The letters of the list's rules, a '+' behind those that apply; "none" if there is no list. */
static void words_of(const struct ruleset *ruleset, const struct shortlist *list, char words[64])
{
    strcpy(words, list ? "" : "none");
    for (uint32_t i = 0; list && i < list->count; i++)
        sprintf(words + strlen(words), "%c%s ", ruleset->items[list->items[i].index].rule.id.at[2],
                list->items[i].applies ? "+" : "");
}

static void ask(struct shortlists *shortlists, const struct ruleset *ruleset, struct decided *decided, char words[64])
{
    const struct plan *plan = &ruleset->plan;

    decided->view.of[WHOSE_MESSAGE] = decided->view.of[WHOSE_RESPONSE];
    words_of(ruleset, shortlist_find(shortlists, &decided->view, plan_for_status(plan, 200), &plan->any_status), words);
}

static void rules_are_left_out(void)
{
    char errors[LOADED_WORDS_MAX], words[64];
    struct ruleset *ruleset = loaded_ruleset(rules, errors);
    struct decided decided;

    CU_ASSERT_STRING_EQUAL(errors, "");
    if (!ruleset)
        return;
    struct shortlists *shortlists = shortlists_new(ruleset);

    open_shapes(&decided);
    ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "none");         /* met for the first time */
    ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "a+ b f+ ");
    decided_response(&decided)->nanomalies = 1;
    ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "none");
    decided_response(&decided)->nanomalies = 0;
    ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "a+ b f+ ");
    decided_response(&decided)->shape = 3;
    ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "none");         /* another shape */
    decided_response(&decided)->shape = 0;
    ask(shortlists, ruleset, &decided, words);
    ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "none");         /* no shape */
    decided_close(&decided);
    shortlists_free(shortlists);
    ruleset_free(ruleset);
}

/* Where more rules are open than a list has room for there is none. */
static void room_is_bounded(void)
{
    char yaml[8192] = "rules:\n", errors[LOADED_WORDS_MAX], words[512];

    for (int i = 0; i <= SHORTLIST_RULES_MAX; i++)
        sprintf(yaml + strlen(yaml), "  a-%03d: { severity: info, message: m, forbid: { response.Date: y } }\n", i);
    struct ruleset *ruleset = loaded_ruleset(yaml, errors);
    struct decided decided;

    CU_ASSERT_STRING_EQUAL(errors, "");
    if (!ruleset)
        return;
    struct shortlists *shortlists = shortlists_new(ruleset);

    open_shapes(&decided);
    for (int i = 0; i < 3; i++)
        ask(shortlists, ruleset, &decided, words);
    CU_ASSERT_STRING_EQUAL(words, "none");
    decided_close(&decided);
    shortlists_free(shortlists);
    ruleset_free(ruleset);
}

void engine_shortlist_suite(void);
void engine_shortlist_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/shortlist", NULL, NULL);

    CU_add_test(suite, "bounds", bounds_rows);
    CU_add_test(suite, "what is unseen is unknown", unseen_is_unknown);
    CU_add_test(suite, "rules are left out", rules_are_left_out);
    CU_add_test(suite, "room is bounded", room_is_bounded);
}
