#include "engine/loading.h"

#include <stdarg.h>
#include <stdio.h>

enum { WORDS_MAX = 512 };

bool loading_fail(struct loading *loading, const struct node *at, const char *format, ...)
{
    char words[WORDS_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    return errors_add(loading->errors, loading->file, at->line, at->column, "%s", words);
}

bool loading_fail_key(struct loading *loading, const struct node *at, const char *format, ...)
{
    char words[WORDS_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    return errors_add(loading->errors, loading->file, at->key_line, at->key_column, "%s", words);
}

bool loading_fail_guess(struct loading *loading, const struct node *at, bool is_key, const char *what,
                        struct text word, const struct text *candidates, size_t count)
{
    struct text meant = errors_did_you_mean(word, candidates, count);
    bool (*fail)(struct loading *, const struct node *, const char *, ...) = is_key ? loading_fail_key : loading_fail;

    if (meant.len == 0)
        return fail(loading, at, "unknown %s '%.*s'", what, (int)word.len, word.at);
    return fail(loading, at, "unknown %s '%.*s', did you mean '%.*s'?", what, (int)word.len, word.at, (int)meant.len,
                meant.at);
}

static bool fail_name(struct loading *loading, const struct node *at, bool is_key, const struct subject_error *error)
{
    char guess[WORDS_MAX / 2] = "";

    if (error->meant.len > 0)
        snprintf(guess, sizeof guess, ", did you mean '%.*s'?", (int)error->meant.len, error->meant.at);
    return (is_key ? loading_fail_key : loading_fail)(loading, at,
                                                      "unknown header '%.*s'%s (declare your own under headers:)",
                                                      (int)error->wrong.len, error->wrong.at, guess);
}

/* Who writes a bare field name forgot whose it is. */
static bool fail_bare_name(struct loading *loading, const struct node *at, bool is_key, struct text word, uint16_t id)
{
    const char *whose = names_get(loading->names, id)->side == SIDE_REQUEST ? "request" : "response";

    return (is_key ? loading_fail_key : loading_fail)(loading, at, "unknown subject '%.*s', did you mean '%s.%.*s'?",
                                                      (int)word.len, word.at, whose, (int)word.len, word.at);
}

bool loading_subject(struct loading *loading, const struct node *at, bool is_key, struct text words,
                     struct subject *subject)
{
    struct subject_error error;

    if (subject_parse(words, loading->names, subject, &error))
        return true;
    if (error.is_name)
        return fail_name(loading, at, is_key, &error);

    uint16_t id = names_find(loading->names, words);

    if (id != FIELD_UNKNOWN)
        return fail_bare_name(loading, at, is_key, words, id);
    return loading_fail_guess(loading, at, is_key, "subject", words, &error.meant, error.meant.len > 0);
}

bool loading_is_text(struct loading *loading, const struct node *node)
{
    if (node->kind != NODE_SCALAR)
        return loading_fail(loading, node, "this must be text, not %s", node_kind_name(node->kind));
    if (node->text.len == 0)
        return loading_fail(loading, node, "a value is missing here");
    return true;
}

struct text loading_text(struct loading *loading, const struct node *node)
{
    return loading_is_text(loading, node) ? arena_text(loading->arena, node->text) : (struct text){ "", 0 };
}

const struct pattern *loading_pattern(struct loading *loading, const struct node *node, bool keeps_case)
{
    struct pattern_error error;
    const struct pattern *pattern;

    if (!loading_is_text(loading, node))
        return NULL;
    pattern = pattern_compile(loading->arena, node->text, keeps_case, &error);
    if (!pattern)
        loading_fail(loading, node, "no pattern: %s: %.*s", error.words, (int)error.part.len, error.part.at);
    return pattern;
}

const struct node *loading_items(const struct node *node)
{
    return node->kind == NODE_LIST ? node->first : node;
}

const struct node *loading_next(const struct node *list, const struct node *item)
{
    return list->kind == NODE_LIST ? item->next : NULL;
}
