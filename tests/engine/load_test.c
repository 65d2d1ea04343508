#include <stdio.h>

#include "tests/support/loaded.h"

#define RULE "rules:\n  a-b:\n    severity: error\n    message: m\n"

/* Each kind of mistake, and the line that the user gets. RULE takes the first four lines. */
static const struct {
    const char *name, *yaml, *words;
} wrong[] = {
    { "unknown key of a file", "rule: {}\n", "1:1: unknown key 'rule', did you mean 'rules'?\n" },
    { "unknown key of a file, nothing near", "xyzzyx: 1\n", "1:1: unknown key 'xyzzyx'\n" },
    { "not a mapping", "- a\n",
      "1:1: a rules file is a mapping of extends:, headers:, rules: and adjust:, not a list\n" },
    { "rules is a list", "rules: [a]\n", "1:8: 'rules:' must be a mapping, not a list\n" },
    { "a rule that is text", "rules:\n  a-b: c\n",
      "2:8: a rule is a mapping of severity:, message: and so on, not text\n" },
    { "id with capitals", "rules:\n  A-b: { severity: info, message: m, require: status }\n",
      "2:3: 'A-b' is no rule id (lower case, digits, single dashes)\n" },
    { "id with a double dash", "rules:\n  a--b: { severity: info, message: m, require: status }\n",
      "2:3: 'a--b' is no rule id (lower case, digits, single dashes)\n" },
    { "nothing but an id", "rules:\n  a-b: {}\n",
      "2:3: 'severity:' is missing (error, warning or info)\n"
      "2:3: 'message:' is missing: what shall a finding say?\n"
      "2:3: one of 'require:', 'forbid:' and 'check:' is missing\n" },
    { "unknown key of a rule", RULE "    requires: status\n    forbid: status\n",
      "5:5: unknown key 'requires', did you mean 'require'?\n" },
    { "unknown severity", "rules:\n  a-b: { severity: fatal, message: m, forbid: status }\n",
      "2:20: unknown severity 'fatal' (error, warning, info or off)\n" },
    { "unknown level", RULE "    level: must\n    forbid: status\n",
      "5:12: unknown level 'must' (MUST, SHOULD or advice)\n" },
    { "unknown party", RULE "    party: proxy\n    forbid: status\n",
      "5:12: unknown party 'proxy' (client, server or unknown)\n" },
    { "a value is missing", RULE "    forbid:\n", "5:12: a value is missing here\n" },
    { "a list where text belongs", RULE "    why: [a]\n    forbid: status\n", "5:10: this must be text, not a list\n" },
    { "key given twice", RULE "    forbid: status\n    message: n\n",
      "6:5: 'message' is given twice (before in line 4)\n" },
    { "id given twice", RULE "    forbid: status\n  a-b: {}\n", "6:3: 'a-b' is given twice (before in line 2)\n" },
    { "unknown header", RULE "    require: { response.Content-Tpye: application/json }\n",
      "5:16: unknown header 'Content-Tpye', did you mean 'Content-Type'? (declare your own under headers:)\n" },
    { "unknown header, nothing near", RULE "    require: response.X-Acme-Whatever-Id\n",
      "5:14: unknown header 'X-Acme-Whatever-Id' (declare your own under headers:)\n" },
    { "unknown trailer", RULE "    require: response.trailer.Etagg\n",
      "5:14: unknown header 'Etagg', did you mean 'ETag'? (declare your own under headers:)\n" },
    { "unknown subject", RULE "    when: { statu: 200 }\n    forbid: status\n",
      "5:13: unknown subject 'statu', did you mean 'status'?\n" },
    { "a header without its side", RULE "    require: Location\n",
      "5:14: unknown subject 'Location', did you mean 'response.Location'?\n" },
    { "a request header without its side", RULE "    require: If-None-Match\n",
      "5:14: unknown subject 'If-None-Match', did you mean 'request.If-None-Match'?\n" },
    { "a list of conditions", RULE "    require: [status, method]\n",
      "5:14: a list of conditions needs any: or all: before it\n" },
    { "any without a list", RULE "    require: { any: status }\n", "5:21: 'any:' needs a list of conditions\n" },
    { "any of nothing", RULE "    require: { any: [] }\n", "5:21: 'any:' needs a list of conditions\n" },
    { "an empty condition", RULE "    require: {}\n", "5:14: an empty condition says nothing\n" },
    { "an empty list of values", RULE "    require: { status: [] }\n", "5:24: an empty list fits nothing\n" },
    { "no number", RULE "    require: { status: ok }\n",
      "5:24: 'ok' is no number (write 404, 5xx, 200..299, 10.. or ..9)\n" },
    { "a range that is upside down", RULE "    require: { status: 299..200 }\n",
      "5:24: '299..200' is no number (write 404, 5xx, 200..299, 10.. or ..9)\n" },
    { "a range of nothing", RULE "    require: { status: .. }\n",
      "5:24: '..' is no number (write 404, 5xx, 200..299, 10.. or ..9)\n" },
    { "a number too large", RULE "    require: { response.body: 18446744073709551616 }\n",
      "5:31: '18446744073709551616' is no number (write 404, 5xx, 200..299, 10.. or ..9)\n" },
    { "absent in a list", RULE "    require: { response.Location: [absent, /a] }\n",
      "5:36: 'absent' cannot stand in a list; use any: with two entries\n" },
    { "unknown class", RULE "    require: { response.ETag: <digit> }\n",
      "5:31: no pattern: unknown class (there are <digits>, <hex>, <alpha> and <token>): <digit>\n" },
    { "no regular expression", RULE "    require: { response.ETag: { matches: 'a(' } }\n",
      "5:42: no regular expression: missing closing parenthesis (octet 3)\n" },
    { "unknown test", RULE "    require: { response.ETag: { match: a } }\n",
      "5:33: unknown test 'match', did you mean 'matches'?\n" },
    { "two tests at once", RULE "    require: { response.ETag: { raw: a, count: 1 } }\n",
      "5:31: one of raw:, matches: and count: must stand here\n" },
    { "count of what has no lines", RULE "    require: { status: { count: 1 } }\n",
      "5:26: only the lines of a field can be counted\n" },
    { "text of what is a number", RULE "    require: { status: { raw: '2*' } }\n", "5:26: 'status' is no text\n" },
    { "unknown anomaly", RULE "    forbid: { response.anomaly: bare-fl }\n",
      "5:33: unknown anomaly 'bare-fl', did you mean 'bare-lf'?\n" },
    { "unknown framing", RULE "    forbid: { response.framing: chunkd }\n",
      "5:33: unknown framing 'chunkd', did you mean 'chunked'?\n" },
    { "unknown check", RULE "    check: value-is-y\n",
      "5:12: unknown check 'value-is-y', did you mean 'value-is-x'?\n" },
    { "a field check without fields", RULE "    check: value-is-x\n",
      "5:12: 'value-is-x' needs 'on:': which fields shall it read?\n" },
    { "fields without a field check", RULE "    on: response.ETag\n    check: answers-404\n",
      "5:5: 'on:' is only for a check that reads fields\n" },
    { "a field check on what is no field", RULE "    on: status\n    check: value-is-x\n",
      "5:9: 'status' is no field\n" },
    { "unknown hole", "rules:\n  a-b: { severity: error, message: 'got <statsu>', forbid: status }\n",
      "2:36: unknown subject 'statsu', did you mean 'status'?\n" },
    { "unknown header in a hole", "rules:\n  a-b: { severity: error, message: '<request.Hots>', forbid: status }\n",
      "2:36: unknown header 'Hots', did you mean 'Host'? (declare your own under headers:)\n" },
    { "a hole that is not closed", "rules:\n  a-b: { severity: error, message: 'a < b', forbid: status }\n",
      "2:36: '<' opens a hole that '>' does not close (write \\< for the octet)\n" },
    { "unknown shape", "headers: { X-A: lists }\n", "1:17: unknown shape 'lists', did you mean 'list'?\n" },
    { "a name that can be none", "headers: { X A: text }\n", "1:12: 'X A' can be no field name\n" },
    { "a known header of another shape", "headers: { allow: text }\n",
      "1:19: 'allow' is known already, and its shape is list\n" },
    { "adjust is a mapping", "adjust: { rules: a }\n", "1:9: 'adjust:' must be a list, not a mapping\n" },
    { "adjust without anything", "adjust: [{ reason: r }]\n",
      "1:10: 'rules:' is missing: which ones?\n1:10: 'severity:' is missing: what shall it be?\n" },
    { "adjust with an unknown key", "adjust: [{ rules: a*, severity: off, whre: status }]\n",
      "1:38: unknown key 'whre', did you mean 'where'?\n" },
    { "adjust with no date", "adjust: [{ rules: a*, severity: off, until: 2027-02-29 }]\n",
      "1:45: '2027-02-29' is no date (write 2027-01-31)\n" },
    { "adjust of an unknown rule", RULE "    forbid: status\nadjust: [{ rules: [a-b, a-bc], severity: off }]\n",
      "6:25: unknown rule 'a-bc', did you mean 'a-b'?\n" },
    { "several at once", "headers: { X-A: txt }\n" "rules:\n  a-b: { severity: bad, message: <x>, forbid: stats }\n"
      "adjust: [{ rules: a-c, severity: off }]\n",
      "1:17: unknown shape 'txt', did you mean 'text'?\n3:20: unknown severity 'bad' (error, warning, info or off)\n"
      "3:34: unknown subject 'x'\n3:47: unknown subject 'stats', did you mean 'status'?\n"
      "4:19: unknown rule 'a-c', did you mean 'a-b'?\n" },
};

