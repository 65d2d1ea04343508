#include "http/value/range.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct range_set part;

    return range_read(value, &part, culprit);
}

static bool read_content(struct text value, struct text *culprit)
{
    struct content_range part;

    return range_read_content(value, &part, culprit);
}

static bool read_if(struct text value, struct text *culprit)
{
    struct if_range part;

    return range_read_if(value, 0, &part, culprit);
}

static const struct values_row rows[] = {
    { "bytes=0-499", VALUES_GOOD },
    { "bytes=500-999", VALUES_GOOD },
    { "bytes=-500", VALUES_GOOD },
    { "bytes=9500-", VALUES_GOOD },
    { "bytes=0-0,-1", VALUES_GOOD },
    { "bytes= 0-999, 4500-5499, -1000", VALUES_GOOD },
    { "bytes=500-600,601-999", VALUES_GOOD },
    { "bytes=5-1", VALUES_GOOD },
    { "Bytes=1-2", VALUES_GOOD },
    { "exampleunit=1.2-4.3", VALUES_GOOD },
    { "items=a,b-c", VALUES_GOOD },
    { "bytes=0-1,,2-3", VALUES_GOOD },
    { "bytes=0-1,\r\n 2-3", VALUES_GOOD },
    { "bytes=-0", VALUES_GOOD },
    { "", 0 },
    { "bytes", 5 },
    { "0-499", 5 },
    { "bytes=", 6 },
    { "bytes=-", 7 },
    { "bytes=,", 6 },
    { "bytes=a-b", 6 },
    { "bytes=1", 7 },
    { "bytes=1-2-3", 9 },
    { "bytes=0-1;2-3", 9 },
    { "bytes: 0-1", 5 },
    { "bytes =0-1", 5 },
    { "bytes=0 - 1", 7 },
    { "bytes=0-1, x", 11 },
    { "bytes=*", 6 },
    { "items=\xE4", 6 },
    { "items=a b", 7 },
    { "bytes=0-1.5", 9 },
};
static const struct values_row contents[] = {
    { "bytes 42-1233/1234", VALUES_GOOD },
    { "bytes 42-1233/*", VALUES_GOOD },
    { "bytes */1234", VALUES_GOOD },
    { "bytes 0-499/1234", VALUES_GOOD },
    { "bytes 5-1/10", VALUES_GOOD },
    { "Bytes 0-0/1", VALUES_GOOD },
    { "items 1-2/3", VALUES_GOOD },
    { "", 0 },
    { "bytes", 5 },
    { "bytes ", 6 },
    { "bytes=0-1/2", 5 },
    { "bytes 0-1", 9 },
    { "bytes 0-1/", 10 },
    { "bytes */*", 8 },
    { "bytes */", 8 },
    { "bytes 0-/5", 8 },
    { "bytes -5/10", 6 },
    { "bytes 0-1/2 ", 11 },
    { "bytes  0-1/2", 6 },
    { "exampleunit 1.2-4.3/25", 13 },
    { "bytes 0-1/2,bytes 3-4/5", 11 },
    { "bytes: 0-1/2", 5 },
    { "0-1/2", 3 },
};
static const struct values_row ifs[] = {
    { "\"xyzzy\"", VALUES_GOOD },
    { "W/\"xyzzy\"", VALUES_GOOD },
    { "Sun, 06 Nov 1994 08:49:37 GMT", VALUES_GOOD },
    { "\"\"", VALUES_GOOD },
    { "xyzzy", 0 },
    { "", 0 },
    { "W/\"xyzzy", 8 },
    { "\"a\" ", 3 },
    { "\"", 1 },
    { "Sun, 06 Nov", 11 },
    { "\"", 1 },
};

static const struct {
    const char *value;
    bool is_bytes;
    struct range_spec specs[3];
    size_t count;
    bool is_valid;                     /* all of them */
} sets[] = {
    { "bytes=0-499", true, { { RANGE_INTERVAL, { "", 0 }, 0, 499 } }, 1, true },
    { "bytes= 0-999, 4500-, -1000",
      true,
      { { RANGE_INTERVAL, { "", 0 }, 0, 999 },
        { RANGE_FROM, { "", 0 }, 4500, 0 },
        { RANGE_SUFFIX, { "", 0 }, 0, 1000 } },
      3,
      true },
    { "BYTES=7-6", true, { { RANGE_INTERVAL, { "", 0 }, 7, 6 } }, 1, false },
    { "bytes=0-99999999999999999999",
      true,
      { { RANGE_INTERVAL, { "", 0 }, 0, UINT64_MAX } },
      1,
      true },
    { "lines=1.2-3,a",
      false,
      { { RANGE_OTHER, { "", 0 }, 0, 0 }, { RANGE_OTHER, { "", 0 }, 0, 0 } },
      2,
      true },
};

