#include "base/xml.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

void base_xml_suite(void);

enum { SEEN_MAX = 256 };

struct seen {
    char text[SEEN_MAX];
    size_t len;
};

static void add(struct seen *seen, const char *format, struct text a, struct text b)
{
    int len = snprintf(seen->text + seen->len, SEEN_MAX - seen->len, format, (int)a.len, a.at, (int)b.len, b.at);

    if (len > 0 && (size_t)len < SEEN_MAX - seen->len)
        seen->len += (size_t)len;
}

static void on_begin(void *context, struct text space, struct text name)
{
    add(context, "<%.*s|%.*s", space, name);
}

static void on_end(void *context)
{
    add(context, ">%.*s%.*s", (struct text){ "", 0 }, (struct text){ "", 0 });
}

#define DAV "<D:a xmlns:D=\"DAV:\"><D:b/><c/></D:a>"

static const struct {
    const char *name;
    struct text octets;
    bool is_whole;
    const char *charset;
    enum xml_result result;
    const char *seen;
} rows[] = {
    { "names and their spaces", TEXT_INIT(DAV), true, "", XML_WHOLE, "<DAV:|a<DAV:|b><|c>>" },
    { "a default namespace", TEXT_INIT("<a xmlns='DAV:'><b xmlns=''/></a>"), true, "", XML_WHOLE, "<DAV:|a<|b>>" },
    { "nothing", { "", 0 }, true, "", XML_MALFORMED, "" },
    { "nothing yet", { "", 0 }, false, "", XML_CUT, "" },
    { "cut in a tag", TEXT_INIT("<a><b"), false, "", XML_CUT, "<|a" },
    { "ends in a tag", TEXT_INIT("<a><b"), true, "", XML_MALFORMED, "<|a" },
    { "cut behind the root", TEXT_INIT("<a/>"), false, "", XML_CUT, "<|a>" },
    { "a wrong end", TEXT_INIT("<a><b></a>"), false, "", XML_MALFORMED, "<|a<|b" },
    { "a prefix of nothing", TEXT_INIT("<D:a/>"), true, "", XML_MALFORMED, "" },
    { "JSON", TEXT_INIT("{\"a\":1}"), true, "", XML_MALFORMED, "" },
    { "a second root", TEXT_INIT("<a/><b/>"), true, "", XML_MALFORMED, "<|a>" },
    { "HTML", TEXT_INIT("<!DOCTYPE html>\n<html><p>a<br></html>"), true, "", XML_MALFORMED, "<|html<|p<|br" },
    { "a DTD elsewhere is not fetched", TEXT_INIT("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&b;</a>"), true, "",
      XML_WHOLE, "<|a>" },
    { "a DTD inside", TEXT_INIT("<!DOCTYPE a [<!ENTITY b '<c/>'>]><a>&b;</a>"), true, "", XML_REFUSED, "" },
    { "ISO-8859-1 that says so", TEXT_INIT("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE4</a>"), true, "",
      XML_WHOLE,
      "<|a>" },
    { "ISO-8859-1 as the type says", TEXT_INIT("<a>\xE4</a>"), true, "iso-8859-1", XML_WHOLE, "<|a>" },
    { "ISO-8859-1 that nobody tells of", TEXT_INIT("<a>\xE4</a>"), true, "", XML_MALFORMED, "<|a" },
    { "UTF-16", { "\xFE\xFF\0<\0a\0/\0>", 10 }, true, "", XML_WHOLE, "<|a>" },
    { "UTF-8 with a mark, as the type says", TEXT_INIT("\xEF\xBB\xBF<a/>"), true, "utf-8", XML_WHOLE, "<|a>" },
    { "an encoding that is not known", TEXT_INIT("<?xml version='1.0' encoding='x-gold'?><a/>"), true, "", XML_REFUSED,
      "" },
    { "a charset that is not known", TEXT_INIT("<a/>"), true, "x-gold", XML_REFUSED, "" },
    { "a charset that is too long", TEXT_INIT("<a/>"), true, "x234567890123456789012345678901234567890123456789",
      XML_REFUSED, "" },
};

static void xml_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct seen seen = { .len = 0 };
        struct xml_sink sink = { on_begin, on_end, &seen };
        enum xml_result result = xml_read(rows[i].octets, rows[i].is_whole, text_of(rows[i].charset), &sink);

        if (result != rows[i].result || strcmp(seen.text, rows[i].seen) != 0) {
            fprintf(stderr, "%s: result %d, seen '%s'\n", rows[i].name, result, seen.text);
            CU_FAIL("XML read otherwise");
        }
    }
}

/* Less of a document never makes it worse. */
static void xml_cut(void)
{
    struct text whole = TEXT("<?xml version='1.0'?>\n<D:a xmlns:D='DAV:'>\xC3\xA4<![CDATA[<]]><!-- b --></D:a>\n");

    for (size_t len = 0; len <= whole.len; len++) {
        struct seen seen = { .len = 0 };
        struct xml_sink sink = { on_begin, on_end, &seen };

        CU_ASSERT_EQUAL(xml_read(text_part(whole, 0, len), false, TEXT(""), &sink), XML_CUT);
    }
}

void base_xml_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/xml", NULL, NULL);

    CU_add_test(suite, "documents", xml_rows);
    CU_add_test(suite, "cut at each octet", xml_cut);
}
