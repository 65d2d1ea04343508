#include "http/value/multipart.h"

#include "http/value/quoted.h"

enum delimiter { DELIMITER_NONE, DELIMITER_PART, DELIMITER_FINAL };

static bool is_bchar(char octet)
{
    return cursor_is_alnum(octet) || (octet != '\0' && strchr("'()+_,-./:=? ", octet));
}

bool multipart_is_boundary(struct text boundary, struct text *culprit)
{
    struct text rest = boundary;

    cursor_while(&rest, is_bchar);
    if (rest.len == 0 && boundary.len > 0 && boundary.at[boundary.len - 1] == ' ')
        rest = text_part(boundary, boundary.len - 1, 1);
    if (rest.len > 0 || boundary.len == 0)
        return cursor_fault(rest, culprit);
    return cursor_end(text_part(boundary, MULTIPART_BOUNDARY_MAX, boundary.len), culprit);
}

bool multipart_boundary(const struct media *media, struct room room, struct text *boundary)
{
    struct parameter parameter;

    if (!parameter_find(media->parameters, TEXT("boundary"), &parameter) || !parameter.has_value)
        return false;
    *boundary = parameter.value;
    return !parameter.is_quoted || quoted_copy(parameter.value, room, boundary);
}

struct multipart multipart_over(struct text body, struct text boundary)
{
    struct multipart multipart = { .rest = body, .boundary = boundary };

    if (!multipart_is_boundary(boundary, NULL))
        multipart.rest.len = 0;
    return multipart;
}

/* A line with its end, which may be missing only at the end of the body. */
static struct text take_line(struct text *rest)
{
    const char *feed = rest->len > 0 ? memchr(rest->at, '\n', rest->len) : NULL;
    struct text line = text_part(*rest, 0, feed ? (size_t)(feed - rest->at) + 1 : rest->len);

    cursor_skip(rest, line.len);
    return line;
}

/* Octets of the line break at the end: 0, 1 (LF alone) or 2. */
static size_t break_length(struct text text)
{
    if (text.len == 0 || text.at[text.len - 1] != '\n')
        return 0;
    return text.len > 1 && text.at[text.len - 2] == '\r' ? 2 : 1;
}

/* "--" boundary [ "--" ], blanks. Without its line break only the final one is known for what it
 * is. */
static enum delimiter delimiter_of(const struct multipart *multipart, struct text line)
{
    size_t end = break_length(line);

    line.len -= end;
    if (!cursor_take_text(&line, TEXT("--")) || !cursor_take_text(&line, multipart->boundary))
        return DELIMITER_NONE;
    bool is_final = cursor_take_text(&line, TEXT("--"));

    cursor_blanks(&line);
    if (line.len > 0 || (end == 0 && !is_final))
        return DELIMITER_NONE;
    return is_final ? DELIMITER_FINAL : DELIMITER_PART;
}

/* Octets up to the next delimiter line, which is taken too. */
static struct text take_content(struct multipart *multipart, enum delimiter *delimiter)
{
    struct text before = multipart->rest, line, content;

    do {
        content = cursor_between(before, multipart->rest);
        line = take_line(&multipart->rest);
        *delimiter = delimiter_of(multipart, line);
    } while (*delimiter == DELIMITER_NONE && multipart->rest.len > 0);
    if (*delimiter == DELIMITER_NONE)
        return before;
    if (break_length(line) == 1 || break_length(content) == 1)
        multipart->has_bare_lf = true;
    content.len -= break_length(content);
    return content;
}

static void part_head(struct text octets, struct part *part)
{
    struct text rest = octets;

    while (rest.len > 0) {
        struct text before = rest, line = take_line(&rest);

        part->has_head_end = line.len == break_length(line);
        if (part->has_head_end) {
            part->head = cursor_between(octets, before);
            part->content = rest;
            return;
        }
    }
    part->head = octets;
}

bool multipart_next(struct multipart *multipart, struct part *part)
{
    enum delimiter delimiter = DELIMITER_NONE;

    if (!multipart->has_begun && multipart->rest.len > 0) {
        take_content(multipart, &delimiter);
        multipart->has_begun = delimiter != DELIMITER_NONE;
        multipart->is_closed = delimiter == DELIMITER_FINAL;
    }
    if (!multipart->has_begun || multipart->is_closed || multipart->rest.len == 0)
        return false;
    struct text octets = take_content(multipart, &delimiter);

    *part = (struct part){ .is_whole = delimiter != DELIMITER_NONE };
    part_head(octets, part);
    multipart->is_closed = delimiter == DELIMITER_FINAL;
    return true;
}

bool multipart_field(struct text *rest, struct text *name, struct text *value)
{
    struct text begin = *rest, line;

    if (rest->len == 0)
        return false;
    do
        take_line(rest);
    while (cursor_is(*rest, ' ') || cursor_is(*rest, '\t'));
    line = cursor_between(begin, *rest);
    *name = text_until(line, ':', value);
    if (name->len == line.len) {
        *value = text_trim(line);
        name->len = 0;
    }
    *value = text_trim(*value);
    return true;
}

bool multipart_find(const struct part *part, struct text wanted, struct text *value)
{
    struct text rest = part->head, name;

    while (multipart_field(&rest, &name, value))
        if (text_equal_nocase(name, wanted))
            return true;
    return false;
}
