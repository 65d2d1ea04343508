#include "cli/example.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/out.h"
#include "cli/rules.h"
#include "input/transcript.h"
#include "report/words.h"

/* ---- taken apart ---- */

static bool has_word(struct text list, struct text word)
{
    while (list.len > 0) {
        size_t len = 0;

        while (len < list.len && list.at[len] != ' ' && list.at[len] != ',' && list.at[len] != '\t')
            len++;
        if (text_equal(text_part(list, 0, len), word))
            return true;
        list = text_part(list, len + 1, list.len);
    }
    return false;
}

/* The next case of `rest`, whose `ids` are what it says that it shows; false at the end. */
static bool next_case(struct text *rest, struct example *found, struct text *ids)
{
    struct text line = { "", 0 }, body;

    while (rest->len > 0 && !text_starts(line, TEXT("=== ")))
        line = text_until(*rest, '\n', rest);
    if (!text_starts(line, TEXT("=== ")))
        return false;
    *found = (struct example){ text_trim(text_part(line, 4, line.len)), *rest };
    *ids = (struct text){ "", 0 };
    if (text_starts(*rest, TEXT("expect:"))) {
        *ids = text_trim(text_part(text_until(*rest, '\n', &body), 7, rest->len));
        found->text = body;
        *rest = body;
    }
    while (rest->len > 0 && !text_starts(*rest, TEXT("=== ")))
        text_until(*rest, '\n', rest);
    found->text.len -= rest->len;
    return true;
}

struct example example_pick(struct text transcript, struct text id, bool shows)
{
    struct example found;
    struct text ids;

    while (next_case(&transcript, &found, &ids))
        if (shows ? has_word(ids, id) : ids.len == 0)
            return found;
    return (struct example){ { "", 0 }, { "", 0 } };
}

/* ---- run ---- */

struct ids {
    struct text *items;
    size_t count;
};

struct run {
    const httplint_rules *rules;
    const struct httplint_rule *of;        /* whose example it is */
    const struct transcript *transcript;
    const struct transcript_case *one;
    struct ids found;
    struct errors *errors;
    unsigned line_before;                  /* line of the file before that of the text */
};

static bool is_expected(const struct run *run, struct text id)
{
    for (size_t i = 0; i < run->one->nids; i++)
        if (text_equal(run->transcript->ids[run->one->ids_at + i], id))
            return true;
    return false;
}

static void on_exchange(void *context, const struct httplint_exchange *exchange,
                        const struct httplint_finding *findings, size_t nfindings)
{
    struct run *run = context;

    (void)exchange;
    for (size_t i = 0; i < nfindings; i++) {
        struct text id = words_text(findings[i].rule->id);

        if (findings[i].rule->is_builtin && !is_expected(run, id))
            continue;
        run->found.items = memory_grow(run->found.items, run->found.count + 1, sizeof *run->found.items);
        run->found.items[run->found.count++] = id;
    }
}

static void on_note(void *context, const struct httplint_note *note)
{
    (void)context;
    (void)note;
}

static void feed(struct run *run)
{
    const struct httplint_sink sink = { on_exchange, on_note, run };
    httplint *session = httplint_new(run->rules, &(struct httplint_options){ 0 }, &sink, NULL);

    for (size_t i = 0; i < run->one->nsteps; i++) {
        const struct transcript_step *step = &run->transcript->steps[run->one->steps_at + i];

        if (step->is_event)
            httplint_event(session, &step->chunk, step->event);
        else
            httplint_octets(session, &step->chunk);
    }
    httplint_finish(session);
    httplint_free(session);
}

