/*
 * names.h - field names, methods and reason phrases as numbers.
 *
 * After the parser a field name is a number: the known ones from names.def, and those that a
 * ruleset adds. A table is immutable once its rules are loaded and is shared by all sessions.
 */
#ifndef HTTPLINT_HTTP_NAMES_H
#define HTTPLINT_HTTP_NAMES_H

#include "base/text.h"

enum { NAMES_MAX = 512 };

enum field_id {
    FIELD_UNKNOWN,
#define NAME(enumerator, name, shape, side, spec) FIELD_##enumerator,
#include "http/names.def"
#undef NAME
    FIELD_FIRST_ADDED          /* ids from here on belong to the names that rules add */
};

enum field_shape { SHAPE_TEXT, SHAPE_LIST, SHAPE_NUMBER, SHAPE_MEDIA };
enum field_side { SIDE_REQUEST = 1, SIDE_RESPONSE = 2, SIDE_BOTH = 3 };

struct name {
    struct text text;          /* as the specification writes it */
    enum field_shape shape;
    enum field_side side;
    const char *spec;          /* "RFC9110 10.2.1"; "-": no specification; NULL: added by a ruleset */
};

struct names;

/* The known names of names.def. Owned by the caller; freed by names_free. */
struct names *names_new(void);
void names_free(struct names *);

/* Adds a name (copied) and gives its id; an id that exists is given as it is. 0 if the table is full (NAMES_MAX). */
uint16_t names_add(struct names *, struct text name, enum field_shape);

/* The id of a name in any case, FIELD_UNKNOWN if it is not known. Called once per field line. */
uint16_t names_find(const struct names *, struct text name);

/* What is known of an id, and how many ids there are (the ids are 1 .. count - 1). */
const struct name *names_get(const struct names *, uint16_t id);
uint16_t names_count(const struct names *);

/* METHOD(enumerator, method as on the wire: case counts) */
#define METHODS(METHOD)                                                                            \
    METHOD(GET) METHOD(HEAD) METHOD(POST) METHOD(PUT) METHOD(DELETE) METHOD(CONNECT)               \
    METHOD(OPTIONS) METHOD(TRACE) METHOD(PATCH) METHOD(PROPFIND) METHOD(PROPPATCH) METHOD(MKCOL)   \
    METHOD(COPY) METHOD(MOVE) METHOD(LOCK) METHOD(UNLOCK) METHOD(SEARCH) METHOD(REPORT)            \
    METHOD(QUERY) METHOD(PRI)

enum method {
    METHOD_UNKNOWN,
#define METHOD(name) METHOD_##name,
    METHODS(METHOD)
#undef METHOD
    METHOD_COUNT
};

/* METHOD_UNKNOWN for what is not in the list: such a method is legal all the same. */
enum method method_find(struct text method);

/* The name of a method as on the wire; "" for METHOD_UNKNOWN. */
const char *method_name(enum method);

/* The reason phrase of RFC 9110 15 and the registry, "" if the code is not registered. Never fails. */
const char *status_phrase(unsigned status);

#endif
