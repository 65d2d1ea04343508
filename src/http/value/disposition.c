#include "http/value/disposition.h"

#include "http/value/language.h"
#include "http/value/percent.h"

bool disposition_read(struct text value, struct disposition *disposition, struct text *culprit)
{
    disposition->type = cursor_token(&value);
    disposition->parameters = value;
    if (disposition->type.len == 0)
        return cursor_fault(value, culprit);
    return parameter_check(value, culprit);
}

/* mime-charsetc */
static bool is_charset_octet(char octet)
{
    return cursor_is_alnum(octet) || (octet != '\0' && strchr("!#$%&+-^_`{}~", octet));
}

/* attr-char */
static bool is_attribute_octet(char octet)
{
    return cursor_is_alnum(octet) || (octet != '\0' && strchr("!#$&+-.^_`|~", octet));
}

static bool is_language_octet(char octet)
{
    return cursor_is_alnum(octet) || octet == '-';
}

bool disposition_read_extended(struct text value, struct extended *extended, struct text *culprit)
{
    *extended = (struct extended){ .charset = cursor_while(&value, is_charset_octet) };
    if (extended->charset.len == 0 || !cursor_take(&value, '\''))
        return cursor_fault(value, culprit);
    extended->language = cursor_while(&value, is_language_octet);
    if (!cursor_is(value, '\'') ||
        (extended->language.len > 0 && !language_is_tag(extended->language, culprit)))
        return cursor_is(value, '\'') ? false : cursor_fault(value, culprit);
    cursor_skip(&value, 1);
    extended->value = value;
    if (!percent_take(&value, is_attribute_octet))
        return cursor_fault(value, culprit);
    return cursor_end(value, culprit);
}
