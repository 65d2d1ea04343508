/* Every case of tests/cases shows what it says, and a rule that no case has made fire fails. */
#include <CUnit/CUnit.h>
#include <stdio.h>

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

void lint_cases_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/cases", NULL, NULL);

    CU_add_test(suite, "every case shows what it says", test_cases);
    CU_add_test(suite, "every rule fires in a case", test_every_rule_fires);
}
