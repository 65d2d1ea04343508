/* One line a finding, as editors and grep read it, then its context. */
#include "report/formats.h"

#include "base/memory.h"
#include "report/pen.h"

#define BOLD   "\033[1m"
#define DIM    "\033[2m"
#define RED    "\033[1;31m"
#define YELLOW "\033[1;33m"
#define BLUE   "\033[1;34m"
#define PLAIN  "\033[0m"

enum { RULE_COLUMN = 46 };

struct report {
    struct pen pen;
    struct out *out;
    struct out *line; /* the pen's: lines of one record, before they go out together */
    size_t counted, silent; /* rules with statistics; those of them that were never decided */
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = report->pen.line;
    return report;
}

/* A record goes out whole or not at all: should memory run out meanwhile, no line is cut. */
static void write_lines(struct report *report)
{
    out_text(report->out, out_held(report->line));
    out_clear(report->line);
}

static void colour(struct report *report, const char *sequence)
{
    if (report->pen.options.is_coloured)
        out_string(report->line, sequence);
}

/* "api.pcap:42: " */
static void put_place(struct report *report, const char *file, uint64_t frame)
{
    colour(report, BOLD);
    out_visible(report->line, text_of(file));
    out_string(report->line, ":");
    if (frame > 0) {
        out_number(report->line, frame);
        out_string(report->line, ":");
    }
    colour(report, PLAIN);
    out_string(report->line, " ");
}

static void put_severity(struct report *report, enum httplint_severity severity, const char *after)
{
    static const char *const colours[] = {
        [HTTPLINT_OFF] = DIM,
        [HTTPLINT_INFO] = BLUE,
        [HTTPLINT_WARNING] = YELLOW,
        [HTTPLINT_ERROR] = RED,
    };

    colour(report, colours[severity]);
    out_string(report->line, words_severity(severity));
    out_string(report->line, after);
    colour(report, PLAIN);
}

static void put_code(struct report *report, struct text code)
{
    colour(report, DIM);
    out_string(report->line, " [");
    out_visible(report->line, code);
    out_string(report->line, "]");
    colour(report, PLAIN);
}

static void put_context(struct report *report, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    colour(report, DIM);
    out_string(report->line, "    ");
    pen_context(&report->pen, exchange, finding, URL_MAX);
    pen_ends(&report->pen, exchange, "   ");
    pen_specs(&report->pen, finding->rule, "   ");
    colour(report, PLAIN);
    out_string(report->line, "\n");
}

static void put_finding(struct report *report, const char *file,
                        const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    put_place(report, file, finding->frame);
    put_severity(report, finding->severity, ":");
    out_string(report->line, " ");
    pen_message(&report->pen, exchange, finding);
    put_code(report, words_text(finding->rule->id));
    out_string(report->line, "\n");
    put_context(report, exchange, finding);
}

/* "api.pcap:42: 200 GET http://a.example/   10.0.0.2:40001 > 10.0.0.1:80   5120 octets 12 ms" */
static void put_exchange(struct report *report, const char *file,
                         const struct httplint_exchange *exchange)
{
    put_place(report, file, exchange->frame);
    if (exchange->status > 0)
        out_number(report->line, exchange->status);
    else
        out_string(report->line, "---");
    out_string(report->line, " ");
    pen_request(&report->pen, exchange, URL_MAX);
    pen_ends(&report->pen, exchange, "   ");
    out_string(report->line, "   ");
    words_count(report->line, exchange->response_octets, "octet");
    out_string(report->line, " ");
    words_duration(report->line, words_elapsed_us(exchange));
    out_string(report->line, exchange->is_complete ? "\n" : " (not seen whole)\n");
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    size_t shown = 0;

    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity) {
            put_finding(report, file, seen, &findings[i]);
            write_lines(report);
            shown++;
        }
    if (shown == 0 && report->pen.options.shows_exchanges)
        put_exchange(report, file, seen);
    write_lines(report);
}

