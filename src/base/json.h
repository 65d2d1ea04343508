/*
 * json.h - JSON as it is written and read: objects and lists whose keys stay in the order in which
 * they were put.
 *
 * The one door to jansson. A tree is owned by its root. Text may be any octets: those that are not
 * UTF-8 become U+FFFD each. Writing cannot fail; memory comes from memory.h.
 */
#ifndef HTTPLINT_BASE_JSON_H
#define HTTPLINT_BASE_JSON_H

#include "base/errors.h"
#include "base/out.h"
#include "base/text.h"

struct json;

/* An empty object. Owned by the caller; freed by json_free with all that was put into it. */
struct json *json_new(void);
void json_free(struct json *);

/* A key (a literal of ours, in UTF-8) with its value, at the end of an object; a key that is there
 * already keeps its place. */
void json_put_text(struct json *object, const char *key, struct text);
void json_put_string(struct json *object, const char *key, const char *string);
void json_put_number(struct json *object, const char *key,
                     uint64_t); /* those above 2^63 - 1 are written as that */
void json_put_bool(struct json *object, const char *key, bool);

/* An empty object or list as the value of a key; it belongs to `object`. */
struct json *json_put_object(struct json *object, const char *key);
struct json *json_put_list(struct json *object, const char *key);

/* A member at the end of a list. */
void json_add_text(struct json *list, struct text);
void json_add_number(struct json *list, uint64_t);
struct json *json_add_object(struct json *list); /* empty; it belongs to `list` */

/* One more under this key, which may be any that is UTF-8, and how often that has been so: the object as a tally. */
uint64_t json_tally(struct json *object, const char *key);

/* On one line, without blanks and in ASCII (other characters as \uXXXX), so that it is harmless on
 * a terminal. */
void json_write(const struct json *, struct out *);

/* A JSON text (RFC 8259) as a tree; NULL, with the place in `errors`, if it is none, nests deeper than 2048 levels or
 * gives a key twice. The octets need not outlive the call. Freed by json_free. */
struct json *json_read(const char *name, struct text octets, struct errors *errors);

/* The member of that key; NULL if there is none, or `object` is no object. It lives as long as the tree. */
const struct json *json_get(const struct json *object, const char *key);

/* False if it is of another kind, or NULL; else the value: how many members, what text, what number (a whole one, not
 * below 0). */
bool json_get_list(const struct json *, size_t *count);
bool json_get_text(const struct json *, struct text *);
bool json_get_number(const struct json *, uint64_t *);

/* A member of a list, by its number. */
const struct json *json_at(const struct json *list, size_t number);

/* The same for whoever does not ask first: of another kind, or NULL, are no members, the empty text, 0 and false. */
enum json_kind { JSON_NOTHING, JSON_WORD /* true, false, null */, JSON_TEXT, JSON_NUMBER, JSON_LIST, JSON_MAP };
enum json_kind json_kind(const struct json *);
size_t json_count(const struct json *list);
struct text json_text(const struct json *);
double json_double(const struct json *);
bool json_is_yes(const struct json *);       /* it is `true` */

/* ---- JSON texts that are too large for a tree, or damaged further on ---- */

enum { JSON_WORDS_MAX = 160 };

/* Where reading ended: behind the value, or at the octet that cannot stand there, and why. */
struct json_end {
    size_t at;
    char words[JSON_WORDS_MAX];
};

/* The value at the start of `octets`, which may be followed by anything; NULL if there is none. As json_read, but that all
 * its numbers are doubles: those beyond what a double holds are refused. Freed by json_free. */
struct json *json_read_value(struct text octets, struct json_end *);

#endif
