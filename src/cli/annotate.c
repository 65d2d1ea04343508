#include "cli/annotate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/annotate.h"
#include "report/mask.h"
#include "report/words.h"

/* A comment whose words lie in `words`, which may move while it grows. */
struct remark {
    uint64_t frame;
    size_t number, at, len;
};

struct annotate {
    const struct options *options;
    int descriptor;
    bool is_new;                             /* the file was not there before, and has nothing yet */
    struct remark *remarks;
    size_t count, room;
    struct out *words, *scratch;
};

/* ---- life ---- */

static bool is_report(const struct options *options)
{
    for (size_t i = 0; i < options->nformats; i++)
        if (options->formats[i].path && strcmp(options->formats[i].path, options->annotate) == 0)
            return true;
    return false;
}

static bool check(const struct options *options, struct errors *errors)
{
    if (options->inputs.count != 1)
        return errors_add(errors, NULL, 0, 0, "--annotate copies one capture, yet %zu inputs are given",
                          options->inputs.count);
    if (!annotate_check(options->inputs.items[0], errors))
        return false;
    return !is_report(options) ||
           errors_add(errors, options->annotate, 0, 0, "is written by --format too: name another file for --annotate");
}

struct annotate *annotate_new(const struct options *options, struct errors *errors)
{
    if (!check(options, errors))
        return NULL;
    bool is_new = access(options->annotate, F_OK) != 0;
    int descriptor = open(options->annotate, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);

    if (descriptor < 0) {
        errors_add(errors, options->annotate, 0, 0, "cannot be written: %s", strerror(errno));
        return NULL;
    }
    struct annotate *annotate = memory_new(sizeof *annotate);

    annotate->options = options;
    annotate->descriptor = descriptor;
    annotate->is_new = is_new;
    annotate->words = out_new_memory();
    annotate->scratch = out_new_memory();
    return annotate;
}

void annotate_free(struct annotate *annotate)
{
    if (!annotate)
        return;
    if (annotate->descriptor >= 0)
        close(annotate->descriptor);
    if (annotate->is_new)                    /* nothing came of it */
        unlink(annotate->options->annotate);
    out_free(annotate->words);
    out_free(annotate->scratch);
    memory_free(annotate->remarks);
    memory_free(annotate);
}

/* ---- comments ---- */

static void put_specs(struct out *out, const struct httplint_rule *rule)
{
    for (size_t i = 0; i < rule->nspec; i++) {
        out_string(out, i == 0 ? " " : ", ");
        out_visible(out, words_text(rule->spec[i]));
    }
}

/* "error: 405 Method Not Allowed without Allow [status-405-allow-missing] RFC9110 15.5.6" */
static void put_finding(struct annotate *annotate, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    struct out *words = annotate->words;

    out_string(words, words_severity(finding->severity));
    out_string(words, ": ");
    if (annotate->options->shows_secrets)
        out_text(annotate->scratch, words_text(finding->message));
    else
        mask_message(annotate->scratch, exchange, finding);
    words_cut(words, out_held(annotate->scratch), MESSAGE_MAX);
    out_clear(annotate->scratch);
    if (finding->is_uncertain)
        out_string(words, " (uncertain)");
    out_string(words, " [");
    out_visible(words, words_text(finding->rule->id));
    out_string(words, "]");
    put_specs(words, finding->rule);
}

static void keep(struct annotate *annotate, const struct httplint_exchange *exchange,
                 const struct httplint_finding *finding)
{
    size_t at = out_held(annotate->words).len;

    if (annotate->count == annotate->room) {
        annotate->room = annotate->room > 0 ? 2 * annotate->room : 64;
        annotate->remarks = memory_grow(annotate->remarks, annotate->room, sizeof *annotate->remarks);
    }
    put_finding(annotate, exchange, finding);
    annotate->remarks[annotate->count] =
        (struct remark){ finding->frame, annotate->count, at, out_held(annotate->words).len - at };
    annotate->count++;
}

void annotate_exchange(struct annotate *annotate, const struct httplint_exchange *exchange,
                       const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].frame > 0 && (int)findings[i].severity >= annotate->options->min_severity)
            keep(annotate, exchange, &findings[i]);
}

/* ---- the copy ---- */

static int by_frame(const void *left, const void *right)
{
    const struct remark *a = left, *b = right;

    if (a->frame != b->frame)
        return a->frame < b->frame ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

static void put_totals(struct out *out, const struct httplint_summary *summary)
{
    out_string(out, "httplint " HTTPLINT_VERSION ": ");
    words_count(out, summary->exchanges, "exchange");
    out_string(out, " in ");
    words_count(out, summary->streams, "stream");
    out_string(out, "; ");
    words_found(out, summary);
}

static void copy(struct annotate *annotate, const struct httplint_summary *summary, struct out *out)
{
    struct annotate_comment *items = memory_new(annotate->count * sizeof *items + 1);
    struct out *totals = out_new_memory();
    struct errors told_before = { 0 };

    if (annotate->count > 0)
        qsort(annotate->remarks, annotate->count, sizeof *annotate->remarks, by_frame);
    for (size_t i = 0; i < annotate->count; i++)
        items[i] = (struct annotate_comment){ annotate->remarks[i].frame,
                                              text_part(out_held(annotate->words), annotate->remarks[i].at,
                                                        annotate->remarks[i].len) };
    put_totals(totals, summary);
    annotate_copy(annotate->options->inputs.items[0],
                  &(struct annotate_comments){ out_held(totals), items, annotate->count }, out, &told_before);
    errors_clear(&told_before);
    out_free(totals);
    memory_free(items);
}

bool annotate_write(struct annotate *annotate, const struct httplint_summary *summary, struct errors *errors)
{
    struct out *out = out_new(annotate->descriptor);

    annotate->is_new = false;
    /* What is no file, a pipe say, cannot be emptied and need not be. */
    if (ftruncate(annotate->descriptor, 0) != 0 && errno != EINVAL)
        out_fail(out, errno);
    else
        copy(annotate, summary, out);
    int error = out_close(out);

    annotate->descriptor = -1;
    return error == 0 ||
           errors_add(errors, annotate->options->annotate, 0, 0, "the annotated capture is incomplete: %s",
                      strerror(error));
}
