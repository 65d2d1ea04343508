#include "http/value/media.h"

static bool take_type(struct text *rest, struct media *media)
{
    *media = (struct media){ .type = cursor_token(rest) };
    if (media->type.len == 0 || !cursor_take(rest, '/'))
        return false;
    media->subtype = cursor_token(rest);
    media->parameters = *rest;
    return media->subtype.len > 0;
}

static bool is_star(struct text part)
{
    return text_equal(part, TEXT("*"));
}

bool media_read(struct text value, struct media *media, struct text *culprit)
{
    if (!take_type(&value, media))
        return cursor_fault(value, culprit);
    return parameter_check(media->parameters, culprit);
}

/* The first parameter called q is the weight, what follows it is no part of the range. */
static void read_weight(struct media_range *range)
{
    struct text rest = range->media.parameters;
    struct parameter parameter;

    range->weight = weight_none();
    range->after_weight = (struct text){ "", 0 };
    while (parameter_next(&rest, &parameter) == STEP_ITEM) {
        if (text_equal_nocase(parameter.name, TEXT("q"))) {
            range->weight = weight_of(&parameter);
            range->after_weight = text_trim(rest);
            return;
        }
    }
}

bool media_read_range(struct text member, struct media_range *range, struct text *culprit)
{
    struct text begin = member;
    bool is_typed = take_type(&member, &range->media);

    read_weight(range);
    if (!is_typed)
        return cursor_fault(member, culprit);
    /* "*" is a token: only the forms of a range may use it so. */
    if (is_star(range->media.type) && !is_star(range->media.subtype))
        return cursor_fault(text_part(begin, 2, begin.len), culprit);
    return parameter_check(range->media.parameters, culprit);
}

bool media_is(const struct media *media, struct text type, struct text subtype)
{
    return text_equal_nocase(media->type, type) && text_equal_nocase(media->subtype, subtype);
}

bool media_fits(const struct media *type, const struct media *range)
{
    return (is_star(range->type) || text_equal_nocase(range->type, type->type)) &&
           (is_star(range->subtype) || text_equal_nocase(range->subtype, type->subtype));
}
