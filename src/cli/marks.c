#include "cli/marks.h"

#include "base/file.h"
#include "base/memory.h"
#include "cli/baseline.h"
#include "report/words.h"

struct marks {
    const struct options *options;
    enum marks_stage stage;
    struct ledger *baseline;             /* as it was read; NULL: none */
    struct ledger *written;              /* to be written; NULL: none */
    bool is_written;
    struct ledger *old;                  /* of the capture to compare with; NULL: none */
    struct expectations *expectations;   /* not owned; NULL: none */
    struct httplint_finding *findings;   /* marked ones of an exchange */
    size_t room;
    uint64_t excused[HTTPLINT_ERROR + 1];
    uint64_t nbaselined, of_state[HTTPLINT_FIXED + 1];
};

/* To write a baseline over what is linted is never meant. */
static bool check_written(const struct options *options, struct errors *errors)
{
    for (size_t i = 0; i < options->inputs.count; i++)
        if (file_is_same(options->written_baseline, options->inputs.items[i]))
            return errors_add(errors, options->written_baseline, 0, 0,
                              "is an input: the baseline would overwrite it; name another file");
    return baseline_check(options->written_baseline, errors);
}

struct marks *marks_new(const struct options *options, struct errors *errors)
{
    struct marks *marks = memory_new(sizeof *marks);
    bool is_good = true;

    marks->options = options;
    marks->stage = MARKS_TELL;
    if (options->written_baseline) {
        marks->written = ledger_new();
        is_good = check_written(options, errors);
    } else if (options->baseline) {
        marks->baseline = baseline_read(options->baseline, errors);
        is_good = marks->baseline != NULL;
    }
    if (options->compared)
        marks->old = ledger_new();
    if (is_good)
        return marks;
    marks_free(marks);
    return NULL;
}

void marks_free(struct marks *marks)
{
    if (!marks)
        return;
    ledger_free(marks->baseline);
    ledger_free(marks->written);
    ledger_free(marks->old);
    memory_free(marks->findings);
    memory_free(marks);
}

void marks_enter(struct marks *marks, enum marks_stage stage)
{
    marks->stage = stage;
}

enum marks_stage marks_stage(const struct marks *marks)
{
    return marks->stage;
}

void marks_expect(struct marks *marks, struct expectations *expectations)
{
    marks->expectations = expectations;
}

/* ---- one finding ---- */

static void learn(struct marks *marks, const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    struct ledger_entry *entry = ledger_of(marks->old, exchange, finding);

    if (entry)
        entry->known++;
}

/* What occurs more often than it is known is new: the surplus comes last. */
static bool is_known(struct ledger *ledger, const struct httplint_exchange *exchange,
                     const struct httplint_finding *finding)
{
    struct fingerprint fingerprint = fingerprint_of(exchange, finding);
    struct ledger_entry *entry = ledger_find(ledger, &fingerprint);

    return entry && entry->seen++ < entry->known;
}

/* All that is written is accepted by that. */
static bool is_noted(struct ledger *ledger, const struct httplint_exchange *exchange,
                       const struct httplint_finding *finding)
{
    struct ledger_entry *entry = ledger_of(ledger, exchange, finding);

    if (entry)
        entry->seen++;
    return entry != NULL;
}

static void mark(struct marks *marks, const char *file, const struct httplint_exchange *exchange,
                 struct httplint_finding *finding)
{
    bool is_judged = expect_finding(marks->expectations, file, exchange, finding, &finding->is_expected);

    if (marks->written && !is_judged)
        finding->is_baselined = is_noted(marks->written, exchange, finding);
    else if (marks->baseline && !is_judged)
        finding->is_baselined = is_known(marks->baseline, exchange, finding);
    if (marks->old)
        finding->state = is_known(marks->old, exchange, finding) ? HTTPLINT_UNCHANGED : HTTPLINT_NEW;
    marks->nbaselined += finding->is_baselined;
    marks->of_state[finding->state]++;
    marks->excused[finding->severity] +=
        is_judged || finding->is_baselined || finding->state == HTTPLINT_UNCHANGED;
}

/* As often as the inputs showed it, it is unchanged. */
static bool is_fixed(struct marks *marks, const struct httplint_exchange *exchange,
                     const struct httplint_finding *finding)
{
    struct fingerprint fingerprint = fingerprint_of(exchange, finding);
    struct ledger_entry *entry = ledger_find(marks->old, &fingerprint);

    if (!entry || entry->seen == 0)
        return entry != NULL;
    entry->seen--;
    return false;
}

