#include "http/value/cookie.h"

#include "http/value/date.h"
#include "http/value/number.h"

/* cookie-octet: no controls, blanks, DQUOTE, comma, semicolon or backslash */
static bool is_cookie_octet(char octet)
{
    return octet > ' ' && octet < 0x7F && !strchr("\",;\\", octet);
}

/* av-octet: no controls, no semicolon */
static bool is_attribute_octet(char octet)
{
    return octet >= ' ' && octet < 0x7F && octet != ';';
}

static bool is_name_octet(char octet)
{
    return is_attribute_octet(octet) && octet != '=';
}

/* *cookie-octet, or the same between DQUOTEs */
static bool take_value(struct text *rest, struct text *value)
{
    bool is_quoted = cursor_take(rest, '"');

    *value = cursor_while(rest, is_cookie_octet);
    return !is_quoted || cursor_take(rest, '"');
}

bool cookie_read_set(struct text value, struct cookie *cookie, struct text *culprit)
{
    struct cookie_attribute attribute;
    enum step step;

    *cookie = (struct cookie){ .name = cursor_token(&value) };
    cursor_blanks(&value);
    if (cookie->name.len == 0 || !cursor_take(&value, '='))
        return cursor_fault(value, culprit);
    cursor_blanks(&value);
    if (!take_value(&value, &cookie->value))
        return cursor_fault(value, culprit);
    cookie->attributes = value;
    do
        step = cookie_next_attribute(&value, &attribute);
    while (step == STEP_ITEM);
    return step == STEP_END || cursor_fault(value, culprit);
}

static enum cookie_kind find(struct text name)
{
    static const struct text names[COOKIE_COUNT] = {
        [COOKIE_UNKNOWN] = TEXT_INIT(""),
#define ATTRIBUTE(enumerator, name) [COOKIE_##enumerator] = TEXT_INIT(name),
        COOKIE_ATTRIBUTES(ATTRIBUTE)
#undef ATTRIBUTE
    };

    for (unsigned i = COOKIE_UNKNOWN + 1; i < COOKIE_COUNT; i++)
        if (text_equal_nocase(name, names[i]))
            return (enum cookie_kind)i;
    return COOKIE_UNKNOWN;
}

enum step cookie_next_attribute(struct text *rest, struct cookie_attribute *attribute)
{
    cursor_blanks(rest);
    if (rest->len == 0)
        return STEP_END;
    if (!cursor_take(rest, ';'))
        return STEP_FAULT;
    cursor_blanks(rest);
    *attribute = (struct cookie_attribute){ .name = text_trim(cursor_while(rest, is_name_octet)) };
    attribute->kind = find(attribute->name);
    attribute->has_value = cursor_take(rest, '=');
    if (attribute->has_value)
        attribute->value = text_trim(cursor_while(rest, is_attribute_octet));
    return rest->len == 0 || cursor_is(*rest, ';') || cursor_fold(*rest) > 0 ? STEP_ITEM
                                                                             : STEP_FAULT;
}

bool cookie_find(const struct cookie *cookie, enum cookie_kind kind,
                 struct cookie_attribute *attribute)
{
    struct text rest = cookie->attributes;

    while (cookie_next_attribute(&rest, attribute) == STEP_ITEM)
        if (attribute->kind == kind)
            return true;
    return false;
}

static bool is_imf(struct text value)
{
    struct date date;

    return date_read(value, 0, &date, NULL) && date.format == DATE_IMF;
}

static bool is_domain_octet(char octet)
{
    return cursor_is_alnum(octet) || octet == '-' || octet == '.';
}

/* Labels of letters, digits and '-'; a first dot passes, recipients ignore it. */
static bool is_domain(struct text value)
{
    return cursor_while(&value, is_domain_octet).len > 0 && value.len == 0;
}

static bool is_same_site(struct text value)
{
    return text_equal_nocase(value, TEXT("Strict")) || text_equal_nocase(value, TEXT("Lax")) ||
           text_equal_nocase(value, TEXT("None"));
}

bool cookie_is_attribute_right(const struct cookie_attribute *attribute)
{
    uint64_t seconds;

    switch (attribute->kind) {
    case COOKIE_EXPIRES:
        return is_imf(attribute->value);
    case COOKIE_MAX_AGE:
        return number_read(attribute->value, &seconds, NULL);
    case COOKIE_DOMAIN:
        return is_domain(attribute->value);
    case COOKIE_SAME_SITE:
        return is_same_site(attribute->value);
    case COOKIE_PATH:
        return attribute->has_value;
    case COOKIE_SECURE:
    case COOKIE_HTTP_ONLY:
    case COOKIE_PARTITIONED:
        return !attribute->has_value;
    case COOKIE_UNKNOWN:
    case COOKIE_COUNT:
        break;
    }
    return true;
}

enum step cookie_next(struct text *rest, struct cookie *cookie)
{
    if (rest->len == 0)
        return STEP_END;
    *cookie = (struct cookie){ .name = cursor_token(rest) };
    if (cookie->name.len == 0 || !cursor_take(rest, '=') || !take_value(rest, &cookie->value))
        return STEP_FAULT;
    if (rest->len == 0)
        return STEP_ITEM;
    return cursor_take(rest, ';') && cursor_space(rest) && rest->len > 0 ? STEP_ITEM : STEP_FAULT;
}
