#include "engine/select.h"

#include "base/memory.h"
#include "engine/naming.h"

/* One name of a selection. */
struct pick {
    const struct selection *selection;
    const struct ruleset *ruleset;
    struct text words;
    size_t list;                   /* which of the selection's lists it stands in */
    struct errors *errors;
};

static bool fail(const struct pick *pick, const char *words, struct text at, struct text meant)
{
    static const struct setting command_line = { .file = NULL };
    static const struct setting_place nowhere = { 0, 0 };
    const struct setting *setting = pick->selection->setting ? pick->selection->setting : &command_line;
    const struct setting_place *place = setting->places ? &setting->places[pick->list] : &nowhere;
    int len = (int)(at.len < 80 ? at.len : 80);

    if (meant.len > 0)
        return errors_add(pick->errors, setting->file, place->line, place->column,
                          "%s: %s '%.*s', did you mean '%.*s'?",
                          pick->selection->what, words, len, at.at, (int)meant.len, meant.at);
    return errors_add(pick->errors, setting->file, place->line, place->column, "%s: %s '%.*s'", pick->selection->what,
                      words, len, at.at);
}

static bool fail_id(const struct pick *pick)
{
    const struct ruleset *ruleset = pick->ruleset;
    struct text *candidates = memory_new(ruleset->count * sizeof *candidates + 1);

    for (size_t i = 0; i < ruleset->count; i++)
        candidates[i] = ruleset->items[i].rule.id;

    struct text meant = errors_did_you_mean(pick->words, candidates, ruleset->count);

    memory_free(candidates);
    return fail(pick, "unknown rule", pick->words, meant);
}

static bool pick_rules(const struct pick *pick, bool is_needed, bool *is_picked)
{
    const struct setting *setting = pick->selection->setting;
    struct pattern_error wrong;
    struct naming naming;
    size_t found = 0;

    if (!naming_compile(pick->ruleset->arena, pick->words, &naming, &wrong))
        return fail(pick, wrong.words, wrong.part, (struct text){ "", 0 });
    for (size_t i = 0; i < pick->ruleset->count; i++)
        if (naming_fits(&naming, &pick->ruleset->items[i].rule)) {
            is_picked[i] = true;
            found++;
        }
    if (found > 0 || (setting && setting->is_builtin))
        return true;
    if (naming_is_single(&naming))
        return fail_id(pick);
    return is_needed ? fail(pick, "no rule fits", pick->words, (struct text){ "", 0 }) : true;
}

bool selection_pick(const struct selection *selection, const struct ruleset *ruleset, bool is_needed, bool *is_picked,
                    struct errors *errors)
{
    struct pick pick = { .selection = selection, .ruleset = ruleset, .errors = errors };
    bool is_good = true;

    for (pick.list = 0; pick.list < selection->count; pick.list++)
        for (struct text rest = selection->lists[pick.list]; rest.len > 0;) {
            pick.words = text_trim(text_until(rest, ',', &rest));
            if (pick.words.len > 0)
                is_good &= pick_rules(&pick, is_needed, is_picked);
        }
    return is_good;
}
