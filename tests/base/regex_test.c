#include "base/regex.h"

#include "tests/support/loaded.h"

static const struct {
    const char *name, *source;
    struct text value;
    enum regex_answer answer;
    const char *found;
} rows[] = {
    { "fits somewhere", "b+", { "abbc", 4 }, REGEX_YES, "bb" },
    { "fits nowhere", "^b", { "abbc", 4 }, REGEX_NO, "" },
    { "the empty value", "^$", { "", 0 }, REGEX_YES, "" },
    { "no value at all", "a", { NULL, 0 }, REGEX_NO, "" },
    { "case counts", "A", { "a", 1 }, REGEX_NO, "" },
    { "unless switched off", "(?i)A", { "a", 1 }, REGEX_YES, "a" },
    { "octets that are no text", "\\xff", { "a\xff", 2 }, REGEX_YES, "\xff" },
    { "NUL is an octet", "a\\x00b", { "a\0b", 3 }, REGEX_YES, "a" },
    { "the end is the end", "a$", { "a\n", 2 }, REGEX_NO, "" },
    { "runs away", "^(a|aa)+$", { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 57 }, REGEX_GAVE_UP,
      "" },
};

static void regex_rows(void)
{
    struct regex_room *room = regex_room_new();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct regex_error error;
        struct text found = { "", 0 };
        struct regex *regex = regex_new(text_of(rows[i].source), &error);

        ROW_TRUE(rows[i].name, regex != NULL);
        if (!regex)
            continue;
        ROW_TRUE(rows[i].name, regex_find(regex, room, rows[i].value, &found) == rows[i].answer);
        ROW_TRUE(rows[i].name, strncmp(rows[i].found, found.at, found.len) == 0);
        regex_free(regex);
    }
    regex_room_free(room);
}

static const char *const wrong[] = { "(", "[a", "*", "(?=a\\K)", "(*UTF)a", "\\" };

static void regex_errors(void)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct regex_error error = { "", 0 };

        ROW_TRUE(wrong[i], !regex_new(text_of(wrong[i]), &error));
        ROW_TRUE(wrong[i], error.words[0] != '\0');
    }
}

static void regex_too_long(void)
{
    static char source[REGEX_SOURCE_MAX + 1];
    struct regex_error error;

    memset(source, 'a', sizeof source);
    CU_ASSERT(!regex_new((struct text){ source, sizeof source }, &error));
}

void base_regex_suite(void);
void base_regex_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/regex", NULL, NULL);

    CU_add_test(suite, "rows", regex_rows);
    CU_add_test(suite, "errors", regex_errors);
    CU_add_test(suite, "too long", regex_too_long);
}
