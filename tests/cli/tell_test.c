#include "cli/tell.h"

#include "tests/support/loaded.h"

static const struct {
    const char *name, *file;
    unsigned line, column;
    const char *words, *error, *mistake;
} errors_rows[] = {
    { "no place", NULL, 0, 0, "words", "httplint: words\n", "words\n" },
    { "a file", "a", 0, 0, "words", "httplint: a: words\n", "a: words\n" },
    { "a line", "a", 3, 0, "words", "httplint: a:3: words\n", "a:3: words\n" },
    { "a column", "a", 3, 4, "words", "httplint: a:3:4: words\n", "a:3:4: words\n" },
    { "a column without a line", "a", 0, 4, "words", "httplint: a: words\n", "a: words\n" },
    { "hostile", "a\033[2J", 1, 0, "x\ny\xFF", "httplint: a\\x1B[2J:1: x\\ny\\xFF\n", "a\\x1B[2J:1: x\\ny\\xFF\n" },
};

#define LONG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
    const char *name, *words;
    size_t column, indent;
    const char *written;
} wraps[] = {
    { "nothing", "", 0, 0, "\n" },
    { "short", "a b c", 0, 0, "a b c\n" },
    { "to the last column", LONG " 1234567", 0, 0, LONG " 1234567\n" },
    { "one column more", LONG " 12345678", 0, 0, LONG "\n12345678\n" },
    { "indented", LONG " 12345678", 0, 3, LONG "\n   12345678\n" },
    { "begins late", "1234 5678", 74, 2, "1234\n  5678\n" },
    { "a word that never fits", LONG LONG " b", 0, 2, LONG LONG "\n  b\n" },
};

static void expect(const char *row, struct out *out, const char *wanted)
{
    out_text(out, (struct text){ "", 1 });
    ROW_STRING(row, out_held(out).at, wanted);
    out_clear(out);
}

static void tell_places(void)
{
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof errors_rows / sizeof *errors_rows; i++) {
        struct errors errors = { 0 };

        errors_add(&errors, errors_rows[i].file, errors_rows[i].line, errors_rows[i].column, "%s",
                   errors_rows[i].words);
        tell_errors(out, &errors);
        expect(errors_rows[i].name, out, errors_rows[i].error);
        tell_mistakes(out, &errors);
        expect(errors_rows[i].name, out, errors_rows[i].mistake);
        errors_clear(&errors);
    }
    out_free(out);
}

static void tell_wraps(void)
{
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) {
        tell_wrapped(out, text_of(wraps[i].words), wraps[i].column, wraps[i].indent);
        expect(wraps[i].name, out, wraps[i].written);
    }
    out_free(out);
}

void cli_tell_suite(void);
void cli_tell_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/tell", NULL, NULL);

    CU_add_test(suite, "errors with their places", tell_places);
    CU_add_test(suite, "words are wrapped", tell_wraps);
}
