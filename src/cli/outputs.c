#include "cli/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/formats.h"
#include "service/syslog.h"

struct output {
    const struct reporter *reporter;
    const char *path; /* NULL: standard output */
    int descriptor;
    struct syslog *log; /* NULL: it is written to the descriptor */
    struct out *out;
    struct report *report; /* NULL once it was ended, perhaps by another thread */
};

struct outputs {
    struct output *items;
    size_t count;
    struct marks *marks; /* NULL: findings are told as they are */
    bool is_prompt;
    pthread_mutex_t lock; /* recursive: memory may run out while it is held */
};

/* NO_COLOR of no-color.org: set and not empty. */
static bool is_coloured(const struct options *options, int descriptor)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (options->colour != COLOUR_AUTO)
        return options->colour == COLOUR_ALWAYS;
    return isatty(descriptor) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
}

static void lock_init(pthread_mutex_t *lock)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

/* To write a report over the capture that it is about is never meant. */
static bool is_input(const char *path, const struct words *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (file_is_same(path, inputs->items[i]))
            return true;
    return false;
}

/* Of what is read and written: the report would destroy it. */
static bool is_baseline(const char *path, const struct options *options)
{
    return (options->baseline && file_is_same(path, options->baseline)) ||
           (options->compared && file_is_same(path, options->compared)) ||
           (options->written_baseline && strcmp(path, options->written_baseline) == 0);
}

/* `what` would write it. */
static bool may_write_to(const char *path, const struct options *options, const struct words *inputs, const char *what,
                         struct errors *errors)
{
    if (path && is_baseline(path, options))
        return errors_add(errors, path, 0, 0, "is the baseline, or what to compare with: %s would overwrite it", what);
    if (path && is_input(path, inputs))
        return errors_add(errors, path, 0, 0, "is an input: %s would overwrite it; name another file", what);
    return true;
}

static bool may_write(const struct options *options, const struct words *inputs,
                      struct errors *errors)
{
    bool may = may_write_to(options->annotate, options, inputs, "--annotate", errors);

    for (size_t i = 0; i < options->nformats; i++)
        may &= may_write_to(options->formats[i].path, options, inputs, "a report", errors);
    return may;
}

static bool open_output(struct output *output, const struct format *format, int standard,
                        struct errors *errors)
{
    *output = (struct output){ .reporter = format->reporter,
                               .path = format->path,
                               .descriptor = standard };
    if (!format->path)
        return true;
    /* To append, so that whoever empties the file under way leaves no hole in it. */
    output->descriptor =
        open(format->path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
    if (output->descriptor < 0)
        return errors_add(errors, format->path, 0, 0, "cannot write the report: %s",
                          strerror(errno));
    return true;
}

static bool open_log(struct output *output, const char *facility, struct errors *errors)
{
    *output = (struct output){ .reporter = &syslog_reporter, .descriptor = -1 };
    output->log = syslog_open(facility, SYSLOG_PATH, errors);
    return output->log != NULL;
}

static void begin_report(struct output *output, const struct options *options)
{
    const struct report_options told = {
        .min_severity = (enum httplint_severity)options->min_severity,
        .fail_on = options->fail_on,
        .has_baseline = options->baseline != NULL,
        .shows_exchanges = options->shows_exchanges,
        .shows_secrets = options->shows_secrets,
        .shows_notes = options->is_verbose,
        .is_coloured = is_coloured(options, output->descriptor),
        .is_quiet = options->is_quiet,
    };

    output->out = output->log ? out_new_memory() : out_new(output->descriptor);
    output->report = output->reporter->begin(&told, output->out);
}

static void free_all(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++) {
        out_free(outputs->items[i].out);
        syslog_close(outputs->items[i].log);
        if (outputs->items[i].path && outputs->items[i].descriptor >= 0)
            close(outputs->items[i].descriptor);
    }
    pthread_mutex_destroy(&outputs->lock);
    memory_free(outputs->items);
    memory_free(outputs);
}

struct outputs *outputs_new(const struct options *options, int standard, const struct words *inputs,
                            struct errors *errors)
{
    struct outputs *outputs;
    bool is_open = true;

    if (!may_write(options, inputs, errors))
        return NULL;
    outputs = memory_new(sizeof *outputs);
    lock_init(&outputs->lock);
    outputs->items = memory_grow(NULL, options->nformats + 1, sizeof *outputs->items);
    for (; outputs->count < options->nformats && is_open; outputs->count++)
        is_open = open_output(&outputs->items[outputs->count], &options->formats[outputs->count],
                              standard, errors);
    if (is_open && options->live.syslog)
        is_open = open_log(&outputs->items[outputs->count++], options->live.syslog, errors);
    if (!is_open) {
        free_all(outputs);
        return NULL;
    }
    for (size_t i = 0; i < outputs->count; i++) {
        begin_report(&outputs->items[i], options);
        outputs->is_prompt |= !outputs->items[i].log && isatty(outputs->items[i].descriptor);
    }
    return outputs;
}

/* The report's lines, whose priority stands before them as "<3>". */
static void log_lines(struct output *output)
{
    struct text line, held = out_held(output->out);

    while (held.len > 0) {
        line = text_until(held, '\n', &held);
        syslog_line(output->log, (unsigned)(line.at[1] - '0'), text_part(line, 3, line.len));
    }
    out_clear(output->out);
}

