#include "cli/tally.h"

#include <stdio.h>

#include "tests/support/loaded.h"

static void tell(struct tally *tally, const char *server, unsigned status, enum httplint_severity severity)
{
    const struct httplint_exchange exchange = { .server = { server, strlen(server) }, .status = status, .has_response = true };
    const struct httplint_finding finding = { .severity = severity, .status = status, .side = HTTPLINT_RESPONSE };

    tally_exchange(tally, &exchange, &finding, severity != HTTPLINT_OFF);
}

static void written(const struct tally *tally, const struct httplint_summary *summary, char words[4096])
{
    struct out *out = out_new_memory();

    tally_tell(tally, summary, out);
    snprintf(words, 4096, "%.*s", (int)out_held(out).len, out_held(out).at);
    out_free(out);
}

/* The worst first, then by how much was seen, then by name; two inputs are one sum. */
static void tally_tables(void)
{
    static const struct httplint_summary summary = { .statuses = { [200] = 3, [405] = 1 } };
    struct tally *sum = tally_new(), *part = tally_new();
    char words[4096];

    tell(sum, "b:80", 200, HTTPLINT_OFF);
    tell(sum, "a:80", 200, HTTPLINT_OFF);
    tell(sum, "", 405, HTTPLINT_INFO);
    tell(part, "b:80", 200, HTTPLINT_ERROR);
    tally_add(sum, part);
    tally_free(part);
    written(sum, &summary, words);
    ROW_STRING("tables", words,
               "server                                            exchanges       errors     warnings         info\n"
               "b:80                                                      2            1            0            0\n"
               "(unknown)                                                 1            0            0            1\n"
               "a:80                                                      1            0            0            0\n"
               "status                                            responses       errors     warnings         info\n"
               "200                                                       3            1            0            0\n"
               "405                                                       1            0            0            1\n");
    tally_free(sum);
}

/* What a hostile capture names beyond the bound is one line. */
static void tally_is_bounded(void)
{
    struct tally *tally = tally_new();
    struct httplint_summary summary = { 0 };
    char words[4096], server[32];
    size_t lines = 0;

    for (unsigned i = 0; i < 3 * TALLY_SERVERS_MAX; i++) {
        snprintf(server, sizeof server, "10.0.%u.%u:80", i / 256, i % 256);
        tell(tally, server, 200, HTTPLINT_OFF);
    }
    written(tally, &summary, words);
    for (const char *at = words; *at; at++)
        lines += *at == '\n';
    CU_ASSERT_EQUAL(lines, 1 + 20 + 1 + 1);
    snprintf(server, sizeof server, "%13d", 3 * TALLY_SERVERS_MAX - 20);
    CU_ASSERT_PTR_NOT_NULL(strstr(words, server));
    tally_free(tally);
}

void cli_tally_suite(void);
void cli_tally_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/tally", NULL, NULL);

    CU_add_test(suite, "tables", tally_tables);
    CU_add_test(suite, "bounded", tally_is_bounded);
}
