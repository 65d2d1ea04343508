/*
 * cursor.h - the steps that all readers of values take: octets off the front of a text.
 *
 * A cursor is a struct text that holds what is not read yet. Nothing here allocates, fails or
 * reads behind the end. Where a value breaks its grammar, a reader returns false and its culprit
 * becomes the rest of the value from the first octet at fault on: empty, at the end of the value,
 * if more was due. A culprit may be NULL, and stays as it is where nothing is wrong. An obs-fold
 * counts as blanks (RFC 9112 5.2).
 */
#ifndef HTTPLINT_HTTP_VALUE_CURSOR_H
#define HTTPLINT_HTTP_VALUE_CURSOR_H

#include "base/text.h"

/* What a reader of one item after another found. */
enum step {
    STEP_END,                  /* there are no more */
    STEP_ITEM,
    STEP_FAULT                 /* the cursor stands at the octet at fault; do not call again */
};

/* Where a reader that has to write puts its octets. */
struct room {
    char *at;
    size_t size;
};

/* Sets the culprit and gives false, so that readers can return it. */
static inline bool cursor_fault(struct text rest, struct text *culprit)
{
    if (culprit)
        *culprit = rest;
    return false;
}

/* True if nothing is left; else what is left is at fault. */
static inline bool cursor_end(struct text rest, struct text *culprit)
{
    return rest.len == 0 || cursor_fault(rest, culprit);
}

/* Passes over `count` octets, at most those that are left. */
static inline void cursor_skip(struct text *rest, size_t count)
{
    rest->at += count;
    rest->len -= count;
}

/* Is the next octet this one? */
static inline bool cursor_is(struct text rest, char octet)
{
    return rest.len > 0 && rest.at[0] == octet;
}

/* Takes the octet, or the literal (case counts), if it is next. */
bool cursor_take(struct text *rest, char octet);
bool cursor_take_text(struct text *rest, struct text literal);

/* Takes the longest run of octets of the kind; it may be empty. */
struct text cursor_while(struct text *rest, bool (*is_kind)(char octet));
struct text cursor_token(struct text *rest);
struct text cursor_digits(struct text *rest);

/* What was taken between two states of a cursor. */
struct text cursor_between(struct text before, struct text after);

/* Octets of the line break of an obs-fold and the blank behind it, if that is next; else 0. */
size_t cursor_fold(struct text rest);

/* Takes OWS or BWS: any run of SP, HTAB and folds; it may be empty. */
struct text cursor_blanks(struct text *rest);

/* Takes what the grammar writes as SP: one SP, or blanks with a fold in them. */
bool cursor_space(struct text *rest);

/* Takes what the grammar writes as 1*SP. */
bool cursor_spaces(struct text *rest);

/* Kinds of octets: ALPHA, DIGIT, HEXDIG in any case, either of the first two; HTAB, SP, VCHAR or
 * obs-text. */
bool cursor_is_alpha(char octet);
bool cursor_is_digit(char octet);
bool cursor_is_hex(char octet);
bool cursor_is_alnum(char octet);
bool cursor_is_visible(char octet);

#endif
