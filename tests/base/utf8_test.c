#include "base/utf8.h"

#include "tests/support/loaded.h"

static const struct {
    const char *name;
    struct text octets;
    size_t len;
    uint32_t code;
} characters[] = {
    { "nothing", { "", 0 }, 0, 0 },
    { "NUL", { "\0", 1 }, 1, 0 },
    { "ASCII", { "A", 1 }, 1, 'A' },
    { "DEL", { "\x7F", 1 }, 1, 0x7F },
    { "continuation alone", { "\x80", 1 }, 0, 0 },
    { "first of two", { "\xC2\x80", 2 }, 2, 0x80 },
    { "last of two", { "\xDF\xBF", 2 }, 2, 0x7FF },
    { "two, cut", { "\xC2", 1 }, 0, 0 },
    { "two, overlong", { "\xC1\xBF", 2 }, 0, 0 },
    { "two, no continuation", { "\xC2\x41", 2 }, 0, 0 },
    { "first of three", { "\xE0\xA0\x80", 3 }, 3, 0x800 },
    { "three, overlong", { "\xE0\x9F\xBF", 3 }, 0, 0 },
    { "before the surrogates", { "\xED\x9F\xBF", 3 }, 3, 0xD7FF },
    { "first surrogate", { "\xED\xA0\x80", 3 }, 0, 0 },
    { "last surrogate", { "\xED\xBF\xBF", 3 }, 0, 0 },
    { "after the surrogates", { "\xEE\x80\x80", 3 }, 3, 0xE000 },
    { "three, cut", { "\xE2\x82", 2 }, 0, 0 },
    { "first of four", { "\xF0\x90\x80\x80", 4 }, 4, 0x10000 },
    { "four, overlong", { "\xF0\x8F\xBF\xBF", 4 }, 0, 0 },
    { "last of all", { "\xF4\x8F\xBF\xBF", 4 }, 4, 0x10FFFF },
    { "beyond the last", { "\xF4\x90\x80\x80", 4 }, 0, 0 },
    { "no lead", { "\xF5\x80\x80\x80", 4 }, 0, 0 },
    { "FF", { "\xFF", 1 }, 0, 0 },
    { "more behind it", { "\xC3\xA4x", 3 }, 2, 0xE4 },
};

static const struct {
    const char *name;
    struct text octets;
    size_t max, len;
} cuts[] = {
    { "short enough", { "abc", 3 }, 3, 3 },
    { "between characters", { "abc", 3 }, 2, 2 },
    { "inside two", { "a\xC3\xA4", 3 }, 2, 1 },
    { "inside four", { "a\xF0\x9F\x98\x80", 5 }, 4, 1 },
    { "after four", { "\xF0\x9F\x98\x80x", 5 }, 4, 4 },
    { "inside no character", { "\x80\x80\x80\x80\x80", 5 }, 4, 4 },
    { "to nothing", { "\xC3\xA4", 2 }, 0, 0 },
};

static void utf8_characters(void)
{
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        uint32_t code = 0;

        ROW_TRUE(characters[i].name, utf8_character(characters[i].octets, &code) == characters[i].len);
        ROW_TRUE(characters[i].name, code == characters[i].code);
    }
}

static void utf8_cuts(void)
{
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        ROW_TRUE(cuts[i].name, utf8_cut(cuts[i].octets, cuts[i].max).len == cuts[i].len);
}

void base_utf8_suite(void);
void base_utf8_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/utf8", NULL, NULL);

    CU_add_test(suite, "characters", utf8_characters);
    CU_add_test(suite, "cuts", utf8_cuts);
}
