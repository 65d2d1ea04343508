#include "cli/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "cli/explain.h"
#include "cli/rules.h"
#include "cli/status.h"
#include "cli/tell.h"
#include "report/words.h"

/* `what` and ".md" in the folder becomes what `page` holds. */
static bool write_page(const char *folder, struct text what, struct out *page, struct errors *errors)
{
    struct out *path = out_new_memory();

    out_string(path, folder);
    out_string(path, "/");
    out_text(path, what);
    out_string(path, ".md");
    out_text(path, (struct text){ "", 1 });
    const char *name = out_held(path).at;
    int descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), error = descriptor < 0 ? errno : 0;

    if (descriptor >= 0) {
        struct out *file = out_new(descriptor);

        out_text(file, out_held(page));
        error = out_close(file);
    }
    if (error != 0)
        errors_add(errors, name, 0, 0, "cannot be written: %s", strerror(error));
    out_free(path);
    out_clear(page);
    return error == 0;
}

static void put_row(struct out *out, const struct httplint_rule *rule)
{
    out_string(out, "| [");
    out_text(out, words_text(rule->id));
    out_string(out, "](");
    out_text(out, words_text(rule->id));
    out_string(out, ".md) | ");
    out_string(out, words_severity(rule->severity));
    out_string(out, " | ");
    explain_markdown(out, words_text(rule->level));
    out_string(out, " | ");
    explain_markdown(out, words_text(rule->message));
    out_string(out, " |\n");
}

/* Rules come in the order of their ids, so those of a family stand together. */
static void put_index(struct out *out, const httplint_rules *rules)
{
    size_t count = httplint_rules_count(rules);
    struct text family = { "", 0 };

    out_string(out, "# The rules\n\n`make docs` writes these pages from the rules and their cases. ");
    words_count(out, count, "rule");
    out_string(out, ".\n");
    for (size_t i = 0; i < count; i++) {
        const struct httplint_rule *rule = httplint_rules_get(rules, i);

        if (!text_equal(family, words_text(rule->family))) {
            family = words_text(rule->family);
            out_string(out, "\n## ");
            out_text(out, family);
            out_string(out, "\n| rule | severity | level | says |\n|---|---|---|---|\n");
        }
        put_row(out, rule);
    }
}

static bool write_all(const httplint_rules *rules, const char *folder, struct errors *errors)
{
    struct examples *examples = examples_new();
    struct out *page = out_new_memory();
    bool is_written = true;

    for (size_t i = 0; i < httplint_rules_count(rules); i++) {
        const struct httplint_rule *rule = httplint_rules_get(rules, i);

        explain_page(page, rule, examples);
        is_written &= write_page(folder, words_text(rule->id), page, errors);
    }
    put_index(page, rules);
    is_written &= write_page(folder, TEXT("README"), page, errors);
    out_free(page);
    examples_free(examples);
    return is_written;
}

int pages_write(const struct options *options, struct out *err)
{
    httplint_rules *rules = rules_load(options, err);
    struct errors errors = { 0 };
    int status = STATUS_USAGE;

    if (rules)
        status = write_all(rules, options->explained, &errors) ? STATUS_CLEAN : STATUS_INPUT;
    tell_errors(err, &errors);
    errors_clear(&errors);
    httplint_rules_free(rules);
    return status;
}
