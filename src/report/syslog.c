/* A line a record, "<3>" before it: the priority as the journal of systemd and `logger --prio-prefix` read it. */
#include "report/formats.h"

#include "base/memory.h"
#include "report/pen.h"

/* RFC 5424 6.2.1 */
enum { ERR = 3, WARNING = 4, NOTICE = 5, INFORMATIONAL = 6 };

struct report {
    struct pen pen;
    struct out *out;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    return report;
}

/* A line goes out whole or not at all. */
static void begin_line(struct report *report, unsigned severity)
{
    out_clear(report->pen.line);
    out_string(report->pen.line, "<");
    out_number(report->pen.line, severity);
    out_string(report->pen.line, ">");
}

static void end_line(struct report *report)
{
    out_string(report->pen.line, "\n");
    out_text(report->out, out_held(report->pen.line));
}

static void put_code(struct report *report, struct text code)
{
    out_string(report->pen.line, " [");
    out_visible(report->pen.line, code);
    out_string(report->pen.line, "]");
}

/* ", eth0:42" */
static void put_place(struct report *report, const char *before, const char *file, uint64_t frame)
{
    out_string(report->pen.line, before);
    pen_text(&report->pen, text_of(file), QUOTE_MAX);
    if (frame == 0)
        return;
    out_string(report->pen.line, ":");
    out_number(report->pen.line, frame);
}

/* "error: 405 Method Not Allowed without Allow [status-405-allow-missing] PUT http://shop.example/a -> 405, eth0:42,
 * 198.18.0.2:40001 > 198.18.0.1:80, RFC9110 15.5.6" */
static void put_finding(struct report *report, const char *file, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    static const unsigned severities[] = {
        [HTTPLINT_OFF] = INFORMATIONAL,
        [HTTPLINT_INFO] = INFORMATIONAL,
        [HTTPLINT_WARNING] = WARNING,
        [HTTPLINT_ERROR] = ERR,
    };

    begin_line(report, severities[finding->severity]);
    out_string(report->pen.line, words_severity(finding->severity));
    out_string(report->pen.line, ": ");
    pen_message(&report->pen, exchange, finding);
    put_code(report, words_text(finding->rule->id));
    out_string(report->pen.line, " ");
    pen_context(&report->pen, exchange, finding, QUOTE_MAX);
    put_place(report, ", ", file, finding->frame);
    pen_ends(&report->pen, exchange, ", ");
    pen_specs(&report->pen, finding->rule, ", ");
    end_line(report);
}

static void put_exchange(struct report *report, const char *file, const struct httplint_exchange *exchange)
{
    begin_line(report, INFORMATIONAL);
    pen_request(&report->pen, exchange, QUOTE_MAX);
    pen_status(&report->pen, exchange->status);
    put_place(report, ", ", file, exchange->frame);
    pen_ends(&report->pen, exchange, ", ");
    end_line(report);
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    size_t shown = 0;

    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity && !words_is_known(&findings[i])) {
            put_finding(report, file, seen, &findings[i]);
            shown++;
        }
    if (shown == 0 && report->pen.options.shows_exchanges)
        put_exchange(report, file, seen);
}

/* Those about the whole input, as losses, are for everybody; those about a packet or a connection are many. */
static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    if (!report->pen.options.shows_notes && (made->frame > 0 || made->stream >= 0))
        return;
    begin_line(report, NOTICE);
    out_string(report->pen.line, "note: ");
    pen_text(&report->pen, text_of(made->message), MESSAGE_MAX);
    put_code(report, text_of(made->code));
    put_place(report, " ", file, made->frame);
    end_line(report);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)inputs;
    if (summary) {
        begin_line(report, INFORMATIONAL);
        words_count(report->pen.line, summary->exchanges, "exchange");
        out_string(report->pen.line, ": ");
        words_found(report->pen.line, summary);
        end_line(report);
    }
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter syslog_reporter = {
    .name = "syslog",
    .begin = begin,
    .exchange = exchange,
    .note = note,
    .end = end,
};
