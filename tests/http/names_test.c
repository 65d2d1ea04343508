#include "http/names.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/octets_check.h"

/* Every known name is found in any case, has its own id, and is a token. */
static void known_names(void)
{
    struct names *names = names_new();

    CU_ASSERT_EQUAL(names_count(names), FIELD_FIRST_ADDED);
    for (uint16_t id = 1; id < names_count(names); id++) {
        const struct name *name = names_get(names, id);
        char other[64];

        for (size_t i = 0; i < name->text.len; i++)
            other[i] = i % 2 ? text_lower(name->text.at[i]) : (char)(name->text.at[i] & ~(name->text.at[i] >= 'a' ? 0x20 : 0));
        CU_ASSERT(text_is_token(name->text));
        CU_ASSERT_PTR_NOT_NULL(name->spec);
        if (names_find(names, name->text) != id || names_find(names, (struct text){ other, name->text.len }) != id)
            octets_fail(name->text.at);
    }
    CU_ASSERT_EQUAL(names_find(names, TEXT("content-LENGTH")), FIELD_CONTENT_LENGTH);
    CU_ASSERT_EQUAL(names_find(names, TEXT("Content-Lengt")), FIELD_UNKNOWN);
    CU_ASSERT_EQUAL(names_find(names, TEXT("Content_Length")), FIELD_UNKNOWN);
    CU_ASSERT_EQUAL(names_find(names, TEXT("")), FIELD_UNKNOWN);
    names_free(names);
}

static void added_names(void)
{
    struct names *names = names_new();
    char name[16];
    uint16_t first = names_add(names, TEXT("X-Mine"), SHAPE_NUMBER), last = first;

    CU_ASSERT_EQUAL(first, FIELD_FIRST_ADDED);
    CU_ASSERT_EQUAL(names_add(names, TEXT("x-MINE"), SHAPE_TEXT), first);
    CU_ASSERT_EQUAL(names_add(names, TEXT("host"), SHAPE_TEXT), FIELD_HOST);
    CU_ASSERT_EQUAL(names_add(names, TEXT(""), SHAPE_TEXT), FIELD_UNKNOWN);
    CU_ASSERT_EQUAL(names_get(names, first)->shape, SHAPE_NUMBER);
    CU_ASSERT_PTR_NULL(names_get(names, first)->spec);
    for (int i = 0; i < 1000 && last != FIELD_UNKNOWN; i++) {
        sprintf(name, "X-%03d", i);
        last = names_add(names, text_of(name), SHAPE_TEXT);
        CU_ASSERT_EQUAL(names_find(names, text_of(name)), last);
    }
    CU_ASSERT_EQUAL(names_count(names), NAMES_MAX);
    CU_ASSERT_EQUAL(last, FIELD_UNKNOWN);
    CU_ASSERT_EQUAL(names_find(names, TEXT("x-mine")), first);
    names_free(names);
    names_free(NULL);
}

static void methods(void)
{
    for (int method = METHOD_UNKNOWN + 1; method < METHOD_COUNT; method++)
        CU_ASSERT_EQUAL((int)method_find(text_of(method_name((enum method)method))), method);
    CU_ASSERT_EQUAL(method_find(TEXT("get")), METHOD_UNKNOWN);
    CU_ASSERT_EQUAL(method_find(TEXT("")), METHOD_UNKNOWN);
    CU_ASSERT_STRING_EQUAL(method_name(METHOD_UNKNOWN), "");
}

static void phrases(void)
{
    CU_ASSERT_STRING_EQUAL(status_phrase(404), "Not Found");
    CU_ASSERT_STRING_EQUAL(status_phrase(299), "");
    for (unsigned status = 0; status < 70000; status++)
        CU_ASSERT_PTR_NOT_NULL_FATAL(status_phrase(status));
    CU_ASSERT_STRING_EQUAL(status_phrase(UINT32_MAX), "");
}

void http_names_suite(void);
void http_names_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/names", NULL, NULL);

    CU_ADD_TEST(suite, known_names);
    CU_ADD_TEST(suite, added_names);
    CU_ADD_TEST(suite, methods);
    CU_ADD_TEST(suite, phrases);
}
