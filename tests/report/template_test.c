#include "report/template.h"

#include "tests/support/loaded.h"

/* The span of the hole that a row asks about; `from` -1: the message does not match. */
static const struct {
    const char *name, *words, *message;
    size_t hole;
    int from, to;
} rows[] = {
    { "one hole", "a <x> b", "a 123 b", 0, 2, 5 },
    { "an empty hole", "a <x>", "a ", 0, 2, 2 },
    { "hole first", "<x> b", "12 b", 0, 0, 2 },
    { "two holes, the first", "<x>, <y>", "1, 2", 0, 0, 1 },
    { "two holes, the second", "<x>, <y>", "1, 2", 1, 3, 4 },
    { "words of the template in a hole", "<x>, <y>", "1, 2, 3", 0, 0, 4 },
    { "the second begins early", "<x>, <y>", "1, 2, 3", 1, 3, 7 },
    { "holes side by side", "<x><y>", "12", 1, 0, 2 },
    { "another start", "a <x>", "b 1", 0, -1, 0 },
    { "another end", "a <x> b", "a 1 c", 0, -1, 0 },
    { "cut", "a <x> and so on", "a 1 and", 0, -1, 0 },
    { "shorter than its words", "abc <x>", "ab", 0, -1, 0 },
    { "nothing for a hole with words", "a <x>", "", 0, -1, 0 },
    { "no octets for a hole alone", "<x>", "", 0, 0, 0 },
    { "words overlap", "aa<x>aa", "aaa", 0, -1, 0 },
    { "less than and greater than", "a < b > c <x>", "a < b > c 1", 0, 10, 11 },
    { "less than right before a hole", "a <<x>", "a <1", 0, 3, 4 },
    { "a hole that is not closed before one that is", "<a <x>", "<a 1", 0, 3, 4 },
};

static void template_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct template template;

        ROW_TRUE(rows[i].name, template_split(&template, text_of(rows[i].words)));
        bool is_match = template_match(&template, text_of(rows[i].message));

        ROW_TRUE(rows[i].name, is_match == (rows[i].from >= 0));
        if (!is_match)
            continue;
        ROW_TRUE(rows[i].name, template.holes[rows[i].hole].from == (size_t)rows[i].from);
        ROW_TRUE(rows[i].name, template.holes[rows[i].hole].to == (size_t)rows[i].to);
    }
}

static void template_counts(void)
{
    struct template template;
    char words[3 * (HOLES_MAX + 1) + 1] = "";

    CU_ASSERT_TRUE(template_split(&template, TEXT("no holes")));
    CU_ASSERT_EQUAL(template.count, 0);
    CU_ASSERT_TRUE(template_match(&template, TEXT("no holes")));
    CU_ASSERT_FALSE(template_match(&template, TEXT("no holes!")));
    for (size_t i = 0; i < HOLES_MAX; i++)
        strcat(words, "<x>");
    CU_ASSERT_TRUE(template_split(&template, text_of(words)));
    CU_ASSERT_EQUAL(template.count, HOLES_MAX);
    strcat(words, "<x>");
    CU_ASSERT_FALSE(template_split(&template, text_of(words)));
}

void report_template_suite(void);
void report_template_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/template", NULL, NULL);

    CU_add_test(suite, "spans", template_rows);
    CU_add_test(suite, "number of holes", template_counts);
}
