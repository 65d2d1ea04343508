#include "tests/support/cases.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/input.h"

enum { FILE_OCTETS_MAX = 1 << 20 };

static void mistake(void *context, const char *file, unsigned line, unsigned column, const char *words)
{
    (void)context;
    fprintf(stderr, "%s:%u:%u: %s\n", file ? file : "-", line, column, words);
}

httplint_rules *cases_rules(void)
{
    static httplint_rules *rules;

    if (!rules)
        rules = httplint_rules_new(&(struct httplint_rules_request){ 0 }, &(struct httplint_complaint){ mistake, NULL });
    return rules;
}

static struct case_file file_load(const char *path)
{
    struct case_file file = { strdup(path), memory_new(FILE_OCTETS_MAX), NULL };
    FILE *stream = fopen(path, "rb");
    struct errors errors = { 0 };
    size_t len = stream ? fread(file.octets, 1, FILE_OCTETS_MAX, stream) : 0;

    if (stream)
        fclose(stream);
    file.transcript = transcript_parse((struct text){ file.octets, len }, path, &errors);
    for (size_t i = 0; i < errors.count; i++)
        mistake(NULL, path, errors.items[i].line, errors.items[i].column, errors.items[i].words);
    errors_clear(&errors);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file.transcript);
    return file;
}

struct case_files cases_load(void)
{
    struct case_files cases = { 0 };
    struct input_files paths = { 0 };
    struct errors errors = { 0 };

    CU_ASSERT_TRUE_FATAL(input_files_add(&paths, "tests/cases", &errors));
    cases.files = memory_new(paths.count * sizeof *cases.files);
    for (size_t i = 0; i < paths.count; i++)
        cases.files[cases.count++] = file_load(paths.paths[i]);
    input_files_clear(&paths);
    CU_ASSERT_TRUE(cases.count > 0);
    return cases;
}

void cases_free(struct case_files *cases)
{
    for (size_t i = 0; i < cases->count; i++) {
        transcript_free(cases->files[i].transcript);
        free(cases->files[i].path);
        memory_free(cases->files[i].octets);
    }
    memory_free(cases->files);
}

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t count)
{
    struct found *found = context;

    (void)exchange;
    for (size_t i = 0; i < count; i++) {
        struct httplint_text id = findings[i].rule->id;

        found->ids = memory_grow(found->ids, found->count + 1, sizeof *found->ids);
        found->ids[found->count++] = strndup(id.at, id.len);
    }
}

static void on_note(void *context, const struct httplint_note *note)
{
    (void)context;
    (void)note;
}

struct httplint_sink found_sink(struct found *found)
{
    return (struct httplint_sink){ on_exchange, on_note, found };
}

void found_clear(struct found *found)
{
    for (size_t i = 0; i < found->count; i++)
        free(found->ids[i]);
    memory_free(found->ids);
    *found = (struct found){ 0 };
}

void cases_feed(const struct transcript *transcript, const struct transcript_case *one, httplint *session)
{
    for (size_t i = 0; i < one->nsteps; i++) {
        const struct transcript_step *step = &transcript->steps[one->steps_at + i];

        if (step->is_event)
            httplint_event(session, &step->chunk, step->event);
        else
            httplint_octets(session, &step->chunk);
    }
    httplint_finish(session);
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int compare_texts(const void *a, const void *b)
{
    const struct text *first = a, *second = b;
    size_t len = first->len < second->len ? first->len : second->len;
    int order = memcmp(first->at, second->at, len);

    return order != 0 ? order : (first->len > second->len) - (first->len < second->len);
}

bool cases_match(const struct transcript *transcript, const struct transcript_case *one, const struct found *found,
                 char *words, size_t size)
{
    struct text *expected = transcript->ids + one->ids_at;
    size_t at = 0;
    bool is_same = one->nids == found->count;

    if (one->nids > 0)
        qsort(expected, one->nids, sizeof *expected, compare_texts);
    if (found->count > 0)
        qsort(found->ids, found->count, sizeof *found->ids, compare_ids);
    for (size_t i = 0; is_same && i < one->nids; i++)
        is_same = text_equal(expected[i], text_of(found->ids[i]));
    at += (size_t)snprintf(words + at, size - at, "%.*s (line %u): found", (int)one->title.len, one->title.at, one->line);
    for (size_t i = 0; i < found->count && at < size; i++)
        at += (size_t)snprintf(words + at, size - at, " %s", found->ids[i]);
    return is_same;
}
