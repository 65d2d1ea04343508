/*
 * subject.h - the facts that rules can name: one table, a row each.
 *
 * A subject is a fact of one message or of the exchange; what the capture did not show of it is
 * unknown, never absent. Nothing here compares, allocates (but for parsing) or judges.
 */
#ifndef HTTPLINT_ENGINE_SUBJECT_H
#define HTTPLINT_ENGINE_SUBJECT_H

#include "engine/check.h"

/* Whose fact: WHOSE_MESSAGE is the message that is looked at, whichever side sent it. */
enum whose { WHOSE_REQUEST, WHOSE_RESPONSE, WHOSE_MESSAGE, WHOSE_COUNT };

/* What a rule may look at now; a message that is NULL is unknown. */
struct view {
    const struct exchange *exchange;           /* its request and response as in `of` */
    const struct message *of[WHOSE_COUNT];
    struct regex_room *room;
    const struct history *history;             /* NULL: nothing is remembered */
    uint64_t earlier;                          /* the frame of what a check compared it with; 0: nothing */
};

enum fact_kind {
    FACT_TEXT,                 /* one text, or none */
    FACT_NUMBER,               /* one number */
    FACT_ANOMALY,              /* a set of enum anomaly_kind */
    FACT_FIELD,                /* the lines of a field in the header section */
    FACT_TRAILER               /* the same in the trailer section */
};

/* A number of which perhaps only a lower bound is known. */
struct quantity {
    uint64_t least;
    bool is_exact;
};

struct fact {
    const char *name;          /* in the rule language; without its prefix if it has one */
    bool has_prefix;           /* of one message: request.X, response.X, message.X */
    enum whose whose;          /* without prefix: the message that it needs */
    enum fact_kind kind;
    bool keeps_case;           /* patterns compare it with its case */
    enum truth (*text)(const struct view *, const struct message *, struct text *);
    struct quantity (*number)(const struct message *);
    bool is_of_shape;          /* the same in all messages of a shape (http/known.h) */
};

struct subject {
    const struct fact *fact;
    enum whose whose;
    uint16_t field;            /* fields and trailers: the id */
    enum field_shape shape;
};

/* What was wrong with the words of a subject. */
struct subject_error {
    bool is_name;              /* a field name that is not known, else the whole is no subject */
    struct text wrong, meant;  /* the part at fault; what was meant perhaps, may be empty */
};

/* The facts, fields not among them, by number; NULL past the last one. */
const struct fact *subject_fact(size_t number);

/* True if `words` name a subject, as "response.trailer.Digest"; else `error` tells why. */
bool subject_parse(struct text words, const struct names *, struct subject *, struct subject_error *error);

/* The message that the subject is a fact of; NULL: unknown. */
static inline const struct message *subject_message(const struct subject *subject, const struct view *view)
{
    return view->of[subject->whose];
}

/* True if the subject is known once the head is, and the same in all messages of its shape, if it has one. `is_counted`: its
 * lines are only counted. */
bool subject_is_of_shape(const struct subject *, const struct message *, bool is_counted);

/* The field line after `previous` (NULL: from the start) of a subject that is a field or a trailer. */
const struct field *subject_line(const struct subject *, const struct message *, const struct field *previous);

/* True if the capture may have lost lines of the subject: there can be more than are seen. */
bool subject_is_open(const struct subject *, const struct message *);

/* True for `framing`; what it is called in the rule language. */
bool subject_is_framing(const struct subject *);
struct text subject_framing(enum framing);

/* Its text as a person would write it: the first line of a field, a number in digits (`digits` is the room for them).
 * NO: it is absent. */
enum truth subject_text(const struct subject *, const struct view *, char digits[32], struct text *);

#endif
