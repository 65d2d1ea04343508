#include "tests/support/schema.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 16 };

struct check {
    json_t *root;
    char *why;
    int depth;
};

static bool accepts(struct check *check, json_t *schema, json_t *value, const char *place);

static bool fail(struct check *check, const char *place, const char *keyword)
{
    snprintf(check->why, 256, "%.150s: %.80s", place, keyword);
    return false;
}

static bool is_type(const char *type, json_t *value)
{
    return (strcmp(type, "object") == 0 && json_is_object(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) ||
           (strcmp(type, "string") == 0 && json_is_string(value)) ||
           (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value));
}

static bool matches(const char *pattern, json_t *value)
{
    regex_t regex;

    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool is_match = regexec(&regex, json_string_value(value), 0, NULL, 0) == 0;

    regfree(&regex);
    return is_match;
}

static bool has_member(json_t *list, json_t *value)
{
    size_t i;
    json_t *member;

    json_array_foreach(list, i, member)
        if (json_equal(member, value))
            return true;
    return false;
}

static bool has_required(struct check *check, json_t *names, json_t *value, const char *place)
{
    size_t i;
    json_t *name;

    json_array_foreach(names, i, name)
        if (!json_object_get(value, json_string_value(name)))
            return fail(check, place, json_string_value(name));
    return true;
}

/* `properties` and `additionalProperties` of an object. */
static bool accepts_keys(struct check *check, json_t *schema, json_t *value, const char *place)
{
    json_t *properties = json_object_get(schema, "properties"), *member;
    json_t *others = json_object_get(schema, "additionalProperties");
    const char *key;

    json_object_foreach(value, key, member) {
        json_t *known = json_object_get(properties, key);

        if (!known)
            known = others;
        if (json_is_false(known))
            return fail(check, place, key);
        if (json_is_object(known) && !accepts(check, known, member, key))
            return false;
    }
    return true;
}

static bool accepts_items(struct check *check, json_t *items, json_t *value, const char *place)
{
    size_t i;
    json_t *item;

    json_array_foreach(value, i, item)
        if (!accepts(check, items, item, place))
            return false;
    return true;
}

static bool accepts_ref(struct check *check, json_t *ref, json_t *value, const char *place)
{
    const char *name = json_string_value(ref);

    if (strncmp(name, "#/$defs/", 8) != 0)
        return fail(check, place, name);
    json_t *target = json_object_get(json_object_get(check->root, "$defs"), name + 8);

    return target ? accepts(check, target, value, place) : fail(check, place, name);
}

/* Exactly one; what the one whose `type` fits had to say is what a person wants to read. */
static bool accepts_one(struct check *check, json_t *choices, json_t *value, const char *place)
{
    size_t i, accepted = 0;
    char nearest[256] = "no choice of oneOf has this type";
    json_t *choice;

    json_array_foreach(choices, i, choice) {
        if (accepts(check, choice, value, place))
            accepted++;
        else if (!strstr(check->why, "type: const"))
            snprintf(nearest, sizeof nearest, "%s", check->why);
    }
    return accepted == 1 || fail(check, place, nearest);
}

static bool accepts_keyword(struct check *check, const char *keyword, json_t *rule, json_t *value,
                            const char *place)
{
    if (strcmp(keyword, "$ref") == 0)
        return accepts_ref(check, rule, value, place);
    if (strcmp(keyword, "oneOf") == 0)
        return accepts_one(check, rule, value, place);
    if (strcmp(keyword, "items") == 0)
        return accepts_items(check, rule, value, place);
    if (strcmp(keyword, "required") == 0)
        return has_required(check, rule, value, place);
    if ((strcmp(keyword, "type") == 0 && !is_type(json_string_value(rule), value)) ||
        (strcmp(keyword, "const") == 0 && !json_equal(rule, value)) ||
        (strcmp(keyword, "enum") == 0 && !has_member(rule, value)) ||
        (strcmp(keyword, "pattern") == 0 && !matches(json_string_value(rule), value)) ||
        (strcmp(keyword, "minimum") == 0 && json_integer_value(value) < json_integer_value(rule)) ||
        (strcmp(keyword, "maximum") == 0 && json_integer_value(value) > json_integer_value(rule)))
        return fail(check, place, keyword);
    return true;
}

static bool is_understood(const char *keyword)
{
    static const char *const known[] = {
        "$schema", "title",    "description", "$defs",      "$ref",    "oneOf",   "type",
        "const",   "required", "enum",        "properties", "pattern", "minimum", "maximum",
        "items",   "additionalProperties"
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(keyword, known[i]) == 0)
            return true;
    return false;
}

static bool accepts(struct check *check, json_t *schema, json_t *value, const char *place)
{
    const char *keyword;
    json_t *rule;
    bool is_good = ++check->depth < DEPTH_MAX;

    json_object_foreach(schema, keyword, rule) {
        if (!is_good)
            break;
        is_good = is_understood(keyword) ? accepts_keyword(check, keyword, rule, value, place)
                                         : fail(check, place, keyword);
    }
    check->depth--;
    return is_good && (!json_is_object(value) || accepts_keys(check, schema, value, place));
}

bool schema_accepts(json_t *schema, json_t *value, char why[256])
{
    struct check check = { schema, why, 0 };

    why[0] = '\0';
    return accepts(&check, schema, value, "line");
}

json_t *schema_load(const char *path)
{
    return json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
}

unsigned schema_first_bad_line(json_t *schema, const char *text, char why[256])
{
    unsigned line = 0;

    while (*text) {
        size_t len = strcspn(text, "\n");
        json_error_t error;
        json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
        bool is_good = value && text[len] == '\n' && schema_accepts(schema, value, why);

        line++;
        if (!value)
            snprintf(why, 256, "%s", error.text);
        json_decref(value);
        if (!is_good)
            return line;
        text += len + 1;
    }
    return 0;
}