static void write_held(struct output *output)
{
    if (output->log)
        log_lines(output);
    else
        out_flush(output->out);
}

static void told(struct outputs *outputs, struct output *output)
{
    if (outputs->is_prompt)
        write_held(output);
}

/* Findings as they are told; false where nothing of the exchange is. */
static bool marked(struct outputs *outputs, const char *file, const struct httplint_exchange *exchange,
                   const struct httplint_finding **findings, size_t *nfindings)
{
    if (!outputs->marks)
        return true;
    *findings = marks_apply(outputs->marks, file, exchange, *findings, nfindings);
    return marks_stage(outputs->marks) == MARKS_TELL || *nfindings > 0;
}

/* Notes on what is only compared with are not about the inputs. */
static bool tells_notes(const struct outputs *outputs)
{
    return !outputs->marks || marks_stage(outputs->marks) == MARKS_TELL;
}

void outputs_exchange(struct outputs *outputs, const char *file,
                      const struct httplint_exchange *exchange,
                      const struct httplint_finding *findings, size_t nfindings)
{
    pthread_mutex_lock(&outputs->lock);
    bool are_told = marked(outputs, file, exchange, &findings, &nfindings);

    for (size_t i = 0; are_told && i < outputs->count; i++) {
        struct output *output = &outputs->items[i];

        if (output->report)
            output->reporter->exchange(output->report, file, exchange, findings, nfindings);
        told(outputs, output);
    }
    pthread_mutex_unlock(&outputs->lock);
}

void outputs_note(struct outputs *outputs, const char *file, const struct httplint_note *note)
{
    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; tells_notes(outputs) && i < outputs->count; i++) {
        struct output *output = &outputs->items[i];

        if (output->report && output->reporter->note)
            output->reporter->note(output->report, file, note);
        told(outputs, output);
    }
    pthread_mutex_unlock(&outputs->lock);
}

void outputs_statistics(struct outputs *outputs, const struct httplint_rule *rule,
                        const struct httplint_rule_counts *counts)
{
    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->items[i].reporter->statistics)
            outputs->items[i].reporter->statistics(outputs->items[i].report, rule, counts);
    pthread_mutex_unlock(&outputs->lock);
}

void outputs_rule(struct outputs *outputs, const struct httplint_rule *rule)
{
    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; i < outputs->count; i++)
        outputs->items[i].reporter->rule(outputs->items[i].report, rule);
    pthread_mutex_unlock(&outputs->lock);
}

void outputs_mark(struct outputs *outputs, struct marks *marks)
{
    outputs->marks = marks;
}

void outputs_tell_broken(struct outputs *outputs)
{
    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->items[i].reporter->broken && outputs->items[i].report)
            outputs->items[i].reporter->broken(outputs->items[i].report);
    pthread_mutex_unlock(&outputs->lock);
}

bool outputs_want_all(const struct outputs *outputs)
{
    bool want_all = false;

    for (size_t i = 0; i < outputs->count; i++)
        want_all |= outputs->items[i].reporter->wants_all;
    return want_all;
}

void outputs_be_prompt(struct outputs *outputs)
{
    outputs->is_prompt = true;
}

/* The descriptor stays the same number, so that its writer need not know. */
static bool reopen(struct output *output, struct opener *opener, struct errors *errors)
{
    out_flush(output->out);
    int fresh = opener_file(opener, OPENER_APPEND, output->path);

    if (fresh < 0)
        return errors_add(errors, output->path, 0, 0, "cannot be opened again: %s", strerror(errno));
    dup3(fresh, output->descriptor, O_CLOEXEC);
    close(fresh);
    return true;
}

bool outputs_reopen(struct outputs *outputs, struct opener *opener, struct errors *errors)
{
    bool is_open = true;

    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->items[i].path)
            is_open &= reopen(&outputs->items[i], opener, errors);
    pthread_mutex_unlock(&outputs->lock);
    return is_open;
}

bool outputs_are_broken(struct outputs *outputs)
{
    bool are_broken = true;

    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; i < outputs->count; i++)
        are_broken &= out_error(outputs->items[i].out) != 0;
    pthread_mutex_unlock(&outputs->lock);
    return are_broken;
}

void outputs_end(struct outputs *outputs, const struct httplint_summary *summary, size_t inputs)
{
    pthread_mutex_lock(&outputs->lock);
    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->items[i];

        if (output->report)
            output->reporter->end(output->report, summary, inputs);
        output->report = NULL;
        write_held(output);
    }
    pthread_mutex_unlock(&outputs->lock);
}

static bool is_logged(const struct output *output, struct errors *errors)
{
    uint64_t lost = output->log ? syslog_lost(output->log) : 0;

    return lost == 0 || errors_add(errors, SYSLOG_PATH, 0, 0, "%" PRIu64 " lines were not taken: nobody heard, or not in time", lost);
}

bool outputs_close(struct outputs *outputs, struct errors *errors)
{
    bool is_written = true;

    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->items[i];
        int error = out_error(output->out);

        if (output->path && close(output->descriptor) != 0 && error == 0)
            error = errno;
        output->descriptor = -1;
        is_written &= is_logged(output, errors);
        if (error == 0)
            continue;
        is_written = false;
        if (error != EPIPE)
            errors_add(errors, output->path ? output->path : "standard output", 0, 0,
                       "the report is incomplete: %s", strerror(error));
    }
    free_all(outputs);
    return is_written;
}
