#include "http/value/etag.h"

/* etagc = %x21 / %x23-7E / obs-text */
static bool is_etagc(char octet)
{
    return octet != '"' && octet != ' ' && octet != '\t' && cursor_is_visible(octet);
}

bool etag_read(struct text value, struct etag *etag, struct text *culprit)
{
    *etag = (struct etag){ .is_weak = cursor_take_text(&value, TEXT("W/")) };
    struct text begin = value;

    if (!cursor_take(&value, '"'))
        return cursor_fault(value, culprit);
    cursor_while(&value, is_etagc);
    if (!cursor_take(&value, '"'))
        return cursor_fault(value, culprit);
    etag->opaque = cursor_between(begin, value);
    return cursor_end(value, culprit);
}

bool etag_equal_strong(const struct etag *a, const struct etag *b)
{
    return !a->is_weak && !b->is_weak && text_equal(a->opaque, b->opaque);
}

bool etag_equal_weak(const struct etag *a, const struct etag *b)
{
    return text_equal(a->opaque, b->opaque);
}

struct list_reader etag_list(struct list_reader list)
{
    list.syntax = LIST_QUOTES;
    return list;
}

static bool is_star(struct text member)
{
    return text_equal(member, TEXT("*"));
}

bool etag_list_is_any(struct list_reader list)
{
    struct text member, second;

    list = etag_list(list);
    return list_next(&list, &member) && is_star(member) && !list_next(&list, &second);
}

bool etag_list_check(struct list_reader list, struct text *culprit)
{
    struct text member;
    struct etag etag;

    if (etag_list_is_any(list))
        return true;
    list = etag_list(list);
    while (list_next(&list, &member))
        if (!etag_read(member, &etag, culprit))
            return false;
    return true;
}

bool etag_list_has(struct list_reader list, const struct etag *etag,
                   bool (*is_equal)(const struct etag *, const struct etag *))
{
    struct text member;
    struct etag other;

    list = etag_list(list);
    while (list_next(&list, &member))
        if (etag_read(member, &other, NULL) && is_equal(&other, etag))
            return true;
    return false;
}
