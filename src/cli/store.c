#include "cli/store.h"

#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "input/live.h"
#include "report/words.h"
#include "service/scrape.h"
#include "service/syslog.h"

enum { JOBS_MAX = 256 };

static void *member(struct options *options, const struct flag *flag)
{
    return (char *)options + flag->at;
}

static bool refuse(const struct flag *flag, const char *value, const char *wanted,
                   struct errors *errors)
{
    return errors_add(errors, NULL, 0, 0, "--%s: '%.200s' is not %s", flag->name, value, wanted);
}

bool store_switch(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    (void)value;
    (void)errors;
    *(bool *)member(options, flag) = true;
    return true;
}

bool store_mode(struct options *options, const struct flag *flag, const char *value,
                struct errors *errors)
{
    enum mode mode = (enum mode)flag->value;

    if (value)
        options->explained = value;
    if (options->mode_flag && mode != MODE_HELP && options->mode != MODE_HELP &&
        options->mode != mode)
        return errors_add(errors, NULL, 0, 0, "--%s and --%s exclude each other",
                          options->mode_flag, flag->name);
    if (options->mode == MODE_HELP)
        return true;
    options->mode = mode;
    options->mode_flag = flag->name;
    return true;
}

bool store_string(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    (void)errors;
    *(const char **)member(options, flag) = value;
    return true;
}

bool store_facility(struct options *options, const struct flag *flag, const char *value,
                    struct errors *errors)
{
    return syslog_check(flag->name, value, errors) && store_string(options, flag, value, errors);
}

bool store_place(struct options *options, const struct flag *flag, const char *value,
                 struct errors *errors)
{
    return scrape_check(flag->name, value, errors) && store_string(options, flag, value, errors);
}

bool store_word(struct options *options, const struct flag *flag, const char *value,
                struct errors *errors)
{
    struct words *words = member(options, flag);

    (void)errors;
    words->items = memory_grow(words->items, words->count + 1, sizeof *words->items);
    words->items[words->count++] = value;
    return true;
}

bool store_severity(struct options *options, const struct flag *flag, const char *value,
                    struct errors *errors)
{
    bool may_be_never = flag->value == FAIL_ON_NEVER;
    enum httplint_severity severity;

    if (may_be_never && strcmp(value, "never") == 0)
        *(int *)member(options, flag) = FAIL_ON_NEVER;
    else if (words_find_severity(text_of(value), &severity) && severity != HTTPLINT_OFF)
        *(int *)member(options, flag) = (int)severity;
    else
        return refuse(flag, value,
                      may_be_never ? "error, warning, info or never" : "error, warning or info",
                      errors);
    return true;
}

/* The place of the value among `names`, -1: none of them. */
static int choose(const char *value, const char *const *names, int count)
{
    int i = 0;

    while (i < count && strcmp(value, names[i]) != 0)
        i++;
    return i < count ? i : -1;
}

bool store_colour(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    static const char *const names[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never"
    };
    int chosen = choose(value, names, COLOUR_NEVER + 1);

    if (chosen < 0)
        return refuse(flag, value, "auto, always or never", errors);
    options->colour = chosen;
    return true;
}

bool store_sandbox(struct options *options, const struct flag *flag, const char *value,
                   struct errors *errors)
{
    static const char *const names[] = {
        [SANDBOX_AUTO] = "auto", [SANDBOX_REQUIRE] = "require", [SANDBOX_OFF] = "off"
    };
    int chosen = choose(value, names, SANDBOX_OFF + 1);

    if (chosen < 0)
        return refuse(flag, value, "auto, require or off", errors);
    options->sandbox = chosen;
    return true;
}

/* "text, jsonl": what --format takes. */
static const struct reporter *find_reporter(struct text name, const struct flag *flag,
                                            struct errors *errors)
{
    struct out *known = out_new_memory();

    for (size_t i = 0; reporters[i]; i++) {
        if (text_equal(name, text_of(reporters[i]->name))) {
            out_free(known);
            return reporters[i];
        }
        out_string(known, i > 0 ? ", " : "");
        out_string(known, reporters[i]->name);
    }
    errors_add(errors, NULL, 0, 0, "--%s: no format '%.*s', there are: %.*s", flag->name,
               (int)(name.len < 200 ? name.len : 200), name.at, (int)out_held(known).len,
               out_held(known).at);
    out_free(known);
    return NULL;
}

bool store_format(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    const char *equals = strchr(value, '=');

    const char *path = equals && strcmp(equals + 1, "-") != 0 ? equals + 1 : NULL;
    const struct reporter *reporter =
        find_reporter(text_until(text_of(value), '=', NULL), flag, errors);

    if (!reporter)
        return false;
    if (path && !*path)
        return errors_add(errors, NULL, 0, 0, "--%s: '%s' names no file", flag->name, value);
    for (size_t i = 0; i < options->nformats; i++) {
        const char *other = options->formats[i].path;

        if (path && other ? strcmp(path, other) == 0 : path == other)
            return errors_add(errors, NULL, 0, 0,
                              "--%s: two formats for %s; give each its own: --format %s=FILE",
                              flag->name, path ? path : "standard output", reporter->name);
    }
    options->formats =
        memory_grow(options->formats, options->nformats + 1, sizeof *options->formats);
    options->formats[options->nformats++] = (struct format){ reporter, path };
    return true;
}

