#include "cli/lint.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "cli/confine.h"
#include "cli/coverage.h"
#include "cli/monitor.h"
#include "cli/rules.h"
#include "cli/settings.h"
#include "cli/signals.h"
#include "cli/status.h"
#include "cli/summary.h"
#include "cli/tell.h"
#include "cli/work.h"
#include "input/input.h"

/* ---- the inputs ---- */

/* Adds what one INPUT stands for. What cannot be read is told and remembered. */
static void add_input(struct work *work, struct input_files *files, const char *named)
{
    struct errors errors = { 0 };
    size_t before = files->count;

    if (!input_files_add(files, named, &errors))
        work->has_failed = true;
    tell_errors(work->err, &errors);
    errors_clear(&errors);
    if (files->count == before)
        return;
    work->inputs = memory_grow(work->inputs, work->ninputs + files->count - before, sizeof *work->inputs);
    for (size_t i = before; i < files->count; i++)
        if (work->options->has_no_expectations || !expect_is_file(files->paths[i]))
            work->inputs[work->ninputs++] =
                (struct work_input){ .path = files->paths[i], .is_named = strcmp(files->paths[i], named) == 0 };
}

static void add_inputs(struct work *work, struct input_files *files)
{
    for (size_t i = 0; i < work->options->inputs.count; i++)
        add_input(work, files, work->options->inputs.items[i]);
}

/* What the files beside the inputs expect of them. */
static bool add_expectations(struct work *work, struct expectations *expectations, struct errors *errors)
{
    size_t before = errors->count;

    for (size_t i = 0; i < work->ninputs && !work->options->has_no_expectations; i++)
        expect_input(expectations, work->inputs[i].path, work->inputs[i].is_named, errors);
    marks_expect(work->marks, expectations);
    if (errors->count == before)
        return true;
    return errors_add(errors, NULL, 0, 0, "what inputs are to show is not understood; --no-expect lints without it");
}

/* Octets of all inputs; false if one is no regular file, so that they are not known and reading it
 * may wait. */
static bool measure(struct work *work)
{
    struct stat status;

    for (size_t i = 0; i < work->ninputs; i++) {
        bool is_standard = strcmp(work->inputs[i].path, "-") == 0;

        if ((is_standard ? fstat(0, &status) : stat(work->inputs[i].path, &status)) != 0 ||
            !S_ISREG(status.st_mode))
            return false;
        work->inputs[i].octets = (uint64_t)status.st_size;
        work->octets += work->inputs[i].octets;
    }
    return true;
}

