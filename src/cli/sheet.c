#include "cli/sheet.h"

#include "base/file.h"
#include "base/memory.h"
#include "engine/yaml.h"
#include "report/words.h"

static const struct text keys[] = { TEXT_INIT("rule"), TEXT_INIT("count"), TEXT_INIT("exchange") };

enum { KEYS = sizeof keys / sizeof *keys };

struct reading {
    struct sheet *sheet;
    struct arena *arena;
    const httplint_rules *rules;
    struct errors *errors;
};

static bool fail(const struct reading *reading, const struct node *at, const char *words)
{
    return errors_add(reading->errors, reading->sheet->path, at->line, at->column, "%s", words);
}

static bool fail_guess(const struct reading *reading, unsigned line, unsigned column, const char *what,
                       struct text word, const struct text *candidates, size_t count)
{
    const char *file = reading->sheet->path;
    struct text meant = errors_did_you_mean(word, candidates, count);
    int len = (int)(word.len < 200 ? word.len : 200);

    if (meant.len > 0)
        return errors_add(reading->errors, file, line, column, "unknown %s '%.*s', did you mean '%.*s'?", what, len,
                          word.at, (int)meant.len, meant.at);
    return errors_add(reading->errors, file, line, column, "unknown %s '%.*s'", what, len, word.at);
}

static const struct pattern *read_pattern(const struct reading *reading, const struct node *at, struct text words,
                                          bool keeps_case)
{
    struct pattern_error error;
    const struct pattern *pattern = pattern_compile(reading->arena, words, keeps_case, &error);

    if (!pattern)
        errors_add(reading->errors, reading->sheet->path, at->line, at->column, "no pattern: %s: %.*s", error.words,
                   (int)error.part.len, error.part.at);
    return pattern;
}

/* One rule that is named has to exist. */
static bool find_rule(const struct reading *reading, const struct node *at, struct entry *entry)
{
    const httplint_rules *rules = reading->rules;
    size_t count = httplint_rules_count(rules);
    struct text *ids = memory_new(count * sizeof *ids + 1);
    bool is_found = false;

    for (size_t i = 0; i < count; i++) {
        ids[i] = words_text(httplint_rules_get(rules, i)->id);
        if (!text_equal(ids[i], entry->words))
            continue;
        is_found = true;
        entry->is_off = httplint_rules_get(rules, i)->severity == HTTPLINT_OFF;
    }
    if (!is_found)
        fail_guess(reading, at->line, at->column, "rule", entry->words, ids, count);
    memory_free(ids);
    return is_found;
}

static bool read_rule(const struct reading *reading, const struct node *at, struct entry *entry)
{
    if (at->kind != NODE_SCALAR || at->text.len == 0)
        return fail(reading, at, "must be a rule's id, or a glob over ids");
    entry->words = arena_text(reading->arena, at->text);
    entry->rule = read_pattern(reading, at, entry->words, true);
    if (!entry->rule)
        return false;
    return pattern_is_wild(entry->rule) || find_rule(reading, at, entry);
}

/* `2`, `1..`, `..3`, `1..3`. */
static bool read_count(const struct reading *reading, const struct node *at, struct entry *entry)
{
    const char *dots = at->kind == NODE_SCALAR && at->text.len > 1 ? memmem(at->text.at, at->text.len, "..", 2) : NULL;
    size_t before = dots ? (size_t)(dots - at->text.at) : at->text.len;
    struct text low = text_part(at->text, 0, before), high = dots ? text_part(at->text, before + 2, at->text.len) : low;
    bool is_good = at->kind == NODE_SCALAR && low.len + high.len > 0;

    entry->least = 0;
    entry->most = UINT64_MAX;
    is_good &= low.len == 0 || text_number(low, &entry->least);
    is_good &= high.len == 0 || text_number(high, &entry->most);
    if (!is_good || entry->least > entry->most)
        return fail(reading, at, "must be a number or a range of numbers, as 2 or 1..3 or 0..");
    return true;
}

static bool read_key(const struct reading *reading, const struct node *member, struct entry *entry)
{
    if (text_equal(member->key, keys[0]))
        return read_rule(reading, member, entry);
    if (text_equal(member->key, keys[1]))
        return read_count(reading, member, entry);
    if (!text_equal(member->key, keys[2]))
        return fail_guess(reading, member->key_line, member->key_column, "key", member->key, keys, KEYS);
    if (member->kind != NODE_SCALAR || !text_number(member->text, &entry->exchange) || entry->exchange == 0)
        return fail(reading, member, "must be the number of an exchange, from 1");
    return true;
}

static bool read_entry(const struct reading *reading, const struct node *node, struct entry *entry)
{
    bool is_good = true;

    *entry = (struct entry){ .least = 1, .most = UINT64_MAX };
    if (node->kind == NODE_SCALAR)
        return read_rule(reading, node, entry);
    if (node->kind != NODE_MAP)
        return fail(reading, node, "must be a rule, or a mapping of rule:, count: and exchange:");
    if (!node_get(node, "rule"))
        is_good = fail(reading, node, "'rule:' is missing: which one?");
    for (const struct node *member = node->first; member; member = member->next)
        is_good &= read_key(reading, member, entry);
    return is_good;
}

static bool read_entries(const struct reading *reading, const struct node *list, struct fixture *fixture)
{
    struct entry **end = &fixture->entries;
    bool is_good = true;

    if (list->kind == NODE_SCALAR && text_equal(list->text, TEXT("none")))
        return true;
    if (list->kind != NODE_LIST)
        return fail(reading, list, "must be a list of what is expected, or none");
    for (const struct node *node = list->first; node; node = node->next) {
        struct entry *entry = arena_zero(reading->arena, sizeof *entry);

        is_good &= read_entry(reading, node, entry);
        *end = entry;
        end = &entry->next;
        fixture->nentries++;
    }
    return is_good;
}

static bool read_fixtures(const struct reading *reading, const struct node *root)
{
    struct fixture **end = &reading->sheet->fixtures;
    bool is_good = true;

    if (root->kind != NODE_MAP)
        return fail(reading, root, "must be a mapping: the name of an input to what it is to show");
    for (const struct node *member = root->first; member; member = member->next) {
        struct fixture *fixture = arena_zero(reading->arena, sizeof *fixture);
        struct node at = { .line = member->key_line, .column = member->key_column };

        fixture->line = member->key_line;
        fixture->words = arena_text(reading->arena, member->key);
        fixture->name = read_pattern(reading, &at, fixture->words, true);
        is_good &= fixture->name != NULL;
        is_good &= read_entries(reading, member, fixture);
        *end = fixture;
        end = &fixture->next;
    }
    return is_good;
}

void sheet_read(struct sheet *sheet, struct arena *arena, const httplint_rules *rules, struct errors *errors)
{
    struct reading reading = { sheet, arena, rules, errors };
    struct text octets = file_read(sheet->path, YAML_OCTETS_MAX, errors);
    const struct node *root = octets.at ? yaml_read(arena, sheet->path, octets, errors) : NULL;

    sheet->is_good = root && read_fixtures(&reading, root);
    memory_free((char *)(uintptr_t)octets.at);
}

struct fixture *sheet_find(const struct sheet *sheet, struct text name)
{
    struct fixture *fixture = sheet->fixtures;

    while (fixture && !pattern_matches(fixture->name, name))
        fixture = fixture->next;
    return fixture;
}
