#include "http/value/parameter.h"

#include "tests/support/values.h"

static const struct values_row rows[] = {
    { ";charset=utf-8", VALUES_GOOD },
    { ";charset=\"utf-8\"", VALUES_GOOD },
    { " ; a=b;c=\"d;e\"", VALUES_GOOD },
    { "", VALUES_GOOD },
    { ";", VALUES_GOOD },
    { "; ;a=b;;", VALUES_GOOD },
    { ";a = b", VALUES_GOOD },
    { ";a= \"b\"", VALUES_GOOD },
    { ";\r\n a=b", VALUES_GOOD },
    { "  ", VALUES_GOOD },
    { "charset", 0 },
    { ";charset", 8 },
    { ";charset=", 9 },
    { ";=x", 1 },
    { ";a=b c", 5 },
    { ";a=b\"c\"", 4 },
    { ";a=\"b", 3 },
    { ";a=b,c=d", 4 },
    { ";a=\"b\"c", 6 },
    { ";a=/", 3 },
    { ";a=b;c", 6 },
    { ";\xE4=b", 1 },
};

static const struct {
    const char *value, *name, *inside, *whole;
    size_t blanks;
    bool has_value, is_quoted;
} parameters[] = {
    { ";a=b", "a", "b", "a=b", 0, true, false },
    { ";a=\"b\"", "a", "b", "a=\"b\"", 0, true, true },
    { ";a=\"\"", "a", "", "a=\"\"", 0, true, true },
    { "; ;Name =b", "Name", "b", "Name =b", 1, true, false },
    { ";a=  b", "a", "b", "a=  b", 2, true, false },
    { ";a   =  b", "a", "b", "a   =  b", 3, true, false },
    { ";a ;b", "a", "", "a", 0, false, false },
};

static void parameter_parts(void)
{
    for (size_t i = 0; i < VALUES_COUNT(parameters); i++) {
        const char *row = parameters[i].value;
        struct text rest = text_of(row);
        struct parameter parameter;

        ROW_TRUE(row, parameter_next(&rest, &parameter) == STEP_ITEM);
        ROW_TRUE(row, text_equal(parameter.name, text_of(parameters[i].name)));
        ROW_TRUE(row, text_equal(parameter.value, text_of(parameters[i].inside)));
        ROW_TRUE(row, text_equal(parameter.whole, text_of(parameters[i].whole)));
        ROW_TRUE(row, parameter.blanks.len == parameters[i].blanks);
        ROW_TRUE(row, parameter.has_value == parameters[i].has_value);
        ROW_TRUE(row, parameter.is_quoted == parameters[i].is_quoted);
    }
}

static void parameter_searches(void)
{
    static const struct text value = TEXT_INIT(";a=1; B =\"U\\TF-8\";A=3;c");
    struct text culprit = { "", 0 };
    struct parameter parameter;

    CU_ASSERT(parameter_find(value, TEXT("b"), &parameter));
    CU_ASSERT(parameter_is(&parameter, TEXT("utf-8")));
    CU_ASSERT(parameter_find(value, TEXT("a"), &parameter));
    CU_ASSERT(parameter_is(&parameter, TEXT("1")));
    CU_ASSERT(parameter_find(value, TEXT("c"), &parameter));
    CU_ASSERT_FALSE(parameter_find(value, TEXT("d"), &parameter));
    CU_ASSERT(parameter_repeats(value, &culprit));
    CU_ASSERT(text_equal(culprit, TEXT("A=3")));
    CU_ASSERT(parameter_has_blanks(value, &culprit));
    CU_ASSERT(text_equal(culprit, TEXT("B =\"U\\TF-8\"")));
    CU_ASSERT_FALSE(parameter_repeats(TEXT(";a=1;b=2"), &culprit));
    CU_ASSERT_FALSE(parameter_has_blanks(TEXT(";a=1 ; b=2"), &culprit));
}

static void parameter_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), parameter_check);
}

static void parameter_laws(void)
{
    values_keep_laws("parameter", rows, VALUES_COUNT(rows));
}

void http_value_parameter_suite(void);
void http_value_parameter_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/parameter", NULL, NULL);

    CU_add_test(suite, "grammar", parameter_grammar);
    CU_add_test(suite, "parts", parameter_parts);
    CU_add_test(suite, "searches", parameter_searches);
    CU_add_test(suite, "laws", parameter_laws);
}
