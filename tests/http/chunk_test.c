#include "http/chunk.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_check.h"

enum { LINE_MAX_OCTETS = 40 };

/* What chunk_read gives for a whole string: the content, `;` and the oddities, `@` and the offset where it ended with L(ast),
 * Z (bad size), E (bad end), T (too long), or M(ore). */
static const struct {
    const char *name;
    struct text octets;
    const char *expected;
} cases[] = {
    { "two chunks", TEXT_INIT("3\r\nabc\r\n2\r\nde\r\n0\r\n"), "abcde;@L18" },
    { "the trailer section is not read", TEXT_INIT("0\r\n\r\n"), ";@L3" },
    { "hexadecimal", TEXT_INIT("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n"), "01234567890123456789;@L33" },
    { "leading zeros", TEXT_INIT("0000000000000000000000003\r\nabc\r\n00\r\n"), "abc;@L36" },
    { "nothing", TEXT_INIT(""), ";@M0" },
    { "cut", TEXT_INIT("5\r\nab"), "ab;@M5" },
    { "empty line", TEXT_INIT("\r\n"), ";@Z0" },
    { "LF alone", TEXT_INIT("1\na\n0\n"), "a;L1,@L6" },
    { "LF alone, once", TEXT_INIT("1\r\na\n0\r\n"), "a;L4,@L8" },
    { "CR X", TEXT_INIT("1\rXa\r\n"), ";@Z2" },
    { "CR CR LF", TEXT_INIT("1\r\r\na\r\n"), ";@Z2" },
    { "SP before", TEXT_INIT(" 1\r\na\r\n0\r\n"), "a;S0,@L10" },
    { "TAB after", TEXT_INIT("1\t\r\na\r\n0\r\n"), "a;S1,@L10" },
    { "only SP", TEXT_INIT("  \r\n"), ";S0,@Z2" },
    { "SP inside", TEXT_INIT("1 0\r\n"), ";S1,@Z2" },
    { "0x", TEXT_INIT("0x1\r\n"), ";@Z1" },
    { "minus", TEXT_INIT("-1\r\n"), ";@Z0" },
    { "plus", TEXT_INIT("+1\r\n"), ";@Z0" },
    { "underscore", TEXT_INIT("1_0\r\n"), ";@Z1" },
    { "g", TEXT_INIT("g\r\n"), ";@Z0" },
    { "semicolon alone", TEXT_INIT(";a\r\n"), ";@Z0" },
    { "2^60 - 1", TEXT_INIT("fffffffffffffff\r\na"), "a;@M18" },
    { "2^60", TEXT_INIT("1000000000000000\r\na"), "a;@M19" },
    { "2^63", TEXT_INIT("8000000000000000\r\na"), "a;@M19" },
    { "2^64 - 1", TEXT_INIT("ffffffffffffffff\r\na"), "a;@M19" },
    { "2^64", TEXT_INIT("10000000000000000\r\na"), ";@Z16" },
    { "2^64 + 1", TEXT_INIT("10000000000000001\r\na"), ";@Z16" },
    { "name", TEXT_INIT("0;a\r\n"), ";@L5" },
    { "name and value", TEXT_INIT("0;a=b;c=d\r\n"), ";@L11" },
    { "quoted value", TEXT_INIT("0;a=\"b;\\\"=\\\\\xff \t\";c\r\n"), ";@L20" },
    { "no name", TEXT_INIT("0;\r\n"), ";E2,@L4" },
    { "no name before =", TEXT_INIT("0;=a\r\n"), ";E2,@L6" },
    { "no name between", TEXT_INIT("0;;a\r\n"), ";E2,@L6" },
    { "no value", TEXT_INIT("0;a=\r\n"), ";E4,@L6" },
    { "two values", TEXT_INIT("0;a=b=c\r\n"), ";E5,@L9" },
    { "value after a quoted one", TEXT_INIT("0;a=\"b\"c\r\n"), ";E7,@L10" },
    { "quoted name", TEXT_INIT("0;\"a\"\r\n"), ";E2,@L7" },
    { "quotes that are open", TEXT_INIT("0;a=\"b\r\n"), ";E6,@L8" },
    { "escape that is open", TEXT_INIT("0;a=\"b\\\r\n"), ";E7,@L9" },
    { "control in quotes", TEXT_INIT("0;a=\"\x01\"\r\n"), ";E5,@L9" },
    { "DEL in quotes", TEXT_INIT("0;a=\"\x7f\"\r\n"), ";E5,@L9" },
    { "NUL", TEXT_INIT("0;a\0\r\n"), ";E3,@L6" },
    { "all blanks there may be", TEXT_INIT("0 ; a = b ; c = \"d\" ;e\r\n"), ";S1,@L24" },
    { "blank at the end", TEXT_INIT("0;a \r\n"), ";S3,E4,@L6" },
    { "blank at the end of a value", TEXT_INIT("0;a=b \r\n"), ";S5,E6,@L8" },
    { "two names", TEXT_INIT("0;a b\r\n"), ";S3,E4,@L7" },
    { "LF alone ends an extension", TEXT_INIT("0;a\n"), ";L3,@L4" },
    { "LF alone ends an odd extension", TEXT_INIT("0;\n"), ";LE2,@L3" },
    { "CR in an extension", TEXT_INIT("0;a\rb\r\n"), ";@Z4" },
    { "a line of the limit", TEXT_INIT("0;3456789012345678901234567890123456789\r\n" "x"), ";@T40" },
    { "a line just below", TEXT_INIT("0;34567890123456789012345678901234567\r\n"), ";@L39" },
    { "data longer than its size", TEXT_INIT("1\r\nab\r\n"), "a;@E4" },
    { "data and CR X", TEXT_INIT("1\r\na\rb"), "a;@E5" },
    { "a blank between chunks", TEXT_INIT("1\r\na\r\n \r\n0\r\n"), "a;S6,@Z7" },
};

