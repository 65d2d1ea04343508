#include "engine/describe.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/out.h"

static void put_cond(struct out *, const struct node *, bool is_inner);

static bool is_key(const struct node *node, const char *key)
{
    return text_equal(node->key, text_of(key));
}

/* "a, b or c" */
static void put_values(struct out *out, const struct node *value)
{
    if (value->kind == NODE_SCALAR) {
        out_text(out, value->text);
        return;
    }
    for (const struct node *item = value->first; item; item = item->next) {
        if (item != value->first)
            out_string(out, item->next ? ", " : " or ");
        out_text(out, item->text);
    }
}

/* A value of a key that says how it is compared: raw, matches, count. */
static void put_compared(struct out *out, const struct node *how)
{
    if (is_key(how, "count")) {
        out_string(out, " occurs in ");
        put_values(out, how);
        out_string(out, " lines");
        return;
    }
    out_string(out, is_key(how, "matches") ? " matches " : " as it stands is ");
    put_values(out, how);
}

static void put_test(struct out *out, const struct node *test)
{
    out_text(out, test->key);
    if (test->kind == NODE_MAP && test->first) {
        put_compared(out, test->first);
        return;
    }
    out_string(out, " is ");
    put_values(out, test);
}

static void put_group(struct out *out, const struct node *members, const char *joint, bool is_inner)
{
    bool has_brackets = is_inner && members->count > 1;

    out_string(out, has_brackets ? "(" : "");
    for (const struct node *member = members->first; member; member = member->next) {
        out_string(out, member != members->first ? joint : "");
        put_cond(out, member, members->count > 1);
    }
    out_string(out, has_brackets ? ")" : "");
}

static void put_entry(struct out *out, const struct node *entry, bool is_inner)
{
    if (is_key(entry, "any") || is_key(entry, "all")) {
        put_group(out, entry, is_key(entry, "any") ? " or " : " and ", is_inner);
    } else if (is_key(entry, "not")) {
        out_string(out, "not (");
        put_cond(out, entry, false);
        out_string(out, ")");
    } else {
        put_test(out, entry);
    }
}

/* Goes as deep as the tree, which yaml.h bounds. */
static void put_cond(struct out *out, const struct node *cond, bool is_inner)
{
    if (cond->kind == NODE_SCALAR) {
        out_text(out, cond->text);
        out_string(out, " is present");
        return;
    }
    bool has_brackets = is_inner && cond->count > 1;

    out_string(out, has_brackets ? "(" : "");
    for (const struct node *entry = cond->first; entry; entry = entry->next) {
        out_string(out, entry != cond->first ? " and " : "");
        put_entry(out, entry, is_inner || cond->count > 1);
    }
    out_string(out, has_brackets ? ")" : "");
}

struct text describe_cond(struct arena *arena, const struct node *cond)
{
    struct out *out = out_new_memory();

    put_cond(out, cond, false);

    struct text words = arena_text(arena, out_held(out));

    out_free(out);
    return words;
}
