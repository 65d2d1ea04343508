#include "http/value/link.h"

#include "http/value/uri.h"

struct list_reader link_list(struct list_reader list)
{
    list.syntax = LIST_USUAL | LIST_ANGLES;
    return list;
}

bool link_read(struct text member, struct link *link, struct text *culprit)
{
    struct parameter parameter;
    struct text rest, fault;
    struct uri uri;
    enum step step;

    *link = (struct link){ .target = { "", 0 } };
    if (!cursor_is(member, '<'))
        return cursor_fault(member, culprit);
    struct text target = text_until(text_part(member, 1, member.len), '>', &rest);

    if (target.len + 1 == member.len)
        return cursor_fault(member, culprit);
    link->target = target;
    link->parameters = rest;
    if (!uri_read(target, &uri, &fault))
        return cursor_fault(text_part(member, (size_t)(fault.at - member.at), member.len), culprit);
    do
        step = parameter_next(&rest, &parameter);
    while (step == STEP_ITEM);
    return step == STEP_END || cursor_fault(rest, culprit);
}

bool link_has_relation(const struct link *link, struct text relation)
{
    struct parameter parameter;

    if (!parameter_find(link->parameters, TEXT("rel"), &parameter))
        return false;
    for (struct text rest = parameter.value; rest.len > 0;)
        if (text_equal_nocase(text_until(rest, ' ', &rest), relation))
            return true;
    return false;
}
