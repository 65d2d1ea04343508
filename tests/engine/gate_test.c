#include "engine/gate.h"

#include <stdio.h>

#include "tests/support/loaded.h"

/* `gates`: q, s or m for request, response or message, + or - for there or not, the field. */
static const struct {
    const char *name, *rule, *gates;
} rows[] = {
    { "required", "require: response.Allow", "s-Allow " },
    { "forbidden", "forbid: response.Allow", "s+Allow " },
    { "a value forbidden", "forbid: { response.Allow: PUT }", "s+Allow " },
    { "a value required", "require: { response.Allow: PUT }", "" },
    { "absence required", "require: { response.Allow: absent }", "s+Allow " },
    { "absence forbidden", "forbid: { response.Allow: absent }", "s-Allow " },
    { "one of two required", "require: { any: [response.Allow, message.Age] }", "s-Allow m-Age " },
    { "both required", "require: { all: [response.Allow, message.Age] }", "" },
    { "both forbidden", "forbid: { all: [response.Allow, message.Age] }", "s+Allow m+Age " },
    { "one of two forbidden", "forbid: { any: [response.Allow, message.Age] }", "" },
    { "under not", "forbid: { not: response.Allow }", "" },
    { "a count", "forbid: { response.Allow: { count: 0 } }", "" },
    { "a trailer", "forbid: response.trailer.ETag", "" },
    { "when and unless",
      "when: { request.Range: absent, request.Host: a }, unless: response.Age, require: response.Allow",
      "q-Range q+Host s-Allow s-Age " },
    { "unless any", "unless: { any: [response.Age, { response.Via: x }] }, require: response.Allow", "s-Allow s-Age " },
    { "unless all", "unless: { response.Age: absent, response.Via: absent }, require: response.Allow", "s-Allow " },
    { "require or forbid", "require: response.Allow, forbid: response.Age", "" },
    { "require or check", "require: response.Allow, check: answers-404", "" },
    { "check on one field", "on: response.ETag, check: value-is-x", "s+ETag " },
    { "check on two", "on: [response.ETag, response.Age], check: value-is-x", "" },
    { "check after a status", "check: comes-not-after-500", "after " },
    { "check after a status or forbid", "check: comes-not-after-500, forbid: { method: GET }", "" },
    { "no more than four", "forbid: { all: [request.Host, request.TE, request.From, request.Range, request.Via] }",
      "q+Host q+TE q+From q+Range " },
};

static void gate_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[512], words[LOADED_WORDS_MAX], gates[256] = "";

        snprintf(yaml, sizeof yaml, "rules: { a-b: { severity: info, message: m, %s } }", rows[i].rule);
        struct ruleset *ruleset = loaded_ruleset(yaml, words);

        ROW_STRING(rows[i].name, words, "");
        if (!ruleset)
            continue;
        for (unsigned g = 0; g < ruleset->items[0].ngates; g++) {
            const struct gate *gate = &ruleset->items[0].gates[g];
            const char *name = names_get(ruleset->names, gate->field)->text.at;

            sprintf(gates + strlen(gates), "%c%c%s ", "qsm"[gate->whose], gate->is_present ? '+' : '-', name);
        }
        if (ruleset->items[0].is_after) {
            strcat(gates, "after ");
            CU_ASSERT_FALSE(gates_of_history_pass(&ruleset->items[0], NULL));
        }
        ROW_STRING(rows[i].name, gates, rows[i].gates);
        ruleset_free(ruleset);
    }
}

void engine_gate_suite(void);
void engine_gate_suite(void)
{
    CU_add_test(CU_add_suite("engine/gate", NULL, NULL), "rows", gate_rows);
}
