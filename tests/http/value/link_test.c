#include "http/value/link.h"

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    struct link part;

    return link_read(value, &part, culprit);
}

static const struct values_row rows[] = {
    { "<http://example.com/TheBook/chapter2>; rel=\"previous\"; title=\"previous chapter\"",
      VALUES_GOOD },
    { "</>; rel=\"http://example.net/foo\"", VALUES_GOOD },
    { "</terms>; rel=\"copyright\"; anchor=\"#foo\"", VALUES_GOOD },
    { "</a>;rel=preload;as=style;crossorigin", VALUES_GOOD },
    { "<>", VALUES_GOOD },
    { "<a> ; rel=b;", VALUES_GOOD },
    { "<a>;rel = b", VALUES_GOOD },
    { "", 0 },
    { "a", 0 },
    { "<a", 0 },
    { "<a b>", 2 },
    { "<a>rel=b", 3 },
    { "<a>;rel=", 8 },
    { "<a>;=b", 4 },
    { "<a>;rel=\"b", 8 },
    { "<a>;rel=b c", 10 },
    { "<\xE4>", 1 },
    { "\"<a>\"", 0 },
    { "<a>, <b>", 3 },
    { "<a>;rel=b c=d", 10 },
};

static void link_members(void)
{
    struct list_reader list =
        link_list(list_of(TEXT("<a,b>; rel=\"x Preload\", </c>;rel=next;rel=prev")));
    struct text member;
    struct link link;

    CU_ASSERT_FATAL(list_next(&list, &member) && link_read(member, &link, NULL));
    CU_ASSERT(text_equal(link.target, TEXT("a,b")));
    CU_ASSERT(link_has_relation(&link, TEXT("preload")) && link_has_relation(&link, TEXT("x")));
    CU_ASSERT_FALSE(link_has_relation(&link, TEXT("x Preload")));
    CU_ASSERT_FATAL(list_next(&list, &member) && link_read(member, &link, NULL));
    CU_ASSERT(link_has_relation(&link, TEXT("next")));
    CU_ASSERT_FALSE(link_has_relation(&link, TEXT("prev")));
    CU_ASSERT_FALSE(list_next(&list, &member));
}

static void link_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void link_laws(void)
{
    values_keep_laws("link", rows, VALUES_COUNT(rows));
}

void http_value_link_suite(void);
void http_value_link_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/link", NULL, NULL);

    CU_add_test(suite, "grammar", link_grammar);
    CU_add_test(suite, "members", link_members);
    CU_add_test(suite, "laws", link_laws);
}
