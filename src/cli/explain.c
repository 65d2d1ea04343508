#include "cli/explain.h"

#include <string.h>

#include "cli/example.h"
#include "cli/rules.h"
#include "cli/status.h"
#include "cli/tell.h"
#include "report/words.h"

enum { COLUMN = 12 };

/* ---- what both forms say ---- */

/* Its own, or the first of those that came with the program. */
static struct example pick(const struct httplint_rule *rule, const struct examples *examples, bool shows)
{
    struct text id = words_text(rule->id);

    for (size_t i = 0; i < rule->nexamples; i++) {
        struct example found = example_pick(words_text(rule->examples[i].text), id, shows);

        if (found.title.len > 0)
            return found;
    }
    return example_pick(examples_get(examples, rule->is_builtin ? id : (struct text){ "", 0 }), id, shows);
}

/* "the request, the response and earlier exchanges" */
static void put_evidence(struct out *out, unsigned evidence)
{
    static const char *const words[] = { "the request", "the response", "how its content ends or what it holds",
                                         "the trailer section", "earlier exchanges" };
    unsigned rest = evidence;

    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (!(evidence >> i & 1))
            continue;
        rest &= ~(1u << i);
        out_string(out, words[i]);
        out_string(out, rest == 0 ? "" : (rest & (rest - 1)) == 0 ? " and " : ", ");
    }
    out_string(out, evidence == 0 ? "the message" : "");
}

static const char *scope_words(const struct httplint_rule *rule)
{
    static const struct {
        const char *scope, *words;
    } all[] = {
        { "request", "each request" },
        { "response", "each response" },
        { "message", "each request and each response" },
        { "exchange", "each request with its response" },
        { "history", "each exchange, beside those before it" },
        { "connection", "each connection" },
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].scope, rule->scope) == 0)
            return all[i].words;
    return rule->scope;
}

static const char *level_words(struct text level)
{
    if (text_equal(level, TEXT("MUST")))
        return "MUST: an absolute requirement";
    if (text_equal(level, TEXT("SHOULD")))
        return "SHOULD: there may be reasons to do otherwise";
    return text_equal(level, TEXT("advice")) ? "advice: not required, but wise" : "";
}

/* A rule about either side's messages blames whoever sent it. */
static const char *party_words(const struct httplint_rule *rule)
{
    if (rule->party == HTTPLINT_PARTY_UNKNOWN && strcmp(rule->scope, "message") == 0)
        return "the sender of the message";
    return words_party(rule->party);
}

/* ---- text ---- */

static void put_row(struct out *out, const char *name, struct text value)
{
    if (value.len == 0)
        return;
    out_string(out, name);
    out_repeat(out, ' ', COLUMN - strlen(name));
    tell_wrapped(out, value, COLUMN, COLUMN);
}

static struct text specs(struct out *scratch, const struct httplint_rule *rule)
{
    out_clear(scratch);
    for (size_t i = 0; i < rule->nspec; i++) {
        out_string(scratch, i > 0 ? ", " : "");
        out_text(scratch, words_text(rule->spec[i]));
    }
    return out_held(scratch);
}

static struct text needs(struct out *scratch, const struct httplint_rule *rule)
{
    out_clear(scratch);
    put_evidence(scratch, rule->evidence);
    out_string(scratch, "; where that was not seen, nothing is reported");
    return out_held(scratch);
}

static struct text source(struct out *scratch, const struct httplint_rule *rule)
{
    out_clear(scratch);
    out_text(scratch, words_text(rule->source));
    if (rule->line > 0) {
        out_string(scratch, ":");
        out_number(scratch, rule->line);
    }
    out_string(scratch, rule->is_builtin ? " (built-in)" : "");
    return out_held(scratch);
}

static void put_example(struct out *out, const char *what, struct example example)
{
    if (example.title.len == 0)
        return;
    out_string(out, "\n");
    out_string(out, what);
    out_visible(out, example.title);
    out_string(out, "\n");
    while (example.text.len > 0) {
        struct text line = text_until(example.text, '\n', &example.text);

        out_string(out, line.len > 0 ? "    " : "");
        while (line.len > 0) {     /* the backslashes of a transcript are its own */
            struct text part = text_until(line, '\\', &line);

            out_visible(out, part);
            out_string(out, part.at[part.len] == '\\' ? "\\" : "");
        }
        out_string(out, "\n");
    }
}

static void explain_text(struct out *out, const struct httplint_rule *rule, const struct examples *examples)
{
    struct out *scratch = out_new_memory();

    out_visible(out, words_text(rule->id));
    out_string(out, "\n\n");
    put_row(out, "says", words_text(rule->message));
    put_row(out, "why", words_text(rule->why));
    put_row(out, "when", words_text(rule->when));
    put_row(out, "unless", words_text(rule->unless));
    put_row(out, "requires", words_text(rule->require));
    put_row(out, "forbids", words_text(rule->forbid));
    put_row(out, "check", text_of(rule->check));
    put_row(out, "severity", text_of(words_severity(rule->severity)));
    put_row(out, "level", text_of(level_words(words_text(rule->level))));
    put_row(out, "at fault", text_of(party_words(rule)));
    put_row(out, "looks at", text_of(scope_words(rule)));
    put_row(out, "needs", needs(scratch, rule));
    put_row(out, "sections", specs(scratch, rule));
    put_row(out, "since", words_text(rule->since));
    put_row(out, "source", source(scratch, rule));
    put_example(out, "broken: ", pick(rule, examples, true));
    put_example(out, "kept: ", pick(rule, examples, false));
    out_free(scratch);
}

