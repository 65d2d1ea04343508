#include "engine/select.h"

#include "base/memory.h"

static bool fail(const struct selection *selection, struct errors *errors, const char *words, struct text glob)
{
    return errors_add(errors, selection->file, selection->line, selection->column, "%s: %s '%.*s'", selection->what,
                      words, (int)(glob.len < 80 ? glob.len : 80), glob.at);
}

static bool fail_id(const struct selection *selection, const struct ruleset *ruleset, struct text id,
                    struct errors *errors)
{
    struct text *candidates = memory_new(ruleset->count * sizeof *candidates + 1);

    for (size_t i = 0; i < ruleset->count; i++)
        candidates[i] = ruleset->items[i].rule.id;

    struct text meant = errors_did_you_mean(id, candidates, ruleset->count);

    memory_free(candidates);
    if (meant.len == 0)
        return fail(selection, errors, "unknown rule", id);
    return errors_add(errors, selection->file, selection->line, selection->column,
                      "%s: unknown rule '%.*s', did you mean '%.*s'?", selection->what, (int)id.len, id.at,
                      (int)meant.len, meant.at);
}

static bool pick(const struct selection *selection, const struct ruleset *ruleset, struct text glob, bool is_needed,
                 bool *is_picked, struct errors *errors)
{
    struct pattern_error wrong;
    const struct pattern *pattern = pattern_compile(ruleset->arena, glob, true, &wrong);
    size_t found = 0;

    if (!pattern)
        return fail(selection, errors, wrong.words, wrong.part);
    for (size_t i = 0; i < ruleset->count; i++)
        if (pattern_matches(pattern, ruleset->items[i].rule.id)) {
            is_picked[i] = true;
            found++;
        }
    if (found > 0 || (pattern_is_wild(pattern) && !is_needed))
        return true;
    if (pattern_is_wild(pattern))
        return fail(selection, errors, "no rule fits", glob);
    return fail_id(selection, ruleset, glob, errors);
}

bool selection_pick(const struct selection *selection, const struct ruleset *ruleset, bool is_needed, bool *is_picked,
                    struct errors *errors)
{
    bool is_good = true;

    for (size_t i = 0; i < selection->count; i++)
        for (struct text rest = selection->lists[i]; rest.len > 0;) {
            struct text glob = text_trim(text_until(rest, ',', &rest));

            if (glob.len > 0)
                is_good &= pick(selection, ruleset, glob, is_needed, is_picked, errors);
        }
    return is_good;
}
