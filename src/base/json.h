/*
 * json.h - JSON as it is written: objects and lists whose keys stay in the order in which they were
 * put.
 *
 * The one door to jansson. A tree is owned by its root. Text may be any octets: those that are not
 * UTF-8 become U+FFFD each. Nothing here fails; memory comes from memory.h.
 */
#ifndef HTTPLINT_BASE_JSON_H
#define HTTPLINT_BASE_JSON_H

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

/* On one line, without blanks and in ASCII (other characters as \uXXXX), so that it is harmless on
 * a terminal. */
void json_write(const struct json *, struct out *);

#endif
