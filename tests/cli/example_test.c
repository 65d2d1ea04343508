#include "cli/example.h"

#include <stdio.h>

#include "cli/examples.h"
#include "tests/support/loaded.h"

#define TEXT_OF_CASES                                                                              \
    "# a comment\n=== one\nexpect: a-b\n>>>\none\n=== two\nexpect: a-c, a-b\n<<<\ntwo\n"           \
    "=== three\nexpect:\n---\n=== four\n>>>\nfour\n"

static const struct {
    const char *name, *id;
    bool shows;
    const char *title, *text;
} rows[] = {
    { "the first", "a-b", true, "one", ">>>\none\n" },
    { "one of two", "a-c", true, "two", "<<<\ntwo\n" },
    { "a part of an id", "a-", true, "", "" },
    { "none", "a-d", true, "", "" },
    { "silent", "a-b", false, "three", "---\n" },
};

static void example_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct example found = example_pick(TEXT(TEXT_OF_CASES), text_of(rows[i].id), rows[i].shows);

        ROW_TRUE(rows[i].name, text_equal(found.title, text_of(rows[i].title)));
        ROW_TRUE(rows[i].name, text_equal(found.text, text_of(rows[i].text)));
    }
    CU_ASSERT_EQUAL(example_pick(TEXT("=== "), TEXT("a-b"), false).text.len, 0);
    CU_ASSERT_EQUAL(example_pick(TEXT(""), TEXT("a-b"), true).title.len, 0);
}

/* Those that came with the program. */
static void example_packed(void)
{
    struct examples *examples = examples_new();
    struct text cases = examples_get(examples, TEXT("status-405-allow-missing"));

    CU_ASSERT_TRUE(text_starts(cases, TEXT("=== 405 without Allow\nexpect: status-405-allow-missing\n")));
    CU_ASSERT_TRUE(example_pick(cases, TEXT("status-405-allow-missing"), false).title.len > 0);
    CU_ASSERT_EQUAL(examples_get(examples, TEXT("status-405")).len, 0);
    CU_ASSERT_EQUAL(examples_get(examples, TEXT("")).len, 0);
    examples_free(examples);
}

void cli_example_suite(void);
void cli_example_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/example", NULL, NULL);

    CU_add_test(suite, "taken apart", example_rows);
    CU_add_test(suite, "packed", example_packed);
}
