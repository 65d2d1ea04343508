#include "report/roll.h"

#include "tests/support/loaded.h"

static void numbers_follow_the_first_call(void)
{
    struct roll *roll = roll_new();
    char id[] = "b-rule";

    CU_ASSERT_EQUAL(roll_number(roll, text_of(id)), 0);
    CU_ASSERT_EQUAL(roll_number(roll, TEXT("a-rule")), 1);
    id[0] = 'x'; /* the roll keeps copies */
    CU_ASSERT_EQUAL(roll_number(roll, TEXT("b-rule")), 0);
    CU_ASSERT_EQUAL(roll_number(roll, TEXT("b-rul")), 2);
    CU_ASSERT_EQUAL(roll_number(roll, TEXT("")), 3);
    CU_ASSERT_EQUAL(roll_count(roll), 4);
    CU_ASSERT_TRUE(text_equal(roll_id(roll, 1), TEXT("a-rule")));
    roll_free(roll);
}

void report_roll_suite(void);
void report_roll_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/roll", NULL, NULL);

    CU_add_test(suite, "numbers follow the first call", numbers_follow_the_first_call);
}
