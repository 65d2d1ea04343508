#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const char *const written[SAMPLE_CASES] = {
    "### httplint: 1 error, 0 warnings, 0 infos\n"
    "\n"
    "1 exchange in 1 input\n"
    "\n"
    "| severity | rule | findings | what | written in |\n"
    "|---|---|---:|---|---|\n"
    "| error | <code>status-405-allow-missing</code> | 1 | 405 Method Not Allowed without Allow | [RFC9110 15"
    "&#46;5&#46;6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6) |\n"
    "\n"
    "<details><summary><code>status-405-allow-missing</code>: 1</summary>\n"
    "\n"
    "- <code>a&#46;pcap&#58;42</code> <code>405 Method Not Allowed without Allow (PUT http&#58;//shop&#46;exa"
    "mple/a -&#62; 405)</code>\n"
    "\n"
    "</details>\n",
    "### httplint: 1 error, 0 warnings, 0 infos\n"
    "\n"
    "1 exchange in 1 input\n"
    "\n"
    "| severity | rule | findings | what | written in |\n"
    "|---|---|---:|---|---|\n"
    "| error | <code>status-405-allow-missing</code> | 1 | 405 Method Not Allowed without Allow | [RFC9110 15"
    "&#46;5&#46;6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6) |\n"
    "\n"
    "<details><summary><code>status-405-allow-missing</code>: 1</summary>\n"
    "\n"
    "- <code>a,b&#58;c&#37;0A &#60;x&#62;&#46;pcap&#58;42</code> <code>&#34;&#93;&#93;&#62;&#92;x1B&#92;xFF&#"
    "37;25&#92;r&#92;n&#64;user (PUT http&#58;//&#42;&#42;&#42;&#64;a/&#37;0A,&#58;&#124;&#60;b&#62;&#92;n&#5"
    "8;&#58;error&#58;&#58;x -&#62; 405)</code>\n"
    "\n"
    "</details>\n",
    "### httplint: 0 errors, 1 warning, 0 infos\n"
    "\n"
    "1 exchange in 1 input\n"
    "\n"
    "| severity | rule | findings | what | written in |\n"
    "|---|---|---:|---|---|\n"
    "| warning | <code>status-405-allow-missing</code> | 1 | 405 Method Not Allowed without Allow | [RFC9110 "
    "15&#46;5&#46;6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6) |\n"
    "\n"
    "<details><summary><code>status-405-allow-missing</code>: 1</summary>\n"
    "\n"
    "- <code>-</code> <code>405 Method Not Allowed without Allow ((request not seen) -&#62; (response not see"
    "n))</code>\n"
    "\n"
    "</details>\n",
    "### httplint: 0 errors, 0 warnings, 1 info\n"
    "\n"
    "1 exchange in 1 input\n"
    "\n"
    "| severity | rule | findings | what | written in |\n"
    "|---|---|---:|---|---|\n"
    "| info | <code>status-405-allow-missing</code> | 1 (1 known) | 405 Method Not Allowed without Allow | [R"
    "FC9110 15&#46;5&#46;6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6) |\n"
    "\n"
    "<details><summary><code>status-405-allow-missing</code>: 1 (1 known)</summary>\n"
    "\n"
    "- <code>a&#46;pcap&#58;42</code> <code>405 Method Not Allowed without Allow (baseline) (PUT http&#58;//s"
    "hop&#46;example/a -&#62; 405)</code>\n"
    "\n"
    "</details>\n",
    "### httplint: 1 error, 0 warnings, 0 infos\n"
    "\n"
    "1 exchange in 1 input\n"
    "\n"
    "| severity | rule | findings | what | written in |\n"
    "|---|---|---:|---|---|\n"
    "| error | <code>status-405-allow-missing</code> | 1 (1 known) | 405 Method Not Allowed without Allow | ["
    "RFC9110 15&#46;5&#46;6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6) |\n"
    "\n"
    "<details><summary><code>status-405-allow-missing</code>: 1 (1 known)</summary>\n"
    "\n"
    "- <code>a&#46;pcap&#58;42</code> <code>405 Method Not Allowed without Allow (fixed) (PUT http&#58;//shop"
    "&#46;example/a -&#62; 405)</code>\n"
    "\n"
    "</details>\n",
    "### httplint: 1 error, 0 warnings, 0 infos\n"
    "\n"
    "1 exchange in 1 input\n",
};

static void markdown_cases(void)
{
    sample_check("markdown", written);
}

/* Many rules are broken, the worst last: its findings are there, and what has no room is counted. */
static void the_worst_have_room(void)
{
    enum { RULES = 600, FINDINGS = 25, OCTETS_MAX = 1 << 20 };
    static const char *const wanted[] = {
        "<details><summary><code>own-600</code>: 25</summary>", "\nThere is no room for the findings of "
    };
    const struct reporter *reporter = reporter_find("markdown");
    struct out *out = out_new_memory();
    struct report *report = reporter->begin(&(struct report_options){ 0 }, out);
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    const struct httplint_summary sum = { .exchanges = 1 };
    char id[32];

    for (int i = 0; i <= RULES; i++) {
        rule.id = (struct httplint_text){ id, (size_t)snprintf(id, sizeof id, "own-%d", i) };
        finding.severity = i == RULES ? HTTPLINT_ERROR : HTTPLINT_INFO;
        for (int n = 0; n < FINDINGS; n++)
            reporter->exchange(report, "a.pcap", &exchange, &finding, 1);
    }
    reporter->end(report, &sum, 1);
    struct text held = out_held(out);

    CU_ASSERT(held.len < OCTETS_MAX);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        CU_ASSERT(memmem(held.at, held.len, wanted[i], strlen(wanted[i])) != NULL);
    out_free(out);
}

void report_markdown_suite(void);
void report_markdown_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/markdown", NULL, NULL);

    CU_add_test(suite, "records", markdown_cases);
    CU_add_test(suite, "the worst have room", the_worst_have_room);
}
