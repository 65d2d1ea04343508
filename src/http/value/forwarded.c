#include "http/value/forwarded.h"

#include "http/value/quoted.h"
#include "http/value/uri.h"

enum { VALUE_MAX = 512 };

enum step forwarded_next(struct text *rest, struct parameter *parameter)
{
    while (cursor_take(rest, ';'))
        ;
    if (rest->len == 0)
        return STEP_END;
    struct text begin = *rest;

    if (!parameter_take(rest, parameter))
        return STEP_FAULT;
    if (parameter->blanks.len > 0) {
        /* This grammar has no blanks beside '='. */
        *rest = begin;
        cursor_skip(rest, parameter->name.len);
        return STEP_FAULT;
    }
    if (!parameter->has_value || (rest->len > 0 && rest->at[0] != ';'))
        return STEP_FAULT;
    return STEP_ITEM;
}

static bool is_obfuscated_octet(char octet)
{
    return cursor_is_alnum(octet) || octet == '.' || octet == '_' || octet == '-';
}

static bool is_obfuscated(struct text value)
{
    return cursor_take(&value, '_') && cursor_while(&value, is_obfuscated_octet).len > 0 &&
           value.len == 0;
}

static bool is_port(struct text value)
{
    if (cursor_is(value, '_'))
        return is_obfuscated(value);
    return value.len >= 1 && value.len <= 5 && cursor_digits(&value).len > 0 && value.len == 0;
}

bool forwarded_is_node(struct text value)
{
    struct text port = { "", 0 }, name = text_until(value, ':', &port);
    bool is_named, has_port = name.len < value.len;

    if (cursor_is(value, '[')) {
        name = text_until(value, ']', &port);
        has_port = cursor_take(&port, ':');
        is_named = host_is_ipv6(text_part(name, 1, name.len)) && name.len < value.len &&
                   (has_port || port.len == 0);
    } else {
        is_named =
            host_is_ipv4(name) || is_obfuscated(name) || text_equal_nocase(name, TEXT("unknown"));
    }
    return is_named && (!has_port || is_port(port));
}

static bool is_value(const struct parameter *parameter)
{
    char octets[VALUE_MAX];
    struct text value = parameter->value;
    struct host host;

    /* What is longer than any name of a host is none. */
    if (parameter->is_quoted && !quoted_copy(value, (struct room){ octets, sizeof octets }, &value))
        return false;
    if (text_equal_nocase(parameter->name, TEXT("by")) ||
        text_equal_nocase(parameter->name, TEXT("for")))
        return forwarded_is_node(value);
    if (text_equal_nocase(parameter->name, TEXT("host")))
        return host_read(value, &host, NULL);
    return !text_equal_nocase(parameter->name, TEXT("proto")) || uri_is_scheme(value);
}

bool forwarded_read(struct text member, struct text *culprit)
{
    struct parameter parameter;
    enum step step;

    while ((step = forwarded_next(&member, &parameter)) == STEP_ITEM)
        if (!is_value(&parameter))
            return cursor_fault(parameter.value, culprit);
    return step == STEP_END || cursor_fault(member, culprit);
}
