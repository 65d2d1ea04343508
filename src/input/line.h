/*
 * line.h - what one line of a transcript says by itself: marker, options, words, octets.
 *
 * Pure readers, each over a text that they never change. They know nothing of cases and
 * connections, and tell a mistake by its place in the line: what to say of it is transcript.c's.
 */
#ifndef HTTPLINT_INPUT_LINE_H
#define HTTPLINT_INPUT_LINE_H

#include "base/text.h"

enum { LINE_MARKER_LEN = 3, LINE_WORDS_MAX = 3, LINE_CONNECTIONS = 64 };

/* Takes a line off the text, without its end, LF or CRLF. */
struct text line_next(struct text *rest);

/* True if the line begins with `===`, `>>>`, `<<<` or `---`. */
bool line_is_marker(struct text line);

/* True for a line of blanks, or none. */
bool line_is_blank(struct text line);

/* True if octets of a marker line may stand next to the marker: a blank or an option. */
bool line_is_separator(char octet);

/* `# ` and what follows, or `#` alone. */
bool line_is_comment(struct text line);

/* Takes the next word off `rest`: octets up to a blank or to `end`. False if there is none. */
bool line_word(struct text *rest, char end, struct text *word);

/* True for a rule's id: lower-case letters, digits and dashes, a letter first. */
bool line_is_id(struct text word);

/* What may follow a marker: `[+0.5s]` and `[conn 2]`, each at most once, and words. */
struct line_marker {
    unsigned connection;                     /* 0: none is named */
    int64_t delay_us;
    struct text words[LINE_WORDS_MAX];
    unsigned nwords;
    bool has_delay;
};

/* NULL, or the place of the option or the word that cannot stand there; more than `nwords` words
 * cannot. */
const char *line_read_marker(struct text behind, unsigned nwords, struct line_marker *);

/* The octets that a line of a block stands for, CRLF included unless it ends in a backslash: at
 * most line.len + 2. NULL, or the place of an escape that is none. */
const char *line_read_octets(struct text line, uint8_t *octets, size_t *len);

#endif
