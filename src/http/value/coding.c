#include "http/value/coding.h"

/* Unlike those of media types, these parameters are not empty: no ';' stands alone. */
static bool check_parameters(struct text rest, struct weight *weight, struct text *culprit)
{
    struct parameter parameter;

    while (rest.len > 0) {
        cursor_blanks(&rest);
        if (!cursor_take(&rest, ';'))
            return cursor_fault(rest, culprit);
        cursor_blanks(&rest);
        if (!parameter_take(&rest, &parameter) || !parameter.has_value)
            return cursor_fault(rest, culprit);
        if (weight && text_equal_nocase(parameter.name, TEXT("q"))) {
            *weight = weight_of(&parameter);
            return cursor_end(rest, culprit);
        }
    }
    return true;
}

static bool read_coding(struct text member, struct coding *coding, struct weight *weight,
                        struct text *culprit)
{
    coding->weight = weight_none();
    coding->name = cursor_token(&member);
    coding->parameters = member;
    if (coding->name.len == 0)
        return cursor_fault(member, culprit);
    return check_parameters(member, weight, culprit);
}

bool coding_read(struct text member, struct coding *coding, struct text *culprit)
{
    return read_coding(member, coding, NULL, culprit);
}

bool coding_read_te(struct text member, struct coding *coding, struct text *culprit)
{
    if (!read_coding(member, coding, &coding->weight, culprit))
        return false;
    return !text_equal_nocase(coding->name, TEXT("trailers")) ||
           cursor_end(coding->parameters, culprit);
}
