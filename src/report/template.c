#include "report/template.h"

/* The length of the hole that the octets begin with; 0: they begin with none. */
static size_t hole_len(struct text text)
{
    size_t len = 1;

    if (text.len < 3 || text.at[0] != '<')
        return 0;
    while (len < text.len && text_is_tchar(text.at[len]))
        len++;
    return len > 1 && len < text.len && text.at[len] == '>' ? len + 1 : 0;
}

bool template_split(struct template *template, struct text words)
{
    size_t start = 0, at = 0;

    template->count = 0;
    while (at < words.len) {
        size_t len = hole_len(text_part(words, at, words.len));

        if (len == 0) {
            at += 1 + text_until(text_part(words, at + 1, words.len), '<', NULL).len;
            continue;
        }
        if (template->count == HOLES_MAX)
            return false;
        template->holes[template->count++] = (struct hole){
            .subject = text_part(words, at + 1, len - 2),
            .before = text_part(words, start, at - start),
        };
        at += len;
        start = at;
    }
    template->tail = text_part(words, start, words.len);
    return true;
}

/* Where `words` end in message[from ..] when found first; SIZE_MAX: nowhere. */
static size_t first_end(struct text message, struct text words, size_t from)
{
    struct text rest = text_part(message, from, message.len);
    const char *found = words.len > 0 ? NULL : rest.at;

    if (words.len > 0 && rest.len > 0)
        found = memmem(rest.at, rest.len, words.at, words.len);
    return found ? (size_t)(found - message.at) + words.len : SIZE_MAX;
}

/* Where `words` begin in message[.. to] when found last; SIZE_MAX: nowhere. */
static size_t last_start(struct text message, struct text words, size_t to)
{
    for (size_t at = to - words.len; words.len <= to; at--) {
        if (text_equal(text_part(message, at, words.len), words))
            return at;
        if (at == 0)
            break;
    }
    return SIZE_MAX;
}

static bool find_starts(struct template *template, struct text message)
{
    size_t from = 0;

    if (template->count > 0 && !text_starts(message, template->holes[0].before))
        return false;
    for (size_t i = 0; i < template->count; i++) {
        from = first_end(message, template->holes[i].before, from);
        if (from == SIZE_MAX)
            return false;
        template->holes[i].from = from;
    }
    return true;
}

static bool find_ends(struct template *template, struct text message)
{
    size_t tail_len = template->tail.len, to = message.len - tail_len;

    if (message.len < tail_len || !text_equal(text_part(message, to, tail_len), template->tail))
        return false;
    for (size_t i = template->count; i > 0; i--) {
        template->holes[i - 1].to = to;
        to = last_start(message, template->holes[i - 1].before, to);
        if (to == SIZE_MAX)
            return false;
    }
    return true;
}

bool template_match(struct template *template, struct text message)
{
    return find_starts(template, message) && find_ends(template, message);
}
