/*
 * utf8.h - where a character of UTF-8 begins and ends (RFC 3629). Pure; nothing here fails.
 */
#ifndef HTTPLINT_BASE_UTF8_H
#define HTTPLINT_BASE_UTF8_H

#include "base/text.h"

/* Octets of the character that `octets` begins with, 1 to 4; 0 if it begins with none: overlong
 * forms, surrogates and what lies above U+10FFFF are none. `code` (may be NULL) becomes its code
 * point. */
size_t utf8_character(struct text octets, uint32_t *code);

/* `octets` cut to at most `max`, not inside a character. */
struct text utf8_cut(struct text octets, size_t max);

#endif