static int compare_ids(const void *left, const void *right)
{
    const struct text *a = left, *b = right;
    int order = memcmp(a->at, b->at, a->len < b->len ? a->len : b->len);

    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static bool are_equal(struct ids a, struct ids b)
{
    bool are = a.count == b.count;

    for (size_t i = 0; are && i < a.count; i++)
        are = text_equal(a.items[i], b.items[i]);
    return are;
}

static void put_ids(struct out *out, struct ids ids)
{
    for (size_t i = 0; i < ids.count; i++) {
        out_string(out, i > 0 ? ", " : "");
        out_text(out, ids.items[i]);
    }
    out_string(out, ids.count == 0 ? "nothing" : "");
}

static bool fail(const struct run *run, unsigned line, const char *words)
{
    struct text source = words_text(run->of->source);
    char *file = strndup(source.at, source.len);

    errors_add(run->errors, file, run->line_before + line, 0, "%s", words);
    free(file);
    return false;
}

static bool fail_case(const struct run *run, struct ids expected)
{
    struct out *words = out_new_memory();

    out_string(words, "the example '");
    out_text(words, text_part(run->one->title, 0, 80));
    out_string(words, "' shows ");
    put_ids(words, run->found);
    out_string(words, ", and says ");
    put_ids(words, expected);
    out_text(words, (struct text){ "", 1 });
    fail(run, run->one->line, out_held(words).at);
    out_free(words);
    return false;
}

static bool check_known(const struct run *run, struct ids expected)
{
    bool are_known = true;

    for (size_t i = 0; i < expected.count; i++)
        if (!rules_find(run->rules, expected.items[i])) {
            struct out *words = out_new_memory();

            out_string(words, "there is no rule '");
            out_text(words, expected.items[i]);
            out_string(words, "' that an example could show");
            out_text(words, (struct text){ "", 1 });
            are_known = fail(run, run->one->line, out_held(words).at);
            out_free(words);
        }
    return are_known;
}

static bool check_case(struct run *run)
{
    struct ids expected = { run->transcript->ids + run->one->ids_at, run->one->nids };
    bool is_good = true;

    if (!run->one->has_expect)
        return fail(run, run->one->line, "'expect:' is missing behind the title: what is it to show?");
    if (!check_known(run, expected))
        return false;
    feed(run);
    if (expected.count > 0)
        qsort(expected.items, expected.count, sizeof *expected.items, compare_ids);
    if (run->found.count > 0)
        qsort(run->found.items, run->found.count, sizeof *run->found.items, compare_ids);
    if (!are_equal(run->found, expected))
        is_good = fail_case(run, expected);
    memory_free(run->found.items);
    run->found = (struct ids){ 0 };
    return is_good;
}

/* YAML takes the empty lines at the end of a text away, and with them the one that ends a head. */
static bool lacks_head_end(struct text text)
{
    bool is_block = false, has_blank = false;

    while (text.len > 0) {
        struct text line = text_until(text, '\n', &text);

        if (text_starts(line, TEXT(">>>")) || text_starts(line, TEXT("<<<")) || text_starts(line, TEXT("---")) ||
            text_starts(line, TEXT("==="))) {
            is_block = line.at[0] == '>' || line.at[0] == '<';
            has_blank = false;
        }
        has_blank |= text_trim(line).len == 0;
    }
    return is_block && !has_blank;
}

static bool check_text(struct run *run, struct text text, size_t *ncases)
{
    struct errors mistakes = { 0 };
    struct out *whole = out_new_memory();
    bool is_good = true;

    out_text(whole, text);
    if (text.len > 0 && text.at[text.len - 1] != '\n')
        out_string(whole, "\n");
    out_string(whole, lacks_head_end(text) ? "\n" : "");
    struct transcript *transcript = transcript_parse(out_held(whole), "", &mistakes);

    run->transcript = transcript;
    for (size_t i = 0; i < mistakes.count; i++)
        is_good = fail(run, mistakes.items[i].line, mistakes.items[i].words);
    if (transcript && transcript->ncases == 0)
        is_good = fail(run, 1, "an example has at least one case; it begins with '=== ' and a title");
    for (size_t i = 0; transcript && i < transcript->ncases; i++) {
        run->one = &transcript->cases[i];
        is_good &= check_case(run);
    }
    *ncases += transcript ? transcript->ncases : 0;
    transcript_free(transcript);
    errors_clear(&mistakes);
    out_free(whole);
    return is_good;
}

bool example_check(const httplint_rules *rules, const struct httplint_rule *rule, struct errors *errors, size_t *ncases)
{
    struct run run = { .rules = rules, .of = rule, .errors = errors };
    bool is_good = true;

    for (size_t i = 0; i < rule->nexamples; i++) {
        run.line_before = rule->examples[i].line;  /* a block begins in the line behind its '|' */
        is_good &= check_text(&run, words_text(rule->examples[i].text), ncases);
    }
    return is_good;
}
