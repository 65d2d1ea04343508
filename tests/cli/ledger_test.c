#include "cli/ledger.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/sample.h"

/* Entry number `i` by a made-up fingerprint; many share their first digits. */
static struct ledger_entry entry(unsigned i)
{
    struct ledger_entry made = { .rule = TEXT("a-b"), .status = i % 7 };

    snprintf(made.fingerprint.digits, sizeof made.fingerprint.digits, "%032x", i);
    return made;
}

static void many(void)
{
    struct ledger *ledger = ledger_new();
    size_t count;

    for (unsigned i = 0; i < 5000; i++) {
        struct ledger_entry made = entry(i);

        CU_ASSERT_TRUE(ledger_add(ledger, &made));
        CU_ASSERT_FALSE(ledger_add(ledger, &made));
    }
    for (unsigned i = 0; i < 6000; i++) {
        struct ledger_entry made = entry(i);

        CU_ASSERT_EQUAL(ledger_find(ledger, &made.fingerprint) != NULL, i < 5000);
    }
    struct ledger_entry *const *sorted = ledger_sorted(ledger, &count);

    CU_ASSERT_EQUAL(count, 5000);
    for (size_t i = 1; i < count; i++)
        CU_ASSERT(sorted[i - 1]->status < sorted[i]->status ||
                  (sorted[i - 1]->status == sorted[i]->status &&
                   strcmp(sorted[i - 1]->fingerprint.digits, sorted[i]->fingerprint.digits) < 0));
    CU_ASSERT_FALSE(ledger_is_full(ledger));
    ledger_free(ledger);
}

/* A capture of endless different findings fills it, and no more. */
static void full(void)
{
    struct ledger *ledger = ledger_new();

    for (unsigned i = 0; i < LEDGER_MAX; i++)
        ledger_add(ledger, &(struct ledger_entry){ .fingerprint = entry(i).fingerprint });
    CU_ASSERT_FALSE(ledger_is_full(ledger));
    CU_ASSERT_FALSE(ledger_add(ledger, &(struct ledger_entry){ .fingerprint = entry(LEDGER_MAX).fingerprint }));
    CU_ASSERT_TRUE(ledger_is_full(ledger));
    CU_ASSERT_PTR_NOT_NULL(ledger_find(ledger, &(struct fingerprint){ "00000000000000000000000000000007" }));
    ledger_free(ledger);
}

static void of_a_finding(void)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    struct ledger *ledger = ledger_new();
    struct out *out = out_new_memory();

    finding.field = SAMPLE_TEXT("Allow");
    struct ledger_entry *one = ledger_of(ledger, &exchange, &finding);

    CU_ASSERT_PTR_NOT_NULL_FATAL(one);
    CU_ASSERT_PTR_EQUAL(ledger_of(ledger, &exchange, &finding), one);
    ledger_tell(out, one);
    CU_ASSERT_TRUE(text_equal(out_held(out), TEXT("status-405-allow-missing: PUT shop.example/a -> 405 Allow")));
    out_free(out);
    ledger_free(ledger);
}

void cli_ledger_suite(void);
void cli_ledger_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/ledger", NULL, NULL);

    CU_add_test(suite, "many entries", many);
    CU_add_test(suite, "full", full);
    CU_add_test(suite, "of a finding", of_a_finding);
}
