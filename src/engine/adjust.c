#include "engine/adjust.h"

enum { SECONDS_A_DAY = 86400 };

/* A suppression has all keys but the last one. */
static const struct text keys[] = {
    { "rules", 5 }, { "where", 5 }, { "reason", 6 }, { "until", 5 }, { "severity", 8 },
};

static const struct {
    const char *key, *is;
    size_t keys;
} forms[] = {
    [ADJUST] = { "adjust", "an adjustment is a mapping of rules:, where:, severity:, reason: and until:", 5 },
    [SUPPRESS] = { "suppress", "a suppression is a mapping of rules:, where:, reason: and until:", 4 },
};

const char *adjust_key(enum adjust_form form)
{
    return forms[form].key;
}

struct text adjustment_key(enum adjust_form form, size_t number)
{
    return number < forms[form].keys ? keys[number] : (struct text){ "", 0 };
}

/* Days since 1970 of a day of the Gregorian calendar; -1 if there is no such day. */
static int64_t days_of(uint64_t year, uint64_t month, uint64_t day)
{
    static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 1970 || month < 1 || month > 12 || day < 1)
        return -1;
    if (day > lengths[month - 1] + (uint64_t)(month == 2 && is_leap))
        return -1;
    uint64_t before = year - 1;
    uint64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;

    for (uint64_t m = 1; m < month; m++)
        days += lengths[m - 1] + (uint64_t)(m == 2 && is_leap);
    return (int64_t)(days + day - 1);
}

/* `2027-01-31`. */
static int64_t read_date(struct text text)
{
    uint64_t year, month, day;

    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-' || !text_number(text_part(text, 0, 4), &year) ||
        !text_number(text_part(text, 5, 2), &month) || !text_number(text_part(text, 8, 2), &day))
        return -1;
    return days_of(year, month, day);
}

static bool compile_name(struct loading *loading, const struct node *node, struct naming *naming)
{
    struct pattern_error error;

    if (!loading_is_text(loading, node))
        return false;
    if (naming_compile(loading->arena, node->text, naming, &error))
        return true;
    return loading_fail(loading, node, "no pattern: %s: %.*s", error.words, (int)error.part.len, error.part.at);
}

static bool compile_names(struct loading *loading, const struct node *list, struct adjustment *adjustment)
{
    size_t room = list->kind == NODE_LIST ? list->count : 1;
    struct naming *names = arena_alloc(loading->arena, room * sizeof *names + 1);
    bool is_good = true;

    if (room == 0)
        return loading_fail(loading, list, "an empty list names no rule");
    for (const struct node *item = loading_items(list); item; item = loading_next(list, item))
        is_good &= compile_name(loading, item, &names[adjustment->count++]);
    adjustment->names = names;
    return is_good;
}

static bool compile_until(struct loading *loading, const struct node *node, int64_t today_us, bool *is_over)
{
    if (!loading_is_text(loading, node))
        return false;
    int64_t day = read_date(node->text);

    if (day < 0)
        return loading_fail(loading, node, "'%.*s' is no date (write 2027-01-31)", (int)node->text.len, node->text.at);
    *is_over = today_us / 1000000 / SECONDS_A_DAY > day;
    return true;
}

static bool compile_severity(struct loading *loading, const struct node *node, struct adjustment *adjustment)
{
    if (!loading_is_text(loading, node))
        return false;
    if (!severity_find(node->text, &adjustment->severity))
        return loading_fail(loading, node, "unknown severity '%.*s' (error, warning, info or off)",
                            (int)node->text.len, node->text.at);
    return true;
}

static bool compile_key(struct loading *loading, const struct node *member, int64_t today_us,
                        struct adjustment *adjustment, bool *is_over)
{
    if (text_equal(member->key, TEXT("rules")))
        return compile_names(loading, member, adjustment);
    if (text_equal(member->key, TEXT("where")))
        return cond_compile(loading, member, &adjustment->where);
    if (text_equal(member->key, TEXT("severity")) && adjustment->form == ADJUST)
        return compile_severity(loading, member, adjustment);
    if (text_equal(member->key, TEXT("until")))
        return compile_until(loading, member, today_us, is_over);
    if (!text_equal(member->key, TEXT("reason")))
        return loading_fail_guess(loading, member, true, "key", member->key, keys,
                                  forms[adjustment->form].keys);
    adjustment->reason = loading_text(loading, member);
    return adjustment->reason.len > 0;
}

bool adjustment_compile(struct loading *loading, const struct node *node, enum adjust_form form, int64_t today_us,
                        struct adjustment *adjustment, bool *is_over)
{
    bool is_good = true;

    *adjustment = (struct adjustment){ .form = form, .file = loading->file, .line = node->line,
                                       .column = node->column };
    *is_over = false;
    if (node->kind != NODE_MAP)
        return loading_fail(loading, node, "%s", forms[form].is);
    for (const struct node *member = node->first; member; member = member->next)
        is_good &= compile_key(loading, member, today_us, adjustment, is_over);
    if (!node_get(node, "rules"))
        is_good = loading_fail(loading, node, "'rules:' is missing: which ones?");
    if (form == SUPPRESS && !node_get(node, "reason"))
        is_good = loading_fail(loading, node, "'reason:' is missing: why is it right not to tell?");
    if (form == ADJUST && !node_get(node, "severity"))
        is_good = loading_fail(loading, node, "'severity:' is missing: what shall it be?");
    return is_good;
}

bool adjustment_names(const struct adjustment *adjustment, const struct rule *rule)
{
    for (size_t i = 0; i < adjustment->count; i++)
        if (naming_fits(&adjustment->names[i], rule))
            return true;
    return false;
}

enum severity adjust_always(const struct adjustment *const *adjustments, size_t count, enum severity declared)
{
    enum severity severity = declared;

    for (size_t i = 0; i < count; i++)
        if (adjustments[i]->where.count == 0)
            severity = adjustments[i]->severity;
    return severity;
}

enum severity adjust_for(const struct adjustment *const *adjustments, size_t count, enum severity declared,
                         const struct view *view)
{
    enum severity severity = declared;

    for (size_t i = 0; i < count; i++) {
        enum truth where = cond_decide(&adjustments[i]->where, view);

        if (where == YES || (where == UNKNOWN && adjustments[i]->severity < severity))
            severity = adjustments[i]->severity;
    }
    return severity;
}

bool adjust_may_fit(const struct adjustment *adjustment, const struct view *view)
{
    return cond_decide(&adjustment->where, view) != NO;
}

enum severity adjust_most(const struct adjustment *const *adjustments, size_t count, enum severity declared)
{
    enum severity most = declared;

    for (size_t i = 0; i < count; i++) {
        if (adjustments[i]->where.count == 0 || adjustments[i]->severity > most)
            most = adjustments[i]->severity;
    }
    return most;
}
