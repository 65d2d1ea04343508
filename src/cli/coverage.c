#include "cli/coverage.h"

#include "base/arena.h"
#include "base/pattern.h"
#include "cli/rules.h"
#include "report/words.h"

/* What is required of the rules that a glob names. */
struct demand {
    struct text words;
    const struct pattern *rules;
    uint64_t least;
};

/* NAME=N was seen to when the option was read; the glob may still be none. */
static bool read_demand(struct arena *arena, const char *value, struct demand *demand, struct errors *errors)
{
    struct pattern_error error;
    struct text number;

    demand->words = text_until(text_of(value), '=', &number);
    text_number(number, &demand->least);
    demand->rules = pattern_compile(arena, demand->words, true, &error);
    if (!demand->rules)
        return errors_add(errors, NULL, 0, 0, "--require-coverage: no pattern: %s: %.*s", error.words,
                          (int)error.part.len, error.part.at);
    return true;
}

static size_t count_named(const struct demand *demand, const httplint_rules *rules)
{
    size_t named = 0;

    for (size_t i = 0; i < httplint_rules_count(rules); i++)
        named += pattern_matches(demand->rules, words_text(httplint_rules_get(rules, i)->id));
    return named;
}

bool coverage_check(const struct options *options, const httplint_rules *rules, struct errors *errors)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    bool is_good = true;

    for (size_t i = 0; i < options->coverage.count; i++) {
        struct demand demand;

        if (!read_demand(arena, options->coverage.items[i], &demand, errors))
            is_good = false;
        else if (count_named(&demand, rules) == 0)
            is_good = rules_refuse(rules, "--require-coverage: ", demand.words, errors);
    }
    arena_free(arena);
    arena_pool_free(pool);
    return is_good;
}

/* ": not applicable 3 times, undecidable 2 times (body-incomplete)": why it was decided no more often. */
static void put_reasons(struct out *err, const struct httplint_rule *rule, const struct httplint_rule_counts *counts)
{
    if (rule->severity == HTTPLINT_OFF) {
        out_string(err, ": it is off\n");
        return;
    }
    out_string(err, ": not applicable ");
    words_count(err, counts->not_applicable, "time");
    for (size_t i = 0; httplint_lack_name(i); i++) {
        if (counts->undecidable[i] == 0)
            continue;
        out_string(err, ", undecidable ");
        words_count(err, counts->undecidable[i], "time");
        out_string(err, " (");
        out_string(err, httplint_lack_name(i));
        out_string(err, ")");
    }
    out_string(err, "\n");
}

static bool is_covered(const struct demand *demand, const struct httplint_rule *rule,
                       const struct httplint_rule_counts *counts, struct out *err)
{
    uint64_t decided = counts->kept + counts->broken;

    if (decided >= demand->least)
        return true;
    out_string(err, "httplint: --require-coverage: ");
    out_visible(err, words_text(rule->id));
    out_string(err, " was decided ");
    words_count(err, decided, "time");
    out_string(err, ", required ");
    words_count(err, demand->least, "time");
    put_reasons(err, rule, counts);
    return false;
}

bool coverage_is_met(const struct options *options, const httplint_rules *rules,
                     const struct httplint_rule_counts *counts, struct out *err)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct errors none = { 0 };
    bool is_met = true;

    for (size_t i = 0; i < options->coverage.count; i++) {
        struct demand demand;

        if (!read_demand(arena, options->coverage.items[i], &demand, &none))
            continue;
        for (size_t number = 0; number < httplint_rules_count(rules); number++) {
            const struct httplint_rule *rule = httplint_rules_get(rules, number);

            if (pattern_matches(demand.rules, words_text(rule->id)))
                is_met &= is_covered(&demand, rule, &counts[number], err);
        }
    }
    errors_clear(&none);
    out_flush(err);
    arena_free(arena);
    arena_pool_free(pool);
    return is_met;
}