static void load_errors(void)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char words[LOADED_WORDS_MAX];
        struct ruleset *ruleset = loaded_ruleset(wrong[i].yaml, words);

        ROW_TRUE(wrong[i].name, !ruleset);
        ROW_STRING(wrong[i].name, words, wrong[i].words);
        ruleset_free(ruleset);
    }
}

static void load_reads_all(void)
{
    static const char yaml[] =
        "headers: { X-Request-Id: text, x-list: list }\n"
        "rules:\n"
        "  acme-b:\n"
        "    severity: warning\n"
        "    message: <path> answered with <response.Content-Type>\n"
        "    spec: RFC9110 1; RFC9112 2\n"
        "    level: SHOULD\n"
        "    party: client\n"
        "    since: 1.2\n"
        "    why: because\n"
        "    examples: [one, two]\n"
        "    when: { status: 200, path: /api/* }\n"
        "    unless: { any: [request.X-Request-Id, { not: method }] }\n"
        "    require: { response.Content-Type: application/json }\n"
        "  acme-a: { severity: off, message: m, spec: [A 1, B 2; C 3], forbid: message.x-list }\n";
    char words[LOADED_WORDS_MAX];
    struct ruleset *ruleset = loaded_ruleset(yaml, words);
    size_t count;

    ROW_STRING("errors", words, "");
    CU_ASSERT_FATAL(ruleset != NULL);
    const struct rule *const *rules = ruleset_rules(ruleset, &count);

    CU_ASSERT_EQUAL_FATAL(count, 2);
    CU_ASSERT(text_equal(rules[0]->id, TEXT("acme-a")) && rules[0]->index == 0);
    CU_ASSERT(rules[0]->severity == SEVERITY_OFF && rules[0]->nspec == 3 && rules[0]->scope == SCOPE_MESSAGE);
    CU_ASSERT(text_equal(rules[0]->spec[2], TEXT("C 3")));

    const struct rule *b = ruleset_find(ruleset, TEXT("acme-b"));

    CU_ASSERT_FATAL(b == rules[1]);
    CU_ASSERT(text_equal(b->family, TEXT("acme")) && b->severity == SEVERITY_WARNING && b->scope == SCOPE_EXCHANGE);
    CU_ASSERT(text_equal(b->level, TEXT("SHOULD")) && b->party == PARTY_CLIENT && b->nspec == 2);
    CU_ASSERT(text_equal(b->since, TEXT("1.2")) && text_equal(b->why, TEXT("because")));
    CU_ASSERT(text_equal(b->source, TEXT("t.yaml")) && b->file && b->line == 3);
    CU_ASSERT(text_equal(b->message, TEXT("<path> answered with <response.Content-Type>")));
    CU_ASSERT(names_find(ruleset_names(ruleset), TEXT("x-request-id")) >= FIELD_FIRST_ADDED);
    CU_ASSERT(!ruleset_find(ruleset, TEXT("acme-c")));
    ruleset_free(ruleset);
}

