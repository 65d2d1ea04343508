/*
 * sf.h - structured fields: is a line a dictionary, list or item by RFC 9651, and what is in it?
 *
 * Pure views, one field line at a time: a field that comes in several lines is read line by line.
 */
#ifndef HTTPLINT_HTTP_VALUE_SF_H
#define HTTPLINT_HTTP_VALUE_SF_H

#include "http/value/bare.h"

enum sf_type { SF_ITEM, SF_LIST, SF_DICTIONARY };

struct sf_member {
    struct text key;           /* of a dictionary, or a parameter */
    enum bare_kind kind;       /* of a key without a value, which is true: BARE_BOOLEAN */
    bool is_inner_list;        /* then `kind` says nothing */
    struct text item;          /* as written, with its marks; empty: a key without a value */
    struct text parameters;    /* for sf_next_parameter */
};

/* Is the value of the type? An empty list or dictionary is one. */
bool sf_check(struct text value, enum sf_type, struct text *culprit);

/* The next member of a list or dictionary; of an item, the item. A comma with nothing behind it is
 * a fault. */
enum step sf_next(struct text *rest, enum sf_type, struct sf_member *);

/* The next parameter of a member; its own parameters are empty. */
enum step sf_next_parameter(struct text *rest, struct sf_member *);

/* True if a key of a dictionary, or one of the parameters of a member, occurs twice; `culprit`
 * becomes the second. */
bool sf_repeats(struct text value, enum sf_type, struct text *culprit);

#endif
