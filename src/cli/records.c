#include "cli/records.h"

#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "report/words.h"

struct record {
    struct record *next;
    struct httplint_exchange exchange;
    struct httplint_finding *findings;
    size_t nfindings;
    struct httplint_note note;
    bool is_note;
};

struct records {
    struct arena_pool *pool;
    struct arena *arena;
    struct record *first, **end;
};

static void empty(struct records *records)
{
    records->arena = arena_new(records->pool);
    records->first = NULL;
    records->end = &records->first;
}

struct records *records_new(void)
{
    struct records *records = memory_new(sizeof *records);

    records->pool = arena_pool_new();
    empty(records);
    return records;
}

void records_free(struct records *records)
{
    if (!records)
        return;
    arena_free(records->arena);
    arena_pool_free(records->pool);
    memory_free(records);
}

static void keep(struct records *records, struct httplint_text *text)
{
    struct text copy = arena_text(records->arena, words_text(*text));

    *text = (struct httplint_text){ copy.at, copy.len };
}

static const void *copy(struct records *records, const void *octets, size_t size)
{
    return size > 0 ? memcpy(arena_alloc(records->arena, size), octets, size) : NULL;
}

static struct record *append(struct records *records)
{
    struct record *record = arena_zero(records->arena, sizeof *record);

    *records->end = record;
    records->end = &record->next;
    return record;
}

static void keep_exchange(struct records *records, struct httplint_exchange *exchange)
{
    struct httplint_text *const texts[] = { &exchange->client,       &exchange->server,
                                            &exchange->method,       &exchange->url,
                                            &exchange->request_head, &exchange->response_head };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        keep(records, texts[i]);
    exchange->interim =
        copy(records, exchange->interim, exchange->ninterim * sizeof *exchange->interim);
    if (exchange->version)
        exchange->version = copy(records, exchange->version, strlen(exchange->version) + 1);
}

void records_exchange(struct records *records, const struct httplint_exchange *exchange,
                      const struct httplint_finding *findings, size_t nfindings)
{
    struct record *record = append(records);

    record->exchange = *exchange;
    keep_exchange(records, &record->exchange);
    record->nfindings = nfindings;
    record->findings = arena_alloc(records->arena, nfindings * sizeof *findings);
    for (size_t i = 0; i < nfindings; i++) {
        record->findings[i] = findings[i];
        keep(records, &record->findings[i].message);
        keep(records, &record->findings[i].field);
        keep(records, &record->findings[i].evidence);
    }
}

void records_note(struct records *records, const struct httplint_note *note)
{
    struct record *record = append(records);

    record->is_note = true;
    record->note = *note;
    record->note.message = copy(records, note->message, strlen(note->message) + 1);
}

size_t records_octets(const struct records *records)
{
    return arena_pool_used(records->pool);
}

void records_tell(struct records *records, struct outputs *outputs, const char *file)
{
    for (const struct record *record = records->first; record; record = record->next) {
        if (record->is_note)
            outputs_note(outputs, file, &record->note);
        else
            outputs_exchange(outputs, file, &record->exchange, record->findings, record->nfindings);
    }
    arena_free(records->arena);
    empty(records);
}