/* All octets in pieces of `step`, as above. */
static void read_all(struct text octets, size_t step, char *out)
{
    struct chunk_reader reader = { 0 };
    uint8_t odd = 0;
    enum chunk_result result = CHUNK_MORE;
    char content[64] = "", oddities[64] = "";
    size_t at = 0;

    while (at < octets.len && result < CHUNK_LAST) {
        struct text piece = text_part(octets, at, step), rest = piece, data = { "", 0 };

        result = CHUNK_MORE;
        while (rest.len > 0 && result < CHUNK_LAST) {
            result = chunk_read(&reader, &rest, LINE_MAX_OCTETS, &data);
            if (result == CHUNK_DATA)
                strncat(content, data.at, data.len);
            if (reader.odd != odd) {
                uint8_t new = reader.odd & (uint8_t)~odd;

                sprintf(oddities + strlen(oddities), "%s%s%s%zu,", new & CHUNK_ODD_BARE_LF ? "L" : "", new & CHUNK_ODD_SPACE ? "S" : "",
                        new & CHUNK_ODD_EXTENSION ? "E" : "", (size_t)(rest.at - octets.at) - 1);
                odd = reader.odd;
            }
        }
        at = (size_t)(rest.at - octets.at);
    }
    static const char letters[] = { [CHUNK_MORE] = 'M', [CHUNK_DATA] = 'M', [CHUNK_ODD] = 'M', [CHUNK_LAST] = 'L',
                                    [CHUNK_BAD_SIZE] = 'Z', [CHUNK_BAD_END] = 'E', [CHUNK_TOO_LONG] = 'T' };
    sprintf(out, "%s;%s@%c%zu", content, oddities, letters[result], at);
}

static void chunks(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t step = 1; step <= cases[i].octets.len + 1; step++) {
            char got[256];

            read_all(cases[i].octets, step, got);
            if (strcmp(got, cases[i].expected) != 0) {
                printf("\n    in steps of %zu: %s, not %s", step, got, cases[i].expected);
                octets_fail(cases[i].name);
                break;
            }
        }
    }
}

static void skips(void)
{
    static const struct {
        const char *name;
        struct text before;
        uint64_t missing;
        bool holds;
    } rows[] = {
        { "in a size line", TEXT_INIT("5"), 1, false },       { "before anything", TEXT_INIT(""), 1, false },
        { "all data", TEXT_INIT("5\r\n"), 5, true },          { "data and more", TEXT_INIT("5\r\n"), 6, false },
        { "the rest of the data", TEXT_INIT("5\r\nab"), 3, true }, { "one of the data", TEXT_INIT("5\r\nab"), 1, true },
        { "behind the data", TEXT_INIT("1\r\na"), 1, false }, { "behind the CR", TEXT_INIT("1\r\na\r"), 1, false },
        { "unknown how many", TEXT_INIT("5\r\n"), 0, false }, { "2^64 - 1", TEXT_INIT("ffffffffffffffff\r\n"), UINT64_MAX, true },
        { "2^64 - 1 of fewer", TEXT_INIT("fffffffffffffffe\r\n"), UINT64_MAX, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chunk_reader reader = { 0 };
        struct text rest = rows[i].before, data;

        while (rest.len > 0)
            chunk_read(&reader, &rest, LINE_MAX_OCTETS, &data);
        if (chunk_skip(&reader, rows[i].missing) != rows[i].holds)
            octets_fail(rows[i].name);
    }
}

void http_chunk_suite(void);
void http_chunk_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/chunk", NULL, NULL);

    CU_ADD_TEST(suite, chunks);
    CU_ADD_TEST(suite, skips);
}
