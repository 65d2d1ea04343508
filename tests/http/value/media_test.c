#include "http/value/media.h"

#include "tests/support/values.h"

static bool read_type(struct text value, struct text *culprit)
{
    struct media media;

    return media_read(value, &media, culprit);
}

static bool read_range(struct text value, struct text *culprit)
{
    struct media_range range;

    return media_read_range(value, &range, culprit);
}

static const struct values_row rows[] = {
    { "text/html;charset=utf-8", VALUES_GOOD },
    { "Text/HTML;Charset=\"utf-8\"", VALUES_GOOD },
    { "text/html; charset=\"utf-8\"", VALUES_GOOD },
    { "text/html;charset=UTF-8", VALUES_GOOD },
    { "multipart/byteranges; boundary=THIS_STRING_SEPARATES", VALUES_GOOD },
    { "text/html;", VALUES_GOOD },
    { "a/b ;c=d", VALUES_GOOD },
    { "text/html; charset = utf-8", VALUES_GOOD },
    { "", 0 },
    { "text", 4 },
    { "text/", 5 },
    { "/html", 0 },
    { "text/html, text/plain", 9 },
    { "text/html charset=x", 10 },
    { "text /html", 4 },
    { "text/html;charset", 17 },
    { "text/html;charset=\"utf-8", 18 },
    { "text/ht\"ml", 7 },
    { "text/html; charset=utf-8, text/plain", 24 },
};
static const struct values_row ranges[] = {
    { "audio/*; q=0.2", VALUES_GOOD },
    { "audio/basic", VALUES_GOOD },
    { "text/plain; q=0.5", VALUES_GOOD },
    { "*/*", VALUES_GOOD },
    { "text/*;q=0.3;a=b", VALUES_GOOD },
    { "text/html;level=2;q=0.4", VALUES_GOOD },
    { "*/*;q=9", VALUES_GOOD },
    { "*", 1 },
    { "*/html", 2 },
    { "text/*html", VALUES_GOOD },
    { "text", 4 },
    { "text/html;level", 15 },
};

static const struct {
    const char *value, *type, *subtype, *after;
    unsigned thousandths;
} parts[] = {
    { "text/html", "text", "html", "", 1000 },
    { "*/*;q=0.1", "*", "*", "", 100 },
    { "text/html;level=2;q=0.4", "text", "html", "", 400 },
    { "text/html; q=0.4 ;ext=1", "text", "html", ";ext=1", 400 },
    { "text/html;q=0.3;q=0.4", "text", "html", ";q=0.4", 300 },
};

static void media_parts(void)
{
    for (size_t i = 0; i < VALUES_COUNT(parts); i++) {
        struct media_range range;

        ROW_TRUE(parts[i].value, media_read_range(text_of(parts[i].value), &range, NULL));
        ROW_TRUE(parts[i].value,
                 media_is(&range.media, text_of(parts[i].type), text_of(parts[i].subtype)));
        ROW_TRUE(parts[i].value, text_equal(range.after_weight, text_of(parts[i].after)));
        ROW_TRUE(parts[i].value, range.weight.thousandths == parts[i].thousandths);
    }
}

static void media_fitting(void)
{
    struct media html, any, text;

    media_read(TEXT("Text/HTML;charset=x"), &html, NULL);
    media_read(TEXT("*/*"), &any, NULL);
    media_read(TEXT("text/*"), &text, NULL);
    CU_ASSERT(media_fits(&html, &any) && media_fits(&html, &text) && media_fits(&html, &html));
    media_read(TEXT("image/png"), &any, NULL);
    CU_ASSERT_FALSE(media_fits(&any, &text));
    CU_ASSERT_FALSE(media_fits(&html, &any));
}

static void media_types(void)
{
    values_check(rows, VALUES_COUNT(rows), read_type);
}

static void media_ranges(void)
{
    values_check(ranges, VALUES_COUNT(ranges), read_range);
}

static void media_laws(void)
{
    values_keep_laws("media", rows, VALUES_COUNT(rows));
}

void http_value_media_suite(void);
void http_value_media_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/media", NULL, NULL);

    CU_add_test(suite, "types", media_types);
    CU_add_test(suite, "ranges", media_ranges);
    CU_add_test(suite, "parts", media_parts);
    CU_add_test(suite, "fitting", media_fitting);
    CU_add_test(suite, "laws", media_laws);
}
