/* One document: {"findings":[...],"exchanges":[...],"notes":[...],"statistics":[...],"summary":{...}}, or
 * {"rules":[...]}. Findings go out as they come; what stands behind them waits in spools. */
#include "report/formats.h"

#include "base/memory.h"
#include "base/spool.h"
#include "report/object.h"

struct report {
    struct pen pen;
    struct out *out;
    struct out *line; /* an element before it goes on */
    struct spool *exchanges, *notes, *statistics, *rules;
    bool has_findings;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    report->exchanges = spool_new();
    report->notes = spool_new();
    report->statistics = spool_new();
    report->rules = spool_new();
    return report;
}

/* The element on a line of its own, after what parts it from what is there. */
static struct text element(struct report *report, const char *before, struct json *json)
{
    out_clear(report->line);
    out_string(report->line, before);
    json_write(json, report->line);
    json_free(json);
    return out_held(report->line);
}

static void put_finding(struct report *report, struct json *json)
{
    out_text(report->out, element(report, report->has_findings ? ",\n" : "{\"findings\":[\n", json));
    report->has_findings = true;
}

static void put(struct report *report, struct spool *spool, struct json *json)
{
    spool_text(spool, element(report, spool_octets(spool) > 0 ? ",\n" : "", json));
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    size_t shown = 0;

    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity) {
            put_finding(report, object_finding(&report->pen, file, seen, &findings[i]));
            shown++;
        }
    if (shown > 0 || report->pen.options.shows_exchanges)
        put(report, report->exchanges, object_exchange(&report->pen, file, seen, nfindings));
}

static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    put(report, report->notes, object_note(file, made));
}

static void statistics(struct report *report, const struct httplint_rule *rule,
                       const struct httplint_rule_counts *counts)
{
    put(report, report->statistics, object_statistics(rule, counts));
}

static void rule(struct report *report, const struct httplint_rule *described)
{
    put(report, report->rules, object_rule(&report->pen, described));
}

static void write_list(struct report *report, const char *before, struct spool *spool)
{
    out_string(report->out, before);
    if (spool_octets(spool) > 0)
        out_string(report->out, "\n");
    spool_write(spool, report->out);
    out_string(report->out, spool_octets(spool) > 0 ? "\n]" : "]");
}

/* `summary` is made first: once the lists begin to end, no memory is asked for. */
static void write_lints(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    struct text last = element(report, ",\n\"summary\":", object_summary(summary, inputs));

    out_string(report->out, report->has_findings ? "\n]" : "{\"findings\":[]");
    write_list(report, ",\n\"exchanges\":[", report->exchanges);
    write_list(report, ",\n\"notes\":[", report->notes);
    if (spool_octets(report->statistics) > 0)
        write_list(report, ",\n\"statistics\":[", report->statistics);
    out_text(report->out, last);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    if (summary)
        write_lints(report, summary, inputs);
    else
        write_list(report, "{\"rules\":[", report->rules);
    out_string(report->out, "}\n");
    spool_free(report->exchanges);
    spool_free(report->notes);
    spool_free(report->statistics);
    spool_free(report->rules);
    out_free(report->line);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter json_reporter = {
    .name = "json",
    .begin = begin,
    .exchange = exchange,
    .note = note,
    .statistics = statistics,
    .rule = rule,
    .end = end,
};
