/* What those who embed the library may leave out. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "httplint.h"
#include "tests/support/cases.h"

static void feed(httplint *session)
{
    static const char request[] = "GET / HTTP/1.1\r\n\r\n";

    httplint_octets(session, &(struct httplint_chunk){ .connection = 1, .side = HTTPLINT_REQUEST, .octets = request,
                                                       .len = sizeof request - 1, .frame = 1 });
    httplint_remark(session, "gap", "lost", 0);
    httplint_finish(session);
}

static void session_alone(void)
{
    httplint *session = httplint_new(cases_rules(), NULL, NULL, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(session);
    feed(session);
    CU_ASSERT_EQUAL(httplint_totals(session)->requests, 1);
    CU_ASSERT_EQUAL(httplint_totals(session)->exchanges, 1);
    httplint_free(session);
}

static void session_limits(void)
{
    static const struct httplint_limit wrong = { "no_such_limit", 1 };

    CU_ASSERT_PTR_NULL(httplint_new(cases_rules(), &(struct httplint_options){ .limits = &wrong, .nlimits = 1 }, NULL, NULL));
}

static void session_rules(void)
{
    static const char *const missing = "/nowhere/rules.yaml";
    httplint_rules *rules = httplint_rules_new(NULL, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(rules);
    CU_ASSERT_EQUAL(httplint_rules_count(rules), httplint_rules_count(cases_rules()));
    httplint_rules_free(rules);
    CU_ASSERT_PTR_NULL(httplint_rules_new(&(struct httplint_rules_request){ .files = &missing, .nfiles = 1 }, NULL));
}

/* A HAR's entries are among the totals, and added up. */
static void session_entries(void)
{
    struct httplint_summary sum = { .entries = 1 };
    httplint *session = httplint_new(cases_rules(), NULL, NULL, NULL);

    httplint_entry(session, &(struct httplint_entry){ .frame = 1, .method = { "GET", 3 }, .url = { "http://a/", 9 } });
    httplint_finish(session);
    httplint_summary_add(&sum, httplint_totals(session));
    CU_ASSERT_EQUAL(sum.entries, 2);
    httplint_free(session);
}

void lint_session_suite(void);
void lint_session_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/session", NULL, NULL);

    CU_add_test(suite, "rules alone", session_alone);
    CU_add_test(suite, "a wrong limit, told to nobody", session_limits);
    CU_add_test(suite, "rules without request and complaint", session_rules);
    CU_add_test(suite, "entries are counted", session_entries);
}