static size_t cores(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

/* ---- out of memory ---- */

struct emergency {
    struct work *work;
    void *ballast; /* given back so that there is memory to end with */
    atomic_flag is_declared;
};

/* The reports end well with what was found. Other threads may still run, so nothing is freed. */
static void on_exhaustion(void *context)
{
    struct emergency *emergency = context;
    struct work *work = emergency->work;

    if (atomic_flag_test_and_set(&emergency->is_declared))
        _Exit(STATUS_INPUT);
    memory_free(emergency->ballast);
    if (work->outputs) {
        struct httplint_summary sum = work_totals(work);

        outputs_tell_broken(work->outputs);
        outputs_end(work->outputs, &sum, work->nread);
    }
    tell(work->err, NULL,
         "out of memory: what was found so far is reported; lower --max-memory or --jobs");
    _Exit(STATUS_INPUT);
}

/* ---- the run ---- */

static void run_jobs(struct work *work)
{
    enum { LARGE_MIN = 16 << 20 };
    size_t threads;

    work->threads = work->options->jobs > 0 ? (size_t)work->options->jobs : cores();
    /* What may wait is read by the first thread alone, which gets the signals, and told as it
     * comes. */
    if (!measure(work)) {
        work->threads = 1;
        work->octets = 0;
        outputs_be_prompt(work->outputs);
    }
    /* They take a while to be made. Who listens for months has none: its memory grows by small steps, and shows it. */
    if (work->octets >= LARGE_MIN)
        memory_use_large_pages();
    if (!work->options->is_quiet)
        work->progress = progress_new(work->progress_descriptor, work->octets);
    threads = work->threads < work->ninputs ? work->threads : work->ninputs;
    jobs_run(work->ninputs, threads, work_input, work);
    progress_free(work->progress);
    work->progress = NULL;
}

static void tell_statistics(struct work *work)
{
    for (size_t i = 0; work->options->has_statistics && i < httplint_rules_count(work->rules); i++)
        outputs_statistics(work->outputs, httplint_rules_get(work->rules, i), &work->counts[i]);
}

static size_t count_suppressions(const httplint_rules *rules)
{
    struct httplint_suppression suppression;
    size_t count = 0;

    while (httplint_rules_suppression(rules, count, &suppression))
        count++;
    return count;
}

/* A suppression that took nothing away is told of, unless there was less to see than there could have been. */
static void tell_unused(struct work *work)
{
    struct httplint_suppression suppression;
    struct errors errors = { 0 };

    for (size_t i = 0; httplint_rules_suppression(work->rules, i, &suppression); i++)
        if (work->suppressed[i] == 0 && !suppression.is_idle)
            errors_add(&errors, suppression.file, suppression.line, suppression.column,
                       "this suppression was not used: nothing that it names was found (reason: %.*s)",
                       (int)suppression.reason.len, suppression.reason.at);
    if (!work->has_failed && !signals_are_stopped())
        tell_mistakes(work->err, &errors);
    errors_clear(&errors);
}

/* True if none of the inputs held any HTTP although all were read. */
static bool is_empty(const struct work *work)
{
    if (work->monitor) /* silence is no fault there */
        return false;
    return work->sum.requests + work->sum.responses == 0 && !signals_are_stopped();
}

static bool is_found(const struct work *work)
{
    for (int severity = work->fail_on; severity <= HTTPLINT_ERROR; severity++)
        if (work->sum.findings[severity] > marks_excused(work->marks, (enum httplint_severity)severity))
            return true;
    return false;
}

static bool close_outputs(struct work *work)
{
    struct errors errors = { 0 };
    bool is_written;

    if (work->has_failed)
        outputs_tell_broken(work->outputs);
    outputs_end(work->outputs, &work->sum, work->nread);
    is_written = outputs_close(work->outputs, &errors);
    work->outputs = NULL;
    tell_errors(work->err, &errors);
    errors_clear(&errors);
    return is_written;
}

/* True if expectations, coverage and a strict baseline are met. A baseline that could not be written is a report that
 * could not. */
static bool is_all_met(struct work *work, bool *is_written)
{
    struct errors errors = { 0 };
    bool is_whole = !work->has_failed && !signals_are_stopped();
    const struct file_door door = { work->opener ? opener_replace : NULL, work->opener };
    bool is_met = marks_conclude(work->marks, is_whole, &door, work->err, &errors);

    *is_written &= errors.count == 0;
    tell_errors(work->err, &errors);
    errors_clear(&errors);
    if (!work->options->is_quiet)
        marks_tell(work->marks, work->err);
    if (work->options->coverage.count > 0 && is_whole)
        is_met &= coverage_is_met(work->options, work->rules, work->counts, work->err);
    return is_met;
}

static void refuse_empty(struct work *work)
{
    if (!is_empty(work) || work->options->allows_empty)
        return;
    if (work->nread > 0 || !work->has_failed)
        tell(work->err, NULL,
             "no HTTP in any input: encrypted, filtered out or another protocol? "
             "-v tells what was met, --allow-empty accepts it");
    work->has_failed = true;
}

/* The capture is copied once all that is to be said of it is known. */
static void write_annotated(struct work *work)
{
    struct errors errors = { 0 };

    if (!work->annotate)
        return;
    if (signals_are_stopped())
        work->has_failed = !errors_add(&errors, work->options->annotate, 0, 0, "was not written: the run was stopped");
    else if (work->nread > 0 && !annotate_write(work->annotate, &work->sum, &errors))
        work->has_failed = true;
    tell_errors(work->err, &errors);
    errors_clear(&errors);
}

/* STATUS_INPUT wins over STATUS_FOUND. */
static int conclude(struct work *work)
{
    const struct options *options = work->options;
    bool is_written, is_met;

    tell_statistics(work);
    if (work->suppressed)
        tell_unused(work);
    is_written = close_outputs(work);
    write_annotated(work);
    if (!options->is_quiet && work->ninputs > 0)
        summary_tell(work->err, &work->sum, work->nread, work->tally);
    refuse_empty(work);
    is_met = is_all_met(work, &is_written);
    if (signals_are_stopped() && is_written && !options->is_quiet && !work->monitor)
        tell(work->err, NULL, "stopped: what was read until then is reported");
    if (work->has_failed || !is_written)
        return STATUS_INPUT;
    return is_found(work) || !is_met ? STATUS_FOUND : STATUS_CLEAN;
}

/* What the options name, and lives until all is done. */
struct named {
    httplint_rules *rules;
    struct expectations *expectations;
    struct input_files files;
    struct work *old;                    /* on what to compare with; NULL: nothing */
    struct input_files old_files;
};

/* Like the work on the inputs, but what it comes to is counted apart, and not told. */
static struct work *begin_old(const struct work *work, struct input_files *files)
{
    struct work *old = memory_new(sizeof *old);

    old->options = work->options;
    old->rules = work->rules;
    old->outputs = work->outputs;
    old->marks = work->marks;
    old->err = work->err;
    old->progress_descriptor = work->progress_descriptor;
    add_input(old, files, work->options->compared);
    return old;
}

/* Rules, filter and outputs: what is wrong with them is found before anything is linted. */
static bool prepare(struct work *work, struct options *options, struct named *named, int out)
{
    struct errors errors = { 0 };

    const struct file_door door = { work->opener ? opener_learn : NULL, work->opener };

    named->rules = rules_load_through(options, &door, work->err);
    work->rules = named->rules;
    if (named->rules && settings_apply(named->rules, options, &errors) && options_check_inputs(options, &errors) &&
        (!options->filter || options->live.interfaces.count > 0 || input_check_filter(options->filter, &errors)) &&
        coverage_check(options, named->rules, &errors) &&
        (!options->annotate || (work->annotate = annotate_new(options, &errors)) != NULL)) {
        work->marks = marks_new(options, &errors);
        named->expectations = expect_new(named->rules);
    }
    if (work->marks && options->live.interfaces.count > 0) {
        work->outputs = outputs_new(options, out, &options->inputs, &errors);
    } else if (work->marks) {
        add_inputs(work, &named->files);
        if (add_expectations(work, named->expectations, &errors))
            work->outputs = outputs_new(options, out, &options->inputs, &errors);
    }
    work->fail_on = options->fail_on;
    if (work->outputs && options->compared)
        named->old = begin_old(work, &named->old_files);
    tell_errors(work->err, &errors);
    errors_clear(&errors);
    return work->outputs != NULL;
}

/* Reads the capture to compare with, and tells what of it the stage tells. */
static void read_old(struct work *work, struct work *old, enum marks_stage stage)
{
    marks_enter(work->marks, stage);
    run_jobs(old);
    if (stage == MARKS_LEARN && !old->has_failed && !work->options->allows_empty && is_empty(old)) {
        tell(work->err, work->options->compared, "no HTTP to compare with; --allow-empty accepts it");
        old->has_failed = true;
    }
    work->has_failed |= old->has_failed;
    marks_enter(work->marks, MARKS_TELL);
}

/* A live capture is opened last, and with it what it writes; then all rights are given up. */
static void watch(struct work *work)
{
    struct errors errors = { 0 };

    work->monitor = monitor_new(work, &errors);
    if (work->monitor && monitor_begin(work->monitor, &errors))
        monitor_run(work->monitor);
    else
        work->has_failed = true;
    tell_errors(work->err, &errors);
    errors_clear(&errors);
}

static void read_all(struct work *work, struct work *old)
{
    if (old)
        read_old(work, old, MARKS_LEARN);
    run_jobs(work);
    if (old && marks_are_fixed(work->marks) && !signals_are_stopped())
        read_old(work, old, MARKS_FIXED);
}

/* Once all is prepared: from here on the reports end well, come what may. */
static int lint(struct work *work, const struct named *named)
{
    enum { BALLAST_OCTETS = 1 << 20 };
    struct emergency emergency = { work, memory_new(BALLAST_OCTETS), ATOMIC_FLAG_INIT };

    if (work->options->has_statistics || work->options->coverage.count > 0)
        work->counts = memory_new(httplint_rules_count(work->rules) * sizeof *work->counts);
    if (work->options->has_statistics)
        work->tally = tally_new();
    size_t nsuppressions = count_suppressions(work->rules);

    if (nsuppressions > 0)
        work->suppressed = memory_new(nsuppressions * sizeof *work->suppressed);
    memory_on_exhaustion(on_exhaustion, &emergency);
    outputs_mark(work->outputs, work->marks);
    if (work->options->live.interfaces.count > 0)
        watch(work);
    else if (confine(work->options, &named->files, &named->old_files, work->err))
        read_all(work, named->old);
    else
        work->has_failed = true;
    int status = conclude(work);

    memory_on_exhaustion(NULL, NULL);
    memory_free(emergency.ballast);
    memory_free(work->counts);
    memory_free(work->suppressed);
    tally_free(work->tally);
    return status;
}

int lint_run(struct options *options, int out, struct out *err, int err_descriptor)
{
    struct work work = { .options = options, .err = err, .progress_descriptor = err_descriptor };
    struct named named = { 0 };

    if (options->live.interfaces.count > 0)
        work.opener = opener_new();
    int status = prepare(&work, options, &named, out) ? lint(&work, &named) : STATUS_USAGE;

    monitor_free(work.monitor);
    opener_free(work.opener);
    memory_free(work.inputs);
    input_files_clear(&named.files);
    if (named.old)
        memory_free(named.old->inputs);
    memory_free(named.old);
    input_files_clear(&named.old_files);
    marks_free(work.marks);
    expect_free(named.expectations);
    annotate_free(work.annotate);
    httplint_rules_free(named.rules);
    return status;
}
