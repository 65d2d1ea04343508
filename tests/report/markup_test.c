#include "report/markup.h"

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const struct {
    const char *name;
    struct text octets;
    const char *text, *value;
} rows[] = {
    { "plain", TEXT_INIT("a b"), "a b", "a b" },
    { "nothing", { NULL, 0 }, "", "" },
    { "signs", TEXT_INIT("<&>\"'"), "&lt;&amp;&gt;&quot;&apos;", "&lt;&amp;&gt;&quot;&apos;" },
    { "the end of CDATA", TEXT_INIT("]]>"), "]]&gt;", "]]&gt;" },
    { "blanks", TEXT_INIT("\t\n\r"), "\t\n&#13;", "&#9;&#10;&#13;" },
    { "controls", TEXT_INIT("\0\x01\x1F"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "UTF-8", TEXT_INIT("\xC3\xA4\xF0\x9F\x98\x80"), "\xC3\xA4\xF0\x9F\x98\x80", "\xC3\xA4\xF0\x9F\x98\x80" },
    { "no UTF-8", TEXT_INIT("\xFF" "a\xC3"), "\xEF\xBF\xBD" "a\xEF\xBF\xBD", "\xEF\xBF\xBD" "a\xEF\xBF\xBD" },
    { "no character of XML", TEXT_INIT("\xEF\xBF\xBE\xEF\xBF\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD" },
};

static void texts_and_values(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct out *out = out_new_memory(), *wanted = out_new_memory();

        markup_text(out, rows[i].octets);
        markup_attribute(out, "a", rows[i].octets);
        markup_number(out, "n", UINT64_MAX);
        out_text(out, (struct text){ "", 1 });
        out_string(wanted, rows[i].text);
        out_string(wanted, " a=\"");
        out_string(wanted, rows[i].value);
        out_text(wanted, (struct text){ "\" n=\"18446744073709551615\"", sizeof "\" n=\"18446744073709551615\"" });
        ROW_STRING(rows[i].name, out_held(out).at, out_held(wanted).at);
        out_free(out);
        out_free(wanted);
    }
}

/* expat reads it, whatever two octets stand beside each other. */
static void all_octets(void)
{
    unsigned malformed = 0;

    for (unsigned pair = 0; pair < 0x10000; pair++) {
        const char octets[] = { (char)(pair >> 8), (char)(pair & 0xFF) };
        struct out *out = out_new_memory();

        out_string(out, "<e");
        markup_attribute(out, "a", (struct text){ octets, 2 });
        out_string(out, ">");
        markup_text(out, (struct text){ octets, 2 });
        out_string(out, "</e>");
        malformed += !sample_is_xml(out_held(out));
        out_free(out);
    }
    CU_ASSERT_EQUAL(malformed, 0);
}

void report_markup_suite(void);
void report_markup_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/markup", NULL, NULL);

    CU_add_test(suite, "texts and values", texts_and_values);
    CU_add_test(suite, "all pairs of octets", all_octets);
}