static void range_sets(void)
{
    for (size_t i = 0; i < VALUES_COUNT(sets); i++) {
        const char *row = sets[i].value;
        struct range_set set;
        struct range_spec spec;
        bool is_valid = true;
        size_t count = 0;

        ROW_TRUE(row, range_read(text_of(row), &set, NULL));
        ROW_TRUE(row, set.is_bytes == sets[i].is_bytes);
        while (range_next(&set.specs, &spec) && count < 3) {
            const struct range_spec *wanted = &sets[i].specs[count++];

            ROW_TRUE(row, spec.kind == wanted->kind);
            ROW_TRUE(row, spec.kind == RANGE_OTHER ||
                              (spec.first == wanted->first && spec.last == wanted->last));
            is_valid = is_valid && range_is_valid(&spec);
        }
        ROW_TRUE(row, count == sets[i].count);
        ROW_TRUE(row, is_valid == sets[i].is_valid);
    }
}

static const struct {
    const char *value;
    bool has_range, has_length;
    uint64_t first, last, length;
    bool is_valid;
} content_ranges[] = {
    { "bytes 42-1233/1234", true, true, 42, 1233, 1234, true },
    { "bytes 42-1233/*", true, false, 42, 1233, 0, true },
    { "bytes */1234", false, true, 0, 0, 1234, true },
    { "bytes 5-4/10", true, true, 5, 4, 10, false },
    { "bytes 0-10/10", true, true, 0, 10, 10, false },
    { "bytes 0-9/10", true, true, 0, 9, 10, true },
    { "bytes 0-0/0", true, true, 0, 0, 0, false },
    { "bytes 5-4/*", true, false, 5, 4, 0, false },
};

static void range_contents(void)
{
    for (size_t i = 0; i < VALUES_COUNT(content_ranges); i++) {
        const char *row = content_ranges[i].value;
        struct content_range range;

        ROW_TRUE(row, range_read_content(text_of(row), &range, NULL));
        ROW_TRUE(row, range.has_range == content_ranges[i].has_range);
        ROW_TRUE(row, range.has_length == content_ranges[i].has_length);
        ROW_TRUE(row,
                 range.first == content_ranges[i].first && range.last == content_ranges[i].last);
        ROW_TRUE(row, range.length == content_ranges[i].length);
        ROW_TRUE(row, range.is_valid == content_ranges[i].is_valid);
        ROW_TRUE(row, range.is_bytes);
    }
}

static void range_ifs(void)
{
    struct if_range range;

    CU_ASSERT(range_read_if(TEXT("W/\"a\""), 0, &range, NULL));
    CU_ASSERT_FALSE(range.is_date);
    CU_ASSERT(range.etag.is_weak);
    CU_ASSERT(range_read_if(TEXT("Sun, 06 Nov 1994 08:49:37 GMT"), 0, &range, NULL));
    CU_ASSERT(range.is_date);
    CU_ASSERT_EQUAL(range.date.us, INT64_C(784111777000000));
    CU_ASSERT_FALSE(
        range_read_content(TEXT("exampleunit 1.2-4.3/25"), &(struct content_range){ 0 }, NULL));
}

static void range_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void range_content_grammar(void)
{
    values_check(contents, VALUES_COUNT(contents), read_content);
}

static void range_if_grammar(void)
{
    values_check(ifs, VALUES_COUNT(ifs), read_if);
}

static void range_laws(void)
{
    values_keep_laws("range", rows, VALUES_COUNT(rows));
}

static void range_content_laws(void)
{
    values_keep_laws("range", contents, VALUES_COUNT(contents));
}

void http_value_range_suite(void);
void http_value_range_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/range", NULL, NULL);

    CU_add_test(suite, "grammar", range_grammar);
    CU_add_test(suite, "content grammar", range_content_grammar);
    CU_add_test(suite, "if grammar", range_if_grammar);
    CU_add_test(suite, "sets", range_sets);
    CU_add_test(suite, "contents", range_contents);
    CU_add_test(suite, "ifs", range_ifs);
    CU_add_test(suite, "laws", range_laws);
    CU_add_test(suite, "content laws", range_content_laws);
}
