/* Workflow commands of GitHub Actions, one a finding: `::error file=api.pcap,line=42,title=ID::MESSAGE`. A runner makes
 * annotations of them. Findings that are known already are not told: only a few annotations a step are shown. */
#include "report/formats.h"

#include "base/memory.h"
#include "report/pen.h"

struct report {
    struct pen pen;
    struct out *out;
    struct out *line;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    return report;
}

/* What the runner undoes: % and line ends everywhere, in a property what would end it too. */
static void put_escaped(struct out *out, struct text text, const char *signs)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.len; i++) {
        char octet = text.at[i];
        char escape[] = { '%', digits[(octet >> 4) & 15], digits[octet & 15] };

        bool is_sign = octet != '\0' && strchr(signs, octet);

        out_text(out, is_sign ? (struct text){ escape, sizeof escape } : text_part(text, i, 1));
    }
}

/* The pen's line. */
static void put_property(struct report *report, const char *name)
{
    out_string(report->line, name);
    put_escaped(report->line, out_held(report->pen.line), "%\r\n:,");
    out_clear(report->pen.line);
}

static const char *command(enum httplint_severity severity)
{
    if (severity == HTTPLINT_ERROR)
        return "::error";
    return severity == HTTPLINT_WARNING ? "::warning" : "::notice";
}

static void put_finding(struct report *report, const char *file, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    out_clear(report->line);
    out_clear(report->pen.line);
    out_string(report->line, command(finding->severity));
    pen_text(&report->pen, text_of(file), SIZE_MAX);
    put_property(report, " file=");
    if (finding->frame > 0) {
        out_string(report->line, ",line=");
        out_number(report->line, finding->frame);
    }
    pen_text(&report->pen, words_text(finding->rule->id), QUOTE_MAX);
    put_property(report, ",title=");
    out_string(report->line, "::");
    pen_sentence(&report->pen, exchange, finding);
    pen_specs(&report->pen, finding->rule, ", ");
    put_escaped(report->line, out_held(report->pen.line), "%\r\n");
    out_string(report->line, "\n");
    out_text(report->out, out_held(report->line));
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity && !words_is_known(&findings[i]))
            put_finding(report, file, seen, &findings[i]);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)summary;
    (void)inputs;
    out_free(report->line);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter github_reporter = {
    .name = "github",
    .begin = begin,
    .exchange = exchange,
    .end = end,
};
