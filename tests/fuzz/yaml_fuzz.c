/* libFuzzer: any octets as a file of rules. What loads is run over an exchange, what does not must have said why. */
#include <stdlib.h>

#include "checks/families.h"
#include "engine/engine.h"
#include "tests/support/made.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len);

static void judge(const struct ruleset *ruleset, struct arena_pool *pool, const char *request)
{
    struct arena *arena = arena_new(pool);
    struct engine *engine = engine_new(ruleset, &limits_default, (struct finding_sink){ 0 }, (struct note_sink){ 0 });
    struct exchange *exchange = made_exchange(arena, ruleset_names(ruleset), request,
                                              "HTTP/1.1 206 x\r\nAllow: GET, PUT\r\nContent-Type: text/html;a=b\r\n"
                                              "Age: 5\r\nServer: a/1.2\r\n\r\nETag: \"x\"\r\n");

    engine_judge(engine, exchange);
    engine_count_on(engine);
    engine_judge(engine, exchange);
    engine_free(engine);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    struct rules_text text = { "fuzz.yaml", { (const char *)octets, len }, false };
    struct errors errors = { 0 };
    struct ruleset *ruleset = ruleset_load(
        &(struct ruleset_request){ .texts = &text, .ntexts = 1, .checks = check_families, .today_us = 1 }, &errors);
    struct arena_pool *pool = arena_pool_new();

    if (!ruleset && errors.count == 0)
        abort();
    if (ruleset) {
        judge(ruleset, pool, "GET /a?b HTTP/1.1\r\nHost: h.example\r\nRange: bytes=0-1\r\n\r\n");
        judge(ruleset, pool, NULL);
    }
    arena_pool_free(pool);
    ruleset_free(ruleset);
    errors_clear(&errors);
    return 0;
}
