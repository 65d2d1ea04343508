#include "cli/settings.h"

#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "cli/rules.h"
#include "cli/status.h"
#include "cli/store.h"
#include "cli/tell.h"
#include "report/words.h"

/* A key and the flag whose values it takes; without flag: operands. */
struct key {
    const char *name, *flag;
    bool is_list, is_path;               /* a path, perhaps behind FORMAT= */
};

static const struct key applied[] = {
    { "min-severity", "min-severity", false, false },
    { "fail-on", "fail-on", false, false },
    { "inputs", NULL, true, true },
    { "formats", "format", true, true },
    { "baseline", "baseline", false, true },
};

enum { APPLIED = sizeof applied / sizeof *applied };

/* ---- into the options ---- */

/* `before`, and behind it a path from where the program stands. */
static const char *resolve(struct options *options, const struct httplint_setting *setting, struct text before,
                           struct text path)
{
    struct out *joined = out_new_memory();

    out_text(joined, before);
    if (path.len > 0 && path.at[0] != '/' && !text_equal(path, TEXT("-")))
        out_text(joined, file_folder(setting->file));
    out_text(joined, path);
    const char *owned = options_own(options, out_held(joined));

    out_free(joined);
    return owned;
}

static const char *value_of(struct options *options, const struct key *key, const struct httplint_setting *setting)
{
    struct text value = words_text(setting->value), path, before = { "", 0 };

    if (!key->is_path)
        return options_own(options, value);
    if (!key->is_list || !key->flag)
        return resolve(options, setting, before, value);
    before = text_until(value, '=', &path);
    if (before.len < value.len)
        before.len++;
    return resolve(options, setting, before, path);
}

static bool store(struct options *options, const struct key *key, const struct httplint_setting *setting,
                  struct errors *errors)
{
    const struct flag operand = { .name = "", .store = store_word, .at = offsetof(struct options, inputs) };
    const struct flag *flag = key->flag ? flag_find(key->flag) : &operand;
    struct errors found = { 0 };
    bool is_good = flag->store(options, flag, value_of(options, key, setting), &found);

    for (size_t i = 0; i < found.count; i++)
        errors_add(errors, setting->file, setting->line, setting->column, "%s", found.items[i].words);
    errors_clear(&found);
    return is_good;
}

static bool apply(const httplint_rules *rules, const struct key *key, struct options *options, struct errors *errors)
{
    struct httplint_setting setting;
    bool is_good = true;

    for (size_t i = 0; httplint_rules_setting(rules, key->name, i, &setting); i++) {
        if (i > 0 && !key->is_list)
            return errors_add(errors, setting.file, setting.line, setting.column, "'%s' takes one value", key->name);
        is_good &= store(options, key, &setting, errors);
    }
    return is_good;
}

static bool is_beaten(const struct key *key, const struct options *options)
{
    return key->flag ? flag_is_given(options, flag_find(key->flag)) : options->inputs.count > 0;
}

bool settings_apply(const httplint_rules *rules, struct options *options, struct errors *errors)
{
    struct options unused = { 0 };
    struct httplint_setting setting;
    bool is_good = true;

    for (size_t i = 0; i < APPLIED; i++) {
        struct options *to = is_beaten(&applied[i], options) ? &unused : options;

        if (strcmp(applied[i].name, "formats") == 0 && httplint_rules_setting(rules, "formats", 0, &setting))
            to->nformats = to == options ? 0 : to->nformats;       /* the default gives way */
        is_good &= apply(rules, &applied[i], to, errors);
    }
    options_clear(&unused);
    return is_good;
}

/* ---- told ---- */

/* In double quotes, as YAML reads it back. */
static void put_quoted(struct out *out, const char *value)
{
    struct text rest = text_of(value);

    out_string(out, "\"");
    while (rest.len > 0) {
        struct text part = text_until(rest, '"', &rest);

        out_visible(out, part);
        if (part.at[part.len] == '"')
            out_string(out, "\\\"");
    }
    out_string(out, "\"");
}

/* "  # acme.yaml:3", "  # --select", "  # default" */
static void put_origin(struct out *out, const httplint_rules *rules, const char *key, const char *flag)
{
    struct httplint_setting setting;

    out_string(out, "  # ");
    if (flag) {
        out_string(out, flag);
    } else if (httplint_rules_setting(rules, key, 0, &setting)) {
        out_visible(out, text_of(setting.file));
        out_string(out, ":");
        out_number(out, setting.line);
    } else {
        out_string(out, "default");
    }
    out_string(out, "\n");
}

static void put_list(struct out *out, const char *key, const char *const *items, size_t count)
{
    out_string(out, key);
    out_string(out, ": [");
    for (size_t i = 0; i < count; i++) {
        out_string(out, i > 0 ? ", " : "");
        put_quoted(out, items[i]);
    }
    out_string(out, "]");
}

