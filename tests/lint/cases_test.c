/* Every case of tests/cases shows what it says, and a rule that no case has made fire fails. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/cases.h"

void lint_cases_suite(void);

static void test_cases(void)
{
    struct case_files cases = cases_load();
    char words[1024];

    for (size_t i = 0; i < cases.count; i++) {
        const struct transcript *transcript = cases.files[i].transcript;

        for (size_t j = 0; j < transcript->ncases; j++) {
            struct found found = { 0 };
            struct httplint_sink sink = found_sink(&found);
            httplint *session = httplint_new(cases_rules(), &(struct httplint_options){ 0 }, &sink, NULL);

            cases_feed(transcript, &transcript->cases[j], session);
            httplint_free(session);
            if (!cases_match(transcript, &transcript->cases[j], &found, words, sizeof words)) {
                fprintf(stderr, "%s: %s\n", cases.files[i].path, words);
                CU_FAIL("a case shows other findings than it says");
            }
            found_clear(&found);
        }
    }
    cases_free(&cases);
}

static bool is_expected(const struct case_files *cases, struct httplint_text id)
{
    for (size_t i = 0; i < cases->count; i++)
        for (size_t j = 0; j < cases->files[i].transcript->nids; j++)
            if (text_equal(cases->files[i].transcript->ids[j], (struct text){ id.at, id.len }))
                return true;
    return false;
}

static void test_every_rule_fires(void)
{
    struct case_files cases = cases_load();
    const httplint_rules *rules = cases_rules();

    for (size_t i = 0; i < httplint_rules_count(rules); i++) {
        struct httplint_text id = httplint_rules_get(rules, i)->id;

        if (!is_expected(&cases, id)) {
            fprintf(stderr, "%.*s: no case makes it fire\n", (int)id.len, id.at);
            CU_FAIL("a rule that no test has seen fire");
        }
    }
    cases_free(&cases);
}

/* What came to the sink of the exchanges of all cases. */
struct come {
    size_t clean, findings;
};

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t count)
{
    struct come *come = context;

    (void)exchange;
    (void)findings;
    come->clean += count == 0;
    come->findings += count;
}

static void lint_all(const struct case_files *cases, bool tells_findings_only, struct come *come,
                     struct httplint_summary *sum)
{
    struct httplint_options options = { .tells_findings_only = tells_findings_only };

    for (size_t i = 0; i < cases->count; i++) {
        const struct transcript *transcript = cases->files[i].transcript;

        for (size_t j = 0; j < transcript->ncases; j++) {
            struct httplint_sink sink = { on_exchange, NULL, come };
            httplint *session = httplint_new(cases_rules(), &options, &sink, NULL);

            cases_feed(transcript, &transcript->cases[j], session);
            httplint_summary_add(sum, httplint_totals(session));
            httplint_free(session);
        }
    }
}

/* Clean exchanges can be left out; the totals have them all the same. */
static void test_findings_only(void)
{
    struct case_files cases = cases_load();
    struct come all = { 0 }, some = { 0 };
    static struct httplint_summary of_all, of_some;

    lint_all(&cases, false, &all, &of_all);
    lint_all(&cases, true, &some, &of_some);
    CU_ASSERT(all.clean > 0 && all.findings > 0);
    CU_ASSERT_EQUAL(some.clean, 0);
    CU_ASSERT_EQUAL(some.findings, all.findings);
    CU_ASSERT_EQUAL(of_some.exchanges, of_all.exchanges);
    CU_ASSERT_EQUAL(memcmp(of_some.findings, of_all.findings, sizeof of_all.findings), 0);
    cases_free(&cases);
}

void lint_cases_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/cases", NULL, NULL);

    CU_add_test(suite, "every case shows what it says", test_cases);
    CU_add_test(suite, "every rule fires in a case", test_every_rule_fires);
    CU_add_test(suite, "exchanges without findings can be left out", test_findings_only);
}
