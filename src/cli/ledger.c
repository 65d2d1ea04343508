#include "cli/ledger.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/memory.h"
#include "report/words.h"

enum { SHOWN_MAX = 512 }; /* octets of a path or host that an entry shows */

struct ledger {
    struct arena_pool *pool;
    struct arena *arena;             /* of the entries */
    struct hash_secret secret;
    struct ledger_entry **slots;     /* open addressing; NULL: free. At most half of them are taken */
    struct ledger_entry **sorted;
    size_t nslots, count;
    bool is_full;
};

struct ledger *ledger_new(void)
{
    struct ledger *ledger = memory_new(sizeof *ledger);
    uint8_t key[HASH_KEY_OCTETS] = { 0 };

    /* Who records traffic must not choose fingerprints that share a slot. */
    (void)!getrandom(key, sizeof key, 0);
    hash_secret_make(&ledger->secret, key);
    ledger->pool = arena_pool_new();
    ledger->arena = arena_new(ledger->pool);
    ledger->nslots = 64;
    ledger->slots = memory_new(ledger->nslots * sizeof *ledger->slots);
    return ledger;
}

void ledger_free(struct ledger *ledger)
{
    if (!ledger)
        return;
    arena_free(ledger->arena);
    arena_pool_free(ledger->pool);
    memory_free(ledger->slots);
    memory_free(ledger->sorted);
    memory_free(ledger);
}

/* The slot that holds the fingerprint, or the free one where it belongs. */
static struct ledger_entry **slot_of(const struct ledger *ledger, const struct fingerprint *fingerprint)
{
    size_t at = (size_t)hash_octets(&ledger->secret, fingerprint->digits, FINGERPRINT_DIGITS);

    for (;; at++) {
        struct ledger_entry **slot = &ledger->slots[at & (ledger->nslots - 1)];

        if (!*slot || memcmp((*slot)->fingerprint.digits, fingerprint->digits, FINGERPRINT_DIGITS) == 0)
            return slot;
    }
}

static void grow(struct ledger *ledger)
{
    struct ledger_entry **before = ledger->slots;
    size_t nbefore = ledger->nslots;

    ledger->nslots *= 2;
    ledger->slots = memory_new(ledger->nslots * sizeof *ledger->slots);
    for (size_t i = 0; i < nbefore; i++)
        if (before[i])
            *slot_of(ledger, &before[i]->fingerprint) = before[i];
    memory_free(before);
}

struct ledger_entry *ledger_find(struct ledger *ledger, const struct fingerprint *fingerprint)
{
    return *slot_of(ledger, fingerprint);
}

bool ledger_add(struct ledger *ledger, const struct ledger_entry *entry)
{
    if (ledger_find(ledger, &entry->fingerprint))
        return false;
    ledger->is_full |= ledger->count == LEDGER_MAX;
    if (ledger->count == LEDGER_MAX)
        return false;
    if (2 * (ledger->count + 1) > ledger->nslots)
        grow(ledger);
    struct ledger_entry *copy = arena_alloc(ledger->arena, sizeof *copy);

    *copy = *entry;
    copy->rule = arena_text(ledger->arena, entry->rule);
    copy->host = arena_text(ledger->arena, entry->host);
    copy->method = arena_text(ledger->arena, entry->method);
    copy->path = arena_text(ledger->arena, entry->path);
    copy->field = arena_text(ledger->arena, entry->field);
    *slot_of(ledger, &copy->fingerprint) = copy;
    ledger->count++;
    return true;
}

struct ledger_entry *ledger_of(struct ledger *ledger, const struct httplint_exchange *exchange,
                               const struct httplint_finding *finding)
{
    struct fingerprint fingerprint = fingerprint_of(exchange, finding);
    struct ledger_entry *entry = ledger_find(ledger, &fingerprint);

    if (entry)
        return entry;
    struct out *host = out_new_memory(), *path = out_new_memory();

    fingerprint_host(host, exchange);
    fingerprint_path(path, exchange);
    ledger_add(ledger, &(struct ledger_entry){
        .fingerprint = fingerprint,
        .rule = words_text(finding->rule->id),
        .host = text_part(out_held(host), 0, SHOWN_MAX),
        .method = text_part(words_text(exchange->method), 0, NAME_MAX_SHOWN),
        .path = text_part(out_held(path), 0, SHOWN_MAX),
        .field = text_part(words_text(finding->field), 0, NAME_MAX_SHOWN),
        .status = words_status(exchange, finding),
    });
    out_free(host);
    out_free(path);
    return ledger_find(ledger, &fingerprint);
}

bool ledger_is_full(const struct ledger *ledger)
{
    return ledger->is_full;
}

static int compare_text(struct text a, struct text b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.at, b.at, len) : 0;

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare(const void *left, const void *right)
{
    const struct ledger_entry *a = *(struct ledger_entry *const *)left, *b = *(struct ledger_entry *const *)right;
    const int orders[] = { compare_text(a->rule, b->rule), compare_text(a->host, b->host),
                           compare_text(a->path, b->path), compare_text(a->method, b->method),
                           (a->status > b->status) - (a->status < b->status), compare_text(a->field, b->field) };

    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i] != 0)
            return orders[i];
    return strcmp(a->fingerprint.digits, b->fingerprint.digits);
}

struct ledger_entry *const *ledger_sorted(struct ledger *ledger, size_t *count)
{
    size_t n = 0;

    memory_free(ledger->sorted);
    ledger->sorted = memory_new(ledger->count * sizeof *ledger->sorted + 1);
    for (size_t i = 0; i < ledger->nslots; i++)
        if (ledger->slots[i])
            ledger->sorted[n++] = ledger->slots[i];
    qsort(ledger->sorted, n, sizeof *ledger->sorted, compare);
    *count = n;
    return ledger->sorted;
}

void ledger_tell(struct out *out, const struct ledger_entry *entry)
{
    out_text(out, entry->rule);
    out_string(out, ": ");
    out_text(out, entry->method);
    out_string(out, entry->method.len > 0 ? " " : "");
    out_text(out, entry->host);
    out_text(out, entry->path);
    if (entry->status > 0) {
        out_string(out, " -> ");
        out_number(out, entry->status);
    }
    out_string(out, entry->field.len > 0 ? " " : "");
    out_text(out, entry->field);
}
