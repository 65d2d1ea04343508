#include "cli/repeat.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/out.h"
#include "report/fingerprint.h"
#include "report/words.h"

enum { LABEL_MAX = 200, NONE = UINT32_MAX / 2 };

/* Links are places in the table of entries. */
struct repeat {
    uint64_t key;
    uint64_t count;                      /* since it was told of last */
    uint32_t chain;                      /* the next one of its bucket */
    uint32_t before, after;              /* by when they were seen, the longest unseen first */
    bool is_told;                        /* in this interval */
    char label[LABEL_MAX];
};

struct repeats {
    enum repeat_mode mode;
    void (*told)(void *context, const char *words);
    void *context;
    struct hash_secret secret;
    struct repeat *items;
    uint32_t *buckets;
    uint32_t count, most, oldest, newest;
    struct out *scratch;
};

struct repeats *repeats_new(enum repeat_mode mode, uint64_t most, void (*told)(void *context, const char *words), void *context)
{
    struct repeats *repeats = memory_new(sizeof *repeats);
    uint8_t key[HASH_KEY_OCTETS] = { 0 };

    if (getrandom(key, sizeof key, 0) == (ssize_t)sizeof key)
        hash_secret_make(&repeats->secret, key);
    repeats->mode = mode;
    repeats->told = told;
    repeats->context = context;
    repeats->most = most < NONE ? (uint32_t)most : NONE - 1;
    repeats->oldest = repeats->newest = NONE;
    repeats->scratch = out_new_memory();
    if (mode == REPEAT_ALL)
        return repeats;
    repeats->items = memory_new(repeats->most * sizeof *repeats->items);
    repeats->buckets = memory_new(repeats->most * sizeof *repeats->buckets);
    for (uint32_t i = 0; i < repeats->most; i++)
        repeats->buckets[i] = NONE;
    return repeats;
}

void repeats_free(struct repeats *repeats)
{
    if (!repeats)
        return;
    out_free(repeats->scratch);
    memory_free(repeats->items);
    memory_free(repeats->buckets);
    memory_free(repeats);
}

/* ---- the list by when they were seen ---- */

static void leave(struct repeats *repeats, uint32_t at)
{
    struct repeat *one = &repeats->items[at];

    if (one->before == NONE)
        repeats->oldest = one->after;
    else
        repeats->items[one->before].after = one->after;
    if (one->after == NONE)
        repeats->newest = one->before;
    else
        repeats->items[one->after].before = one->before;
}

static void join(struct repeats *repeats, uint32_t at)
{
    struct repeat *one = &repeats->items[at];

    one->before = repeats->newest;
    one->after = NONE;
    if (repeats->newest == NONE)
        repeats->oldest = at;
    else
        repeats->items[repeats->newest].after = at;
    repeats->newest = at;
}

/* ---- the table ---- */

static uint32_t *bucket_of(struct repeats *repeats, uint64_t key)
{
    return &repeats->buckets[key % repeats->most];
}

static uint32_t find(struct repeats *repeats, uint64_t key)
{
    uint32_t at = *bucket_of(repeats, key);

    while (at != NONE && repeats->items[at].key != key)
        at = repeats->items[at].chain;
    return at;
}

static void tell_count(struct repeats *repeats, struct repeat *one)
{
    char words[LABEL_MAX + 32];

    if (one->count > 0) {
        snprintf(words, sizeof words, "%llu more: %s", (unsigned long long)one->count, one->label);
        repeats->told(repeats->context, words);
    }
    one->count = 0;
}

static void forget_oldest(struct repeats *repeats)
{
    uint32_t at = repeats->oldest, *link = bucket_of(repeats, repeats->items[at].key);

    tell_count(repeats, &repeats->items[at]);
    leave(repeats, at);
    while (*link != at)
        link = &repeats->items[*link].chain;
    *link = repeats->items[at].chain;
}

static uint32_t take_place(struct repeats *repeats)
{
    if (repeats->count < repeats->most)
        return repeats->count++;
    uint32_t at = repeats->oldest;

    forget_oldest(repeats);
    return at;
}

/* ---- findings ---- */

static void compose_label(struct repeats *repeats, const struct httplint_exchange *exchange,
                          const struct httplint_finding *finding, char label[LABEL_MAX])
{
    struct out *out = repeats->scratch;

    out_clear(out);
    out_string(out, words_severity(finding->severity));
    out_string(out, " ");
    out_text(out, words_text(finding->rule->id));
    out_string(out, ", ");
    out_visible(out, text_part(words_text(exchange->method), 0, 20));
    out_string(out, exchange->method.len > 0 ? " " : "");
    struct out *pattern = out_new_memory();

    fingerprint_host(pattern, exchange);
    fingerprint_path(pattern, exchange);
    if (out_held(pattern).len == 0)
        out_text(pattern, words_text(exchange->server));
    out_visible(out, text_part(out_held(pattern), 0, 100));
    out_free(pattern);
    if (finding->status > 0) {
        out_string(out, " -> ");
        out_number(out, finding->status);
    }
    snprintf(label, LABEL_MAX, "%.*s", (int)out_held(out).len, out_held(out).at);
}

static uint64_t key_of(struct repeats *repeats, const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    struct fingerprint fingerprint = fingerprint_of(exchange, finding);

    out_clear(repeats->scratch);
    out_string(repeats->scratch, fingerprint.digits);
    out_text(repeats->scratch, words_text(exchange->server));
    return hash_octets(&repeats->secret, out_held(repeats->scratch).at, out_held(repeats->scratch).len);
}

bool repeats_admit(struct repeats *repeats, const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    if (repeats->mode == REPEAT_ALL)
        return true;
    uint64_t key = key_of(repeats, exchange, finding);
    uint32_t at = find(repeats, key);
    bool is_new = at == NONE;

    if (is_new) {
        at = take_place(repeats);
        struct repeat *one = &repeats->items[at];

        *one = (struct repeat){ .key = key, .chain = *bucket_of(repeats, key) };
        *bucket_of(repeats, key) = at;
        compose_label(repeats, exchange, finding, one->label);
    } else {
        leave(repeats, at);
    }
    join(repeats, at);
    bool is_told = !repeats->items[at].is_told;

    repeats->items[at].is_told = true;
    repeats->items[at].count += !is_told;
    return is_told;
}

void repeats_tell(struct repeats *repeats)
{
    if (repeats->mode == REPEAT_ALL)
        return;
    for (uint32_t at = repeats->oldest; at != NONE; at = repeats->items[at].after) {
        tell_count(repeats, &repeats->items[at]);
        if (repeats->mode == REPEAT_INTERVAL)
            repeats->items[at].is_told = false;
    }
}
