/* The rules that are built in: each with exchanges that break it, that do not, and that lack the request. */
#include "checks/families.h"

#include "tests/support/loaded.h"
#include "tests/support/made.h"

#define HOST "Host: h\r\n\r\n"
#define GET "GET / HTTP/1.1\r\n" HOST
#define HEAD "HEAD / HTTP/1.1\r\n" HOST
#define POST "POST / HTTP/1.1\r\n" HOST
#define CONNECT "CONNECT h:443 HTTP/1.1\r\n" HOST
#define RANGE "Range: bytes=0-9\r\n" HOST
#define R(status, fields) "HTTP/1.1 " status " x\r\n" fields "\r\n"

static const struct {
    const char *name, *request, *responses;
    uint64_t body;             /* octets of the final response */
    const char *rules;         /* the ids that are broken, each with a space behind it */
} rows[] = {
    { "201 to POST", POST, R("201", ""), 0, "status-201-location-missing " },
    { "201 to POST, HTTP/1.0", "POST / HTTP/1.0\r\n\r\n", "HTTP/1.0 201 x\r\n\r\n", 0, "status-201-location-missing " },
    { "201 to POST with Location", POST, R("201", "Location: /a\r\n"), 0, "" },
    { "201 to PUT", "PUT / HTTP/1.1\r\n" HOST, R("201", ""), 0, "" },
    { "201 to unknown", NULL, R("201", ""), 0, "" },
    { "200 to POST", POST, R("200", ""), 0, "" },

    { "301", GET, R("301", ""), 0, "status-redirect-location-missing " },
    { "302", GET, R("302", ""), 0, "status-redirect-location-missing " },
    { "307 to POST", POST, R("307", ""), 0, "status-redirect-location-missing " },
    { "308 to a part of an upload", "PUT / HTTP/1.1\r\nContent-Range: bytes 0-9/20\r\n" HOST, R("308", ""), 0, "" },
    { "308 to unknown", NULL, R("308", ""), 0, "" },
    { "307 to unknown", NULL, R("307", ""), 0, "status-redirect-location-missing " },
    { "301 with Location", GET, R("301", "Location: /\r\n"), 0, "" },
    { "300", GET, R("300", ""), 0, "" },
    { "305", GET, R("305", ""), 0, "" },

    { "303", POST, R("303", ""), 0, "status-303-location-missing " },
    { "303 to unknown", NULL, R("303", ""), 0, "status-303-location-missing " },
    { "303 with Location", POST, R("303", "Location: /\r\n"), 0, "" },

    { "405", GET, R("405", ""), 0, "status-405-allow-missing " },
    { "405 to CONNECT", CONNECT, R("405", ""), 0, "" },
    { "405 to what a proxy may refuse", "TRACE http://a/ HTTP/1.1\r\n" HOST, R("405", ""), 0, "" },
    { "405 to what it forwards", "GET http://a/ HTTP/1.1\r\n" HOST, R("405", ""), 0, "status-405-allow-missing " },
    { "405 to unknown", NULL, R("405", ""), 0, "" },
    { "405 with an empty Allow", GET, R("405", "Allow:\r\n"), 0, "" },
    { "405 by way of a proxy", GET, R("405", "Via: 1.1 p\r\n"), 0, "" },

    { "204 with a body", GET, R("204", ""), 5, "status-204-body " },
    { "204 without", GET, R("204", ""), 0, "" },
    { "204 to HEAD with a body", HEAD, R("204", ""), 5, "status-204-body " },
    { "204 to CONNECT", CONNECT, R("204", ""), 5, "" },
    { "204 to unknown", NULL, R("204", ""), 5, "" },

    { "304 with a body", GET, R("304", ""), 5, "status-304-body " },
    { "304 without", GET, R("304", "Content-Length: 5\r\n"), 0, "" },
    { "304 to unknown", NULL, R("304", ""), 5, "status-304-body " },

    { "Content-Length in 204", GET, R("204", "Content-Length: 0\r\n"), 0, "framing-content-length-in-1xx-204 " },
    { "Content-Length in 204 to unknown", NULL, R("204", "Content-Length: 0\r\n"), 0,
      "framing-content-length-in-1xx-204 " },
    { "Content-Length in 204 to CONNECT", CONNECT, R("204", "Content-Length: 0\r\n"), 0,
      "framing-content-length-in-1xx-204 " },
    { "Content-Length in 101", GET, R("101", "Content-Length: 0\r\n"), 0, "framing-content-length-in-1xx-204 " },
    { "Content-Length in 100, then 200", POST,
      R("100", "Content-Length: 0\r\n") "\f" R("200", "Content-Length: 0\r\n"), 0,
      "framing-content-length-in-1xx-204 " },
    { "Content-Length in 205", GET, R("205", "Content-Length: 0\r\n"), 0, "" },

    { "Transfer-Encoding in 204", GET, R("204", "Transfer-Encoding: chunked\r\n"), 0,
      "framing-transfer-encoding-in-1xx-204 " },
    { "Transfer-Encoding in 103 to unknown", NULL, R("103", "Transfer-Encoding: chunked\r\n"), 0,
      "framing-transfer-encoding-in-1xx-204 " },
    { "Transfer-Encoding in 304", GET, R("304", "Transfer-Encoding: chunked\r\n"), 0, "" },

    { "206", "GET / HTTP/1.1\r\n" RANGE, R("206", "Content-Type: text/css\r\n"), 0,
      "status-206-content-range-missing " },
    { "206 without a type", "GET / HTTP/1.1\r\n" RANGE, R("206", ""), 0, "status-206-content-range-missing " },
    { "206 to unknown", NULL, R("206", ""), 0, "status-206-content-range-missing " },
    { "206 with Content-Range", NULL, R("206", "Content-Range: bytes 0-9/10\r\n"), 0, "" },
    { "206 of several parts", NULL, R("206", "Content-Type: multipart/byteranges; boundary=a\r\n"), 0, "" },
    { "206 of several parts, old", NULL, R("206", "Content-Type: Multipart/X-Byteranges;boundary=a\r\n"), 0, "" },

    { "416", "GET / HTTP/1.1\r\n" RANGE, R("416", ""), 0, "status-416-content-range-missing " },
    { "416 with Content-Range", "GET / HTTP/1.1\r\n" RANGE, R("416", "Content-Range: bytes */5\r\n"), 0, "" },
    { "416 to HEAD", "HEAD / HTTP/1.1\r\n" RANGE, R("416", ""), 0, "" },
    { "416 of another unit", "GET / HTTP/1.1\r\nRange: rows=1-2\r\n" HOST, R("416", ""), 0, "" },
    { "416 without Range", GET, R("416", ""), 0, "" },
    { "416 to unknown", NULL, R("416", ""), 0, "" },

    { "401", GET, R("401", ""), 0, "status-401-www-authenticate-missing " },
    { "401 with an empty challenge", GET, R("401", "WWW-Authenticate:\r\n"), 0,
      "status-401-www-authenticate-missing " },
    { "401 with nothing but commas", GET, R("401", "WWW-Authenticate: , ,\r\n"), 0,
      "status-401-www-authenticate-missing " },
    { "401 to unknown", NULL, R("401", ""), 0, "status-401-www-authenticate-missing " },
    { "401 with a challenge", GET, R("401", "WWW-Authenticate: Basic realm=\"a\"\r\n"), 0, "" },
    { "401 with an empty one and another", GET, R("401", "WWW-Authenticate:\r\nWWW-Authenticate: Negotiate\r\n"), 0,
      "" },
    { "407", GET, R("407", "Proxy-Authenticate: Basic\r\n"), 0, "" },
    { "200", GET, R("200", "Content-Length: 0\r\n"), 0, "" },
};

