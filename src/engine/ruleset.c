#include "engine/ruleset.h"

#include "base/memory.h"
#include "engine/compiled.h"

void ruleset_free(struct ruleset *ruleset)
{
    if (!ruleset)
        return;
    for (struct regex_link *link = ruleset->regexes; link; link = link->next)
        regex_free(link->regex);
    names_free(ruleset->names);
    arena_free(ruleset->arena);
    arena_pool_free(ruleset->pool);
    memory_free(ruleset);
}

const struct rule *const *ruleset_rules(const struct ruleset *ruleset, size_t *count)
{
    *count = ruleset->count;
    return ruleset->rules;
}

int ruleset_compare(struct text a, struct text b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.at, b.at, len) : 0;

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

const struct rule *ruleset_find(const struct ruleset *ruleset, struct text id)
{
    size_t low = 0, high = ruleset->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ruleset_compare(id, ruleset->items[middle].rule.id);

        if (order == 0)
            return &ruleset->items[middle].rule;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct setting *ruleset_setting(const struct ruleset *ruleset, const char *key)
{
    const struct setting *setting = ruleset->settings;

    while (setting && !text_equal(setting->key, text_of(key)))
        setting = setting->next;
    return setting;
}

/* "strict" of "rules/presets/strict.yaml" */
static struct text preset_name(const struct rules_text *preset)
{
    return text_until(text_of(strrchr(preset->name, '/') + 1), '.', NULL);
}

const struct rules_text *ruleset_preset(struct text name, struct text *meant)
{
    enum { PRESETS_MAX = 16 };
    struct text names[PRESETS_MAX];
    size_t count;
    const struct rules_text *presets = ruleset_presets(&count);

    for (size_t i = 0; i < count && i < PRESETS_MAX; i++) {
        names[i] = preset_name(&presets[i]);
        if (text_equal(names[i], name))
            return &presets[i];
    }
    *meant = errors_did_you_mean(name, names, count < PRESETS_MAX ? count : PRESETS_MAX);
    return NULL;
}

const struct names *ruleset_names(const struct ruleset *ruleset)
{
    return ruleset->names;
}

static bool reads_body(const struct cond *cond)
{
    const struct test *test;

    for (uint32_t at = 0; (test = cond_next_test(cond, &at, NULL)) != NULL;)
        if (test_reads_body(test))
            return true;
    return false;
}

bool compiled_reads_body(const struct compiled *rule)
{
    if (rule->check && rule->check->reads_body)
        return true;
    for (size_t i = 0; i < rule->nadjustments; i++)
        if (reads_body(&rule->adjustments[i]->where))
            return true;
    for (size_t i = 0; i < rule->nsuppressions; i++)
        if (reads_body(&rule->suppressions[i]->where))
            return true;
    return reads_body(&rule->when) || reads_body(&rule->unless) || reads_body(&rule->require) ||
           reads_body(&rule->forbid);
}

bool ruleset_reads_bodies(const struct ruleset *ruleset)
{
    for (size_t i = 0; i < ruleset->count; i++)
        if (ruleset->items[i].is_on && compiled_reads_body(&ruleset->items[i]))
            return true;
    return false;
}

bool ruleset_reads_history(const struct ruleset *ruleset)
{
    for (size_t i = 0; i < ruleset->count; i++)
        if (ruleset->items[i].is_on && ruleset->items[i].check && ruleset->items[i].check->history)
            return true;
    return false;
}

const struct suppression *ruleset_suppressions(const struct ruleset *ruleset, size_t *count)
{
    *count = ruleset->nsuppressions;
    return ruleset->suppressions;
}
