#include "http/value/repeat.h"

#include "tests/support/values.h"

static void repeat_names(void)
{
    struct repeat repeat = { .count = 0 };

    CU_ASSERT_FALSE(repeat_meets(&repeat, TEXT("a")));
    CU_ASSERT_FALSE(repeat_meets(&repeat, TEXT("b")));
    CU_ASSERT(repeat_meets(&repeat, TEXT("A")));
    CU_ASSERT_FALSE(repeat_meets(&repeat, TEXT("ab")));
}

/* What is more than can be remembered is not remembered, and what was first still is. */
static void repeat_many(void)
{
    struct repeat repeat = { .count = 0 };
    static const char octets[] = "abcdefghijklmnopqrstuvwxyz0123456789";

    for (size_t i = 0; i < sizeof octets - 1; i++)
        CU_ASSERT_FALSE(repeat_meets(&repeat, (struct text){ octets + i, 1 }));
    CU_ASSERT(repeat_meets(&repeat, TEXT("a")));
    CU_ASSERT_FALSE(repeat_meets(&repeat, TEXT("9")));
}

static void repeat_laws(void)
{
    values_keep_laws("repeat", NULL, 0);
}

void http_value_repeat_suite(void);
void http_value_repeat_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/repeat", NULL, NULL);

    CU_add_test(suite, "names", repeat_names);
    CU_add_test(suite, "many", repeat_many);
    CU_add_test(suite, "laws", repeat_laws);
}
