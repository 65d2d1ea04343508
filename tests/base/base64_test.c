#include "base/base64.h"

#include "tests/support/loaded.h"

static const struct {
    const char *encoded;
    const char *wanted;      /* NULL: no base64 */
} rows[] = {
    /* RFC 4648 10 */
    { "", "" },
    { "Zg==", "f" },
    { "Zm8=", "fo" },
    { "Zm9v", "foo" },
    { "Zm9vYg==", "foob" },
    { "Zm9vYmE=", "fooba" },
    { "Zm9vYmFy", "foobar" },
    { "Zm9vYmE", "fooba" },
    { "Zm9v\r\nYmFy\r\n", "foobar" },
    { "+/+/", "\xfb\xff\xbf" },
    { "Zm9v!", NULL },
    { "Zm=v", NULL },
    { "Z", NULL },
    { "Zg===", NULL },
};

static void base64_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text encoded = text_of(rows[i].encoded);
        char octets[64];
        size_t len;
        bool is_good = base64_decode(encoded, octets, &len);

        ROW_TRUE(rows[i].encoded, is_good == (rows[i].wanted != NULL));
        ROW_TRUE(rows[i].encoded, len <= BASE64_ROOM(encoded.len));
        if (is_good && rows[i].wanted)
            ROW_TRUE(rows[i].encoded, text_equal((struct text){ octets, len }, text_of(rows[i].wanted)));
    }
}

void base_base64_suite(void);
void base_base64_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/base64", NULL, NULL);

    CU_add_test(suite, "octets", base64_rows);
}
