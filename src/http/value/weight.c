#include "http/value/weight.h"

/* qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ) */
static bool read_qvalue(struct text value, uint16_t *thousandths)
{
    unsigned sum = 0, digit = WEIGHT_ONE;
    bool is_one = cursor_is(value, '1');

    if ((!is_one && !cursor_is(value, '0')) || value.len > 5 ||
        (value.len > 1 && value.at[1] != '.'))
        return false;
    for (size_t at = 2; at < value.len; at++) {
        if (!cursor_is_digit(value.at[at]) || (is_one && value.at[at] != '0'))
            return false;
        digit /= 10;
        sum += digit * (unsigned)(value.at[at] - '0');
    }
    *thousandths = (uint16_t)(is_one ? WEIGHT_ONE : sum);
    return true;
}

struct weight weight_none(void)
{
    return (struct weight){ { "", 0 }, WEIGHT_ONE, true };
}

struct weight weight_of(const struct parameter *parameter)
{
    struct weight weight = { parameter->value, WEIGHT_ONE, false };

    weight.is_valid = parameter->has_value && !parameter->is_quoted &&
                      read_qvalue(parameter->value, &weight.thousandths);
    return weight;
}

bool weight_read(struct text member, struct weighted *weighted, struct text *culprit)
{
    struct parameter parameter;

    weighted->name = cursor_token(&member);
    weighted->weight = weight_none();
    if (weighted->name.len == 0)
        return cursor_fault(member, culprit);
    cursor_blanks(&member);
    if (member.len == 0)
        return true;
    if (!cursor_take(&member, ';'))
        return cursor_fault(member, culprit);
    cursor_blanks(&member);
    struct text name = member;

    if (!parameter_take(&member, &parameter))
        return cursor_fault(member, culprit);
    if (!text_equal_nocase(parameter.name, TEXT("q")))
        return cursor_fault(name, culprit);
    if (!parameter.has_value)
        return cursor_fault(member, culprit);
    weighted->weight = weight_of(&parameter);
    return cursor_end(member, culprit);
}
