#include "base/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/loaded.h"

static const struct {
    const char *name;
    struct text octets;
    const char *written;
} strings[] = {
    { "empty", { "", 0 }, "\"\"" },
    { "nothing at all", { NULL, 0 }, "\"\"" },
    { "plain", { "abc", 3 }, "\"abc\"" },
    { "quote and backslash", { "\"\\", 2 }, "\"\\\"\\\\\"" },
    { "angle brackets", { "</script>&'", 11 }, "\"</script>&'\"" },
    { "controls", { "\0\t\r\n\x1B", 5 }, "\"\\u0000\\t\\r\\n\\u001B\"" },
    { "UTF-8", { "\xC3\xA4", 2 }, "\"\\u00E4\"" },
    { "beyond the BMP", { "\xF0\x9F\x98\x80", 4 }, "\"\\uD83D\\uDE00\"" },
    { "C1", { "\xC2\x9B", 2 }, "\"\\u009B\"" },
    { "no UTF-8", { "a\xFF\xFEz", 4 }, "\"a\\uFFFD\\uFFFDz\"" },
    { "cut UTF-8", { "\xE2\x82", 2 }, "\"\\uFFFD\\uFFFD\"" },
    { "surrogate", { "\xED\xA0\x80", 3 }, "\"\\uFFFD\\uFFFD\\uFFFD\"" },
    { "no UTF-8 at the end", { "\xC3\xA4\xC3", 3 }, "\"\\u00E4\\uFFFD\"" },
};

static void json_strings(void)
{
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        struct json *json = json_new();
        struct out *out = out_new_memory();

        json_put_text(json, "k", strings[i].octets);
        json_write(json, out);
        out_text(out, (struct text){ "", 1 });
        char wanted[128];

        snprintf(wanted, sizeof wanted, "{\"k\":%s}", strings[i].written);
        ROW_STRING(strings[i].name, out_held(out).at, wanted);
        out_free(out);
        json_free(json);
    }
}

/* All kinds of values: the order is that in which they were put. */
static void json_order(void)
{
    struct json *json = json_new();
    struct out *out = out_new_memory();

    json_put_string(json, "z", "last letter");
    json_put_number(json, "b", UINT64_MAX);
    json_put_bool(json, "a", true);
    struct json *list = json_put_list(json, "list");

    json_add_number(list, 100);
    json_add_text(list, TEXT("RFC9110 15.5.6"));
    struct json *object = json_put_object(json, "object");

    json_put_number(object, "404", 1);
    json_put_number(object, "200", 2);
    json_put_list(json, "empty");
    json_put_string(json, "z", "changed");
    json_write(json, out);
    out_text(out, (struct text){ "", 1 });
    ROW_STRING("order", out_held(out).at,
               "{\"z\":\"changed\",\"b\":9223372036854775807,\"a\":true,\"list\":[100,\"RFC9110 15.5.6\"],"
               "\"object\":{\"404\":1,\"200\":2},\"empty\":[]}");
    out_free(out);
    json_free(json);
}

static void json_tallies(void)
{
    struct json *json = json_new();
    struct out *out = out_new_memory();

    CU_ASSERT_EQUAL(json_tally(json, "a"), 1);
    CU_ASSERT_EQUAL(json_tally(json, "b"), 1);
    CU_ASSERT_EQUAL(json_tally(json, "a"), 2);
    json_put_number(json_add_object(json_put_list(json, "l")), "n", 1);
    json_write(json, out);
    out_text(out, (struct text){ "", 1 });
    ROW_STRING("tally", out_held(out).at, "{\"a\":2,\"b\":1,\"l\":[{\"n\":1}]}");
    out_free(out);
    json_free(json);
}

/* What a strict parser reads back of `octets`; freed by the caller. */
static json_t *back(struct text octets)
{
    struct json *json = json_new();
    struct out *out = out_new_memory();

    json_put_text(json, "k", octets);
    json_write(json, out);
    json_t *read = json_loadb(out_held(out).at, out_held(out).len, JSON_ALLOW_NUL, NULL);

    out_free(out);
    json_free(json);
    return read;
}

