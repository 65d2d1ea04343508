/*
 * regex.h - Perl-compatible regular expressions over octets, the one door to PCRE2.
 *
 * A regex is compiled once, immutable and shared by threads; what a match needs to write to is a
 * regex_room, one per thread. Matches have limits on steps and memory, so that no value can make
 * one run away; a match that reaches them is neither a yes nor a no. There is no JIT: its limits
 * count otherwise, and a report must be the same on every machine.
 */
#ifndef HTTPLINT_BASE_REGEX_H
#define HTTPLINT_BASE_REGEX_H

#include "base/text.h"

enum { REGEX_SOURCE_MAX = 4096, REGEX_WORDS_MAX = 160 };

struct regex;
struct regex_room;

enum regex_answer { REGEX_NO, REGEX_GAVE_UP, REGEX_YES };

struct regex_error {
    char words[REGEX_WORDS_MAX];
    size_t at;                 /* octet of the source */
};

/* NULL if the source is no regular expression: then `error` tells why. Freed by regex_free. */
struct regex *regex_new(struct text source, struct regex_error *error);
void regex_free(struct regex *);

/* Room for the matches of one thread, for any regex. Freed by regex_room_free. */
struct regex_room *regex_room_new(void);
void regex_room_free(struct regex_room *);

/* Does it fit somewhere in the value? `found` (may be NULL) becomes the part that fits. REGEX_GAVE_UP: a limit was
 * reached, nothing is known. */
enum regex_answer regex_find(const struct regex *, struct regex_room *, struct text value, struct text *found);

#endif