/* `select` and `ignore`: what files say of them never went into the options. */
static void put_names(struct out *out, const httplint_rules *rules, struct options *options, const char *key,
                      const struct words *given)
{
    struct httplint_setting setting;
    struct words names = { 0 };
    const char *flag = given == &options->select ? "--select" : "--ignore";

    for (size_t i = 0; given->count == 0 && httplint_rules_setting(rules, key, i, &setting); i++) {
        names.items = memory_grow(names.items, names.count + 1, sizeof *names.items);
        names.items[names.count++] = options_own(options, words_text(setting.value));
    }
    put_list(out, key, given->count > 0 ? given->items : names.items, given->count + names.count);
    put_origin(out, rules, key, given->count > 0 ? flag : NULL);
    memory_free(names.items);
}

static void put_level(struct out *out, const httplint_rules *rules, const struct options *options, const char *key,
                      int level)
{
    bool is_given = flag_is_given(options, flag_find(key));

    out_string(out, key);
    out_string(out, ": ");
    out_string(out, level == FAIL_ON_NEVER ? "never" : words_severity((enum httplint_severity)level));
    put_origin(out, rules, key, is_given ? (strcmp(key, "fail-on") == 0 ? "--fail-on" : "--min-severity") : NULL);
}

static void put_formats(struct out *out, const httplint_rules *rules, struct options *options)
{
    struct words formats = { memory_new(options->nformats * sizeof(char *) + 1), 0 };

    for (size_t i = 0; i < options->nformats; i++) {
        struct out *one = out_new_memory();

        out_string(one, options->formats[i].reporter->name);
        out_string(one, options->formats[i].path ? "=" : "");
        out_string(one, options->formats[i].path ? options->formats[i].path : "");
        formats.items[formats.count++] = options_own(options, out_held(one));
        out_free(one);
    }
    put_list(out, "formats", formats.items, formats.count);
    put_origin(out, rules, "formats", flag_is_given(options, flag_find("format")) ? "--format" : NULL);
    memory_free(formats.items);
}

static void put_files(struct out *out, const struct options *options)
{
    bool is_named = flag_is_given(options, flag_find("config"));

    out_string(out, "# configuration file: ");
    out_visible(out, text_of(options->config ? options->config : "none"));
    out_string(out, !options->config ? "\n" : is_named ? "  (--config)\n" : "  (found)\n");
    for (size_t i = 0; i < options->rules.count; i++) {
        out_string(out, "# rules file: ");
        out_visible(out, text_of(options->rules.items[i]));
        out_string(out, "  (--rules)\n");
    }
}

static void put_rules(struct out *out, const httplint_rules *rules, const struct options *options)
{
    size_t count = httplint_rules_count(rules), off = 0;

    for (size_t i = 0; i < count; i++)
        off += httplint_rules_get(rules, i)->severity == HTTPLINT_OFF;
    out_string(out, "# ");
    words_count(out, count, "rule");
    out_string(out, options->has_no_default_rules ? ", the built-in ones left out" : "");
    out_string(out, ", ");
    out_number(out, off);
    out_string(out, " of them off; --list-rules tells the severity of each\n");
}

static void put_all(struct out *out, const httplint_rules *rules, struct options *options, bool has_operands)
{
    put_files(out, options);
    put_rules(out, rules, options);
    put_names(out, rules, options, "select", &options->select);
    put_names(out, rules, options, "ignore", &options->ignore);
    put_level(out, rules, options, "min-severity", options->min_severity);
    put_level(out, rules, options, "fail-on", options->fail_on);
    put_list(out, "inputs", options->inputs.items, options->inputs.count);
    put_origin(out, rules, "inputs", has_operands ? "command line" : NULL);
    put_formats(out, rules, options);
    if (options->baseline) {
        out_string(out, "baseline: ");
        put_quoted(out, options->baseline);
        put_origin(out, rules, "baseline", flag_is_given(options, flag_find("baseline")) ? "--baseline" : NULL);
    }
}

int settings_print(struct options *options, int out, struct out *err)
{
    struct errors errors = { 0 };
    httplint_rules *rules = rules_load(options, err);
    bool has_operands = options->inputs.count > 0, is_written = false;

    if (rules && settings_apply(rules, options, &errors)) {
        struct out *answer = out_new(out);

        put_all(answer, rules, options, has_operands);
        is_written = out_flush(answer);
        out_free(answer);
    }
    int status = !rules || errors.count > 0 ? STATUS_USAGE : is_written ? STATUS_CLEAN : STATUS_INPUT;

    tell_mistakes(err, &errors);
    errors_clear(&errors);
    httplint_rules_free(rules);
    return status;
}