static const struct {
    const char *name, *rule;
    enum rule_scope scope;
    enum party party;
} scopes[] = {
    { "request alone", "when: { method: GET }, forbid: request.Range", SCOPE_REQUEST, PARTY_CLIENT },
    { "path alone", "forbid: { path: /x }", SCOPE_REQUEST, PARTY_CLIENT },
    { "response alone", "when: { status: 405 }, require: response.Allow", SCOPE_RESPONSE, PARTY_SERVER },
    { "both", "when: { status: 201, method: POST }, require: response.Location", SCOPE_EXCHANGE, PARTY_SERVER },
    { "both, the client's fault", "party: client, when: { status: 201 }, forbid: method", SCOPE_EXCHANGE,
      PARTY_CLIENT },
    { "each message", "forbid: message.Trailer", SCOPE_MESSAGE, PARTY_UNKNOWN },
    { "each message, with a method", "when: { method: GET }, forbid: message.Trailer", SCOPE_MESSAGE, PARTY_UNKNOWN },
    { "a check over the exchange", "check: answers-404", SCOPE_EXCHANGE, PARTY_SERVER },
    { "a check over the exchange, when a response", "when: { status: 4xx }, check: answers-404", SCOPE_EXCHANGE,
      PARTY_SERVER },
    { "a check over the exchange, when a request", "when: { method: GET }, check: answers-404", SCOPE_REQUEST,
      PARTY_CLIENT },
    { "a check over each message", "check: has-one-host", SCOPE_MESSAGE, PARTY_UNKNOWN },
    { "a check over the request", "when: request.Host, check: has-one-host", SCOPE_REQUEST, PARTY_CLIENT },
    { "a check over a field", "on: [request.If-Match, request.If-None-Match], check: value-is-x", SCOPE_REQUEST,
      PARTY_CLIENT },
};

