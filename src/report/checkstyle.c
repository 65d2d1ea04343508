/* Checkstyle's XML, as Jenkins, reviewdog and many editors read it: a file element for each input with findings, an
 * error element for each finding; its line is the frame. */
#include "report/formats.h"

#include "base/memory.h"
#include "report/markup.h"
#include "report/pen.h"

struct report {
    struct pen pen;
    struct out *out;
    struct out *line; /* an element before it goes on */
    struct out *file; /* that is open; empty: none is */
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    report->file = out_new_memory();
    out_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n");
    return report;
}

static void put_file(struct report *report, const char *file)
{
    if (text_equal(out_held(report->file), text_of(file)))
        return;
    if (out_held(report->file).len > 0)
        out_string(report->line, "  </file>\n");
    pen_text(&report->pen, text_of(file), SIZE_MAX);
    out_string(report->line, "  <file");
    markup_held(report->line, "name", report->pen.line);
    out_string(report->line, ">\n");
}

static void put_finding(struct report *report, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    out_string(report->line, "    <error");
    if (finding->frame > 0)
        markup_number(report->line, "line", finding->frame);
    markup_attribute(report->line, "severity", text_of(words_severity(finding->severity)));
    pen_sentence(&report->pen, exchange, finding);
    markup_held(report->line, "message", report->pen.line);
    out_string(report->pen.line, "httplint.");
    pen_text(&report->pen, words_text(finding->rule->id), QUOTE_MAX);
    markup_held(report->line, "source", report->pen.line);
    out_string(report->line, "/>\n");
}

/* With the file before it where that is another: they go out whole or not at all. */
static void write_finding(struct report *report, const char *file, const struct httplint_exchange *exchange,
                          const struct httplint_finding *finding)
{
    out_clear(report->line);
    out_clear(report->pen.line);
    put_file(report, file);
    put_finding(report, exchange, finding);
    out_text(report->out, out_held(report->line));
    out_clear(report->file);
    out_string(report->file, file);
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity && findings[i].state != HTTPLINT_FIXED)
            write_finding(report, file, seen, &findings[i]);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)summary;
    (void)inputs;
    if (out_held(report->file).len > 0)
        out_string(report->out, "  </file>\n");
    out_string(report->out, "</checkstyle>\n");
    out_free(report->line);
    out_free(report->file);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter checkstyle_reporter = {
    .name = "checkstyle",
    .begin = begin,
    .exchange = exchange,
    .end = end,
};