static struct ruleset *load_builtin(void)
{
    char words[LOADED_WORDS_MAX];
    size_t count;
    const struct rules_text *texts = ruleset_builtin(&count);
    struct ruleset *ruleset = loaded_request(
        &(struct ruleset_request){ .texts = texts, .ntexts = count, .checks = check_families }, words);

    ROW_STRING("built-in rules", words, "");
    CU_ASSERT_FATAL(ruleset != NULL);
    return ruleset;
}

/* Only the rules of the table, whatever others there are. */
static void write_ours(void *context, const struct finding *finding)
{
    char *words = context;
    struct text id = finding->rule->id;
    size_t len = strlen(words);
    bool is_ours = false;

    for (size_t i = 0; i < sizeof rows / sizeof *rows && !is_ours; i++)
        is_ours = text_equal(text_until(text_of(rows[i].rules), ' ', NULL), id);
    if (!is_ours || len + id.len + 2 > LOADED_WORDS_MAX)
        return;
    memcpy(words + len, id.at, id.len);
    memcpy(words + len + id.len, " ", 2);
}

static void rules_rows(void)
{
    struct ruleset *ruleset = load_builtin();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena_pool *pool = arena_pool_new();
        struct arena *arena = arena_new(pool);
        char words[LOADED_WORDS_MAX] = "";
        struct engine *engine = engine_new(ruleset, &limits_default, (struct finding_sink){ write_ours, words },
                                           (struct note_sink){ 0 });
        struct exchange *exchange = made_exchange(arena, ruleset_names(ruleset), rows[i].request, rows[i].responses);
        struct message *response = (struct message *)(uintptr_t)exchange_final(exchange);

        if (response)
            response->body.octets = rows[i].body;
        engine_judge(engine, exchange);
        ROW_STRING(rows[i].name, words, rows[i].rules);
        engine_free(engine);
        arena_free(arena);
        arena_pool_free(pool);
    }
    ruleset_free(ruleset);
}

