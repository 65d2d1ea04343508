/* A job summary in Markdown, as GitHub and GitLab render it: a table of what was found by rule, each rule's first
 * findings folded below. It is held back, since the table comes first, and bounded, since GitHub takes 1 MiB.
 *
 * What the wire sent stands in <code>, every sign of it as a character reference: no markup begins there, and nobody is
 * mentioned. */
#include "report/formats.h"

#include "base/memory.h"
#include "report/pen.h"
#include "report/roll.h"

enum { SHOWN_MAX = 20, DETAILS_MAX = 512 << 10 };

/* What is known of a rule, by its number on the roll. */
struct entry {
    struct out *what;    /* a row's last cell */
    struct out *details; /* a list */
    enum httplint_severity severity; /* the worst one seen */
    uint64_t findings, known;
};

struct report {
    struct pen pen;
    struct out *out;
    struct out *line;  /* before it goes on */
    struct out *rules; /* rows of --list-rules */
    struct roll *roll;
    struct entry *entries;
    size_t nentries;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    report->rules = out_new_memory();
    report->roll = roll_new();
    return report;
}

/* ---- texts ---- */

/* Whatever could be markup, and the dot and colon of what would be made a link: all but letters, digits and five. */
static bool is_sign(char octet)
{
    return octet > ' ' && octet < 0x7F && !(octet >= '0' && octet <= '9') && !(octet >= 'A' && octet <= 'Z') &&
           !(octet >= 'a' && octet <= 'z') && !memchr("-,/()", octet, 5);
}

static void put_escaped(struct out *out, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_sign(text.at[i])) {
            out_text(out, text_part(text, i, 1));
            continue;
        }
        out_string(out, "&#");
        out_number(out, (unsigned char)text.at[i]);
        out_string(out, ";");
    }
}

/* The pen's line. */
static void put_line(struct report *report, struct out *out)
{
    put_escaped(out, out_held(report->pen.line));
    out_clear(report->pen.line);
}

static void put_code(struct report *report, struct out *out)
{
    out_string(out, "<code>");
    put_line(report, out);
    out_string(out, "</code>");
}

/* Linked to the first section that has a place on the web. */
static void put_specs(struct report *report, struct out *out, const struct httplint_rule *rule)
{
    for (size_t i = 0; i < rule->nspec; i++) {
        struct out *url = report->pen.scratch;

        out_clear(url);
        bool has_url = words_spec_url(url, words_text(rule->spec[i]));

        out_string(out, i > 0 ? ", " : "");
        out_string(out, has_url ? "[" : "");
        pen_text(&report->pen, words_text(rule->spec[i]), QUOTE_MAX);
        put_line(report, out);
        if (has_url) {
            out_string(out, "](");
            out_text(out, out_held(url));
            out_string(out, ")");
        }
    }
}

/* " 405 Method Not Allowed without Allow | RFC9110 15.5.6 |" */
static void put_what(struct report *report, struct out *out, const struct httplint_rule *rule)
{
    out_string(out, " ");
    pen_text(&report->pen, words_text(rule->message), QUOTE_MAX);
    put_line(report, out);
    out_string(out, " | ");
    put_specs(report, out, rule);
    out_string(out, " |\n");
}

/* ---- findings ---- */

static struct entry *entry_of(struct report *report, const struct httplint_rule *rule)
{
    size_t number = roll_number(report->roll, words_text(rule->id));

    if (number < report->nentries)
        return &report->entries[number];
    struct entry made = { .what = out_new_memory(), .details = out_new_memory() };

    put_what(report, made.what, rule);
    report->entries = memory_grow(report->entries, number + 1, sizeof *report->entries);
    report->entries[number] = made;
    report->nentries = number + 1;
    return &report->entries[number];
}

static void put_detail(struct report *report, const char *file, const struct httplint_exchange *exchange,
                       const struct httplint_finding *finding, struct out *details)
{
    out_clear(report->line);
    out_string(report->line, "- ");
    pen_text(&report->pen, text_of(file), QUOTE_MAX);
    if (finding->frame > 0) {
        out_string(report->pen.line, ":");
        out_number(report->pen.line, finding->frame);
    }
    put_code(report, report->line);
    out_string(report->line, " ");
    pen_sentence(&report->pen, exchange, finding);
    put_code(report, report->line);
    out_string(report->line, "\n");
    out_text(details, out_held(report->line));
}

static void count(struct report *report, const char *file, const struct httplint_exchange *exchange,
                  const struct httplint_finding *finding)
{
    out_clear(report->pen.line);
    struct entry *entry = entry_of(report, finding->rule);

    if (entry->findings < SHOWN_MAX)
        put_detail(report, file, exchange, finding, entry->details);
    entry->findings++;
    entry->known += words_is_known(finding);
    if (finding->severity > entry->severity)
        entry->severity = finding->severity;
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity)
            count(report, file, seen, &findings[i]);
}

