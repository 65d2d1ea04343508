#include <stdlib.h>

#include "base/memory.h"
#include "engine/rule_compile.h"
#include "engine/select.h"
#include "engine/source.h"

/* The keys that a file may have; those from `select` on say what flags say. */
static const struct text keys[] = {
    { "extends", 7 }, { "headers", 7 },       { "rules", 5 },   { "adjust", 6 }, { "suppress", 8 }, { "select", 6 },
    { "ignore", 6 },  { "min-severity", 12 }, { "fail-on", 7 }, { "inputs", 6 },  { "formats", 7 }, { "baseline", 8 },
};

enum { KEYS = sizeof keys / sizeof *keys, FIRST_SETTING = 5 };

struct text ruleset_key(size_t number)
{
    return number < KEYS ? keys[number] : (struct text){ "", 0 };
}

struct load {
    const struct ruleset_request *request;
    struct loading loading;
    struct ruleset *ruleset;
    struct source_list sources;
    struct compiled *items;            /* as they come; later ones of an id replace earlier ones */
    size_t count, room;
    const struct adjustment **of_form[SUPPRESS + 1];   /* adjustments, suppressions */
    size_t nof_form[SUPPRESS + 1];
    struct errors remarks;
};

static void read_setting(struct load *load, const struct source *source, const struct node *node)
{
    struct loading *loading = &load->loading;
    size_t room = node->kind == NODE_LIST ? node->count : 1;
    struct text *values = arena_alloc(loading->arena, room * sizeof *values + 1);
    struct setting_place *places = arena_alloc(loading->arena, room * sizeof *places + 1);
    struct setting *setting = arena_zero(loading->arena, sizeof *setting);

    *setting = (struct setting){ .key = arena_text(loading->arena, node->key), .values = values, .places = places,
                                 .file = loading->file, .is_builtin = source->is_builtin,
                                 .next = load->ruleset->settings };
    for (const struct node *item = loading_items(node); item; item = loading_next(node, item)) {
        places[setting->count] = (struct setting_place){ item->line, item->column };
        values[setting->count] = loading_text(loading, item);
        if (memchr(values[setting->count].at, '\0', values[setting->count].len))
            loading_fail(loading, item, "holds a NUL octet");
        setting->count++;
    }
    load->ruleset->settings = setting;
}

static void read_header(struct loading *loading, const struct node *node)
{
    static const struct text shapes[] = { [SHAPE_TEXT] = { "text", 4 }, [SHAPE_LIST] = { "list", 4 },
                                          [SHAPE_NUMBER] = { "number", 6 }, [SHAPE_MEDIA] = { "media", 5 } };
    uint16_t known = names_find(loading->names, node->key);
    unsigned shape = 0;

    if (!text_is_token(node->key)) {
        loading_fail_key(loading, node, "'%.*s' can be no field name", (int)node->key.len, node->key.at);
        return;
    }
    if (!loading_is_text(loading, node))
        return;
    while (shape < 4 && !text_equal(node->text, shapes[shape]))
        shape++;
    if (shape == 4)
        loading_fail_guess(loading, node, false, "shape", node->text, shapes, 4);
    else if (known != FIELD_UNKNOWN && names_get(loading->names, known)->shape != (enum field_shape)shape)
        loading_fail(loading, node, "'%.*s' is known already, and its shape is %s", (int)node->key.len, node->key.at,
                     shapes[names_get(loading->names, known)->shape].at);
    else if (names_add(loading->names, node->key, (enum field_shape)shape) == FIELD_UNKNOWN)
        loading_fail_key(loading, node, "there is no room for more than %d field names", NAMES_MAX);
}

static bool need_map(struct loading *loading, const struct node *node)
{
    if (node->kind == NODE_MAP || (node->kind == NODE_SCALAR && node->text.len == 0))
        return true;
    return loading_fail(loading, node, "'%.*s:' must be a mapping, not %s", (int)node->key.len, node->key.at,
                        node_kind_name(node->kind));
}

static void read_headers(struct loading *loading, const struct node *root)
{
    const struct node *headers = node_get(root, "headers");

    if (headers && need_map(loading, headers))
        for (const struct node *header = headers->first; header; header = header->next)
            read_header(loading, header);
}

static void read_top(struct load *load, const struct source *source)
{
    for (const struct node *member = source->root->first; member; member = member->next) {
        size_t i = 0;

        while (i < KEYS && !text_equal(member->key, keys[i]))
            i++;
        if (i == KEYS)
            loading_fail_guess(&load->loading, member, true, "key", member->key, keys, KEYS);
        else if (i >= FIRST_SETTING)
            read_setting(load, source, member);
    }
}

static void read_rules(struct load *load, const struct source *source)
{
    const struct node *rules = node_get(source->root, "rules");

    if (!rules || !need_map(&load->loading, rules))
        return;
    for (const struct node *node = rules->first; node; node = node->next) {
        if (load->count == load->room) {
            load->room = load->room ? load->room * 2 : 256;
            load->items = memory_grow(load->items, load->room, sizeof *load->items);
        }
        struct compiled *compiled = &load->items[load->count];

        *compiled = (struct compiled){ .rule.index = load->count };
        rule_compile(&load->loading, node, source->is_builtin, compiled);
        load->count += compiled->rule.id.len > 0;  /* one that is wrong is known all the same to what speaks of it */
    }
}

