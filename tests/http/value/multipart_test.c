#include "http/value/multipart.h"

#include <stdio.h>

#include "tests/support/values.h"

static bool read(struct text value, struct text *culprit)
{
    return multipart_is_boundary(value, culprit);
}

static const struct values_row rows[] = {
    { "THIS_STRING_SEPARATES", VALUES_GOOD },
    { "a b'()+_,-./:=?1", VALUES_GOOD },
    { "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", VALUES_GOOD },
    { "", 0 },
    { "a ", 1 },
    { "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 70 },
    { "a;b", 1 },
    { "a\"b", 1 },
    { "a\tb", 1 },
};

/* The rows for the laws: the boundary in the first line, then the body. */
static const struct values_row samples[] = {
    { "B\n\r\n--B\r\nContent-Range: bytes 0-1/9\r\n\r\nab\r\n--B\r\nA:b\r\n c\r\n\r\n\r\n--B--\r\n",
      VALUES_GOOD },
    { "B\n--B\n\nab\n--B--", VALUES_GOOD },
};

/* Each part as "[name=value;...]content", with '-' behind a part that is not whole, '~' behind one
 * without an empty line. */
static const struct {
    const char *name, *body, *wanted;
    bool has_begun, is_closed, has_bare_lf;
} bodies[] = {
    { "RFC 9110 14.6",
      "--B\r\nContent-Type: video/example\r\nContent-Range: exampleunit 1.2-4.3/25\r\n\r\n"
      "...the first range...\r\n--B\r\nContent-Type: video/example\r\n"
      "Content-Range: exampleunit 11.2-14.3/25\r\n\r\n...the second range\r\n--B--\r\n",
      "[Content-Type=video/example;Content-Range=exampleunit 1.2-4.3/25;]...the first range...|"
      "[Content-Type=video/example;Content-Range=exampleunit 11.2-14.3/25;]...the second range|",
      true, true, false },
    { "line break before the first delimiter", "\r\n--B\r\n\r\nab\r\n--B--", "[]ab|", true, true,
      false },
    { "preamble and epilogue", "hello\r\n--B\r\nA: b\r\n\r\nc\r\n--B--\r\n--B\r\nbye", "[A=b;]c|",
      true, true, false },
    { "blanks behind the boundary", "--B \t\r\n\r\na\r\n--B--  \r\n", "[]a|", true, true, false },
    { "longer boundary", "--B\r\n\r\na\r\n--BC\r\nb\r\n--B--", "[]a\r\n--BC\r\nb|", true, true,
      false },
    { "empty content", "--B\r\nA: b\r\n\r\n\r\n--B--", "[A=b;]|", true, true, false },
    { "no empty line", "--B\r\nA: b\r\n--B--", "[A=b;]|~", true, true, false },
    { "final only", "--B--\r\n", "", true, true, false },
    { "no final", "--B\r\n\r\na\r\n--B\r\n\r\nbc", "[]a|[]bc|-", true, false, false },
    { "cut in the head", "--B\r\nA: b\r\nContent-", "[A=b;=Content-;]|-~", true, false, false },
    { "cut in the delimiter", "--B\r\n\r\na\r\n--", "[]a\r\n--|-", true, false, false },
    { "cut behind the boundary", "--B\r\n\r\na\r\n--B", "[]a\r\n--B|-", true, false, false },
    { "cut behind a delimiter", "--B\r\n\r\na\r\n--B\r\n", "[]a|", true, false, false },
    { "no delimiter", "abc\r\n--C\r\n", "", false, false, false },
    { "nothing", "", "", false, false, false },
    { "LF alone", "--B\nA: b\n\na\n--B--\n", "[A=b;]a|", true, true, true },
    { "LF in content only", "--B\r\n\r\na\nb\r\n--B--", "[]a\nb|", true, true, false },
    { "fold", "--B\r\nA: b\r\n c\r\nD:e\r\n\r\n\r\n--B--", "[A=b\r\n c;D=e;]|", true, true, false },
    { "delimiter not at a line's start", "--B\r\n\r\na--B--\r\n--B--", "[]a--B--|", true, true,
      false },
};

static void put(char line[512], struct text text, const char *behind)
{
    size_t len = strlen(line);

    snprintf(line + len, 512 - len, "%.*s%s", (int)text.len, text.len > 0 ? text.at : "", behind);
}

static void put_part(char line[512], const struct part *part)
{
    struct text rest = part->head, name, value;

    put(line, TEXT("["), "");
    while (multipart_field(&rest, &name, &value)) {
        put(line, name, "=");
        put(line, value, ";");
    }
    put(line, TEXT("]"), "");
    put(line, part->content, "|");
    put(line, TEXT(""), part->is_whole ? "" : "-");
    put(line, TEXT(""), part->has_head_end ? "" : "~");
}

static void multipart_bodies(void)
{
    for (size_t i = 0; i < VALUES_COUNT(bodies); i++) {
        struct multipart multipart = multipart_over(text_of(bodies[i].body), TEXT("B"));
        struct part part;
        char line[512] = "";

        while (multipart_next(&multipart, &part))
            put_part(line, &part);
        ROW_STRING(bodies[i].name, line, bodies[i].wanted);
        ROW_TRUE(bodies[i].name, multipart.has_begun == bodies[i].has_begun);
        ROW_TRUE(bodies[i].name, multipart.is_closed == bodies[i].is_closed);
        ROW_TRUE(bodies[i].name, multipart.has_bare_lf == bodies[i].has_bare_lf);
    }
}

static void multipart_boundaries(void)
{
    static const struct {
        const char *type, *boundary;       /* NULL: none */
    } types[] = {
        { "multipart/byteranges; boundary=abc", "abc" },
        { "multipart/byteranges; boundary=\"a b\"", "a b" },
        { "multipart/byteranges; boundary=\"a\\bc\"", "abc" },
        { "multipart/byteranges; boundary=\"a\\bcdefghi\"", NULL },
        { "multipart/byteranges; boundary", NULL },
        { "multipart/byteranges", NULL },
    };
    char octets[8];

    for (size_t i = 0; i < VALUES_COUNT(types); i++) {
        struct text boundary = { "", 0 };
        struct media media;

        media_read(text_of(types[i].type), &media, NULL);
        ROW_TRUE(types[i].type, multipart_boundary(&media, (struct room){ octets, sizeof octets },
                                                   &boundary) == (types[i].boundary != NULL));
        if (types[i].boundary)
            ROW_TRUE(types[i].type, text_equal(boundary, text_of(types[i].boundary)));
    }
}

static void multipart_finds(void)
{
    struct multipart multipart =
        multipart_over(TEXT("--B\r\nA: 1\r\nb : 2\r\na: 3\r\n\r\nx\r\n--B--"), TEXT("B"));
    struct text value;
    struct part part;

    CU_ASSERT_FATAL(multipart_next(&multipart, &part));
    CU_ASSERT(multipart_find(&part, TEXT("a"), &value) && text_equal(value, TEXT("1")));
    CU_ASSERT_FALSE(multipart_find(&part, TEXT("b"), &value));
    multipart = multipart_over(TEXT("--\r\n\r\nx\r\n----"), TEXT(""));
    CU_ASSERT_FALSE(multipart_next(&multipart, &part));
}

static void multipart_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void multipart_laws(void)
{
    values_keep_laws("multipart", samples, VALUES_COUNT(samples));
}

void http_value_multipart_suite(void);
void http_value_multipart_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/multipart", NULL, NULL);

    CU_add_test(suite, "boundary grammar", multipart_grammar);
    CU_add_test(suite, "bodies", multipart_bodies);
    CU_add_test(suite, "boundaries", multipart_boundaries);
    CU_add_test(suite, "finds", multipart_finds);
    CU_add_test(suite, "laws", multipart_laws);
}
