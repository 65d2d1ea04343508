#include "http/value/expect.h"

bool expect_read(struct text member, struct expectation *expectation, struct text *culprit)
{
    *expectation = (struct expectation){ .parameters = { "", 0 } };
    if (!parameter_take(&member, &expectation->parameter))
        return cursor_fault(member, culprit);
    if (!expectation->parameter.has_value)
        return cursor_end(member, culprit);
    expectation->parameters = member;
    return parameter_check(member, culprit);
}

bool expect_is_continue(const struct expectation *expectation)
{
    return !expectation->parameter.has_value &&
           text_equal_nocase(expectation->parameter.name, TEXT("100-continue"));
}
