#include "http/value/list.h"

struct list_reader list_over(const struct message *message, uint16_t id)
{
    return (struct list_reader){ .message = message, .id = id, .syntax = LIST_USUAL };
}

static void begin_line(struct list_reader *list, struct text value)
{
    list->rest = value;
    list->is_due = text_trim(value).len > 0;
}

struct list_reader list_of(struct text value)
{
    struct list_reader list = { .syntax = LIST_USUAL };

    begin_line(&list, value);
    return list;
}

static bool next_line(struct list_reader *list)
{
    if (!list->message)
        return false;
    const struct field *field = message_field(list->message, list->id, list->field);

    if (!field) {
        list->message = NULL;
        return false;
    }
    list->field = field;
    begin_line(list, message_value(list->message, field));
    return true;
}

/* Octets up to what closes `rest[0]`, that included; all if nothing does. */
static size_t quoted_length(struct text rest, bool has_pairs)
{
    for (size_t at = 1; at < rest.len; at++) {
        if (rest.at[at] == '\\' && has_pairs)
            at++;
        else if (rest.at[at] == '"')
            return at + 1;
    }
    return rest.len;
}

static size_t comment_length(struct text rest)
{
    size_t depth = 0;

    for (size_t at = 0; at < rest.len; at++) {
        if (rest.at[at] == '\\')
            at++;
        else if (rest.at[at] == '(')
            depth++;
        else if (rest.at[at] == ')' && --depth == 0)
            return at + 1;
    }
    return rest.len;
}

static size_t angle_length(struct text rest)
{
    const char *close = memchr(rest.at, '>', rest.len);

    return close ? (size_t)(close - rest.at) + 1 : rest.len;
}

/* Takes octets up to the comma that ends the member, which stays. */
static struct text take_member(struct text *rest, unsigned syntax)
{
    struct text before = *rest;

    cursor_blanks(rest);
    if ((syntax & LIST_ANGLES) && cursor_is(*rest, '<'))
        cursor_skip(rest, angle_length(*rest));
    while (rest->len > 0 && rest->at[0] != ',') {
        if ((syntax & LIST_QUOTES) && rest->at[0] == '"')
            cursor_skip(rest, quoted_length(*rest, syntax & LIST_PAIRS));
        else if ((syntax & LIST_COMMENTS) && rest->at[0] == '(')
            cursor_skip(rest, comment_length(*rest));
        else
            cursor_skip(rest, 1);
    }
    return text_trim(cursor_between(before, *rest));
}

bool list_next(struct list_reader *list, struct text *member)
{
    while (list->is_due || next_line(list)) {
        if (!list->is_due)
            continue;
        const char *begin = list->rest.at;
        struct text found = take_member(&list->rest, list->syntax);
        const char *end = list->rest.at;

        list->is_due = cursor_take(&list->rest, ',');
        if (found.len > 0) {
            *member = found;
            return true;
        }
        /* A line with an empty member has a comma: behind it or, if it is the last, before. */
        if (list->nempty++ == 0)
            list->empty = (struct text){ list->is_due ? end : begin - 1, 1 };
    }
    return false;
}

bool list_is_tokens(struct list_reader list, struct text *culprit)
{
    struct text member;

    while (list_next(&list, &member)) {
        cursor_token(&member);
        if (member.len > 0)
            return cursor_fault(member, culprit);
    }
    return true;
}

bool list_has(struct list_reader list, struct text name)
{
    struct text member;

    while (list_next(&list, &member))
        if (text_equal_nocase(member, name))
            return true;
    return false;
}
