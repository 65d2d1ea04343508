#include "base/json.h"

#include <jansson.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/utf8.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* jansson's own results are not checked below: what can fail there is memory alone, and that is
 * memory.h's. */
static void use_our_memory(void)
{
    json_set_alloc_funcs(memory_new, memory_free);
}

struct json *json_new(void)
{
    pthread_once(&once, use_our_memory);
    return (struct json *)json_object();
}

void json_free(struct json *json)
{
    json_decref((json_t *)json);
}

/* Length of the UTF-8 at the start of `octets`. */
static size_t valid(struct text octets)
{
    size_t at = 0;

    while (at < octets.len) {
        size_t len = utf8_character(text_part(octets, at, 4), NULL);

        if (len == 0)
            break;
        at += len;
    }
    return at;
}

static json_t *repaired(struct text octets)
{
    struct out *out = out_new_memory();

    while (octets.len > 0) {
        size_t len = valid(octets);

        out_text(out, text_part(octets, 0, len));
        if (len < octets.len)
            out_text(out, TEXT("\xEF\xBF\xBD"));
        octets = text_part(octets, len + 1, octets.len);
    }
    struct text held = out_held(out);
    json_t *string = json_stringn_nocheck(held.at, held.len);

    out_free(out);
    return string;
}

static json_t *string_of(struct text octets)
{
    if (valid(octets) == octets.len)
        return json_stringn_nocheck(octets.len > 0 ? octets.at : "", octets.len);
    return repaired(octets);
}

static json_t *number_of(uint64_t number)
{
    return json_integer(number > INT64_MAX ? INT64_MAX : (json_int_t)number);
}

static void put(struct json *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck((json_t *)object, key, value);
}

void json_put_text(struct json *object, const char *key, struct text octets)
{
    put(object, key, string_of(octets));
}

void json_put_string(struct json *object, const char *key, const char *string)
{
    put(object, key, string_of(text_of(string)));
}

void json_put_number(struct json *object, const char *key, uint64_t number)
{
    put(object, key, number_of(number));
}

void json_put_bool(struct json *object, const char *key, bool value)
{
    put(object, key, json_boolean(value));
}

struct json *json_put_object(struct json *object, const char *key)
{
    json_t *child = json_object();

    put(object, key, child);
    return (struct json *)child;
}

struct json *json_put_list(struct json *object, const char *key)
{
    json_t *child = json_array();

    put(object, key, child);
    return (struct json *)child;
}

void json_add_text(struct json *list, struct text octets)
{
    json_array_append_new((json_t *)list, string_of(octets));
}

void json_add_number(struct json *list, uint64_t number)
{
    json_array_append_new((json_t *)list, number_of(number));
}

struct json *json_add_object(struct json *list)
{
    json_t *child = json_object();

    json_array_append_new((json_t *)list, child);
    return (struct json *)child;
}

uint64_t json_tally(struct json *object, const char *key)
{
    json_int_t count = json_integer_value(json_object_get((json_t *)object, key)) + 1;

    put(object, key, json_integer(count));
    return (uint64_t)count;
}

static int hand_on(const char *octets, size_t len, void *context)
{
    out_text(context, (struct text){ octets, len });
    return 0;
}

void json_write(const struct json *json, struct out *out)
{
    json_dump_callback((const json_t *)json, hand_on, out, JSON_COMPACT | JSON_ENSURE_ASCII);
}

/* ---- reading ---- */

struct json *json_read(const char *name, struct text octets, struct errors *errors)
{
    json_error_t error;

    pthread_once(&once, use_our_memory);
    json_t *root = json_loadb(octets.len > 0 ? octets.at : "", octets.len,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

    if (!root)
        errors_add(errors, name, (unsigned)(error.line > 0 ? error.line : 0),
                   (unsigned)(error.column > 0 ? error.column : 0), "is not JSON: %s", error.text);
    return (struct json *)root;
}

const struct json *json_get(const struct json *object, const char *key)
{
    return (const struct json *)json_object_get((const json_t *)object, key);
}

bool json_get_list(const struct json *json, size_t *count)
{
    *count = json_array_size((const json_t *)json);
    return json_is_array((const json_t *)json);
}

bool json_get_text(const struct json *json, struct text *text)
{
    const json_t *string = (const json_t *)json;

    if (!json_is_string(string))
        return false;
    *text = (struct text){ json_string_value(string), json_string_length(string) };
    return true;
}

bool json_get_number(const struct json *json, uint64_t *number)
{
    const json_t *integer = (const json_t *)json;

    if (!json_is_integer(integer) || json_integer_value(integer) < 0)
        return false;
    *number = (uint64_t)json_integer_value(integer);
    return true;
}

const struct json *json_at(const struct json *list, size_t number)
{
    return (const struct json *)json_array_get((const json_t *)list, number);
}

enum json_kind json_kind(const struct json *json)
{
    if (!json)
        return JSON_NOTHING;
    switch (json_typeof((const json_t *)json)) {
    case JSON_STRING:
        return JSON_TEXT;
    case JSON_INTEGER:
    case JSON_REAL:
        return JSON_NUMBER;
    case JSON_ARRAY:
        return JSON_LIST;
    case JSON_OBJECT:
        return JSON_MAP;
    default:
        return JSON_WORD;
    }
}

size_t json_count(const struct json *list)
{
    return json_array_size((const json_t *)list);
}

struct text json_text(const struct json *json)
{
    if (json_kind(json) != JSON_TEXT)
        return (struct text){ "", 0 };
    return (struct text){ json_string_value((const json_t *)json), json_string_length((const json_t *)json) };
}

bool json_is_yes(const struct json *json)
{
    return json_is_true((const json_t *)json);
}

double json_double(const struct json *json)
{
    return json_number_value((const json_t *)json);
}

struct json *json_read_value(struct text octets, struct json_end *end)
{
    /* Numbers as doubles: then none is too large to be told from a mistake, up to 1e308. */
    const size_t flags = JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES |
                         JSON_DECODE_INT_AS_REAL;
    json_error_t error = { .position = 0 };

    pthread_once(&once, use_our_memory);
    if (octets.len > INT_MAX)                    /* jansson counts in int */
        octets.len = INT_MAX;
    json_t *value = json_loadb(octets.len > 0 ? octets.at : "", octets.len, flags, &error);

    end->at = error.position > 0 ? (size_t)error.position : 0;
    if (end->at > octets.len)
        end->at = octets.len;
    snprintf(end->words, sizeof end->words, "%s", value ? "" : error.text);
    return (struct json *)value;
}
