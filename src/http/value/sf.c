#include "http/value/sf.h"

#include "http/value/repeat.h"

static bool is_key_octet(char octet)
{
    return (octet >= 'a' && octet <= 'z') || cursor_is_digit(octet) ||
           (octet != '\0' && strchr("_-.*", octet));
}

static bool take_key(struct text *rest, struct text *key)
{
    bool is_key =
        rest->len > 0 && ((rest->at[0] >= 'a' && rest->at[0] <= 'z') || rest->at[0] == '*');

    *key = (struct text){ rest->at, 0 };
    if (is_key)
        *key = cursor_while(rest, is_key_octet);
    return is_key;
}

enum step sf_next_parameter(struct text *rest, struct sf_member *parameter)
{
    struct text before;

    *parameter = (struct sf_member){ .kind = BARE_BOOLEAN };
    if (!cursor_take(rest, ';'))
        return STEP_END;
    cursor_blanks(rest);
    if (!take_key(rest, &parameter->key))
        return STEP_FAULT;
    if (!cursor_take(rest, '='))
        return STEP_ITEM;
    before = *rest;
    if (!bare_take(rest, &parameter->kind))
        return STEP_FAULT;
    parameter->item = cursor_between(before, *rest);
    return STEP_ITEM;
}

static bool take_parameters(struct text *rest, struct text *parameters)
{
    struct sf_member parameter;
    struct text before = *rest;
    enum step step;

    do
        step = sf_next_parameter(rest, &parameter);
    while (step == STEP_ITEM);
    *parameters = cursor_between(before, *rest);
    return step == STEP_END;
}

/* inner-list = "(" *SP [ sf-item *( 1*SP sf-item ) *SP ] ")" */
static bool take_inner(struct text *rest)
{
    struct text parameters;
    enum bare_kind kind;

    cursor_skip(rest, 1);
    for (bool is_parted = true;;) {
        is_parted = cursor_blanks(rest).len > 0 || is_parted;
        if (cursor_take(rest, ')'))
            return true;
        if (!is_parted || !bare_take(rest, &kind) || !take_parameters(rest, &parameters))
            return false;
        is_parted = false;
    }
}

static bool take_item(struct text *rest, enum sf_type type, struct sf_member *member)
{
    struct text before = *rest;
    bool is_good;

    member->is_inner_list = type != SF_ITEM && cursor_is(*rest, '(');
    is_good = member->is_inner_list ? take_inner(rest) : bare_take(rest, &member->kind);
    member->item = cursor_between(before, *rest);
    return is_good;
}

static bool take_member(struct text *rest, enum sf_type type, struct sf_member *member)
{
    bool has_item = true;

    *member = (struct sf_member){ .kind = BARE_BOOLEAN };
    if (type == SF_DICTIONARY) {
        if (!take_key(rest, &member->key))
            return false;
        has_item = cursor_take(rest, '=');
    }
    if (has_item && !take_item(rest, type, member))
        return false;
    return take_parameters(rest, &member->parameters);
}

enum step sf_next(struct text *rest, enum sf_type type, struct sf_member *member)
{
    if (rest->len == 0)
        return STEP_END;
    if (!take_member(rest, type, member))
        return STEP_FAULT;
    cursor_blanks(rest);
    if (rest->len == 0)
        return STEP_ITEM;
    if (type == SF_ITEM || !cursor_take(rest, ','))
        return STEP_FAULT;
    cursor_blanks(rest);
    return rest->len > 0 ? STEP_ITEM : STEP_FAULT;
}

bool sf_check(struct text value, enum sf_type type, struct text *culprit)
{
    struct sf_member member;
    enum step step;

    if (value.len == 0 && type == SF_ITEM)
        return cursor_fault(value, culprit);
    do
        step = sf_next(&value, type, &member);
    while (step == STEP_ITEM);
    return step == STEP_END || cursor_fault(value, culprit);
}

static bool has_repeated_parameter(struct text parameters, struct text *culprit)
{
    struct repeat keys = { .count = 0 };
    struct sf_member parameter;

    while (sf_next_parameter(&parameters, &parameter) == STEP_ITEM) {
        *culprit = parameter.key;
        if (repeat_meets(&keys, parameter.key))
            return true;
    }
    return false;
}

bool sf_repeats(struct text value, enum sf_type type, struct text *culprit)
{
    struct repeat keys = { .count = 0 };
    struct sf_member member;
    struct text key;

    while (sf_next(&value, type, &member) == STEP_ITEM) {
        bool is_again = type == SF_DICTIONARY && repeat_meets(&keys, member.key);

        key = member.key;
        if (is_again || has_repeated_parameter(member.parameters, &key)) {
            *culprit = key;
            return true;
        }
    }
    return false;
}
