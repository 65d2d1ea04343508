/*
 * template.h - the message of a rule against that of a finding: what its holes were filled with.
 *
 * Pure; views into both texts, no memory of its own.
 */
#ifndef HTTPLINT_REPORT_TEMPLATE_H
#define HTTPLINT_REPORT_TEMPLATE_H

#include "base/text.h"

enum { HOLES_MAX = 32 };

/* A hole `<SUBJECT>`, and the octets of the message that it may have been filled with: as these may
 * hold the template's own words, from the earliest start to the latest end that fits the words. */
struct hole {
    struct text subject;
    struct text before; /* the template's words between the hole before and this one */
    size_t from, to;    /* in the message */
};

struct template {
    struct hole holes[HOLES_MAX];
    size_t count;
    struct text tail; /* words after the last hole */
};

/* Finds the holes of `words`; their spans are empty. False if there are too many. */
bool template_split(struct template *, struct text words);

/* Finds the spans. False if the message was not made from this template. */
bool template_match(struct template *, struct text message);

#endif