/* ---- Markdown ---- */

void explain_markdown(struct out *out, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\`*_{}[]<>|#", text.at[i]) && text.at[i] != '\0')
            out_repeat(out, '\\', 1);
        out_text(out, text_part(text, i, 1));
    }
}

static void put_sentence(struct out *out, const char *before, struct httplint_text words, const char *after)
{
    if (words.len == 0)
        return;
    out_string(out, before);
    explain_markdown(out, words_text(words));
    out_string(out, after);
}

/* Linked where it has a place on the web. */
static void put_spec(struct out *out, struct text spec)
{
    struct out *url = out_new_memory();
    bool has_url = words_spec_url(url, spec);

    out_string(out, has_url ? "[" : "");
    explain_markdown(out, spec);
    if (has_url) {
        out_string(out, "](");
        out_text(out, out_held(url));
        out_string(out, ")");
    }
    out_free(url);
}

static void put_cell(struct out *out, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    out_string(out, "| ");
    out_string(out, name);
    out_string(out, " | ");
    explain_markdown(out, text_of(value));
    out_string(out, " |\n");
}

static void put_table(struct out *out, const struct httplint_rule *rule)
{
    out_string(out, "| | |\n|---|---|\n");
    put_cell(out, "severity", words_severity(rule->severity));
    put_cell(out, "level", level_words(words_text(rule->level)));
    put_cell(out, "at fault", party_words(rule));
    put_cell(out, "looks at", scope_words(rule));
    out_string(out, "| written in | ");
    for (size_t i = 0; i < rule->nspec; i++) {
        out_string(out, i > 0 ? ", " : "");
        put_spec(out, words_text(rule->spec[i]));
    }
    out_string(out, " |\n");
    put_sentence(out, "| since | ", rule->since, " |\n");
    put_sentence(out, "| defined in | ", rule->source, " |\n");
}

static void put_conditions(struct out *out, const struct httplint_rule *rule)
{
    out_string(out, "\n");
    put_sentence(out, "- It applies where ", rule->when, ".\n");
    put_sentence(out, "- It does not where ", rule->unless, ".\n");
    put_sentence(out, "- It requires: ", rule->require, ".\n");
    put_sentence(out, "- It forbids: ", rule->forbid, ".\n");
    if (rule->check) {
        out_string(out, "- What the language cannot say is decided by the check `");
        out_string(out, rule->check);
        out_string(out, "`.\n");
    }
    out_string(out, "- It needs to see ");
    put_evidence(out, rule->evidence);
    out_string(out, ". Where that was not captured, nothing is reported.\n");
}

static void put_block(struct out *out, const char *what, struct example example)
{
    if (example.title.len == 0)
        return;
    out_string(out, "\n## ");
    out_string(out, what);
    explain_markdown(out, example.title);
    out_string(out, "\n```http\n");
    out_text(out, example.text);
    out_string(out, example.text.len > 0 && example.text.at[example.text.len - 1] == '\n' ? "```\n" : "\n```\n");
}

void explain_page(struct out *out, const struct httplint_rule *rule, const struct examples *examples)
{
    out_string(out, "# ");
    out_text(out, words_text(rule->id));
    out_string(out, "\n");
    put_sentence(out, "\n**", rule->message, "**\n");
    put_sentence(out, "\n", rule->why, "\n");
    out_string(out, "\n");
    put_table(out, rule);
    put_conditions(out, rule);
    put_block(out, "Broken: ", pick(rule, examples, true));
    put_block(out, "Kept: ", pick(rule, examples, false));
}

/* ---- the command ---- */

/* Text and Markdown have more to say here than a line of a list; the other formats say it all in any case. */
static int explain_found(const struct options *options, const struct httplint_rule *rule, int out, struct out *err)
{
    const char *format = options->formats[0].path ? "" : options->formats[0].reporter->name;
    bool is_markdown = strcmp(format, "markdown") == 0;

    if (!is_markdown && strcmp(format, "text") != 0)
        return rules_tell(options, &rule, 1, out, err);
    struct examples *examples = examples_new();
    struct out *answer = out_new(out);

    (is_markdown ? explain_page : explain_text)(answer, rule, examples);
    bool is_written = out_flush(answer);

    out_free(answer);
    examples_free(examples);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}

int explain_rule(const struct options *options, int out, struct out *err)
{
    httplint_rules *rules = rules_load(options, err);
    const struct httplint_rule *rule = rules ? rules_find(rules, text_of(options->explained)) : NULL;
    struct errors errors = { 0 };
    int status = STATUS_USAGE;

    if (rule)
        status = explain_found(options, rule, out, err);
    else if (rules)
        rules_refuse(rules, "", text_of(options->explained), &errors);
    tell_errors(err, &errors);
    errors_clear(&errors);
    httplint_rules_free(rules);
    return status;
}