/* Digits, and K, M or G (with or without iB) for 1024, 1024^2, 1024^3. */
static bool read_size(const char *value, uint64_t *size)
{
    static const char units[] = "KMG";
    size_t digits = strspn(value, "0123456789");
    const char *unit = value + digits;
    unsigned shift = 0;

    if (!text_number((struct text){ value, digits }, size))
        return false;
    if (*unit) {
        const char *found = strchr(units, *unit & ~0x20);

        if (!found || !*found || (unit[1] && strcmp(unit + 1, "iB") != 0))
            return false;
        shift = 10 * (unsigned)(found - units + 1);
    }
    if (*size > UINT64_MAX >> shift)
        return false;
    *size <<= shift;
    return true;
}

bool store_jobs(struct options *options, const struct flag *flag, const char *value,
                struct errors *errors)
{
    if (!text_number(text_of(value), &options->jobs) || options->jobs == 0 ||
        options->jobs > JOBS_MAX)
        return refuse(flag, value, "a number from 1 to 256", errors);
    return true;
}

bool store_coverage(struct options *options, const struct flag *flag, const char *value,
                    struct errors *errors)
{
    struct text number, rule = text_until(text_of(value), '=', &number);
    uint64_t least;

    if (rule.len == 0 || !text_number(number, &least) || least == 0)
        return refuse(flag, value, "RULE=N, a rule and a number of at least 1", errors);
    return store_word(options, flag, value, errors);
}

bool store_number(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    uint64_t *number = member(options, flag);

    if (!text_number(text_of(value), number) || *number == 0)
        return refuse(flag, value, "a number of at least 1", errors);
    if (flag->value > 0 && *number > (uint64_t)flag->value)
        return errors_add(errors, NULL, 0, 0, "--%s: %s is more than %d", flag->name, value, flag->value);
    return true;
}

bool store_size(struct options *options, const struct flag *flag, const char *value,
                struct errors *errors)
{
    uint64_t *size = member(options, flag);

    if (!read_size(value, size) || *size == 0)
        return refuse(flag, value, "a number of octets of at least 1 (K, M and G may follow)", errors);
    return true;
}

bool store_repeat(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    static const char *const names[] = {
        [REPEAT_FIRST] = "first", [REPEAT_INTERVAL] = "interval", [REPEAT_ALL] = "all"
    };

    for (int i = REPEAT_FIRST; i <= REPEAT_ALL; i++)
        if (strcmp(value, names[i]) == 0) {
            *(int *)member(options, flag) = i;
            return true;
        }
    return refuse(flag, value, "first, interval or all", errors);
}

bool store_interface(struct options *options, const struct flag *flag, const char *value,
                     struct errors *errors)
{
    const struct words *words = member(options, flag);

    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], value) == 0)
            return errors_add(errors, NULL, 0, 0, "--%s: %.200s is named twice", flag->name, value);
    if (words->count == LIVE_INTERFACES_MAX)
        return errors_add(errors, NULL, 0, 0, "--%s: no more than %d", flag->name, LIVE_INTERFACES_MAX);
    return store_word(options, flag, value, errors);
}

static bool add_limit(struct options *options, const struct flag *flag, const char *name,
                      const char *value, struct errors *errors)
{
    uint64_t number;

    if (!read_size(value, &number) || number == 0)
        return errors_add(errors, NULL, 0, 0,
                          "--%s: '%.200s' is not a number of at least 1 (K, M and G may follow)",
                          flag->name, value);
    options->limits = memory_grow(options->limits, options->nlimits + 1, sizeof *options->limits);
    options->limits[options->nlimits++] = (struct httplint_limit){ name, number };
    return true;
}

bool store_memory(struct options *options, const struct flag *flag, const char *value,
                  struct errors *errors)
{
    return add_limit(options, flag, "memory_octets", value, errors);
}

bool store_limit(struct options *options, const struct flag *flag, const char *value,
                 struct errors *errors)
{
    static const struct text names[] = {
#define LIMIT(member, value, words) { #member, sizeof #member - 1 },
        LIMITS(LIMIT)
#undef LIMIT
    };
    enum { COUNT = sizeof names / sizeof names[0] };
    struct text rest, name = text_until(text_of(value), '=', &rest);

    if (name.len == strlen(value))
        return refuse(flag, value, "NAME=VALUE", errors);
    for (size_t i = 0; i < COUNT; i++)
        if (text_equal(name, names[i]))
            return add_limit(options, flag, names[i].at, rest.at, errors);
    struct text meant = errors_did_you_mean(name, names, COUNT);
    int len = (int)(name.len < 200 ? name.len : 200);

    if (meant.len > 0)
        return errors_add(errors, NULL, 0, 0, "--%s: no limit '%.*s', did you mean '%s'?",
                          flag->name, len, name.at, meant.at);
    return errors_add(errors, NULL, 0, 0, "--%s: no limit '%.*s'; httplint --help lists them",
                      flag->name, len, name.at);
}
