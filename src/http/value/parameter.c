#include "http/value/parameter.h"

#include "http/value/quoted.h"
#include "http/value/repeat.h"

static bool take_value(struct text *rest, struct parameter *parameter)
{
    parameter->has_value = true;
    parameter->is_quoted = cursor_is(*rest, '"');
    if (parameter->is_quoted)
        return quoted_take(rest, &parameter->value);
    parameter->value = cursor_token(rest);
    return parameter->value.len > 0;
}

bool parameter_take(struct text *rest, struct parameter *parameter)
{
    struct text begin = *rest;

    *parameter = (struct parameter){ .name = cursor_token(rest) };
    parameter->whole = parameter->name;
    if (parameter->name.len == 0)
        return false;
    struct text after = *rest, blanks = cursor_blanks(&after);

    if (!cursor_take(&after, '='))
        return true;
    *rest = after;
    parameter->blanks = cursor_blanks(rest);
    if (blanks.len > 0)
        parameter->blanks = blanks;
    if (!take_value(rest, parameter))
        return false;
    parameter->whole = cursor_between(begin, *rest);
    return true;
}

enum step parameter_next(struct text *rest, struct parameter *parameter)
{
    for (;;) {
        cursor_blanks(rest);
        if (rest->len == 0)
            return STEP_END;
        if (!cursor_take(rest, ';'))
            return STEP_FAULT;
        cursor_blanks(rest);
        if (rest->len > 0 && rest->at[0] != ';')
            return parameter_take(rest, parameter) ? STEP_ITEM : STEP_FAULT;
    }
}

bool parameter_check(struct text parameters, struct text *culprit)
{
    struct parameter parameter;
    enum step step;

    while ((step = parameter_next(&parameters, &parameter)) == STEP_ITEM)
        if (!parameter.has_value)
            return cursor_fault(parameters, culprit);
    return step == STEP_END || cursor_fault(parameters, culprit);
}

bool parameter_find(struct text parameters, struct text name, struct parameter *parameter)
{
    while (parameter_next(&parameters, parameter) == STEP_ITEM)
        if (text_equal_nocase(parameter->name, name))
            return true;
    return false;
}

bool parameter_repeats(struct text parameters, struct text *culprit)
{
    struct repeat repeat = { .count = 0 };
    struct parameter parameter;

    while (parameter_next(&parameters, &parameter) == STEP_ITEM) {
        if (repeat_meets(&repeat, parameter.name)) {
            *culprit = parameter.whole;
            return true;
        }
    }
    return false;
}

bool parameter_has_blanks(struct text parameters, struct text *culprit)
{
    struct parameter parameter;

    while (parameter_next(&parameters, &parameter) == STEP_ITEM) {
        if (parameter.blanks.len > 0) {
            *culprit = parameter.whole;
            return true;
        }
    }
    return false;
}

bool parameter_is(const struct parameter *parameter, struct text plain)
{
    if (parameter->is_quoted)
        return quoted_equal(parameter->value, plain, true);
    return text_equal_nocase(parameter->value, plain);
}
