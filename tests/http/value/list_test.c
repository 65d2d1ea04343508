#include "http/value/list.h"

#include <stdio.h>

#include "tests/support/made.h"
#include "tests/support/values.h"

static bool read_tokens(struct text value, struct text *culprit)
{
    return list_is_tokens(list_of(value), culprit);
}

static const struct values_row rows[] = {
    { "GET, HEAD, PUT", VALUES_GOOD },
    { "", VALUES_GOOD },
    { " , ,a,", VALUES_GOOD },
    { "*", VALUES_GOOD },
    { "a,\r\n b", VALUES_GOOD },
    { "a b", 1 },
    { "a, b;c", 4 },
    { "a,\"b,c\"", 2 },
    { "a/b", 1 },
    { "\xE4", 0 },
};

static const struct {
    const char *name, *value;
    unsigned syntax;
    const char *members;               /* with '|' between them */
    unsigned nempty;
    int empty_at;
} lists[] = {
    { "nothing", "", LIST_USUAL, "", 0, -1 },
    { "blanks", " \t ", LIST_USUAL, "", 0, -1 },
    { "one", "foo", LIST_USUAL, "foo", 0, -1 },
    { "RFC 9110 5.6.1.2, valid", "foo ,bar,charlie", LIST_USUAL, "foo|bar|charlie", 0, -1 },
    { "RFC 9110 5.6.1.2, empty ones", "foo , ,bar,charlie", LIST_USUAL, "foo|bar|charlie", 1, 6 },
    { "RFC 9110 5.6.1.2, comma only", ",", LIST_USUAL, "", 2, 0 },
    { "RFC 9110 5.6.1.2, commas only", ",   ,", LIST_USUAL, "", 3, 0 },
    { "first empty", ", a", LIST_USUAL, "a", 1, 0 },
    { "last empty", "a ,", LIST_USUAL, "a", 1, 2 },
    { "last blank", "a , ", LIST_USUAL, "a", 1, 2 },
    { "fold", "a,\r\n b\r\n\t,c", LIST_USUAL, "a|b|c", 0, -1 },
    { "quoted comma", "a=\"x,y\", b", LIST_USUAL, "a=\"x,y\"|b", 0, -1 },
    { "quoted pair", "a=\"x\\\",y\", b", LIST_USUAL, "a=\"x\\\",y\"|b", 0, -1 },
    { "quotes not closed", "a=\"x,y", LIST_USUAL, "a=\"x,y", 0, -1 },
    { "backslash last", "a,\"\\", LIST_USUAL, "a|\"\\", 0, -1 },
    { "quotes in the middle", "x\"a,b\"y,z", LIST_USUAL, "x\"a,b\"y|z", 0, -1 },
    { "tags", "\"a\\\", \"b,c\"", LIST_QUOTES, "\"a\\\"|\"b,c\"", 0, -1 },
    { "comments", "1.1 a (b, (c), d), 1.1 e", LIST_COMMENTS | LIST_PAIRS, "1.1 a (b, (c), d)|1.1 e",
      0, -1 },
    { "no comments", "a (b, c)", LIST_USUAL, "a (b|c)", 0, -1 },
    { "comment not closed", "1.1 a (b, (c), 1.1 e", LIST_COMMENTS, "1.1 a (b, (c), 1.1 e", 0, -1 },
    { "angles", "<a,b>;rel=c, <d>", LIST_USUAL | LIST_ANGLES, "<a,b>;rel=c|<d>", 0, -1 },
    { "angle not closed", "<a,b, <d", LIST_USUAL | LIST_ANGLES, "<a,b, <d", 0, -1 },
    { "no angles", "<a,b>", LIST_USUAL, "<a|b>", 0, -1 },
};

static void expect_members(const char *name, struct list_reader *list, struct text wanted)
{
    struct text member;

    while (list_next(list, &member)) {
        struct text one = text_until(wanted, '|', &wanted);

        ROW_TRUE(name, text_equal(member, one));
    }
    ROW_TRUE(name, wanted.len == 0);
}

static void list_members(void)
{
    for (size_t i = 0; i < VALUES_COUNT(lists); i++) {
        struct list_reader list = list_of(text_of(lists[i].value));

        list.syntax = lists[i].syntax;
        expect_members(lists[i].name, &list, text_of(lists[i].members));
        ROW_TRUE(lists[i].name, list.nempty == lists[i].nempty);
        ROW_TRUE(lists[i].name,
                 (list.nempty ? (int)(list.empty.at - lists[i].value) : -1) == lists[i].empty_at);
    }
}

static const struct {
    const char *name, *fields, *members;
    unsigned nempty;
} messages[] = {
    { "no line", "Date: a\r\n", "", 0 },
    { "one line", "Allow: GET, PUT\r\n", "GET|PUT", 0 },
    { "three lines", "Allow: GET\r\nVia: 1.1 a\r\nallow: PUT,\r\nALLOW: , POST\r\n", "GET|PUT|POST",
      2 },
    { "empty lines", "Allow:\r\nAllow: GET\r\nAllow: \r\n", "GET", 0 },
    { "quotes end with their line", "Allow: \"a, b\r\nAllow: c\r\n", "\"a, b|c", 0 },
    { "not the trailers", "Allow: GET\r\n\r\nAllow: PUT\r\n", "GET", 0 },
};

static void list_lines(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct names *names = names_new();
    char head[256];

    for (size_t i = 0; i < VALUES_COUNT(messages); i++) {
        snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\n%s\r\n", messages[i].fields);
        const struct message *message = made_message(arena, names, head);
        struct list_reader list = list_over(message, FIELD_ALLOW);

        expect_members(messages[i].name, &list, text_of(messages[i].members));
        ROW_TRUE(messages[i].name, list.nempty == messages[i].nempty);
    }
    arena_free(arena);
    arena_pool_free(pool);
    names_free(names);
}

static void list_without_message(void)
{
    struct list_reader list = list_over(NULL, FIELD_ALLOW);
    struct text member;

    CU_ASSERT_FALSE(list_next(&list, &member));
    CU_ASSERT_FALSE(list_next(&list, &member));
    CU_ASSERT(list_has(list_of(TEXT("accept, ORIGIN")), TEXT("Origin")));
    CU_ASSERT_FALSE(list_has(list_of(TEXT("accept, origin2")), TEXT("Origin")));
}

static void list_tokens(void)
{
    values_check(rows, VALUES_COUNT(rows), read_tokens);
}

static void list_laws(void)
{
    values_keep_laws("list", rows, VALUES_COUNT(rows));
}

void http_value_list_suite(void);
void http_value_list_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/list", NULL, NULL);

    CU_add_test(suite, "members", list_members);
    CU_add_test(suite, "lines", list_lines);
    CU_add_test(suite, "without a message", list_without_message);
    CU_add_test(suite, "tokens", list_tokens);
    CU_add_test(suite, "laws", list_laws);
}
