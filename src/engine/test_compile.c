#include "engine/test.h"

_Static_assert(ANOMALY_COUNT <= 64, "struct test keeps a bit for each kind of anomaly");

static const struct text keys[] = { { "raw", 3 }, { "matches", 7 }, { "count", 5 } };

enum { KEYS = sizeof keys / sizeof *keys };

struct text test_key(size_t number)
{
    return number < KEYS ? keys[number] : (struct text){ "", 0 };
}

static bool read_bound(struct text text, uint64_t unbounded, uint64_t *bound)
{
    *bound = unbounded;
    return text.len == 0 || text_number(text, bound);
}

/* `A..B`, `A..`, `..B`; true if it is one of them and makes sense. */
static bool read_span(struct text text, size_t dots, struct range *range)
{
    if (text.len == 2)
        return false;
    return read_bound(text_part(text, 0, dots), 0, &range->from) &&
           read_bound(text_part(text, dots + 2, text.len), UINT64_MAX, &range->to) && range->from <= range->to;
}

/* `5xx`: the hundred numbers that begin so. */
static bool read_hundred(struct text text, struct range *range)
{
    uint64_t hundreds;

    if (!text_number(text_part(text, 0, text.len - 2), &hundreds) || hundreds > 1000000)
        return false;
    *range = (struct range){ hundreds * 100, hundreds * 100 + 99 };
    return true;
}

static bool read_range(struct text text, struct range *range)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.at[i] == '.' && text.at[i + 1] == '.')
            return read_span(text, i, range);
    if (text.len > 2 && text_equal_nocase(text_part(text, text.len - 2, 2), TEXT("xx")))
        return read_hundred(text, range);
    if (!text_number(text, &range->from))
        return false;
    range->to = range->from;
    return true;
}

/* `present` and `absent` are tests, not values: in a list they would be taken for text. */
static bool check_value(struct loading *loading, const struct node *value)
{
    if (!loading_is_text(loading, value))
        return false;
    if (text_equal(value->text, TEXT("present")) || text_equal(value->text, TEXT("absent")))
        return loading_fail(loading, value, "'%.*s' cannot stand in a list; use any: with two entries",
                            (int)value->text.len, value->text.at);
    return true;
}

static size_t count_items(const struct node *list)
{
    return list->kind == NODE_LIST ? list->count : 1;
}

static bool compile_ranges(struct loading *loading, const struct node *list, struct test *test)
{
    struct range *ranges = arena_alloc(loading->arena, count_items(list) * sizeof *ranges);
    bool is_good = true;

    for (const struct node *item = loading_items(list); item; item = loading_next(list, item)) {
        if (!check_value(loading, item))
            is_good = false;
        else if (!read_range(item->text, &ranges[test->count++]))
            is_good = loading_fail(loading, item, "'%.*s' is no number (write 404, 5xx, 200..299, 10.. or ..9)",
                                   (int)item->text.len, item->text.at);
    }
    test->ranges = ranges;
    return is_good;
}

static bool compile_patterns(struct loading *loading, const struct node *list, struct test *test)
{
    const struct pattern **patterns = arena_alloc(loading->arena, count_items(list) * sizeof(struct pattern *));
    bool is_good = true;

    for (const struct node *item = loading_items(list); item; item = loading_next(list, item)) {
        if (check_value(loading, item))
            patterns[test->count] = loading_pattern(loading, item, test->subject.fact->keeps_case);
        else
            patterns[test->count] = NULL;
        is_good &= patterns[test->count++] != NULL;
    }
    test->patterns = patterns;
    return is_good;
}

static struct regex *keep_regex(struct loading *loading, struct regex *regex)
{
    struct regex_link *link = arena_alloc(loading->arena, sizeof *link);

    *link = (struct regex_link){ regex, loading->regexes };
    loading->regexes = link;
    return regex;
}

static bool compile_regexes(struct loading *loading, const struct node *list, struct test *test)
{
    struct regex **regexes = arena_alloc(loading->arena, count_items(list) * sizeof(struct regex *));
    bool is_good = true;

    for (const struct node *item = loading_items(list); item; item = loading_next(list, item)) {
        struct regex_error error;

        if (!loading_is_text(loading, item)) {
            is_good = false;
            continue;
        }
        struct regex *regex = regex_new(item->text, &error);

        if (regex)
            regexes[test->count++] = keep_regex(loading, regex);
        else
            is_good = loading_fail(loading, item, "no regular expression: %s (octet %zu)", error.words, error.at + 1);
    }
    test->regexes = regexes;
    return is_good;
}

static bool fail_anomaly(struct loading *loading, const struct node *item)
{
    struct text candidates[ANOMALY_COUNT];

    for (enum anomaly_kind kind = 0; kind < ANOMALY_COUNT; kind++)
        candidates[kind] = text_of(anomaly_name(kind));
    return loading_fail_guess(loading, item, false, "anomaly", item->text, candidates, ANOMALY_COUNT);
}

