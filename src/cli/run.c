#include "cli/run.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/check.h"
#include "cli/completion.h"
#include "cli/config.h"
#include "cli/explain.h"
#include "cli/help.h"
#include "cli/lint.h"
#include "cli/manual.h"
#include "cli/pages.h"
#include "cli/rules.h"
#include "cli/settings.h"
#include "cli/signals.h"
#include "cli/status.h"
#include "cli/tell.h"
#include "input/live.h"

static int tell_itself(void (*put)(struct out *), int out)
{
    struct out *answer = out_new(out);

    put(answer);
    bool is_written = out_flush(answer);

    out_free(answer);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}

static int version(int out, struct out *err)
{
    const struct options builtin = { 0 };
    httplint_rules *rules = rules_load(&builtin, err);
    struct out *answer = out_new(out);

    help_version(answer, rules ? httplint_rules_count(rules) : 0);
    bool is_written = out_flush(answer);

    out_free(answer);
    httplint_rules_free(rules);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}

static int list_interfaces(int out, struct out *err)
{
    struct out *answer = out_new(out);
    struct errors errors = { 0 };
    bool is_listed = live_list(answer, &errors) && out_flush(answer);

    tell_errors(err, &errors);
    errors_clear(&errors);
    out_free(answer);
    return is_listed ? STATUS_CLEAN : STATUS_INPUT;
}

/* What is checked is checked alone; all else goes by the configuration file that is found. */
static void find_config(struct options *options)
{
    if (options->config || options->has_no_config || options->mode == MODE_CHECK_RULES)
        return;
    struct out *path = out_new_memory();

    const char *found = config_find(path);

    if (found)
        options->config = options_own(options, text_of(found));
    out_free(path);
}

static int obey(struct options *options, int out, struct out *err, int err_descriptor)
{
    switch (options->mode) {
    case MODE_HELP:
        return tell_itself(help_tell, out);
    case MODE_VERSION:
        return version(out, err);
    case MODE_LIST_RULES:
        return rules_list(options, out, err);
    case MODE_EXPLAIN:
        return explain_rule(options, out, err);
    case MODE_CHECK_RULES:
        return check_rules(options, out, err);
    case MODE_PRINT_CONFIG:
        return settings_print(options, out, err);
    case MODE_LIST_INTERFACES:
        return list_interfaces(out, err);
    case MODE_PAGES:
        return pages_write(options, err);
    case MODE_MANUAL:
        return manual_write(options, out, err);
    case MODE_COMPLETION:
        return completion_write(options, out, err);
    case MODE_LINT:
        break;
    }
    return lint_run(options, out, err, err_descriptor);
}

/* Before anything is linted there is nothing to end well. */
static void on_exhaustion(void *context)
{
    struct out **complaints = context;

    if (*complaints)
        tell(*complaints, NULL, "out of memory");
    _Exit(STATUS_INPUT);
}

int cli_run(int argc, char **argv, int out, int err, bool is_ours)
{
    struct out *complaints = NULL;
    struct options options = { 0 };
    struct errors errors = { 0 };
    struct signals before;
    int status = STATUS_USAGE;

    memory_on_exhaustion(on_exhaustion, &complaints);
    complaints = out_new(err);
    signals_begin(&before);
    if (options_parse(&options, argc, argv, &errors)) {
        find_config(&options);
        if (!is_ours)
            options.sandbox = SANDBOX_OFF;
        if (argc < 2 && !options.config)
            help_usage(complaints);
        else
            status = obey(&options, out, complaints, err);
    } else {
        tell_errors(complaints, &errors);
        out_string(complaints, "Try 'httplint --help'.\n");
    }
    out_flush(complaints);
    signals_end(&before);
    memory_on_exhaustion(NULL, NULL);
    errors_clear(&errors);
    options_clear(&options);
    out_free(complaints);
    return status;
}