const struct httplint_finding *marks_apply(struct marks *marks, const char *file,
                                           const struct httplint_exchange *exchange,
                                           const struct httplint_finding *findings, size_t *count)
{
    size_t told = 0;

    if (!marks->written && !marks->baseline && !marks->old && !marks->expectations)
        return findings;
    if (*count > marks->room) {
        marks->room = *count;
        marks->findings = memory_grow(marks->findings, marks->room, sizeof *marks->findings);
    }
    for (size_t i = 0; i < *count; i++) {
        struct httplint_finding *finding = &marks->findings[told];

        *finding = findings[i];
        if (marks->stage == MARKS_LEARN) {
            learn(marks, exchange, finding);
        } else if (marks->stage == MARKS_TELL) {
            mark(marks, file, exchange, finding);
            told++;
        } else if (is_fixed(marks, exchange, finding)) {
            finding->state = HTTPLINT_FIXED;
            marks->of_state[HTTPLINT_FIXED]++;
            told++;
        }
    }
    *count = told;
    return marks->findings;
}

/* ---- afterwards ---- */

uint64_t marks_excused(const struct marks *marks, enum httplint_severity severity)
{
    return marks->excused[severity];
}

/* Entries that are known more often than they were seen. */
static size_t count_gone(struct ledger *ledger)
{
    size_t count, gone = 0;
    struct ledger_entry *const *entries = ledger_sorted(ledger, &count);

    for (size_t i = 0; i < count; i++)
        gone += entries[i]->seen < entries[i]->known;
    return gone;
}

bool marks_are_fixed(struct marks *marks)
{
    return marks->old && count_gone(marks->old) > 0;
}

static void tell_gone(struct marks *marks, struct out *err)
{
    size_t count;
    struct ledger_entry *const *entries = ledger_sorted(marks->baseline, &count);
    struct out *words = out_new_memory();

    for (size_t i = 0; i < count; i++) {
        if (entries[i]->seen >= entries[i]->known)
            continue;
        ledger_tell(words, entries[i]);
        out_visible(err, text_of(marks->options->baseline));
        out_string(err, ": ");
        out_visible(err, out_held(words));
        out_string(err, ": known ");
        words_count(err, entries[i]->known, "time");
        out_string(err, ", found ");
        words_count(err, entries[i]->seen, "time");
        out_string(err, "\n");
        out_clear(words);
    }
    out_free(words);
    out_flush(err);
}

static void write_baseline(struct marks *marks, bool is_whole, const struct file_door *door, struct errors *errors)
{
    const char *path = marks->options->written_baseline;

    if (!is_whole)
        errors_add(errors, path, 0, 0, "the baseline is not written: not all that was named could be read");
    else if (ledger_is_full(marks->written))
        errors_add(errors, path, 0, 0, "the baseline is not written: there are more than %d different findings",
                   LEDGER_MAX);
    else
        marks->is_written = baseline_write(marks->written, path, door, errors);
}

bool marks_conclude(struct marks *marks, bool is_whole, const struct file_door *door, struct out *err, struct errors *errors)
{
    bool is_met = !marks->expectations || expect_conclude(marks->expectations, err);

    if (marks->written)
        write_baseline(marks, is_whole, door, errors);
    if (marks->old && ledger_is_full(marks->old))
        errors_add(errors, marks->options->compared, 0, 0,
                   "has more than %d different findings; what occurs beyond them is told as new", LEDGER_MAX);
    if (!marks->baseline || !is_whole || !marks->options->is_strict || count_gone(marks->baseline) == 0)
        return is_met;
    tell_gone(marks, err);
    return false;
}

/* ---- the summary ---- */

static void tell_baseline(const struct marks *marks, struct out *out)
{
    size_t gone = marks->baseline ? count_gone(marks->baseline) : 0;

    out_number(out, marks->nbaselined);
    out_string(out, marks->written ? " written to the baseline" : " known by the baseline");
    if (gone > 0) {
        out_string(out, "; of its entries ");
        out_number(out, gone);
        out_string(out, gone == 1 ? " no longer occurs" : " no longer occur");
        out_string(out, " as often: write it anew");
    }
    out_string(out, "\n");
}

static void tell_states(const struct marks *marks, struct out *out)
{
    static const enum httplint_state states[] = { HTTPLINT_NEW, HTTPLINT_FIXED, HTTPLINT_UNCHANGED };

    for (size_t i = 0; i < 3; i++) {
        out_string(out, i > 0 ? ", " : "");
        out_number(out, marks->of_state[states[i]]);
        out_string(out, " ");
        out_string(out, words_state(states[i]));
    }
    out_string(out, " since ");
    out_visible(out, text_of(marks->options->compared));
    out_string(out, "\n");
}

void marks_tell(const struct marks *marks, struct out *out)
{
    size_t ndifferent, nexpected = expect_count(marks->expectations, &ndifferent);

    if (marks->baseline || marks->is_written)
        tell_baseline(marks, out);
    if (marks->old)
        tell_states(marks, out);
    if (nexpected > 0) {
        out_number(out, nexpected - ndifferent);
        out_string(out, " of ");
        words_count(out, nexpected, "input");
        out_string(out, " with expectations ");
        out_string(out, nexpected == 1 ? "shows" : "show");
        out_string(out, " what is expected\n");
    }
    out_flush(out);
}
