#include "cli/work.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/note.h"
#include "cli/signals.h"
#include "cli/tell.h"
#include "input/input.h"

/* Records that an input may keep until its turn; then it waits. */
enum { KEPT_MAX = 32 << 20 };

/* Octets of an input below which threads cost more than they bring. */
enum { SPLIT_MIN = 1 << 20 };

/* One input, as its session's sink and its reader see it. */
struct errand {
    struct work *work;
    struct work_input *input;
    struct jobs *jobs;
    size_t piece;
};

/* ---- in turn ---- */

static void take_turn(struct errand *errand)
{
    struct work *work = errand->work;
    struct work_input *input = errand->input;

    if (!input->records)
        return;
    work->turn = errand->piece;
    progress_hide(work->progress);
    records_tell(input->records, work->outputs, input->path);
    records_free(input->records);
    input->records = NULL;
}

static bool is_in_turn(struct errand *errand)
{
    if (errand->input->records && jobs_is_turn(errand->jobs, errand->piece))
        take_turn(errand);
    return !errand->input->records;
}

static void await_turn(struct errand *errand)
{
    jobs_await_turn(errand->jobs, errand->piece);
    take_turn(errand);
}

/* ---- the sink ---- */

/* Exchanges without findings too. */
static bool tells_all(const struct work *work)
{
    return work->options->shows_exchanges || outputs_want_all(work->outputs);
}

static void on_exchange(void *context, const struct httplint_exchange *exchange,
                        const struct httplint_finding *findings, size_t nfindings)
{
    struct errand *errand = context;
    struct work *work = errand->work;

    if (errand->input->tally)
        tally_exchange(errand->input->tally, exchange, findings, nfindings);
    if (work->annotate)
        annotate_exchange(work->annotate, exchange, findings, nfindings);
    if (nfindings == 0 && !tells_all(work))
        return;                /* it was tallied */
    if (!is_in_turn(errand)) {
        records_exchange(errand->input->records, exchange, findings, nfindings);
        if (records_octets(errand->input->records) > KEPT_MAX)
            await_turn(errand);
        return;
    }
    progress_hide(work->progress);
    outputs_exchange(work->outputs, errand->input->path, exchange, findings, nfindings);
    if (outputs_are_broken(work->outputs))
        signals_stop();
}

static void on_note(void *context, const struct httplint_note *note)
{
    struct errand *errand = context;

    if (!is_in_turn(errand)) {
        records_note(errand->input->records, note);
        if (records_octets(errand->input->records) > KEPT_MAX)
            await_turn(errand);
        return;
    }
    progress_hide(errand->work->progress);
    outputs_note(errand->work->outputs, errand->input->path, note);
}

static void on_progress(void *context, uint64_t read, uint64_t whole)
{
    struct errand *errand = context;

    (void)whole;
    if (read > errand->input->read)
        progress_add(errand->work->progress, read - errand->input->read);
    errand->input->read = read;
}

/* ---- afterwards, in turn ---- */

/* A note of the command's own, counted and told; `words` NULL: the usual ones of the code. */
static void put_note(struct work *work, const char *path, enum note_code code, const char *words)
{
    const struct httplint_note note = {
        .code = note_code_name(code),
        .message = words ? words : note_code_words(code),
        .stream = -1,
    };

    work->sum.notes[code]++;
    outputs_note(work->outputs, path, &note);
}

static void add_rule_counts(struct work *work, const httplint *session)
{
    for (size_t i = 0; work->counts && i < httplint_rules_count(work->rules); i++) {
        struct httplint_rule_counts counts = httplint_rule_counts(session, i);

        work->counts[i].kept += counts.kept;
        work->counts[i].broken += counts.broken;
        work->counts[i].not_applicable += counts.not_applicable;
        for (size_t lack = 0; lack < HTTPLINT_LACKS; lack++)
            work->counts[i].undecidable[lack] += counts.undecidable[lack];
    }
}

static void add_suppressed(struct work *work, const httplint *session)
{
    struct httplint_suppression suppression;

    for (size_t i = 0; work->suppressed && httplint_rules_suppression(work->rules, i, &suppression); i++)
        work->suppressed[i] += httplint_suppressed(session, i);
}

