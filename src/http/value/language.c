#include "http/value/language.h"

/* The irregular ones of RFC 5646 2.1 that are no langtag by their form. */
static const struct text grandfathered[] = {
    TEXT_INIT("en-GB-oed"),  TEXT_INIT("i-ami"),    TEXT_INIT("i-bnn"),     TEXT_INIT("i-default"),
    TEXT_INIT("i-enochian"), TEXT_INIT("i-hak"),    TEXT_INIT("i-klingon"), TEXT_INIT("i-lux"),
    TEXT_INIT("i-mingo"),    TEXT_INIT("i-navajo"), TEXT_INIT("i-pwn"),     TEXT_INIT("i-tao"),
    TEXT_INIT("i-tay"),      TEXT_INIT("i-tsu"),    TEXT_INIT("sgn-BE-FR"), TEXT_INIT("sgn-BE-NL"),
    TEXT_INIT("sgn-CH-DE"),
};

/* The subtag that is next, without its '-'. */
static struct text peek(struct text rest)
{
    cursor_take(&rest, '-');
    return cursor_while(&rest, cursor_is_alnum);
}

static void take(struct text *rest)
{
    cursor_take(rest, '-');
    cursor_while(rest, cursor_is_alnum);
}

static bool is_all(struct text subtag, size_t len, bool (*is_kind)(char))
{
    return subtag.len == len && cursor_while(&subtag, is_kind).len == len;
}

static bool is_variant(struct text subtag)
{
    return (subtag.len >= 5 && subtag.len <= 8) ||
           (subtag.len == 4 && cursor_is_digit(subtag.at[0]));
}

/* 1*("-" (min*8alphanum)) behind a singleton; where there is none the cursor stays at its "-". */
static bool take_extension(struct text *rest, size_t min)
{
    unsigned count = 0;

    take(rest);
    for (struct text subtag = peek(*rest); subtag.len >= min && subtag.len <= 8;
         subtag = peek(*rest)) {
        take(rest);
        count++;
    }
    return count > 0;
}

/* language ["-" script] ["-" region] *("-" variant); false: not even a language. */
static bool take_language(struct text *rest)
{
    struct text language = peek(*rest);

    if (cursor_is(*rest, '-') || language.len < 2 || language.len > 8 ||
        !is_all(language, language.len, cursor_is_alpha))
        return false;
    take(rest);
    for (unsigned i = 0; language.len <= 3 && i < 3 && is_all(peek(*rest), 3, cursor_is_alpha); i++)
        take(rest);
    if (is_all(peek(*rest), 4, cursor_is_alpha))
        take(rest);
    if (is_all(peek(*rest), 2, cursor_is_alpha) || is_all(peek(*rest), 3, cursor_is_digit))
        take(rest);
    while (is_variant(peek(*rest)))
        take(rest);
    return true;
}

static bool is_x(struct text subtag)
{
    return text_equal_nocase(subtag, TEXT("x"));
}

bool language_is_tag(struct text value, struct text *culprit)
{
    for (size_t i = 0; i < sizeof grandfathered / sizeof *grandfathered; i++)
        if (text_equal_nocase(value, grandfathered[i]))
            return true;
    if (!is_x(peek(value)) || cursor_is(value, '-')) {
        if (!take_language(&value))
            return cursor_fault(value, culprit);
        while (peek(value).len == 1 && !is_x(peek(value)))
            if (!take_extension(&value, 2))
                return cursor_fault(value, culprit);
    }
    if (is_x(peek(value)) && !take_extension(&value, 1))
        return cursor_fault(value, culprit);
    return cursor_end(value, culprit);
}

bool language_is_range(struct text value, struct text *culprit)
{
    struct text subtag = peek(value);

    if (text_equal(value, TEXT("*")))
        return true;
    if (subtag.len == 0 || subtag.len > 8 || cursor_is(value, '-') ||
        !is_all(subtag, subtag.len, cursor_is_alpha))
        return cursor_fault(value, culprit);
    take(&value);
    while (cursor_is(value, '-') && (subtag = peek(value)).len > 0 && subtag.len <= 8)
        take(&value);
    return cursor_end(value, culprit);
}