/* Their names are few and known, so the patterns are compared once, here. */
static bool compile_anomalies(struct loading *loading, const struct node *list, struct test *test)
{
    bool is_good = compile_patterns(loading, list, test);
    const struct node *item = loading_items(list);

    for (size_t i = 0; is_good && i < test->count; i++, item = loading_next(list, item)) {
        uint64_t found = 0;

        for (enum anomaly_kind kind = 0; kind < ANOMALY_COUNT; kind++)
            if (pattern_matches(test->patterns[i], text_of(anomaly_name(kind))))
                found |= (uint64_t)1 << kind;
        if (found == 0)
            is_good = fail_anomaly(loading, item);
        test->anomalies |= found;
    }
    return is_good;
}

/* `framing` has few values, all known: one that none of them fits is a mistake. */
static bool check_framings(struct loading *loading, const struct node *list, const struct test *test)
{
    static const struct text framings[] = { { "none", 4 },  { "length", 6 }, { "chunked", 7 },
                                            { "close", 5 }, { "tunnel", 6 }, { "unknown", 7 } };
    enum { FRAMINGS = sizeof framings / sizeof *framings };
    const struct node *item = loading_items(list);
    bool is_good = true;

    for (size_t i = 0; i < test->count; i++, item = loading_next(list, item)) {
        size_t k = 0;

        while (k < FRAMINGS && !pattern_matches(test->patterns[i], framings[k]))
            k++;
        if (k == FRAMINGS)
            is_good = loading_fail_guess(loading, item, false, "framing", item->text, framings, FRAMINGS);
    }
    return is_good;
}

static bool is_line_fact(const struct fact *fact)
{
    return fact->kind == FACT_FIELD || fact->kind == FACT_TRAILER;
}

/* The natural test of the subject's shape. */
static bool compile_values(struct loading *loading, const struct node *list, struct test *test)
{
    const struct fact *fact = test->subject.fact;

    if (list->kind == NODE_LIST && list->count == 0)
        return loading_fail(loading, list, "an empty list fits nothing");
    if (fact->kind == FACT_ANOMALY) {
        test->kind = TEST_ANOMALIES;
        return compile_anomalies(loading, list, test);
    }
    if (fact->kind == FACT_NUMBER || (is_line_fact(fact) && test->subject.shape == SHAPE_NUMBER)) {
        test->kind = TEST_RANGES;
        return compile_ranges(loading, list, test);
    }
    test->kind = TEST_PATTERNS;
    if (is_line_fact(fact) && test->subject.shape == SHAPE_LIST)
        test->part = PART_MEMBER;
    else if (is_line_fact(fact) && test->subject.shape == SHAPE_MEDIA)
        test->part = PART_MEDIA;
    return compile_patterns(loading, list, test) &&
           (strcmp(fact->name, "framing") != 0 || check_framings(loading, list, test));
}

/* Texts and field lines have octets to look at; of numbers only the body has. */
static bool has_octets(const struct subject *subject)
{
    return subject->fact->kind == FACT_TEXT || is_line_fact(subject->fact) ||
           (subject->fact->kind == FACT_NUMBER && subject->fact->has_prefix);
}

static bool compile_keyed(struct loading *loading, const struct node *entry, struct test *test)
{
    bool is_count = text_equal(entry->key, TEXT("count"));
    bool is_raw = text_equal(entry->key, TEXT("raw"));

    if (!is_count && !is_raw && !text_equal(entry->key, TEXT("matches")))
        return loading_fail_guess(loading, entry, true, "test", entry->key, keys, KEYS);
    if (entry->kind == NODE_LIST && entry->count == 0)
        return loading_fail(loading, entry, "an empty list fits nothing");
    if (is_count && !is_line_fact(test->subject.fact))
        return loading_fail_key(loading, entry, "only the lines of a field can be counted");
    if (!is_count && !has_octets(&test->subject))
        return loading_fail_key(loading, entry, "'%s' is no text", test->subject.fact->name);
    test->kind = is_count ? TEST_COUNT : is_raw ? TEST_PATTERNS : TEST_REGEXES;
    return is_count ? compile_ranges(loading, entry, test)
           : is_raw ? compile_patterns(loading, entry, test) : compile_regexes(loading, entry, test);
}

/* Of a number of octets `present` asks whether it is 1 or more; anything odd is present if one anomaly is. */
static bool compile_present(struct loading *loading, bool is_absent, struct test *test)
{
    struct range *some = arena_alloc(loading->arena, sizeof *some);

    test->is_negated = is_absent;
    test->kind = TEST_PRESENT;
    if (test->subject.fact->kind == FACT_ANOMALY) {
        test->kind = TEST_ANOMALIES;
        test->anomalies = UINT64_MAX;
    } else if (test->subject.fact->kind == FACT_NUMBER && test->subject.fact->has_prefix) {
        *some = (struct range){ 1, UINT64_MAX };
        test->kind = TEST_RANGES;
        test->ranges = some;
        test->count = 1;
    }
    return true;
}

bool test_compile(struct loading *loading, const struct subject *subject, const struct node *value, struct test *test)
{
    *test = (struct test){ .subject = *subject };
    if (!value || (value->kind == NODE_SCALAR && text_equal(value->text, TEXT("present"))))
        return compile_present(loading, false, test);
    if (value->kind == NODE_SCALAR && text_equal(value->text, TEXT("absent")))
        return compile_present(loading, true, test);
    if (value->kind != NODE_MAP)
        return compile_values(loading, value, test);
    if (value->count != 1)
        return loading_fail(loading, value, "one of raw:, matches: and count: must stand here");
    return compile_keyed(loading, value->first, test);
}
