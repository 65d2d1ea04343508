#include "http/value/sf.h"

#include "tests/support/values.h"

static bool read_item(struct text value, struct text *culprit)
{
    return sf_check(value, SF_ITEM, culprit);
}

static bool read_list(struct text value, struct text *culprit)
{
    return sf_check(value, SF_LIST, culprit);
}

static bool read_dictionary(struct text value, struct text *culprit)
{
    return sf_check(value, SF_DICTIONARY, culprit);
}

static const struct values_row items[] = {
    { "5; foo=bar", VALUES_GOOD },
    { "\"a\"", VALUES_GOOD },
    { "?1;a;b=?0", VALUES_GOOD },
    { "a", VALUES_GOOD },
    { "", 0 },
    { "a b", 2 },
    { "a, b", 1 },
    { "(a)", 0 },
    { "a;", 2 },
    { "a;B", 2 },
    { "a;b=", 4 },
    { "a; b=1 ;c", 7 },
    { "1.2345", 6 },
};
static const struct values_row lists[] = {
    { "sugar, tea, rum", VALUES_GOOD },
    { "(\"foo\" \"bar\"), (\"baz\"), (\"bat\" \"one\"), ()", VALUES_GOOD },
    { "(\"foo\"; a=1;b=2);lvl=5, (\"bar\" \"baz\");lvl=1", VALUES_GOOD },
    { "abc;a=1;b=2; c, (ghi;jk=4 l);q=\"9\";r=w", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "( a  b )", VALUES_GOOD },
    { "a,\r\n b", VALUES_GOOD },
    { "a,", 2 },
    { ",a", 0 },
    { "a,,b", 2 },
    { "a b", 2 },
    { "(a", 2 },
    { "(a,b)", 2 },
    { "(\"a\"\"b\")", 4 },
    { "(a (b))", 3 },
    { "a;;b", 2 },
    { "a=b", 1 },
};
static const struct values_row dictionaries[] = {
    { "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:", VALUES_GOOD },
    { "a=?0, b, c; foo=bar", VALUES_GOOD },
    { "rating=1.5, feelings=(joy sadness)", VALUES_GOOD },
    { "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "u=1, i", VALUES_GOOD },
    { "*a_-.*=1", VALUES_GOOD },
    { "A=1", 0 },
    { "a=", 2 },
    { "a=1,", 4 },
    { "a =1", 2 },
    { "a= 1", 2 },
    { "a=1 b=2", 4 },
    { "1=a", 0 },
    { "a=1,B", 4 },
};

static const struct {
    const char *value;
    enum sf_type type;
    const char *key;                   /* NULL: none occurs twice */
    int at;
} repeats[] = {
    { "a=1, b=2, a=3", SF_DICTIONARY, "a", 10 },
    { "a=1, b=2", SF_DICTIONARY, NULL, 0 },
    { "x;a=1;b;a", SF_ITEM, "a", 8 },
    { "x;a, y;a", SF_LIST, NULL, 0 },
    { "x;a, y;b;b=2", SF_LIST, "b", 9 },
    { "a;b, c;b", SF_DICTIONARY, NULL, 0 },
};

static void sf_repeated_keys(void)
{
    for (size_t i = 0; i < VALUES_COUNT(repeats); i++) {
        struct text culprit = { "", 0 };

        ROW_TRUE(repeats[i].value, sf_repeats(text_of(repeats[i].value), repeats[i].type,
                                              &culprit) == (repeats[i].key != NULL));
        ROW_TRUE(repeats[i].value, text_equal(culprit, text_of(repeats[i].key)));
        ROW_TRUE(repeats[i].value,
                 !repeats[i].key || culprit.at - repeats[i].value == repeats[i].at);
    }
}

static void sf_members(void)
{
    struct text rest = TEXT("a=1.5;x, b;y=(, c=(d e);z");
    struct sf_member member, parameter;

    CU_ASSERT(sf_next(&rest, SF_DICTIONARY, &member) == STEP_ITEM);
    CU_ASSERT(text_equal(member.key, TEXT("a")) && member.kind == BARE_DECIMAL &&
              text_equal(member.item, TEXT("1.5")));
    CU_ASSERT(text_equal(member.parameters, TEXT(";x")));
    CU_ASSERT(sf_next_parameter(&member.parameters, &parameter) == STEP_ITEM &&
              parameter.kind == BARE_BOOLEAN);
    CU_ASSERT(sf_next_parameter(&member.parameters, &parameter) == STEP_END);
    CU_ASSERT(sf_next(&rest, SF_DICTIONARY, &member) == STEP_FAULT);
    rest = TEXT("c=(d e);z");
    CU_ASSERT(sf_next(&rest, SF_DICTIONARY, &member) == STEP_ITEM && member.is_inner_list);
    CU_ASSERT(text_equal(member.item, TEXT("(d e)")));
    CU_ASSERT(sf_next(&rest, SF_DICTIONARY, &member) == STEP_END);
}

static void sf_items(void)
{
    values_check(items, VALUES_COUNT(items), read_item);
}

static void sf_lists(void)
{
    values_check(lists, VALUES_COUNT(lists), read_list);
}

static void sf_dictionaries(void)
{
    values_check(dictionaries, VALUES_COUNT(dictionaries), read_dictionary);
}

static void sf_laws(void)
{
    values_keep_laws("sf", lists, VALUES_COUNT(lists));
}

static void sf_dictionary_laws(void)
{
    values_keep_laws("sf", dictionaries, VALUES_COUNT(dictionaries));
}

void http_value_sf_suite(void);
void http_value_sf_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/sf", NULL, NULL);

    CU_add_test(suite, "items", sf_items);
    CU_add_test(suite, "lists", sf_lists);
    CU_add_test(suite, "dictionaries", sf_dictionaries);
    CU_add_test(suite, "repeated keys", sf_repeated_keys);
    CU_add_test(suite, "members", sf_members);
    CU_add_test(suite, "laws", sf_laws);
    CU_add_test(suite, "dictionary laws", sf_dictionary_laws);
}