void work_add_counts(struct work *work, const httplint *session)
{
    add_rule_counts(work, session);
    add_suppressed(work, session);
}

/* A capture that only lacks its end is forgiven, one that is damaged is not. */
static bool is_forgiven(const struct work *work, enum input_result result,
                        const struct httplint_summary *totals)
{
    return result == INPUT_BROKEN && work->options->allows_truncated &&
           totals->notes[NOTE_CORRUPT] == 0;
}

/* In a folder, what is no capture is a note; but a file that may not be read was meant all the
 * same. */
static bool is_passed_over(const struct work_input *input, enum input_result result)
{
    return result == INPUT_REFUSED && !input->is_named && access(input->path, R_OK) == 0;
}

/* What reading it came to: words for a person, notes, and whether the exit status suffers. */
static void judge(struct work *work, const struct work_input *input, enum input_result result,
                  const struct httplint_summary *totals, const struct errors *errors)
{
    if (is_passed_over(input, result)) {
        put_note(work, input->path, NOTE_NOT_CAPTURE,
                 errors->count > 0 ? errors->items[0].words : NULL);
        return;
    }
    work->nread += result != INPUT_REFUSED;
    if (is_forgiven(work, result, totals))
        return;
    work->has_failed |= result != INPUT_READ;
    tell_errors(work->err, errors);
    if (result == INPUT_READ && totals->requests + totals->responses == 0 && !signals_are_stopped())
        put_note(work, input->path, NOTE_EMPTY, NULL);
}

static void finish(struct errand *errand, enum input_result result, const struct errors *errors)
{
    struct work *work = errand->work;
    httplint *session = errand->input->session;

    httplint_finish(session);
    await_turn(errand);
    progress_hide(work->progress);
    const struct httplint_summary *totals = httplint_totals(session);

    judge(work, errand->input, result, totals, errors);
    httplint_summary_add(&work->sum, totals);
    work_add_counts(work, session);
    if (work->tally)
        tally_add(work->tally, errand->input->tally);
    tally_free(errand->input->tally);
    errand->input->tally = NULL;
    errand->input->session = NULL;
    httplint_free(session);
}

/* Inputs run beside each other, each in one thread. One for which the others would have to be waited for is spread over the
 * threads itself, if it is large enough to be worth it. */
static unsigned helpers_for(const struct work *work, const struct work_input *input)
{
    bool is_last = input->octets > work->octets / work->threads;

    return is_last && input->octets >= SPLIT_MIN ? (unsigned)work->threads - 1 : 0;
}

void work_input(void *context, struct jobs *jobs, size_t piece)
{
    struct work *work = context;
    struct work_input *input = &work->inputs[piece];
    struct errand errand = { work, input, jobs, piece };
    struct errors errors = { 0 };
    const struct httplint_sink sink = { on_exchange, on_note, &errand };
    const struct httplint_options told = {
        .limits = work->options->limits, .nlimits = work->options->nlimits, .counts_rules = work->counts != NULL,
        .tells_findings_only = !tells_all(work) && !work->tally, .helpers = helpers_for(work, input),
    };
    const struct input_options reading = { work->options->filter, signals_stopped(), on_progress,
                                           &errand };

    if (signals_are_stopped()) {
        jobs_await_turn(jobs, piece);
        return;
    }
    input->records = records_new();
    input->tally = work->tally ? tally_new() : NULL;
    input->session = httplint_new(work->rules, &told, &sink, NULL);
    assert(input->session); /* the limits were checked when the options were read */
    enum input_result result = input_run(input->path, &reading, input->session, &errors);

    finish(&errand, result, &errors);
    errors_clear(&errors);
}

struct httplint_summary work_totals(const struct work *work)
{
    struct httplint_summary sum = work->sum;

    if (work->turn < work->ninputs && work->inputs[work->turn].session)
        httplint_summary_add(&sum, httplint_totals(work->inputs[work->turn].session));
    return sum;
}
