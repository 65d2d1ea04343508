#include "base/pattern.h"

enum item_kind { ITEM_OCTET, ITEM_ANY, ITEM_RUN, ITEM_CLASS };

struct item {
    uint8_t kind;
    char octet;                /* ITEM_OCTET: in lower case unless case counts */
    uint8_t class;             /* ITEM_CLASS: index into classes */
};

struct pattern {
    bool keeps_case, is_wild;
    struct text literal;       /* if it is not wild: the one value that fits */
    size_t count;
    struct item items[];
};

static bool is_digit(char octet)
{
    return octet >= '0' && octet <= '9';
}

static bool is_alpha(char octet)
{
    char lower = text_lower(octet);

    return lower >= 'a' && lower <= 'z';
}

static bool is_hex(char octet)
{
    char lower = text_lower(octet);

    return is_digit(octet) || (lower >= 'a' && lower <= 'f');
}

static const struct {
    const char *name;
    bool (*has)(char octet);
} classes[] = {
    { "<digits>", is_digit }, { "<hex>", is_hex }, { "<alpha>", is_alpha }, { "<token>", text_is_tchar },
};

enum { CLASSES = sizeof classes / sizeof *classes };

/* The item at `source`'s start; gives how many octets it takes, 0 if it is wrong. */
static size_t read_class(struct text source, struct item *item, struct pattern_error *error)
{
    struct text rest, name = text_until(source, '>', &rest);

    if (name.len == source.len) {
        error->words = "'<' opens a class that '>' does not close (write \\< for the octet)";
        error->part = source;
        return 0;
    }
    name.len++;
    for (uint8_t i = 0; i < CLASSES; i++)
        if (text_equal(name, text_of(classes[i].name))) {
            *item = (struct item){ .kind = ITEM_CLASS, .class = i };
            return name.len;
        }
    *error = (struct pattern_error){ "unknown class (there are <digits>, <hex>, <alpha> and <token>)", name };
    return 0;
}

static size_t read_item(struct text source, struct item *item, struct pattern_error *error)
{
    switch (source.at[0]) {
    case '*':
        *item = (struct item){ .kind = ITEM_RUN };
        return 1;
    case '?':
        *item = (struct item){ .kind = ITEM_ANY };
        return 1;
    case '<':
        return read_class(source, item, error);
    case '\\':
        if (source.len == 1) {
            *error = (struct pattern_error){ "nothing follows the last '\\'", source };
            return 0;
        }
        *item = (struct item){ .kind = ITEM_OCTET, .octet = source.at[1] };
        return 2;
    default:
        *item = (struct item){ .kind = ITEM_OCTET, .octet = source.at[0] };
        return 1;
    }
}

static struct text literal_of(struct arena *arena, const struct item *items, size_t count)
{
    char *octets = arena_alloc(arena, count + 1);

    for (size_t i = 0; i < count; i++)
        octets[i] = items[i].octet;
    return (struct text){ octets, count };
}

const struct pattern *pattern_compile(struct arena *arena, struct text source, bool keeps_case,
                                      struct pattern_error *error)
{
    struct item items[PATTERN_ITEMS_MAX];
    size_t count = 0;
    bool is_wild = false;

    for (struct text rest = source; rest.len > 0;) {
        struct item item;
        size_t len = read_item(rest, &item, error);

        if (len == 0)
            return NULL;
        rest = text_part(rest, len, rest.len);
        if (item.kind == ITEM_RUN && count > 0 && items[count - 1].kind == ITEM_RUN)
            continue;
        if (count == PATTERN_ITEMS_MAX) {
            *error = (struct pattern_error){ "the pattern is too long", text_part(source, 0, 32) };
            return NULL;
        }
        if (!keeps_case)
            item.octet = text_lower(item.octet);
        is_wild |= item.kind != ITEM_OCTET;
        items[count++] = item;
    }

    struct pattern *pattern = arena_zero(arena, sizeof *pattern + count * sizeof *items);

    pattern->keeps_case = keeps_case;
    pattern->is_wild = is_wild;
    pattern->count = count;
    if (count > 0)
        memcpy(pattern->items, items, count * sizeof *items);
    if (!is_wild)
        pattern->literal = literal_of(arena, items, count);
    return pattern;
}

bool pattern_is_wild(const struct pattern *pattern)
{
    return pattern->is_wild;
}

/* The items at which matching may stand, as bits; bit `count` is the end of the pattern. */
struct places {
    uint64_t words[PATTERN_ITEMS_MAX / 64 + 1];
};

/* A `*` may be nothing at all, so who stands at one also stands behind it; two never follow each other. */
static void stand_at(const struct pattern *pattern, struct places *places, size_t at)
{
    places->words[at / 64] |= (uint64_t)1 << (at % 64);
    if (at < pattern->count && pattern->items[at].kind == ITEM_RUN) {
        at++;
        places->words[at / 64] |= (uint64_t)1 << (at % 64);
    }
}

static void step(const struct pattern *pattern, size_t at, char octet, struct places *next)
{
    const struct item *item = &pattern->items[at];

    switch (item->kind) {
    case ITEM_OCTET:
        if (item->octet == octet)
            stand_at(pattern, next, at + 1);
        break;
    case ITEM_ANY:
        stand_at(pattern, next, at + 1);
        break;
    case ITEM_RUN:
        stand_at(pattern, next, at);
        break;
    default:
        if (classes[item->class].has(octet)) {
            stand_at(pattern, next, at);
            stand_at(pattern, next, at + 1);
        }
    }
}

/* All ways through the pattern at once: each octet is looked at once, nothing is taken back. */
static bool walk(const struct pattern *pattern, struct text value)
{
    struct places here = { { 0 } };

    stand_at(pattern, &here, 0);
    for (size_t i = 0; i < value.len; i++) {
        struct places next = { { 0 } };
        char octet = pattern->keeps_case ? value.at[i] : text_lower(value.at[i]);
        uint64_t left = 0;

        for (size_t word = 0; word <= pattern->count / 64; word++) {
            for (uint64_t set = here.words[word]; set != 0; set &= set - 1) {
                size_t at = word * 64 + (size_t)__builtin_ctzll(set);

                if (at < pattern->count)
                    step(pattern, at, octet, &next);
            }
        }
        for (size_t word = 0; word <= pattern->count / 64; word++)
            left |= next.words[word];
        if (left == 0)
            return false;
        here = next;
    }
    return (here.words[pattern->count / 64] >> (pattern->count % 64)) & 1;
}

bool pattern_matches(const struct pattern *pattern, struct text value)
{
    if (pattern->is_wild)
        return walk(pattern, value);
    if (pattern->keeps_case)
        return text_equal(pattern->literal, value);
    return text_equal_nocase(pattern->literal, value);
}
