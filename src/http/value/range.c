#include "http/value/range.h"

#include "http/value/number.h"

static bool is_bytes(struct text unit)
{
    return text_equal_nocase(unit, TEXT("bytes"));
}

/* other-range = 1*( %x21-2B / %x2D-7E ) */
static bool is_other(char octet)
{
    return octet > ' ' && octet < 0x7F && octet != ',';
}

/* int-range = first-pos "-" [ last-pos ]; suffix-range = "-" suffix-length */
static bool take_bytes(struct text *rest, struct range_spec *spec)
{
    struct text first = cursor_digits(rest);

    if (!cursor_take(rest, '-'))
        return false;
    struct text last = cursor_digits(rest);

    spec->first = number_of(first);
    spec->last = number_of(last);
    spec->kind = first.len == 0 ? RANGE_SUFFIX : last.len == 0 ? RANGE_FROM : RANGE_INTERVAL;
    return first.len > 0 || last.len > 0;
}

static bool read_spec(struct text member, bool in_bytes, struct range_spec *spec,
                      struct text *culprit)
{
    *spec = (struct range_spec){ .kind = RANGE_OTHER, .text = member };
    if (in_bytes ? !take_bytes(&member, spec) : cursor_while(&member, is_other).len == 0)
        return cursor_fault(member, culprit);
    return cursor_end(member, culprit);
}

bool range_read(struct text value, struct range_set *set, struct text *culprit)
{
    struct range_spec spec;
    struct text member;
    unsigned count = 0;

    *set = (struct range_set){ .unit = cursor_token(&value) };
    set->is_bytes = is_bytes(set->unit);
    if (set->unit.len == 0 || !cursor_take(&value, '='))
        return cursor_fault(value, culprit);
    set->specs = value;
    struct list_reader list = list_of(value);

    for (list.syntax = 0; list_next(&list, &member); count++)
        if (!read_spec(member, set->is_bytes, &spec, culprit))
            return false;
    return count > 0 || cursor_fault(value, culprit);
}

bool range_next(struct text *specs, struct range_spec *spec)
{
    while (specs->len > 0) {
        struct text member = text_trim(text_until(*specs, ',', specs));

        if (member.len == 0)
            continue;
        if (read_spec(member, true, spec, NULL))
            return true;
        return read_spec(member, false, spec, NULL);
    }
    return false;
}

bool range_is_valid(const struct range_spec *spec)
{
    return spec->kind != RANGE_INTERVAL || spec->first <= spec->last;
}

/* incl-range or "*" */
static bool take_interval(struct text *rest, struct content_range *range)
{
    if (cursor_take(rest, '*'))
        return true;
    struct text first = cursor_digits(rest);

    if (first.len == 0 || !cursor_take(rest, '-'))
        return false;
    struct text last = cursor_digits(rest);

    range->first = number_of(first);
    range->last = number_of(last);
    range->has_range = last.len > 0;
    return range->has_range;
}

/* complete-length, or "*" behind a range: there is no form that says nothing at all. */
static bool take_length(struct text *rest, struct content_range *range)
{
    if (range->has_range && cursor_take(rest, '*'))
        return true;
    struct text length = cursor_digits(rest);

    range->length = number_of(length);
    range->has_length = length.len > 0;
    return range->has_length;
}

bool range_read_content(struct text value, struct content_range *range, struct text *culprit)
{
    *range = (struct content_range){ .unit = cursor_token(&value) };
    range->is_bytes = is_bytes(range->unit);
    if (range->unit.len == 0 || !cursor_space(&value) || !take_interval(&value, range) ||
        !cursor_take(&value, '/') || !take_length(&value, range))
        return cursor_fault(value, culprit);
    range->is_valid = !range->has_range || (range->first <= range->last &&
                                            (!range->has_length || range->last < range->length));
    return cursor_end(value, culprit);
}

/* RFC 9110 13.1.5: a DQUOTE among the first three octets tells a tag from a date. */
bool range_read_if(struct text value, int64_t now_us, struct if_range *range, struct text *culprit)
{
    struct text first = text_part(value, 0, 3);

    *range = (struct if_range){ .is_date = false };
    if (text_until(first, '"', NULL).len < first.len)
        return etag_read(value, &range->etag, culprit);
    range->is_date = true;
    return date_read(value, now_us, &range->date, culprit);
}
