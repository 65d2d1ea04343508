#include "engine/evidence.h"

#include <stdio.h>

#include "tests/support/loaded.h"

enum { REQUEST = EVIDENCE_REQUEST, RESPONSE = EVIDENCE_RESPONSE, BODY = EVIDENCE_BODY, TRAILERS = EVIDENCE_TRAILERS };

static const struct {
    const char *name, *rule;
    unsigned evidence;
} rows[] = {
    { "the request", "forbid: method", REQUEST },
    { "the response", "require: response.Allow", RESPONSE },
    { "both", "when: { status: 201, method: POST }, require: response.Location", REQUEST | RESPONSE },
    { "both, by unless", "unless: method, require: response.Location", REQUEST | RESPONSE },
    { "content", "forbid: response.body", RESPONSE | BODY },
    { "how a response is framed", "forbid: { response.framing: close }", REQUEST | RESPONSE },
    { "how a request is framed", "forbid: { request.framing: close }", REQUEST },
    { "trailers", "forbid: response.trailer.ETag", RESPONSE | TRAILERS },
    { "either message", "forbid: message.Age", 0 },
    { "a check over the exchange", "check: answers-404", REQUEST | RESPONSE },
    { "a check over a field", "on: request.If-Match, check: value-is-x", REQUEST },
};

static void evidence_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[512], words[LOADED_WORDS_MAX];

        snprintf(yaml, sizeof yaml, "rules: { a-b: { severity: info, message: m, %s } }", rows[i].rule);
        struct ruleset *ruleset = loaded_ruleset(yaml, words);

        ROW_STRING(rows[i].name, words, "");
        if (!ruleset)
            continue;
        ROW_TRUE(rows[i].name, ruleset_find(ruleset, TEXT("a-b"))->evidence == rows[i].evidence);
        ruleset_free(ruleset);
    }
}

/* What was lacking where a rule could not be decided. */
static const struct {
    const char *name;
    unsigned evidence, missing;
    bool has_request, has_response;
    enum body_end end;                 /* of the response; BODY_WHOLE: it is complete */
    enum lack lack;
} lacks[] = {
    { "the request", REQUEST | RESPONSE, MISSING_REQUEST, false, true, BODY_WHOLE, LACK_REQUEST },
    { "the response", REQUEST | RESPONSE, 0, true, false, BODY_WHOLE, LACK_RESPONSE },
    { "the pairing", REQUEST | RESPONSE, MISSING_PAIRING, false, true, BODY_WHOLE, LACK_PAIRING },
    { "a gap", RESPONSE | BODY, 0, true, true, BODY_LOST, LACK_GAP },
    { "a cut", RESPONSE | BODY, 0, true, true, BODY_OPEN, LACK_CUT },
    { "either message", 0, 0, false, true, BODY_OPEN, LACK_CUT },
    { "history", REQUEST | RESPONSE | EVIDENCE_HISTORY, 0, true, true, BODY_WHOLE, LACK_HISTORY },
    { "nothing that is known", RESPONSE, 0, true, true, BODY_WHOLE, LACK_OTHER },
};

static void evidence_lacks(void)
{
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
        const struct compiled rule = { .rule.evidence = lacks[i].evidence };
        const struct exchange exchange = { .missing = lacks[i].missing };
        const struct message request = { .complete = COMPLETE_HEAD | COMPLETE_BODY };
        const struct message response = { .complete = lacks[i].end == BODY_WHOLE
                                          ? COMPLETE_HEAD | COMPLETE_BODY : COMPLETE_HEAD,
                                          .body.end = lacks[i].end };
        struct view view = { .exchange = &exchange };

        view.of[WHOSE_REQUEST] = lacks[i].has_request ? &request : NULL;
        view.of[WHOSE_RESPONSE] = view.of[WHOSE_MESSAGE] = lacks[i].has_response ? &response : NULL;
        ROW_TRUE(lacks[i].name, evidence_lacking(&rule, &view) == lacks[i].lack);
    }
    ROW_STRING("a name", lack_name(LACK_PAIRING), "pairing-unsure");
}

void engine_evidence_suite(void);
void engine_evidence_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/evidence", NULL, NULL);

    CU_add_test(suite, "needed", evidence_rows);
    CU_add_test(suite, "lacking", evidence_lacks);
}