/* Octets that may have been lost, or come later, are known to be there all the same; that none came is not known. */
static void rules_unmeasured(void)
{
    struct ruleset *ruleset = load_builtin();
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    char words[LOADED_WORDS_MAX];
    struct exchange *exchange = made_exchange(arena, ruleset_names(ruleset), GET, R("304", "Date: x\r\n"));
    struct message *response = (struct message *)(uintptr_t)exchange_final(exchange);

    response->body.is_measured = false;
    loaded_judge(ruleset, exchange, true, words);
    CU_ASSERT(!strstr(words, "304 Not Modified is followed"));
    response->body.octets = 3;
    loaded_judge(ruleset, exchange, true, words);
    CU_ASSERT(strstr(words, "304 Not Modified is followed by 3 or more octets of content\n") != NULL);
    arena_free(arena);
    arena_pool_free(pool);
    ruleset_free(ruleset);
}

/* What every rule that is built in owes its readers. */
static void rules_read_well(void)
{
    struct ruleset *ruleset = load_builtin();
    size_t count;
    const struct rule *const *rules = ruleset_rules(ruleset, &count);

    CU_ASSERT(count >= 11);
    for (size_t i = 0; i < count; i++) {
        char id[128] = "";

        memcpy(id, rules[i]->id.at, rules[i]->id.len < sizeof id ? rules[i]->id.len : sizeof id - 1);
        ROW_TRUE(id, rules[i]->why.len > 0);
        ROW_TRUE(id, rules[i]->level.len > 0);
        ROW_TRUE(id, rules[i]->nspec > 0);
        ROW_TRUE(id, rules[i]->message.len < 120);
        ROW_TRUE(id, rules[i]->file == NULL);
        ROW_TRUE(id, rules[i]->severity != SEVERITY_ERROR || text_equal(rules[i]->level, TEXT("MUST")));
    }
    ruleset_free(ruleset);
}

void engine_rules_suite(void);
void engine_rules_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/rules", NULL, NULL);

    CU_add_test(suite, "rows", rules_rows);
    CU_add_test(suite, "unmeasured", rules_unmeasured);
    CU_add_test(suite, "read well", rules_read_well);
}
