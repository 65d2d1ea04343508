/*
 * list.h - the members of a comma list, over all field lines of a name (RFC 9110 5.6.1).
 *
 * A reader holds a place in the list and no octets; a copy of it is a second place. What parts
 * members is said by its syntax: inside quoted-strings commas part nothing, and in some fields
 * neither do those in comments or angle brackets. What is opened and never closed reaches to the
 * end of its line. Empty members are passed over and counted.
 */
#ifndef HTTPLINT_HTTP_VALUE_LIST_H
#define HTTPLINT_HTTP_VALUE_LIST_H

#include "http/message.h"
#include "http/value/cursor.h"

enum list_syntax {             /* where commas part nothing */
    LIST_QUOTES = 1,           /* between DQUOTEs */
    LIST_PAIRS = 2,            /* a backslash in there escapes: not so in entity tags */
    LIST_COMMENTS = 4,         /* in parentheses: Via */
    LIST_ANGLES = 8,           /* where a member begins with '<', up to '>': Link */
    LIST_USUAL = LIST_QUOTES | LIST_PAIRS
};

struct list_reader {
    const struct message *message;         /* NULL: one value only */
    const struct field *field;             /* the line that is read */
    uint16_t id;
    bool is_due;                           /* there is a member left in `rest`, be it empty */
    unsigned syntax;                       /* LIST_ bits; may be changed before the first member */
    struct text rest;                      /* of the line */
    uint32_t nempty;                       /* empty members so far; a line of blanks has none */
    struct text empty;                     /* a comma beside the first of them */
};

/* Over the lines of the header section with the id; none if the message is NULL. */
struct list_reader list_over(const struct message *, uint16_t id);

/* Over one value. */
struct list_reader list_of(struct text value);

/* The next member that is not empty, without blanks around it; false at the end. */
bool list_next(struct list_reader *, struct text *member);

/* Is each member a token? Lists of tokens: Connection, Allow, Vary ("*" is a token), Trailer,
 * Content-Encoding, Accept-Ranges. */
bool list_is_tokens(struct list_reader, struct text *culprit);

/* Is there a member that is `name`, but for ASCII case? */
bool list_has(struct list_reader, struct text name);

#endif
