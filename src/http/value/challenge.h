/*
 * challenge.h - authentication challenges and credentials (RFC 9110 11.3, 11.4, 11.6).
 *
 * In a list of challenges commas part both challenges and their parameters; the reader tells them
 * apart by what stands behind the first word. Pure; a challenge is a place in the list.
 */
#ifndef HTTPLINT_HTTP_VALUE_CHALLENGE_H
#define HTTPLINT_HTTP_VALUE_CHALLENGE_H

#include "http/value/list.h"
#include "http/value/parameter.h"

struct challenge {
    struct text scheme;
    struct text token68;       /* empty: none */
    struct text first;         /* what else stands in the member of the scheme */
    struct list_reader rest;   /* behind that member */
};

struct challenge_reader {
    struct list_reader list;
    bool takes_parameters;     /* of the challenge read last */
    bool is_faulty;            /* members that fit nowhere were met and passed over */
    struct text culprit;       /* in the first of these */
};

/* Over WWW-Authenticate, Proxy-Authenticate. */
struct challenge_reader challenge_over(struct list_reader);

/* The next challenge; false at the end. */
bool challenge_next(struct challenge_reader *, struct challenge *);

/* The next parameter of the challenge, which is used up by it; false at the end. Faulty ones are
 * passed over. */
bool challenge_parameter(struct challenge *, struct parameter *);

/* The first parameter with the name in any case. The challenge stays as it is. */
bool challenge_find(const struct challenge *, struct text name, struct parameter *);

/* True if a parameter occurs twice; `culprit` becomes the second one. */
bool challenge_repeats(const struct challenge *, struct text *culprit);

/* Is the list challenges and nothing else (none too)? */
bool challenge_check(struct list_reader, struct text *culprit);

/* Authorization, Proxy-Authorization: one scheme with token68 or parameters. */
bool challenge_read_credentials(struct text value, struct challenge *, struct text *culprit);

/* A member of Authentication-Info: name=value, blanks beside '=' passing. */
bool challenge_read_parameter(struct text member, struct parameter *, struct text *culprit);

/* Is it a token68? */
bool challenge_is_token68(struct text value);

#endif
