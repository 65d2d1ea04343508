#include "lint/rules.h"

#include "base/file.h"
#include "base/memory.h"
#include "checks/families.h"

enum { FILE_OCTETS_MAX = 1 << 20 };

/* Everything that a request to load needs while it is under way. */
struct loading {
    struct rules_text *texts;
    char **owned;              /* octets of the user's files */
    size_t ntexts, nowned;
    struct file_door door;
    struct text *globs;
    struct errors errors;
};

static void add_file(struct loading *loading, const char *path)
{
    struct text octets = file_read_through(&loading->door, path, FILE_OCTETS_MAX, &loading->errors);

    if (!octets.at)
        return;
    loading->owned[loading->nowned++] = (char *)(uintptr_t)octets.at;
    loading->texts[loading->ntexts++] = (struct rules_text){ path, octets, false };
}

static void texts_gather(struct loading *loading, const struct httplint_rules_request *request)
{
    size_t nbuiltin = 0;
    const struct rules_text *builtin = ruleset_builtin(&nbuiltin);

    loading->door = (struct file_door){ request->open, request->open_context };
    if (request->without_builtin)
        nbuiltin = 0;
    loading->texts = memory_new((nbuiltin + request->nfiles) * sizeof *loading->texts);
    loading->owned = memory_new(request->nfiles * sizeof *loading->owned);
    for (size_t i = 0; i < nbuiltin; i++)
        loading->texts[loading->ntexts++] = builtin[i];
    for (size_t i = 0; i < request->nfiles; i++)
        add_file(loading, request->files[i]);
}

static struct ruleset *set_load(struct loading *loading, const struct httplint_rules_request *request)
{
    struct text *select = memory_new((request->nselect + request->nignore) * sizeof *select);

    loading->globs = select;
    for (size_t i = 0; i < request->nselect; i++)
        select[i] = text_of(request->select[i]);
    for (size_t i = 0; i < request->nignore; i++)
        select[request->nselect + i] = text_of(request->ignore[i]);
    return ruleset_load(&(struct ruleset_request){ .texts = loading->texts, .ntexts = loading->ntexts, .select = select,
                                                   .nselect = request->nselect, .ignore = select + request->nselect,
                                                   .nignore = request->nignore, .checks = check_families, .door = loading->door,
                                                   .today_us = request->today_us },
                        &loading->errors);
}

static const char *scope_name(enum rule_scope scope)
{
    static const char *const names[] = { [SCOPE_REQUEST] = "request", [SCOPE_RESPONSE] = "response",
                                         [SCOPE_EXCHANGE] = "exchange", [SCOPE_CONNECTION] = "connection",
                                         [SCOPE_HISTORY] = "history", [SCOPE_MESSAGE] = "message" };

    return names[scope];
}

static void view_make(struct httplint_rules *rules, const struct rule *rule, struct httplint_text *specs,
                      struct httplint_example *examples)
{
    for (size_t i = 0; i < rule->nspec; i++)
        specs[i] = public_text(rule->spec[i]);
    for (size_t i = 0; i < rule->nexamples; i++)
        examples[i] = (struct httplint_example){ public_text(rule->examples[i].text), rule->examples[i].line };
    rules->views[rule->index] = (struct httplint_rule){
        .id = public_text(rule->id), .family = public_text(rule->family), .message = public_text(rule->message),
        .why = public_text(rule->why), .level = public_text(rule->level), .since = public_text(rule->since),
        .source = public_text(rule->source), .when = public_text(rule->when), .unless = public_text(rule->unless),
        .require = public_text(rule->require), .forbid = public_text(rule->forbid), .check = rule->check,
        .evidence = rule->evidence, .examples = examples, .nexamples = rule->nexamples, .spec = specs,
        .nspec = rule->nspec, .scope = scope_name(rule->scope),
        .severity = (enum httplint_severity)rule->severity, .party = (enum httplint_party)rule->party,
        .line = rule->line, .is_builtin = rule->file == NULL };
}

static httplint_rules *rules_over(struct ruleset *set)
{
    struct httplint_rules *rules = memory_new(sizeof *rules);
    const struct rule *const *all = ruleset_rules(set, &rules->count);
    size_t nspecs = 0, nexamples = 0;

    rules->set = set;
    for (size_t i = 0; i < rules->count; i++) {
        nspecs += all[i]->nspec;
        nexamples += all[i]->nexamples;
    }
    rules->views = memory_new(rules->count * sizeof *rules->views);
    rules->specs = memory_new(nspecs * sizeof *rules->specs);
    rules->examples = memory_new(nexamples * sizeof *rules->examples);
    nspecs = nexamples = 0;
    for (size_t i = 0; i < rules->count; i++) {
        view_make(rules, all[i], rules->specs + nspecs, rules->examples + nexamples);
        nspecs += all[i]->nspec;
        nexamples += all[i]->nexamples;
    }
    return rules;
}

httplint_rules *httplint_rules_new(const struct httplint_rules_request *request,
                                   const struct httplint_complaint *complaint)
{
    struct loading loading = { 0 };
    static const struct httplint_rules_request builtin = { .files = NULL };
    struct ruleset *set = NULL;

    if (!request)
        request = &builtin;
    texts_gather(&loading, request);
    if (loading.errors.count == 0)
        set = set_load(&loading, request);
    for (size_t i = 0; complaint && i < loading.errors.count; i++) {
        const struct error *error = &loading.errors.items[i];

        complaint->mistake(complaint->context, error->file, error->line, error->column, error->words);
    }
    errors_clear(&loading.errors);
    for (size_t i = 0; i < loading.nowned; i++)
        memory_free(loading.owned[i]);
    memory_free(loading.owned);
    memory_free(loading.texts);
    memory_free(loading.globs);
    return set ? rules_over(set) : NULL;
}

void httplint_rules_free(httplint_rules *rules)
{
    if (!rules)
        return;
    ruleset_free(rules->set);
    memory_free(rules->views);
    memory_free(rules->specs);
    memory_free(rules->examples);
    memory_free(rules);
}

size_t httplint_rules_count(const httplint_rules *rules)
{
    return rules->count;
}

const struct httplint_rule *httplint_rules_get(const httplint_rules *rules, size_t number)
{
    return &rules->views[number];
}

bool httplint_rules_setting(const httplint_rules *rules, const char *key, size_t number,
                            struct httplint_setting *told)
{
    const struct setting *setting = ruleset_setting(rules->set, key);

    if (!setting || number >= setting->count)
        return false;
    *told = (struct httplint_setting){ public_text(setting->values[number]), setting->file,
                                       setting->places[number].line, setting->places[number].column };
    return true;
}

bool httplint_rules_suppression(const httplint_rules *rules, size_t number, struct httplint_suppression *told)
{
    size_t count;
    const struct suppression *all = ruleset_suppressions(rules->set, &count);

    if (number >= count)
        return false;
    *told = (struct httplint_suppression){ public_text(all[number].reason), all[number].file, all[number].line,
                                           all[number].column, all[number].is_idle };
    return true;
}

const struct httplint_rule *rules_view(const httplint_rules *rules, const struct rule *rule)
{
    return &rules->views[rule->index];
}