static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    if (!report->pen.options.shows_notes)
        return;
    put_place(report, file, made->frame);
    out_string(report->line, "note: ");
    pen_text(&report->pen, text_of(made->message), MESSAGE_MAX);
    if (made->stream >= 0) {
        out_string(report->line, " (stream ");
        out_number(report->line, (uint64_t)made->stream);
        out_string(report->line, ")");
    }
    put_code(report, text_of(made->code));
    out_string(report->line, "\n");
    write_lines(report);
}

/* A number, right-aligned in a column. */
static void put_column(struct report *report, struct text text, size_t width)
{
    if (text.len < width)
        out_repeat(report->line, ' ', width - text.len);
    out_text(report->line, text);
}

static void put_counter(struct report *report, uint64_t number)
{
    out_clear(report->pen.scratch);
    out_number(report->pen.scratch, number);
    put_column(report, out_held(report->pen.scratch), 13);
}

/* A rule's id, padded to the columns that follow. */
static void put_id(struct report *report, struct text id)
{
    out_visible(report->line, id);
    if (id.len < RULE_COLUMN)
        out_repeat(report->line, ' ', RULE_COLUMN - id.len);
}

static uint64_t undecided(const struct httplint_rule_counts *counts)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < HTTPLINT_LACKS; i++)
        sum += counts->undecidable[i];
    return sum;
}

/* "   12 request-unseen, 3 gap" */
static void put_lacks(struct report *report, const struct httplint_rule_counts *counts)
{
    const char *before = "   ";

    for (size_t i = 0; httplint_lack_name(i); i++) {
        if (counts->undecidable[i] == 0)
            continue;
        out_string(report->line, before);
        out_number(report->line, counts->undecidable[i]);
        out_string(report->line, " ");
        out_string(report->line, httplint_lack_name(i));
        before = ", ";
    }
}

/* Rules that are off are not told of. */
static void statistics(struct report *report, const struct httplint_rule *rule,
                       const struct httplint_rule_counts *counts)
{
    uint64_t decided = counts->kept + counts->broken, lacking = undecided(counts);

    if (rule->severity == HTTPLINT_OFF && decided + lacking + counts->not_applicable == 0)
        return;
    report->silent += decided == 0;
    if (report->counted++ == 0) {
        put_id(report, TEXT("rule"));
        put_column(report, TEXT("kept"), 13);
        put_column(report, TEXT("broken"), 13);
        put_column(report, TEXT("inapplicable"), 13);
        put_column(report, TEXT("undecidable"), 13);
        out_string(report->line, "\n");
    }
    put_id(report, words_text(rule->id));
    put_counter(report, counts->kept);
    put_counter(report, counts->broken);
    put_counter(report, counts->not_applicable);
    put_counter(report, lacking);
    put_lacks(report, counts);
    out_string(report->line, "\n");
    write_lines(report);
}

static void rule_line(struct report *report, const struct httplint_rule *rule)
{
    put_id(report, words_text(rule->id));
    out_string(report->line, " ");
    put_severity(report, rule->severity, "");
    out_repeat(report->line, ' ', 8 - strlen(words_severity(rule->severity)));
    out_visible(report->line, words_text(rule->message));
    pen_specs(&report->pen, rule, "   ");
    out_string(report->line, "\n");
    write_lines(report);
}

/* Silence is no success: a rule that was never decided has found nothing because it saw nothing. */
static void put_silent(struct report *report)
{
    out_number(report->line, report->silent);
    out_string(report->line, " of ");
    words_count(report->line, report->counted, "rule");
    out_string(report->line, " were never decided: that they found nothing proves nothing\n");
    write_lines(report);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)summary; /* the command tells it on standard error */
    (void)inputs;
    if (report->silent > 0)
        put_silent(report);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter text_reporter = {
    .name = "text",
    .begin = begin,
    .exchange = exchange,
    .note = note,
    .statistics = statistics,
    .rule = rule_line,
    .end = end,
};
