#include "input/mistakes.h"

#include "tests/support/loaded.h"

static const struct text text = TEXT_INIT("ab\ncd\r\n\nx");

static const struct {
    size_t at;
    unsigned line, column;
} rows[] = { { 0, 1, 1 }, { 2, 1, 3 }, { 3, 2, 1 }, { 5, 2, 3 }, { 8, 4, 1 }, { 9, 4, 2 }, { 4, 2, 2 }, { 0, 1, 1 }, { 7, 3, 1 } };

/* In whatever order they come. */
static void mistakes_places(void)
{
    struct errors errors = { 0 };
    struct mistakes mistakes = { .errors = &errors, .name = "a.har", .text = text };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mistakes_add(&mistakes, text.at + rows[i].at, "at %zu", rows[i].at);
        CU_ASSERT_EQUAL_FATAL(errors.count, i + 1);
        CU_ASSERT_EQUAL(errors.items[i].line, rows[i].line);
        CU_ASSERT_EQUAL(errors.items[i].column, rows[i].column);
    }
    ROW_STRING("words", errors.items[1].words, "at 2");
    ROW_STRING("file", errors.items[1].file, "a.har");
    errors_clear(&errors);
}

static void mistakes_many(void)
{
    struct errors errors = { 0 };
    struct mistakes mistakes = { .errors = &errors, .name = "a.har", .text = text };

    for (int i = 0; i < MISTAKES_MAX + 3; i++)
        mistakes_add(&mistakes, text.at, "one");
    CU_ASSERT_EQUAL(errors.count, MISTAKES_MAX);
    CU_ASSERT_EQUAL(mistakes.count, MISTAKES_MAX + 3);
    errors_clear(&errors);
}

void input_mistakes_suite(void);
void input_mistakes_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/mistakes", NULL, NULL);

    CU_add_test(suite, "places", mistakes_places);
    CU_add_test(suite, "many", mistakes_many);
}
