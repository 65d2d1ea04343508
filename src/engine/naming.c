#include "engine/naming.h"

static enum naming_kind take_kind(struct text *words)
{
    static const struct text prefixes[] = { [NAMING_SPEC] = TEXT_INIT("spec:"), [NAMING_LEVEL] = TEXT_INIT("level:") };

    for (int kind = NAMING_SPEC; kind <= NAMING_LEVEL; kind++)
        if (text_starts(*words, prefixes[kind])) {
            *words = text_trim(text_part(*words, prefixes[kind].len, words->len));
            return (enum naming_kind)kind;
        }
    return NAMING_ID;
}

bool naming_compile(struct arena *arena, struct text words, struct naming *naming, struct pattern_error *error)
{
    naming->kind = take_kind(&words);
    naming->pattern = pattern_compile(arena, words, true, error);
    return naming->pattern != NULL;
}

bool naming_fits(const struct naming *naming, const struct rule *rule)
{
    if (naming->kind == NAMING_ID)
        return pattern_matches(naming->pattern, rule->id);
    if (naming->kind == NAMING_LEVEL)
        return pattern_matches(naming->pattern, rule->level);
    for (size_t i = 0; i < rule->nspec; i++)
        if (pattern_matches(naming->pattern, rule->spec[i]))
            return true;
    return false;
}

bool naming_is_single(const struct naming *naming)
{
    return naming->kind == NAMING_ID && !pattern_is_wild(naming->pattern);
}
