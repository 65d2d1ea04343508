#include "tests/support/loaded.h"

#include <stdio.h>

const char *loaded_row(const char *row, const char *condition)
{
    static char words[512];

    snprintf(words, sizeof words, "%s: %s", row, condition);
    return words;
}

const char *loaded_row3(const char *row, const char *got, const char *wanted)
{
    static char words[4 * LOADED_WORDS_MAX];

    snprintf(words, sizeof words, "%s:\n  got    %s\n  wanted %s", row, got, wanted);
    return words;
}

static enum truth value_is_x(const struct exchange *x, struct text value, struct text *culprit)
{
    (void)x;
    if (text_equal(value, TEXT("?")))
        return UNKNOWN;
    *culprit = text_part(value, 0, 1);
    return text_equal(value, TEXT("x")) ? YES : NO;
}

static enum truth has_one_host(const struct exchange *x, const struct message *m, struct text *culprit)
{
    const struct field *first = message_field(m, FIELD_HOST, NULL);

    (void)x;
    (void)culprit;
    return first && message_field(m, FIELD_HOST, first) ? NO : YES;
}

static enum truth answers_404(const struct exchange *x, struct text *culprit)
{
    (void)culprit;
    if (!x->request || !x->response)
        return UNKNOWN;
    return x->response->status == 404 ? YES : NO;
}

static enum truth comes_not_after_500(const struct exchange *x, const struct history *history, struct text *culprit,
                                      uint64_t *earlier)
{
    (void)x;
    (void)history;
    (void)culprit;
    (void)earlier;
    return YES;
}

static const struct check family[] = {
    { .name = "value-is-x", .field = value_is_x },
    { .name = "has-one-host", .message = has_one_host },
    { .name = "answers-404", .exchange = answers_404 },
    { .name = "comes-not-after-500", .history = comes_not_after_500, .after = { 500, 503 } },
    { 0 },
};

const struct check *const loaded_checks[] = { family, NULL };

struct ruleset *loaded_request(const struct ruleset_request *request, char words[LOADED_WORDS_MAX])
{
    struct errors errors = { 0 };
    struct ruleset *ruleset = ruleset_load(request, &errors);
    size_t len = 0;

    words[0] = '\0';
    for (size_t i = 0; i < errors.count && len < LOADED_WORDS_MAX; i++) {
        const struct error *error = &errors.items[i];
        const char *file = error->file && strcmp(error->file, "t.yaml") != 0 ? error->file : "";

        len += (size_t)snprintf(words + len, LOADED_WORDS_MAX - len, "%s%s%u:%u: %s\n", file, *file ? ":" : "",
                                error->line, error->column, error->words);
    }
    errors_clear(&errors);
    return ruleset;
}

struct ruleset *loaded_ruleset(const char *yaml, char words[LOADED_WORDS_MAX])
{
    struct rules_text text = { "t.yaml", text_of(yaml), false };

    return loaded_request(&(struct ruleset_request){ .texts = &text, .ntexts = 1, .checks = loaded_checks }, words);
}

struct written {
    char *words;
    size_t len;
    bool is_message;
};

static void write_finding(void *context, const struct finding *finding)
{
    struct written *written = context;
    size_t room = LOADED_WORDS_MAX - written->len;

    if (written->len >= LOADED_WORDS_MAX)
        return;
    if (written->is_message)
        written->len += (size_t)snprintf(written->words + written->len, room, "%.*s\n", (int)finding->message.len,
                                         finding->message.at);
    else
        written->len += (size_t)snprintf(
            written->words + written->len, room, "%.*s %s%s '%.*s' %.*s@%llu\n", (int)finding->rule->id.len,
            finding->rule->id.at, severity_name(finding->severity), finding->is_uncertain ? " ~" : "",
            (int)finding->culprit.len, finding->culprit.at, (int)finding->field.len, finding->field.at,
            (unsigned long long)finding->offset);
}

static void judge(const struct ruleset *ruleset, struct exchange *exchange, bool is_message,
                  char words[LOADED_WORDS_MAX], uint64_t counted[3])
{
    struct written written = { words, 0, is_message };
    size_t count;
    struct engine *engine = engine_new(ruleset, &limits_default, (struct finding_sink){ write_finding, &written },
                                       (struct note_sink){ 0 });

    words[0] = '\0';
    engine_judge(engine, exchange);
    ruleset_suppressions(ruleset, &count);
    counted[0] = engine_suppressed(engine);
    for (size_t i = 0; i < 2; i++)
        counted[i + 1] = i < count ? engine_suppressed_by(engine, i) : 0;
    engine_free(engine);
}

void loaded_judge(const struct ruleset *ruleset, struct exchange *exchange, bool is_message,
                  char words[LOADED_WORDS_MAX])
{
    uint64_t counted[3];

    judge(ruleset, exchange, is_message, words, counted);
}

void loaded_suppressed(const struct ruleset *ruleset, struct exchange *exchange, char words[LOADED_WORDS_MAX],
                       uint64_t counted[3])
{
    judge(ruleset, exchange, false, words, counted);
}