static void json_all_octets(void)
{
    for (unsigned octet = 0; octet < 256; octet++) {
        const char wire[] = { 'a', (char)octet, 'z' };
        json_t *read = back((struct text){ wire, 3 }), *string = json_object_get(read, "k");

        CU_ASSERT_EQUAL(json_string_length(string), octet < 0x80 ? 3u : 5u);
        CU_ASSERT_EQUAL(memcmp(json_string_value(string), octet < 0x80 ? wire : "a\xEF\xBF\xBDz", octet < 0x80 ? 3 : 5), 0);
        json_decref(read);
    }
}

static void json_large(void)
{
    enum { OCTETS = 1 << 20 };
    char *octets = malloc(OCTETS);

    memset(octets, 0xFF, OCTETS);
    json_t *read = back((struct text){ octets, OCTETS });

    CU_ASSERT_EQUAL(json_string_length(json_object_get(read, "k")), 3u * OCTETS);
    json_decref(read);
    free(octets);
}

static void read_values(void)
{
    static const char octets[] = "{\"list\":[1,\"a\\u0000\\u00e9\",-1,1.5,null],\"object\":{\"large\":9223372036854775807}}";
    struct errors errors = { 0 };
    struct json *root = json_read("f", text_of(octets), &errors);
    struct text text;
    uint64_t number;
    size_t count;

    CU_ASSERT_PTR_NOT_NULL_FATAL(root);
    const struct json *list = json_get(root, "list"), *object = json_get(root, "object");

    CU_ASSERT_TRUE(json_get_list(list, &count));
    CU_ASSERT_EQUAL(count, 5);
    CU_ASSERT_TRUE(json_get_number(json_at(list, 0), &number) && number == 1);
    CU_ASSERT_TRUE(json_get_text(json_at(list, 1), &text) && text_equal(text, TEXT("a\0\xc3\xa9")));
    for (size_t i = 1; i < 6; i++)
        CU_ASSERT_FALSE(json_get_number(json_at(list, i), &number));
    CU_ASSERT_FALSE(json_get_text(json_at(list, 0), &text));
    CU_ASSERT_FALSE(json_get_list(object, &count));
    CU_ASSERT_FALSE(json_get_list(NULL, &count));
    CU_ASSERT_TRUE(json_get_number(json_get(object, "large"), &number) && number == INT64_MAX);
    CU_ASSERT_PTR_NULL(json_get(object, "small"));
    CU_ASSERT_PTR_NULL(json_get(list, "small"));
    CU_ASSERT_PTR_NULL(json_get(NULL, "small"));
    json_free(root);
    errors_clear(&errors);
}

static void read_no_json(void)
{
    static const char *const texts[] = { "", "{", "[1,]", "{\"a\":1,\"a\":1}", "nul", "1 2", "\"\xff\"", "99999999999999999999" };
    struct errors errors = { 0 };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CU_ASSERT_PTR_NULL(json_read("f", text_of(texts[i]), &errors));
        CU_ASSERT_EQUAL_FATAL(errors.count, i + 1);
        CU_ASSERT_STRING_EQUAL(errors.items[i].file, "f");
        CU_ASSERT_EQUAL(errors.items[i].line, 1);
    }
    errors_clear(&errors);
}

/* ---- a value among others ---- */

