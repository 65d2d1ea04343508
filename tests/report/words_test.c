#include "report/words.h"

#include "tests/support/loaded.h"

static const struct {
    const char *name;
    int64_t us;
    const char *written;
} times[] = {
    { "epoch", 0, "1970-01-01T00:00:00.000000Z" },
    { "before the epoch", -1, "1969-12-31T23:59:59.999999Z" },
    { "microseconds", 1714557600000001, "2024-05-01T10:00:00.000001Z" },
    { "leap day", 1709164800000000, "2024-02-29T00:00:00.000000Z" },
    { "day after it", 1709251200000000, "2024-03-01T00:00:00.000000Z" },
    { "no leap year in 1900", -2203891200000000, "1900-03-01T00:00:00.000000Z" },
    { "end of February 1900", -2203891200000001, "1900-02-28T23:59:59.999999Z" },
    { "leap year 2000", 951782400000000, "2000-02-29T00:00:00.000000Z" },
    { "end of a year", 1735689599999999, "2024-12-31T23:59:59.999999Z" },
    { "2^31 s", 2147483648000000, "2038-01-19T03:14:08.000000Z" },
    { "2^32 s", 4294967296000000, "2106-02-07T06:28:16.000000Z" },
    { "last year", 253402300799999999, "9999-12-31T23:59:59.999999Z" },
    { "after it", 253402300800000000, "" },
    { "first year", -62167219200000000, "0000-01-01T00:00:00.000000Z" },
    { "before it", -62167219200000001, "" },
    { "the largest", INT64_MAX, "" },
    { "the smallest", INT64_MIN, "" },
};

static const struct {
    const char *name;
    uint64_t us;
    const char *written;
} durations[] = {
    { "none", 0, "0.0 ms" },        { "the largest", UINT64_MAX, "18446744073709552 ms" }, { "short", 449, "0.4 ms" },
    { "rounded", 450, "0.5 ms" },   { "tenths", 9940, "9.9 ms" },    { "whole", 9950, "10 ms" },
    { "longer", 12344, "12 ms" },   { "long", 3600000000, "3600000 ms" },
};

static const struct {
    const char *name;
    struct text text;
    size_t max;
    const char *written;
} cuts[] = {
    { "short", { "abc", 3 }, 3, "abc" },
    { "long", { "abcd", 4 }, 3, "abc..." },
    { "not inside a character", { "ab\xC3\xA4", 4 }, 3, "ab..." },
};

static const struct {
    const char *name;
    uint64_t count;
    const char *written;
} counts[] = { { "none", 0, "0 errors" }, { "one", 1, "1 error" }, { "more", 2, "2 errors" } };

static void expect(const char *row, struct out *out, const char *wanted)
{
    ROW_TRUE(row, text_equal(out_held(out), text_of(wanted)));
    out_clear(out);
}

static void words_rows(void)
{
    struct out *out = out_new_memory();

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        words_time(out, times[i].us);
        expect(times[i].name, out, times[i].written);
    }
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
        words_duration(out, durations[i].us);
        expect(durations[i].name, out, durations[i].written);
    }
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        words_cut(out, cuts[i].text, cuts[i].max);
        expect(cuts[i].name, out, cuts[i].written);
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        words_count(out, counts[i].count, "error");
        expect(counts[i].name, out, counts[i].written);
    }
    out_free(out);
}

static void words_severities(void)
{
    enum httplint_severity severity = HTTPLINT_OFF;

    CU_ASSERT_TRUE(words_find_severity(TEXT("warning"), &severity));
    CU_ASSERT_EQUAL(severity, HTTPLINT_WARNING);
    CU_ASSERT_FALSE(words_find_severity(TEXT("Warning"), &severity));
    CU_ASSERT_FALSE(words_find_severity(TEXT(""), &severity));
}

static void words_note_orders(void)
{
    struct httplint_summary summary = { 0 };
    size_t order[HTTPLINT_NOTE_CODES], all = 0;

    CU_ASSERT_EQUAL(words_note_order(&summary, order), 0);
    for (; httplint_note_code(all); all++)
        summary.notes[all] = 1;
    CU_ASSERT_EQUAL(words_note_order(&summary, order), all);
    for (size_t i = 1; i < all; i++)
        ROW_TRUE(httplint_note_code(order[i]),
                 strcmp(httplint_note_code(order[i - 1]), httplint_note_code(order[i])) < 0);
}

static void words_spec_urls(void)
{
    static const struct {
        const char *spec, *url;
    } rows[] = {
        { "RFC9110 15.5.6", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6" },
        { "RFC9112 6.3 (7)", "https://www.rfc-editor.org/rfc/rfc9112#section-6.3" },
        { "RFC9110 5.4.1-3", "https://www.rfc-editor.org/rfc/rfc9110#section-5.4.1-3" },
        { "RFC9110", "" },
        { "RFC9110 A", "" },
        { "RFC 15.5.6", "" },
        { "W3C 4", "" },
        { "RFC9110 1\"<b>", "" },
        { "RFC9110 1%00", "" },
        { "", "" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct out *out = out_new_memory();

        ROW_TRUE(rows[i].spec, words_spec_url(out, text_of(rows[i].spec)) == (rows[i].url[0] != '\0'));
        expect(rows[i].spec, out, rows[i].url);
        out_free(out);
    }
}

static void words_known(void)
{
    CU_ASSERT_FALSE(words_is_known(&(struct httplint_finding){ .state = HTTPLINT_NEW }));
    CU_ASSERT_FALSE(words_is_known(&(struct httplint_finding){ .is_uncertain = true }));
    CU_ASSERT_TRUE(words_is_known(&(struct httplint_finding){ .is_baselined = true }));
    CU_ASSERT_TRUE(words_is_known(&(struct httplint_finding){ .is_expected = true }));
    CU_ASSERT_TRUE(words_is_known(&(struct httplint_finding){ .state = HTTPLINT_FIXED }));
    CU_ASSERT_TRUE(words_is_known(&(struct httplint_finding){ .state = HTTPLINT_UNCHANGED }));
}

void report_words_suite(void);
void report_words_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/words", NULL, NULL);

    CU_add_test(suite, "times, durations, cuts, counts", words_rows);
    CU_add_test(suite, "severities", words_severities);
    CU_add_test(suite, "order of notes", words_note_orders);
    CU_add_test(suite, "sections on the web", words_spec_urls);
    CU_add_test(suite, "what is known", words_known);
}
