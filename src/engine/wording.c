#include "engine/wording.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/memory.h"

/* Words, then what fills the hole behind them. */
struct part {
    struct text words;
    enum { HOLE_NONE, HOLE_CULPRIT, HOLE_EARLIER, HOLE_SUBJECT } hole;
    struct subject subject;
};

struct wording {
    size_t count;
    struct part *parts;
};

struct parts {
    struct part *items;
    size_t count;
};

static struct part *push(struct parts *parts, struct text words)
{
    parts->items = memory_grow(parts->items, parts->count + 1, sizeof *parts->items);
    parts->items[parts->count] = (struct part){ .words = words };
    return &parts->items[parts->count++];
}

/* The words up to a `<` that opens a hole, with `\<` made `<` in place; `rest` is what follows that `<`. */
static struct text take_words(char *octets, size_t len, struct text *rest)
{
    size_t to = 0, from = 0;

    for (; from < len && octets[from] != '<'; from++) {
        if (octets[from] == '\\' && from + 1 < len)
            from++;
        octets[to++] = octets[from];
    }
    *rest = (struct text){ octets + from, len - from };
    return (struct text){ octets, to };
}

static bool read_hole(struct loading *loading, const struct node *node, struct text *rest, struct part *part)
{
    struct text after;
    struct text hole = text_until(text_part(*rest, 1, rest->len), '>', &after);

    if (hole.len + 1 == rest->len)
        return loading_fail(loading, node, "'<' opens a hole that '>' does not close (write \\< for the octet)");
    *rest = after;
    part->hole = text_equal(hole, TEXT("culprit"))   ? HOLE_CULPRIT
                 : text_equal(hole, TEXT("earlier")) ? HOLE_EARLIER
                                                     : HOLE_SUBJECT;
    if (part->hole != HOLE_SUBJECT)
        return true;
    return loading_subject(loading, node, false, hole, &part->subject);
}

const struct wording *wording_compile(struct loading *loading, const struct node *node)
{
    struct text copy = loading_text(loading, node);
    struct text rest = { copy.at, copy.len };
    struct parts parts = { 0 };
    struct wording *wording = NULL;
    bool is_good = copy.len > 0;
    char *octets = copy.len > 0 ? memcpy(arena_alloc(loading->arena, copy.len), copy.at, copy.len) : NULL;

    for (size_t at = 0; at < copy.len; at = copy.len - rest.len) {
        struct part *part = push(&parts, take_words(octets + at, copy.len - at, &rest));

        if (rest.len > 0)
            is_good &= read_hole(loading, node, &rest, part);
        if (!is_good)
            break;
    }
    if (is_good) {
        wording = arena_alloc(loading->arena, sizeof *wording);
        wording->count = parts.count;
        wording->parts = arena_alloc(loading->arena, parts.count * sizeof *parts.items);
        memcpy(wording->parts, parts.items, parts.count * sizeof *parts.items);
    }
    memory_free(parts.items);
    return wording;
}

/* Words that grow in an arena. */
struct filling {
    struct arena *arena;
    char *octets;
    size_t len, room;
};

static void add(struct filling *filling, struct text words)
{
    if (words.len == 0)
        return;
    if (filling->len + words.len > filling->room) {
        size_t room = filling->len + words.len + 64;

        filling->octets = arena_grow(filling->arena, filling->octets, filling->room, room);
        filling->room = room;
    }
    memcpy(filling->octets + filling->len, words.at, words.len);
    filling->len += words.len;
}

static void add_cut(struct filling *filling, struct text words, size_t max)
{
    add(filling, text_part(words, 0, max));
    if (words.len > max)
        add(filling, TEXT("..."));
}

static void add_subject(struct filling *filling, const struct subject *subject, const struct view *view, size_t max)
{
    char digits[32];
    struct text text;

    switch (subject_text(subject, view, digits, &text)) {
    case YES:
        add_cut(filling, text, max);
        break;
    case NO:
        add(filling, TEXT("(none)"));
        break;
    case UNKNOWN:
        add(filling, TEXT("(unknown)"));
        break;
    }
}

/* The frame of the exchange that a check compared it with. */
static void add_earlier(struct filling *filling, uint64_t frame)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, frame);

    add(filling, frame > 0 ? (struct text){ digits, (size_t)len } : TEXT("(unknown)"));
}

struct text wording_fill(const struct wording *wording, const struct view *view, struct text culprit, size_t hole_max,
                         struct arena *arena)
{
    struct filling filling = { .arena = arena };

    /* Without holes the words of the ruleset do; findings do not outlive it. */
    if (wording->count == 1 && wording->parts[0].hole == HOLE_NONE)
        return wording->parts[0].words;
    for (const struct part *part = wording->parts; part < wording->parts + wording->count; part++) {
        add(&filling, part->words);
        if (part->hole == HOLE_CULPRIT)
            add_cut(&filling, culprit, hole_max);
        else if (part->hole == HOLE_EARLIER)
            add_earlier(&filling, view->earlier);
        else if (part->hole == HOLE_SUBJECT)
            add_subject(&filling, &part->subject, view, hole_max);
    }
    return (struct text){ filling.octets ? filling.octets : "", filling.len };
}
