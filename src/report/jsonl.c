/* One JSON object a line. */
#include "report/formats.h"

#include "base/memory.h"
#include "report/object.h"

struct report {
    struct pen pen;
    struct out *out;
    struct out *line; /* before it goes on */
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    return report;
}

/* A line goes out whole or not at all: should memory run out here, the lines before it stay well
 * formed. */
static void write_line(struct report *report, struct json *json)
{
    out_clear(report->line); /* of a line that memory did not suffice for */
    json_write(json, report->line);
    out_string(report->line, "\n");
    out_text(report->out, out_held(report->line));
    json_free(json);
}

/* Its findings, then the exchange with their number (those that are not shown too). */
static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    size_t shown = 0;

    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity) {
            write_line(report, object_finding(&report->pen, file, seen, &findings[i]));
            shown++;
        }
    if (shown > 0 || report->pen.options.shows_exchanges)
        write_line(report, object_exchange(&report->pen, file, seen, nfindings));
}

static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    write_line(report, object_note(file, made));
}

static void statistics(struct report *report, const struct httplint_rule *rule,
                       const struct httplint_rule_counts *counts)
{
    write_line(report, object_statistics(rule, counts));
}

static void rule(struct report *report, const struct httplint_rule *described)
{
    write_line(report, object_rule(&report->pen, described));
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    if (summary)
        write_line(report, object_summary(summary, inputs));
    out_free(report->line);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter jsonl_reporter = {
    .name = "jsonl",
    .begin = begin,
    .exchange = exchange,
    .note = note,
    .statistics = statistics,
    .rule = rule,
    .end = end,
};