static int compare_items(const void *left, const void *right)
{
    const struct rule *a = &((const struct compiled *)left)->rule, *b = &((const struct compiled *)right)->rule;
    int order = ruleset_compare(a->id, b->id);

    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* In the order of their ids, of each id the last one. */
static void settle_rules(struct load *load)
{
    struct ruleset *ruleset = load->ruleset;

    ruleset->items = arena_alloc(ruleset->arena, load->count * sizeof *ruleset->items + 1);
    if (load->count > 0)
        qsort(load->items, load->count, sizeof *load->items, compare_items);
    for (size_t i = 0; i < load->count; i++)
        if (i + 1 == load->count || !text_equal(load->items[i].rule.id, load->items[i + 1].rule.id))
            ruleset->items[ruleset->count++] = load->items[i];
    ruleset->rules = arena_alloc(ruleset->arena, ruleset->count * sizeof(struct rule *) + 1);
    for (size_t i = 0; i < ruleset->count; i++) {
        ruleset->items[i].rule.index = i;
        ruleset->rules[i] = &ruleset->items[i].rule;
    }
}

static void check_adjusted(struct load *load, const struct adjustment *adjustment, const struct node *list)
{
    size_t at = 0;

    for (const struct node *item = loading_items(list); item; item = loading_next(list, item)) {
        struct text *candidates;

        if (!naming_is_single(&adjustment->names[at++]) || ruleset_find(load->ruleset, item->text))
            continue;
        candidates = memory_new(load->ruleset->count * sizeof *candidates + 1);
        for (size_t i = 0; i < load->ruleset->count; i++)
            candidates[i] = load->ruleset->items[i].rule.id;
        loading_fail_guess(&load->loading, item, false, "rule", item->text, candidates, load->ruleset->count);
        memory_free(candidates);
    }
}

static void keep_adjustment(struct load *load, struct adjustment *adjustment)
{
    const struct adjustment ***list = &load->of_form[adjustment->form];
    size_t *count = &load->nof_form[adjustment->form];

    adjustment->number = *count;
    *list = memory_grow(*list, *count + 1, sizeof **list);
    (*list)[(*count)++] = adjustment;
}

static void read_adjustment(struct load *load, const struct source *source, enum adjust_form form,
                            const struct node *node)
{
    struct adjustment *adjustment = arena_alloc(load->loading.arena, sizeof *adjustment);
    const struct node *rules = node_get(node, "rules"), *until = node_get(node, "until");
    bool is_over;

    if (!adjustment_compile(&load->loading, node, form, load->request->today_us, adjustment, &is_over))
        return;
    if (!source->is_builtin)       /* the user may have left the built-in rules out */
        check_adjusted(load, adjustment, rules);
    if (is_over) {
        errors_add(&load->remarks, load->loading.file, until->line, until->column,
                   "this %s ended on %.*s and is not applied", form == ADJUST ? "adjustment" : "suppression",
                   (int)until->text.len, until->text.at);
        return;
    }
    keep_adjustment(load, adjustment);
}

static void read_adjustments(struct load *load, const struct source *source, enum adjust_form form)
{
    const struct node *list = node_get(source->root, adjust_key(form));

    if (!list || (list->kind == NODE_SCALAR && list->text.len == 0))
        return;
    if (list->kind != NODE_LIST) {
        loading_fail(&load->loading, list, "'%s:' must be a list, not %s", adjust_key(form),
                     node_kind_name(list->kind));
        return;
    }
    for (const struct node *node = list->first; node; node = node->next)
        read_adjustment(load, source, form, node);
}

static void read_both_forms(struct load *load, const struct source *source)
{
    read_adjustments(load, source, ADJUST);
    read_adjustments(load, source, SUPPRESS);
}

/* Those that name the rule. */
static const struct adjustment *const *pick(struct load *load, enum adjust_form form, const struct rule *rule,
                                            size_t *count)
{
    const struct adjustment *const *all = load->of_form[form];
    const struct adjustment **own =
        arena_alloc(load->loading.arena, load->nof_form[form] * sizeof(struct adjustment *) + 1);

    *count = 0;
    for (size_t i = 0; i < load->nof_form[form]; i++)
        if (adjustment_names(all[i], rule))
            own[(*count)++] = all[i];
    return own;
}

static void settle_severity(struct load *load, struct compiled *compiled)
{
    const struct adjustment *const *own = pick(load, ADJUST, &compiled->rule, &compiled->nadjustments);

    compiled->adjustments = own;
    compiled->suppressions = pick(load, SUPPRESS, &compiled->rule, &compiled->nsuppressions);
    compiled->rule.severity = adjust_always(own, compiled->nadjustments, compiled->declared);
    compiled->is_on = adjust_most(own, compiled->nadjustments, compiled->declared) != SEVERITY_OFF;
}

/* The flag, or else what the last file says. */
static struct selection selection_of(const struct load *load, const char *key, const struct text *lists, size_t count)
{
    const struct setting *setting = ruleset_setting(load->ruleset, key);
    bool is_select = strcmp(key, "select") == 0;

    if (count > 0 || !setting)
        return (struct selection){ lists, count, is_select ? "--select" : "--ignore", NULL };
    return (struct selection){ setting->values, setting->count, key, setting };
}

static void settle_selection(struct load *load)
{
    struct ruleset *ruleset = load->ruleset;
    const struct ruleset_request *request = load->request;
    struct selection select = selection_of(load, "select", request->select, request->nselect);
    struct selection ignore = selection_of(load, "ignore", request->ignore, request->nignore);
    bool *is_selected = memory_new(ruleset->count + 1), *is_ignored = memory_new(ruleset->count + 1);

    selection_pick(&select, ruleset, true, is_selected, load->loading.errors);
    selection_pick(&ignore, ruleset, false, is_ignored, load->loading.errors);
    for (size_t i = 0; i < ruleset->count; i++) {
        if ((select.count == 0 || is_selected[i]) && !is_ignored[i])
            continue;
        ruleset->items[i].rule.severity = SEVERITY_OFF;
        ruleset->items[i].is_on = false;
    }
    memory_free(is_selected);
    memory_free(is_ignored);
}

/* As they are told; one is idle where none of its rules is on. */
static void settle_suppressions(struct load *load)
{
    struct ruleset *ruleset = load->ruleset;
    size_t count = load->nof_form[SUPPRESS];
    struct suppression *told = arena_alloc(load->loading.arena, count * sizeof *told + 1);

    for (size_t i = 0; i < count; i++) {
        const struct adjustment *own = load->of_form[SUPPRESS][i];

        told[i] = (struct suppression){ own->reason, own->file, own->line, own->column, true };
    }
    for (size_t i = 0; i < ruleset->count; i++)
        for (size_t j = 0; ruleset->items[i].is_on && j < ruleset->items[i].nsuppressions; j++)
            told[ruleset->items[i].suppressions[j]->number].is_idle = false;
    ruleset->suppressions = told;
    ruleset->nsuppressions = count;
}

static void read_names(struct load *load, const struct source *source)
{
    read_top(load, source);
    read_headers(&load->loading, source->root);
}

static void for_each_source(struct load *load, void (*read)(struct load *, const struct source *))
{
    for (size_t i = 0; i < load->sources.count; i++) {
        load->loading.file = load->sources.items[i].name;
        read(load, &load->sources.items[i]);
    }
}

/* Names first, then rules, then what speaks of rules: so the order within and between files does not matter to them.
 * Where a file could not be read, what speaks of its rules is not to blame. */
static void load_all(struct load *load, bool has_all)
{
    for_each_source(load, read_names);
    for_each_source(load, read_rules);
    settle_rules(load);
    if (!has_all)
        return;
    for_each_source(load, read_both_forms);
    for (size_t i = 0; i < load->ruleset->count; i++)
        settle_severity(load, &load->ruleset->items[i]);
    settle_selection(load);
    settle_suppressions(load);
    plan_make(&load->ruleset->plan, load->loading.arena, load->ruleset->items, load->ruleset->count);
}

static struct ruleset *new_ruleset(void)
{
    struct ruleset *ruleset = memory_new(sizeof *ruleset);

    ruleset->pool = arena_pool_new();
    ruleset->arena = arena_new(ruleset->pool);
    ruleset->names = names_new();
    return ruleset;
}

/* The trees go when the rules are made, but the names of their files stand in rules and adjustments. */
static void keep_names(struct load *load)
{
    for (size_t i = 0; i < load->sources.count; i++) {
        const char *name = load->sources.items[i].name;

        load->sources.items[i].name = arena_text(load->ruleset->arena, (struct text){ name, strlen(name) + 1 }).at;
    }
}

static void tell_remarks(struct load *load)
{
    for (size_t i = 0; i < load->remarks.count; i++) {
        const struct error *remark = &load->remarks.items[i];

        errors_add(load->loading.errors, remark->file, remark->line, remark->column, "%s", remark->words);
    }
    errors_clear(&load->remarks);
}

struct ruleset *ruleset_load(const struct ruleset_request *request, struct errors *errors)
{
    struct ruleset *ruleset = new_ruleset();
    struct arena *trees = arena_new(ruleset->pool);
    size_t before = errors->count;
    struct load load = { .request = request, .ruleset = ruleset };

    load.loading = (struct loading){ .arena = ruleset->arena, .errors = errors, .names = ruleset->names,
                                     .checks = request->checks };
    load.sources = source_gather(trees, request->texts, request->ntexts, &request->door, errors);
    keep_names(&load);
    load_all(&load, errors->count == before);
    ruleset->regexes = load.loading.regexes;

    bool is_good = errors->count == before;

    tell_remarks(&load);
    memory_free(load.items);
    memory_free(load.of_form[ADJUST]);
    memory_free(load.of_form[SUPPRESS]);
    arena_free(trees);
    if (is_good)
        return ruleset;
    ruleset_free(ruleset);
    return NULL;
}