static void load_scopes(void)
{
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        char yaml[512], words[LOADED_WORDS_MAX];

        snprintf(yaml, sizeof yaml, "rules: { a-b: { severity: info, message: m, %s } }", scopes[i].rule);
        struct ruleset *ruleset = loaded_ruleset(yaml, words);

        ROW_STRING(scopes[i].name, words, "");
        if (!ruleset)
            continue;
        ROW_TRUE(scopes[i].name, ruleset_find(ruleset, TEXT("a-b"))->scope == scopes[i].scope);
        ROW_TRUE(scopes[i].name, ruleset_find(ruleset, TEXT("a-b"))->party == scopes[i].party);
        ruleset_free(ruleset);
    }
}

/* A later file replaces a rule whole; headers and adjustments of any file count for all. */
static void load_several(void)
{
    struct rules_text texts[] = {
        { "one.yaml", TEXT("rules:\n  a-b: { severity: error, message: m, why: w, forbid: response.X-A }\n"), false },
        { "two.yaml", TEXT("headers: { X-A: text }\nrules:\n  a-b: { severity: info, message: n, forbid: status }\n"
                           "fail-on: warning\n"), false },
        { "three.yaml",
          TEXT("adjust: [{ rules: a-b, severity: warning }]\nfail-on: [error]\nselect: [a-*, 'a-b,a-b']\n"),
          false },
    };
    char words[LOADED_WORDS_MAX];
    size_t count;
    struct ruleset *ruleset = loaded_request(&(struct ruleset_request){ .texts = texts, .ntexts = 3 }, words);

    ROW_STRING("errors", words, "");
    CU_ASSERT_FATAL(ruleset != NULL);
    ruleset_rules(ruleset, &count);
    CU_ASSERT_EQUAL(count, 1);

    const struct rule *rule = ruleset_find(ruleset, TEXT("a-b"));

    CU_ASSERT(text_equal(rule->message, TEXT("n")) && rule->why.len == 0 && rule->severity == SEVERITY_WARNING);
    const struct setting *setting = ruleset_setting(ruleset, "fail-on");

    CU_ASSERT_FATAL(setting && setting->count == 1);
    CU_ASSERT(text_equal(setting->values[0], TEXT("error")) && strcmp(setting->file, "three.yaml") == 0);
    CU_ASSERT(!ruleset_setting(ruleset, "inputs"));
    ruleset_free(ruleset);
}

