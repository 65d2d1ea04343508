#include "http/value/challenge.h"

#include "http/value/repeat.h"

static bool is_token68_octet(char octet)
{
    return cursor_is_alnum(octet) || (octet != '\0' && strchr("-._~+/", octet));
}

bool challenge_is_token68(struct text value)
{
    if (cursor_while(&value, is_token68_octet).len == 0)
        return false;
    while (cursor_take(&value, '='))
        ;
    return value.len == 0;
}

/* A member that goes on with '=' behind its first word is a parameter; any other begins a
 * challenge. */
static bool is_parameter(struct text member)
{
    cursor_token(&member);
    cursor_blanks(&member);
    return cursor_is(member, '=');
}

bool challenge_read_parameter(struct text member, struct parameter *parameter, struct text *culprit)
{
    if (!parameter_take(&member, parameter))
        return cursor_fault(member, culprit);
    cursor_blanks(&member);
    if (!parameter->has_value)
        return cursor_fault(member, culprit);
    return cursor_end(member, culprit);
}

/* auth-scheme [ 1*SP ( token68 / auth-param ) ] */
static bool read_start(struct text member, struct challenge *challenge, struct text *culprit)
{
    struct parameter parameter;

    *challenge = (struct challenge){ .scheme = cursor_token(&member) };
    if (challenge->scheme.len == 0)
        return cursor_fault(member, culprit);
    if (member.len == 0)
        return true;
    if (!cursor_spaces(&member))
        return cursor_fault(member, culprit);
    if (challenge_is_token68(member)) {
        challenge->token68 = member;
        return true;
    }
    challenge->first = member;
    return challenge_read_parameter(member, &parameter, culprit);
}

struct challenge_reader challenge_over(struct list_reader list)
{
    return (struct challenge_reader){ .list = list };
}

static void note_fault(struct challenge_reader *reader, struct text culprit)
{
    if (!reader->is_faulty)
        reader->culprit = culprit;
    reader->is_faulty = true;
}

bool challenge_next(struct challenge_reader *reader, struct challenge *challenge)
{
    struct text member, culprit;

    while (list_next(&reader->list, &member)) {
        struct parameter parameter;

        if (is_parameter(member)) {
            if (!reader->takes_parameters)
                note_fault(reader, member);
            else if (!challenge_read_parameter(member, &parameter, &culprit))
                note_fault(reader, culprit);
            continue;
        }
        bool is_good = read_start(member, challenge, &culprit);

        if (!is_good)
            note_fault(reader, culprit);
        reader->takes_parameters = challenge->scheme.len > 0 && challenge->token68.len == 0;
        challenge->rest = reader->list;
        if (challenge->scheme.len > 0)
            return true;
    }
    return false;
}

bool challenge_parameter(struct challenge *challenge, struct parameter *parameter)
{
    struct text member = challenge->first;

    challenge->first = (struct text){ "", 0 };
    if (challenge->token68.len > 0)
        return false;
    while (member.len > 0 || list_next(&challenge->rest, &member)) {
        if (!is_parameter(member))
            break;
        if (challenge_read_parameter(member, parameter, NULL))
            return true;
        member.len = 0;
    }
    challenge->rest = list_of((struct text){ "", 0 });
    return false;
}

bool challenge_find(const struct challenge *challenge, struct text name,
                    struct parameter *parameter)
{
    struct challenge place = *challenge;

    while (challenge_parameter(&place, parameter))
        if (text_equal_nocase(parameter->name, name))
            return true;
    return false;
}

bool challenge_repeats(const struct challenge *challenge, struct text *culprit)
{
    struct challenge place = *challenge;
    struct repeat repeat = { .count = 0 };
    struct parameter parameter;

    while (challenge_parameter(&place, &parameter)) {
        if (repeat_meets(&repeat, parameter.name)) {
            *culprit = parameter.whole;
            return true;
        }
    }
    return false;
}

bool challenge_check(struct list_reader list, struct text *culprit)
{
    struct challenge_reader reader = challenge_over(list);
    struct challenge challenge;

    while (challenge_next(&reader, &challenge))
        ;
    return !reader.is_faulty || cursor_fault(reader.culprit, culprit);
}

bool challenge_read_credentials(struct text value, struct challenge *challenge,
                                struct text *culprit)
{
    struct challenge_reader reader = challenge_over(list_of(value));
    struct challenge second;

    if (!challenge_next(&reader, challenge)) {
        *challenge = (struct challenge){ .rest = list_of((struct text){ "", 0 }) };
        return cursor_fault(reader.is_faulty ? reader.culprit : value, culprit);
    }
    bool has_second = challenge_next(&reader, &second);

    if (reader.is_faulty)
        return cursor_fault(reader.culprit, culprit);
    if (!has_second)
        return true;
    return cursor_fault(text_part(value, (size_t)(second.scheme.at - value.at), value.len),
                        culprit);
}