static const struct {
    const char *text;
    enum json_kind kind;       /* JSON_NOTHING: refused */
    size_t at;                 /* where reading ended, or the mistake; 0: anywhere */
    const char *words;         /* part of why */
} values[] = {
    { "{\"a\":1} rest", JSON_MAP, 7, "" },
    { "[1,2],", JSON_LIST, 5, "" },
    { "\"a\\u0000b\" ", JSON_TEXT, 10, "" },
    { "12,", JSON_NUMBER, 2, "" },
    { "null", JSON_WORD, 4, "" },
    { "true", JSON_WORD, 4, "" },
    { "99999999999999999999999999999999", JSON_NUMBER, 0, "" },
    { "1e400", JSON_NOTHING, 0, "overflow" },
    { "{\"a\":1,\"a\":2}", JSON_NOTHING, 0, "duplicate" },
    { "\"\xff\"", JSON_NOTHING, 0, "unable to decode" },
    { "{\"a\":", JSON_NOTHING, 0, "end of file" },
    { "", JSON_NOTHING, 0, "" },
    { "nul", JSON_NOTHING, 0, "invalid" },
};

static void json_reads(void)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct json_end end;
        struct json *json = json_read_value(text_of(values[i].text), &end);

        ROW_TRUE(values[i].text, json_kind(json) == values[i].kind);
        ROW_TRUE(values[i].text, values[i].at == 0 || end.at == values[i].at);
        ROW_TRUE(values[i].text, end.at <= strlen(values[i].text));
        ROW_TRUE(values[i].text, strstr(end.words, values[i].words) != NULL);
        ROW_TRUE(values[i].text, (end.words[0] == '\0') == (json != NULL));
        json_free(json);
    }
}

static void json_members(void)
{
    struct json_end end;
    struct json *json = json_read_value(TEXT("{\"t\":\"a\\u0000b\",\"n\":-1.5,\"l\":[1,\"x\"],\"y\":true}"), &end);

    CU_ASSERT_TRUE(text_equal(json_text(json_get(json, "t")), (struct text){ "a\0b", 3 }));
    CU_ASSERT_EQUAL(json_double(json_get(json, "n")), -1.5);
    CU_ASSERT_EQUAL(json_count(json_get(json, "l")), 2);
    CU_ASSERT_TRUE(text_equal(json_text(json_at(json_get(json, "l"), 1)), TEXT("x")));
    CU_ASSERT_TRUE(json_is_yes(json_get(json, "y")));
    /* Whatever it is asked for, nothing is nothing. */
    CU_ASSERT_EQUAL(json_kind(json_get(json, "z")), JSON_NOTHING);
    CU_ASSERT_EQUAL(json_kind(json_get(json_get(json, "t"), "z")), JSON_NOTHING);
    CU_ASSERT_EQUAL(json_kind(json_at(json_get(json, "l"), 2)), JSON_NOTHING);
    CU_ASSERT_EQUAL(json_text(NULL).len + json_count(NULL) + (size_t)json_double(NULL) + json_is_yes(NULL), 0);
    CU_ASSERT_EQUAL(json_count(json_get(json, "t")), 0);
    json_free(json);
}

/* Depth is bounded, so that no text can make the stack overflow. */
static void json_deep(void)
{
    enum { DEEP = 1000000 };
    char *octets = malloc(DEEP);
    struct json_end end;

    memset(octets, '[', DEEP);
    CU_ASSERT_PTR_NULL(json_read_value((struct text){ octets, DEEP }, &end));
    CU_ASSERT_PTR_NOT_NULL(strstr(end.words, "depth"));
    CU_ASSERT_TRUE(end.at < 4096);
    free(octets);
}

void base_json_suite(void);
void base_json_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/json", NULL, NULL);

    CU_add_test(suite, "strings", json_strings);
    CU_add_test(suite, "objects as tallies and in lists", json_tallies);
    CU_add_test(suite, "order", json_order);
    CU_add_test(suite, "all octets", json_all_octets);
    CU_add_test(suite, "a large value", json_large);
    CU_add_test(suite, "read", read_values);
    CU_add_test(suite, "no JSON", read_no_json);
    CU_add_test(suite, "a value among others", json_reads);
    CU_add_test(suite, "members", json_members);
    CU_add_test(suite, "depth", json_deep);
}