/* What cannot be read is the only thing to blame. */
static void load_unreadable(void)
{
    struct rules_text texts[] = { { "bad.yaml", TEXT("rules: [\n"), false },
                                  { "t.yaml", TEXT("adjust: [{ rules: a-b, severity: off }]\n"), false } };
    char words[LOADED_WORDS_MAX];

    CU_ASSERT(!loaded_request(&(struct ruleset_request){ .texts = texts, .ntexts = 2 }, words));
    CU_ASSERT(strncmp(words, "bad.yaml:2:1: not YAML", 22) == 0 && strchr(words, '\n')[1] == '\0');
}

static void load_builtin_needs_spec(void)
{
    struct rules_text text = { "t.yaml", TEXT("rules:\n  a-b: { severity: info, message: m, forbid: status }\n"),
                               true };
    char words[LOADED_WORDS_MAX];

    CU_ASSERT(!loaded_request(&(struct ruleset_request){ .texts = &text, .ntexts = 1 }, words));
    ROW_STRING("words", words, "2:3: 'spec:' is missing: where is it written?\n");
}

static void load_bodies(void)
{
    char words[LOADED_WORDS_MAX];
    struct ruleset *counts = loaded_ruleset(RULE "    forbid: { response.body: 5.. }\n", words);
    struct ruleset *reads = loaded_ruleset(RULE "    forbid: { response.body: { matches: x } }\n", words);
    struct ruleset *off = loaded_ruleset(RULE "    forbid: { response.body: { matches: x } }\n"
                                              "adjust: [{ rules: a-b, severity: off }]\n", words);

    CU_ASSERT(counts && !ruleset_reads_bodies(counts));
    CU_ASSERT(reads && ruleset_reads_bodies(reads));
    CU_ASSERT(off && !ruleset_reads_bodies(off));
    ruleset_free(counts);
    ruleset_free(reads);
    ruleset_free(off);
}

void engine_load_suite(void);
void engine_load_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/load", NULL, NULL);

    CU_add_test(suite, "errors", load_errors);
    CU_add_test(suite, "reads all", load_reads_all);
    CU_add_test(suite, "scopes", load_scopes);
    CU_add_test(suite, "several files", load_several);
    CU_add_test(suite, "unreadable", load_unreadable);
    CU_add_test(suite, "built in", load_builtin_needs_spec);
    CU_add_test(suite, "bodies", load_bodies);
}