static void rule(struct report *report, const struct httplint_rule *described)
{
    out_clear(report->pen.line);
    out_clear(report->line);
    out_string(report->line, "| ");
    pen_text(&report->pen, words_text(described->id), QUOTE_MAX);
    put_code(report, report->line);
    out_string(report->line, " | ");
    out_string(report->line, words_severity(described->severity));
    out_string(report->line, " |");
    put_what(report, report->line, described);
    out_text(report->rules, out_held(report->line));
}

/* ---- the end ---- */

/* The worst first, then as the ids are spelt. */
static bool comes_before(const struct report *report, size_t a, size_t b)
{
    struct text id = roll_id(report->roll, a), other = roll_id(report->roll, b);
    size_t common = id.len < other.len ? id.len : other.len;
    int order = memcmp(id.at, other.at, common);

    if (report->entries[a].severity != report->entries[b].severity)
        return report->entries[a].severity > report->entries[b].severity;
    return order < 0 || (order == 0 && id.len < other.len);
}

static size_t *sorted(const struct report *report)
{
    size_t *order = memory_new((report->nentries + 1) * sizeof *order);

    for (size_t i = 0; i < report->nentries; i++) {
        size_t at = i;

        for (; at > 0 && comes_before(report, i, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static void write_id(const struct report *report, size_t number)
{
    out_string(report->out, "<code>");
    put_escaped(report->out, roll_id(report->roll, number));
    out_string(report->out, "</code>");
}

/* "### httplint: 2 errors, 1 warning, 0 infos", then what they were found in. */
static void write_heading(const struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    size_t order[HTTPLINT_NOTE_CODES], count = words_note_order(summary, order);

    out_string(report->out, "### httplint: ");
    words_count(report->out, summary->findings[HTTPLINT_ERROR], "error");
    out_string(report->out, ", ");
    words_count(report->out, summary->findings[HTTPLINT_WARNING], "warning");
    out_string(report->out, ", ");
    words_count(report->out, summary->findings[HTTPLINT_INFO], "info");
    out_string(report->out, "\n\n");
    words_count(report->out, summary->exchanges, "exchange");
    out_string(report->out, " in ");
    words_count(report->out, inputs, "input");
    for (size_t i = 0; i < count; i++) {
        out_string(report->out, i == 0 ? "; what limits the evidence: " : ", ");
        out_string(report->out, httplint_note_code(order[i]));
        out_string(report->out, " ");
        out_number(report->out, summary->notes[order[i]]);
    }
    out_string(report->out, "\n");
}

/* "3 (1 known)" */
static void write_counts(struct out *out, const struct entry *entry)
{
    out_number(out, entry->findings);
    if (entry->known == 0)
        return;
    out_string(out, " (");
    out_number(out, entry->known);
    out_string(out, " known)");
}

static void write_table(const struct report *report, const size_t *order)
{
    if (report->nentries > 0)
        out_string(report->out, "\n| severity | rule | findings | what | written in |\n|---|---|---:|---|---|\n");
    for (size_t i = 0; i < report->nentries; i++) {
        const struct entry *entry = &report->entries[order[i]];

        out_string(report->out, "| ");
        out_string(report->out, words_severity(entry->severity));
        out_string(report->out, " | ");
        write_id(report, order[i]);
        out_string(report->out, " | ");
        write_counts(report->out, entry);
        out_string(report->out, " |");
        out_text(report->out, out_held(entry->what));
    }
}

/* Those of the worst rules, as far as there is room. */
static void write_details(const struct report *report, const size_t *order)
{
    size_t octets = 0;

    for (size_t i = 0; i < report->nentries; i++) {
        const struct entry *entry = &report->entries[order[i]];

        octets += out_held(entry->details).len;
        if (octets > DETAILS_MAX) {
            out_string(report->out, "\nThere is no room for the findings of ");
            words_count(report->out, report->nentries - i, "more rule");
            out_string(report->out, ".\n");
            return;
        }
        out_string(report->out, "\n<details><summary>");
        write_id(report, order[i]);
        out_string(report->out, ": ");
        write_counts(report->out, entry);
        out_string(report->out, "</summary>\n\n");
        out_text(report->out, out_held(entry->details));
        out_string(report->out, "\n</details>\n");
    }
}

static void drop(struct report *report)
{
    for (size_t i = 0; i < report->nentries; i++) {
        out_free(report->entries[i].what);
        out_free(report->entries[i].details);
    }
    memory_free(report->entries);
    roll_free(report->roll);
    out_free(report->line);
    out_free(report->rules);
    pen_drop(&report->pen);
    memory_free(report);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    size_t *order = sorted(report);

    if (summary) {
        write_heading(report, summary, inputs);
        write_table(report, order);
        write_details(report, order);
    } else {
        out_string(report->out, "| rule | severity | what | written in |\n|---|---|---|---|\n");
        out_text(report->out, out_held(report->rules));
    }
    memory_free(order);
    drop(report);
}

const struct reporter markdown_reporter = {
    .name = "markdown",
    .begin = begin,
    .exchange = exchange,
    .rule = rule,
    .end = end,
};
