#include "cli/rules.h"

#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "cli/outputs.h"
#include "cli/settings.h"
#include "cli/status.h"
#include "cli/tell.h"
#include "report/words.h"

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

/* The configuration file, then those of --rules. */
static struct words files_of(const struct options *options)
{
    struct words files = { memory_new((options->rules.count + 1) * sizeof(char *)), 0 };

    if (options->config)
        files.items[files.count++] = options->config;
    for (size_t i = 0; i < options->rules.count; i++)
        files.items[files.count++] = options->rules.items[i];
    return files;
}

/* Mistakes in keys that say what flags say are found with the others, before anything is done. */
static bool check_settings(const httplint_rules *rules, struct errors *errors)
{
    struct options unused = { 0 };
    bool is_good = settings_apply(rules, &unused, errors);

    options_clear(&unused);
    return is_good;
}

httplint_rules *rules_load(const struct options *options, struct out *err)
{
    return rules_load_through(options, &(struct file_door){ 0 }, err);
}

httplint_rules *rules_load_through(const struct options *options, const struct file_door *door, struct out *err)
{
    struct words files = files_of(options);
    const struct httplint_rules_request request = {
        .files = files.items,
        .nfiles = files.count,
        .without_builtin = options->has_no_default_rules,
        .select = options->select.items,
        .nselect = options->select.count,
        .ignore = options->ignore.items,
        .nignore = options->ignore.count,
        .today_us = now_us(),
        .open = door->open,
        .open_context = door->context,
    };
    struct errors errors = { 0 };
    const struct httplint_complaint complaint = { gather, &errors };
    httplint_rules *rules = httplint_rules_new(&request, &complaint);

    if (rules && !check_settings(rules, &errors)) {
        httplint_rules_free(rules);
        rules = NULL;
    }
    tell_mistakes(err, &errors);
    errors_clear(&errors);
    memory_free(files.items);
    return rules;
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

int rules_tell(const struct options *options, const struct httplint_rule *const *rules, size_t count, int out,
               struct out *err)
{
    struct outputs *outputs = open_outputs(options, out, err);

    if (!outputs)
        return STATUS_USAGE;
    for (size_t i = 0; i < count; i++)
        outputs_rule(outputs, rules[i]);
    return finish(outputs, err);
}

int rules_list(const struct options *options, int out, struct out *err)
{
    httplint_rules *rules = rules_load(options, err);
    int status = STATUS_USAGE;

    if (rules) {
        size_t count = httplint_rules_count(rules);
        const struct httplint_rule **all = memory_new(count * sizeof *all + 1);

        for (size_t i = 0; i < count; i++)
            all[i] = httplint_rules_get(rules, i);
        status = rules_tell(options, all, count, out, err);
        memory_free(all);
    }
    httplint_rules_free(rules);
    return status;
}

const struct httplint_rule *rules_find(const httplint_rules *rules, struct text id)
{
    for (size_t i = 0; i < httplint_rules_count(rules); i++)
        if (text_equal(words_text(httplint_rules_get(rules, i)->id), id))
            return httplint_rules_get(rules, i);
    return NULL;
}

bool rules_refuse(const httplint_rules *rules, const char *before, struct text id, struct errors *errors)
{
    size_t count = httplint_rules_count(rules);
    struct text *ids = memory_new(count * sizeof *ids + 1);
    int len = (int)(id.len < 200 ? id.len : 200);

    for (size_t i = 0; i < count; i++)
        ids[i] = words_text(httplint_rules_get(rules, i)->id);
    struct text meant = errors_did_you_mean(id, ids, count);

    if (meant.len > 0)
        errors_add(errors, NULL, 0, 0, "%sno rule '%.*s', did you mean '%.*s'?", before, len, id.at, (int)meant.len,
                   meant.at);
    else
        errors_add(errors, NULL, 0, 0, "%sno rule '%.*s'; httplint --list-rules names them all", before, len, id.at);
    memory_free(ids);
    return false;
}
