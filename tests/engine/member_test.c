#include "engine/member.h"

#include "tests/support/loaded.h"

static const struct {
    const char *name, *value, *members, *names;    /* each with a '|' behind it */
} rows[] = {
    { "none", "", "", "" },
    { "one", "gzip", "gzip|", "gzip|" },
    { "two", "gzip, br", "gzip|br|", "gzip|br|" },
    { "empty ones", ", ,gzip,,\t, br ,", "gzip|br|", "gzip|br|" },
    { "parameters", "a;q=1, b ; q=0", "a;q=1|b ; q=0|", "a|b|" },
    { "with a value", "max-age=5,no-store", "max-age=5|no-store|", "max-age|no-store|" },
    { "quoted comma", "a=\"x,y\", b", "a=\"x,y\"|b|", "a|b|" },
    { "quoted quote", "a=\"x\\\",y\", b", "a=\"x\\\",y\"|b|", "a|b|" },
    { "quote that does not end", "a=\"x,y", "a=\"x,y|", "a|" },
    { "backslash at the end", "a=\"x\\", "a=\"x\\|", "a|" },
    { "entity tags", "\"a,=;\", W/\"b\"", "\"a,=;\"|W/\"b\"|", "\"a,=;\"|W/\"b\"|" },
    { "link", "<http://a,b;c=d>; rel=x, <e>", "<http://a,b;c=d>; rel=x|<e>|", "<http://a,b;c=d>|<e>|" },
    { "angle that does not end", "<a, b", "<a, b|", "<a,|" },
    { "challenge", "Basic realm=\"a, b\", Negotiate", "Basic realm=\"a, b\"|Negotiate|", "Basic|Negotiate|" },
    { "fold", "a,\r\n b", "a|b|", "a|b|" },
};

static void add(char *words, struct text text)
{
    strcat(strncat(words, text.at, text.len), "|");
}

static void member_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char members[256] = "", names[256] = "";
        struct list_reader list = member_list(text_of(rows[i].value));
        struct text member;

        while (list_next(&list, &member)) {
            add(members, member);
            add(names, member_name(member));
        }
        ROW_STRING(rows[i].name, members, rows[i].members);
        ROW_STRING(rows[i].name, names, rows[i].names);
    }
}

static void member_medias(void)
{
    CU_ASSERT(text_equal(member_media(TEXT("text/html")), TEXT("text/html")));
    CU_ASSERT(text_equal(member_media(TEXT("text/html ; charset=a")), TEXT("text/html")));
    CU_ASSERT(text_equal(member_media(TEXT(";a")), TEXT("")));
}

void engine_member_suite(void);
void engine_member_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/member", NULL, NULL);

    CU_add_test(suite, "rows", member_rows);
    CU_add_test(suite, "media types", member_medias);
}
