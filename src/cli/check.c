#include "cli/check.h"

#include "cli/example.h"
#include "cli/rules.h"
#include "cli/status.h"
#include "cli/store.h"
#include "cli/tell.h"
#include "report/words.h"

static bool check_examples(const httplint_rules *rules, struct out *err, size_t *ncases)
{
    struct errors errors = { 0 };
    bool is_good = true;

    for (size_t i = 0; i < httplint_rules_count(rules); i++) {
        const struct httplint_rule *rule = httplint_rules_get(rules, i);

        if (!rule->is_builtin)
            is_good &= example_check(rules, rule, &errors, ncases);
    }
    tell_mistakes(err, &errors);
    errors_clear(&errors);
    return is_good;
}

static bool tell_good(const httplint_rules *rules, size_t nfiles, size_t ncases, int out)
{
    struct out *answer = out_new(out);

    words_count(answer, nfiles, "file");
    out_string(answer, " without mistakes, ");
    words_count(answer, httplint_rules_count(rules), "rule");
    out_string(answer, " in all");
    if (ncases > 0) {
        out_string(answer, ", ");
        words_count(answer, ncases, "example");
        out_string(answer, ncases == 1 ? " shows what it says" : " show what they say");
    }
    out_string(answer, "\n");
    bool is_written = out_flush(answer);

    out_free(answer);
    return is_written;
}

int check_rules(struct options *options, int out, struct out *err)
{
    const struct flag file = { .name = "", .at = offsetof(struct options, rules) };
    size_t ncases = 0;
    int status = STATUS_USAGE;

    for (size_t i = 0; i < options->inputs.count; i++)
        store_word(options, &file, options->inputs.items[i], NULL);
    httplint_rules *rules = rules_load(options, err);

    if (rules && check_examples(rules, err, &ncases))
        status = options->is_quiet || tell_good(rules, options->rules.count, ncases, out) ? STATUS_CLEAN : STATUS_INPUT;
    httplint_rules_free(rules);
    return status;
}
