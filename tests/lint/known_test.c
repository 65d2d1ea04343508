/* Heads that are known again are linted as if they were not. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/cases.h"

void lint_known_suite(void);

enum { ROUNDS = 6 };

/* Findings as they come, written down, and what the rules count. */
struct told {
    FILE *out;
    char *octets;
    size_t len;
};

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t count)
{
    struct told *told = context;

    fprintf(told->out, "%llu %u %zu\n", (unsigned long long)exchange->number, exchange->status, exchange->request_head.len);
    for (size_t i = 0; i < count; i++)
        fprintf(told->out, "  %.*s %.*s [%.*s] %llu %d %d\n", (int)findings[i].rule->id.len, findings[i].rule->id.at,
                (int)findings[i].message.len, findings[i].message.at, (int)findings[i].evidence.len, findings[i].evidence.at,
                (unsigned long long)findings[i].offset, (int)findings[i].severity, findings[i].is_uncertain);
}

static void on_note(void *context, const struct httplint_note *note)
{
    (void)context;
    (void)note;
}

/* The cases one after the other in one session, each on connections of its own. */
static void feed(httplint *session, const struct transcript *transcript, uint64_t *connections)
{
    for (size_t i = 0; i < transcript->ncases; i++) {
        const struct transcript_case *one = &transcript->cases[i];
        uint64_t most = 0;

        for (size_t j = 0; j < one->nsteps; j++) {
            const struct transcript_step *step = &transcript->steps[one->steps_at + j];
            struct httplint_chunk chunk = step->chunk;

            most = chunk.connection > most ? chunk.connection : most;
            chunk.hosts = chunk.hosts > 0 ? chunk.hosts : chunk.connection + 1;
            chunk.connection += *connections;
            if (step->is_event)
                httplint_event(session, &chunk, step->event);
            else
                httplint_octets(session, &chunk);
        }
        *connections += most + 1;
    }
}

static void lint_all(const struct case_files *cases, uint64_t known_heads, bool counts_rules, struct told *told)
{
    struct httplint_limit limit = { "known_heads", known_heads };
    struct httplint_options options = { .limits = &limit, .nlimits = 1, .counts_rules = counts_rules };
    struct httplint_sink sink = { on_exchange, on_note, told };
    httplint *session = httplint_new(cases_rules(), &options, &sink, NULL);
    uint64_t connections = 1;

    told->out = open_memstream(&told->octets, &told->len);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < cases->count; i++)      /* every second time backwards */
            feed(session, cases->files[round % 2 ? cases->count - 1 - i : i].transcript, &connections);
    httplint_finish(session);
    for (size_t i = 0; counts_rules && i < httplint_rules_count(cases_rules()); i++) {
        struct httplint_rule_counts counts = httplint_rule_counts(session, i);

        fprintf(told->out, "rule %zu: %llu %llu %llu\n", i, (unsigned long long)counts.kept,
                (unsigned long long)counts.broken, (unsigned long long)counts.not_applicable);
    }
    httplint_free(session);
    fclose(told->out);
}

static void check(const struct case_files *cases, uint64_t known_heads, bool counts_rules)
{
    struct told fresh, known;

    lint_all(cases, 1, counts_rules, &fresh);
    lint_all(cases, known_heads, counts_rules, &known);
    CU_ASSERT(fresh.len == known.len && memcmp(fresh.octets, known.octets, fresh.len) == 0);
    CU_ASSERT(fresh.len > 10000);
    free(fresh.octets);
    free(known.octets);
}

static void test_known_heads(void)
{
    struct case_files cases = cases_load();

    check(&cases, 4096, false);
    check(&cases, 4, false);
    check(&cases, 256, true);
    cases_free(&cases);
}

void lint_known_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/known", NULL, NULL);

    CU_add_test(suite, "heads that are known again change nothing", test_known_heads);
}
