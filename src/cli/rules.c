#include "cli/rules.h"

#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "cli/outputs.h"
#include "cli/status.h"
#include "cli/tell.h"
#include "report/words.h"

enum { EXPLAIN_COLUMN = 12 };

static int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void gather(void *context, const char *file, unsigned line, unsigned column,
                   const char *words)
{
    errors_add(context, file, line, column, "%s", words);
}

static httplint_rules *load(const struct options *options, const struct words *files,
                            struct out *err)
{
    const struct httplint_rules_request request = {
        .files = files->items,
        .nfiles = files->count,
        .without_builtin = options->has_no_default_rules,
        .select = options->select.items,
        .nselect = options->select.count,
        .ignore = options->ignore.items,
        .nignore = options->ignore.count,
        .today_us = now_us(),
    };
    struct errors errors = { 0 };
    const struct httplint_complaint complaint = { gather, &errors };
    httplint_rules *rules = httplint_rules_new(&request, &complaint);

    tell_mistakes(err, &errors);
    errors_clear(&errors);
    return rules;
}

httplint_rules *rules_load(const struct options *options, struct out *err)
{
    return load(options, &options->rules, err);
}

/* Ends what was told without anything linted. */
static int finish(struct outputs *outputs, struct out *err)
{
    struct errors errors = { 0 };

    outputs_end(outputs, NULL, 0);
    bool is_written = outputs_close(outputs, &errors);

    tell_errors(err, &errors);
    errors_clear(&errors);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}

static struct outputs *open_outputs(const struct options *options, int out, struct out *err)
{
    struct errors errors = { 0 };
    struct outputs *outputs = outputs_new(options, out, &options->rules, &errors);

    tell_errors(err, &errors);
    errors_clear(&errors);
    return outputs;
}

int rules_list(const struct options *options, int out, struct out *err)
{
    httplint_rules *rules = rules_load(options, err);
    struct outputs *outputs = rules ? open_outputs(options, out, err) : NULL;

    if (!outputs) {
        httplint_rules_free(rules);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < httplint_rules_count(rules); i++)
        outputs_rule(outputs, httplint_rules_get(rules, i));
    int status = finish(outputs, err);

    httplint_rules_free(rules);
    return status;
}

int rules_check(const struct options *options, int out, struct out *err)
{
    struct words files = {
        memory_new((options->rules.count + options->inputs.count) * sizeof(char *)), 0
    };
    struct out *answer = out_new(out);
    bool is_written = true;

    for (size_t i = 0; i < options->rules.count; i++)
        files.items[files.count++] = options->rules.items[i];
    for (size_t i = 0; i < options->inputs.count; i++)
        files.items[files.count++] = options->inputs.items[i];
    httplint_rules *rules = load(options, &files, err);

    if (rules && !options->is_quiet) {
        words_count(answer, files.count, "file");
        out_string(answer, " without mistakes, ");
        words_count(answer, httplint_rules_count(rules), "rule");
        out_string(answer, " in all\n");
        is_written = out_flush(answer);
    }
    out_free(answer);
    memory_free(files.items);
    if (!rules)
        return STATUS_USAGE;
    httplint_rules_free(rules);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}

/* ---- one rule ---- */

static void put_row(struct out *out, const char *name, struct text value)
{
    if (value.len == 0)
        return;
    out_string(out, name);
    out_repeat(out, ' ', EXPLAIN_COLUMN - strlen(name));
    tell_wrapped(out, value, EXPLAIN_COLUMN, EXPLAIN_COLUMN);
}

static struct text specs(struct out *scratch, const struct httplint_rule *rule)
{
    for (size_t i = 0; i < rule->nspec; i++) {
        out_string(scratch, i > 0 ? ", " : "");
        out_text(scratch, words_text(rule->spec[i]));
    }
    return out_held(scratch);
}

static struct text source(struct out *scratch, const struct httplint_rule *rule)
{
    out_clear(scratch);
    out_text(scratch, words_text(rule->source));
    if (rule->line > 0) {
        out_string(scratch, ":");
        out_number(scratch, rule->line);
    }
    out_string(scratch, rule->is_builtin ? " (built-in)" : "");
    return out_held(scratch);
}

static void explain(struct out *out, const struct httplint_rule *rule)
{
    struct out *scratch = out_new_memory();

    out_visible(out, words_text(rule->id));
    out_string(out, "\n\n");
    put_row(out, "says", words_text(rule->message));
    put_row(out, "why", words_text(rule->why));
    put_row(out, "severity", text_of(words_severity(rule->severity)));
    put_row(out, "level", words_text(rule->level));
    put_row(out, "at fault", text_of(words_party(rule->party)));
    put_row(out, "looks at", text_of(rule->scope));
    put_row(out, "sections", specs(scratch, rule));
    put_row(out, "since", words_text(rule->since));
    put_row(out, "source", source(scratch, rule));
    out_free(scratch);
}

static const struct httplint_rule *find(const httplint_rules *rules, struct text id)
{
    for (size_t i = 0; i < httplint_rules_count(rules); i++)
        if (text_equal(words_text(httplint_rules_get(rules, i)->id), id))
            return httplint_rules_get(rules, i);
    return NULL;
}

static void refuse(const httplint_rules *rules, const char *id, struct out *err)
{
    size_t count = httplint_rules_count(rules);
    struct text *ids = memory_new(count * sizeof *ids);
    struct errors errors = { 0 };

    for (size_t i = 0; i < count; i++)
        ids[i] = words_text(httplint_rules_get(rules, i)->id);
    struct text meant = errors_did_you_mean(text_of(id), ids, count);

    if (meant.len > 0)
        errors_add(&errors, NULL, 0, 0, "no rule '%.200s', did you mean '%.*s'?", id,
                   (int)meant.len, meant.at);
    else
        errors_add(&errors, NULL, 0, 0, "no rule '%.200s'; httplint --list-rules names them all",
                   id);
    tell_errors(err, &errors);
    errors_clear(&errors);
    memory_free(ids);
}

/* Text has more to say here than a line of a list; the other formats say it all in any case. */
static int explain_found(const struct options *options, const struct httplint_rule *rule, int out,
                         struct out *err)
{
    if (options->formats[0].path || strcmp(options->formats[0].reporter->name, "text") != 0) {
        struct outputs *outputs = open_outputs(options, out, err);

        if (!outputs)
            return STATUS_USAGE;
        outputs_rule(outputs, rule);
        return finish(outputs, err);
    }
    struct out *answer = out_new(out);

    explain(answer, rule);
    bool is_written = out_flush(answer);

    out_free(answer);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}

int rules_explain(const struct options *options, int out, struct out *err)
{
    httplint_rules *rules = rules_load(options, err);
    const struct httplint_rule *rule = rules ? find(rules, text_of(options->explained)) : NULL;
    int status = STATUS_USAGE;

    if (rule)
        status = explain_found(options, rule, out, err);
    else if (rules)
        refuse(rules, options->explained, err);
    httplint_rules_free(rules);
    return status;
}
