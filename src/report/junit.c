/* JUnit's XML, so that all schemas in use accept it (Ant's, which wants all these parts in this order, and those of
 * Jenkins, an older one of which wants a property): a suite for each input, a case for each exchange. A case fails where
 * a finding does; the others and the notes are what the suite printed. */
#include "report/formats.h"

#include "base/memory.h"
#include "base/spool.h"
#include "report/markup.h"
#include "report/pen.h"

struct report {
    struct pen pen;
    struct out *out;
    struct out *line; /* an element before it goes on */

    /* The suite that is open, held back since its totals stand before its cases. */
    struct out *file; /* empty: none is */
    struct spool *cases, *printed, *remarks;
    uint64_t tests, failures, suites, elapsed_us;
    int64_t begun_us;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    report->file = out_new_memory();
    report->cases = spool_new();
    report->printed = spool_new();
    report->remarks = spool_new();
    out_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    return report;
}

static void put_file(struct report *report, const char *name)
{
    pen_text(&report->pen, out_held(report->file), SIZE_MAX);
    markup_held(report->line, name, report->pen.line);
}

/* "0.012" seconds: Jenkins takes no more digits. */
static void put_seconds(struct report *report, uint64_t us)
{
    uint64_t ms = us / 1000;

    out_number(report->pen.line, ms / 1000);
    out_string(report->pen.line, ".");
    for (uint64_t digit = 100; digit > 0; digit /= 10)
        out_number(report->pen.line, ms / digit % 10);
    markup_held(report->line, "time", report->pen.line);
}

/* ---- suites ---- */

/* Both schemas want a date and time without a zone, one of them without fractions. */
static void put_timestamp(struct report *report)
{
    out_clear(report->pen.scratch);
    words_time(report->pen.scratch, report->begun_us);
    struct text time = text_part(out_held(report->pen.scratch), 0, sizeof "2024-05-01T10:00:00" - 1);

    markup_attribute(report->line, "timestamp", time.len > 0 ? time : TEXT("1970-01-01T00:00:00"));
}

static void put_suite(struct report *report)
{
    out_string(report->line, "  <testsuite");
    put_file(report, "name");
    markup_attribute(report->line, "package", TEXT("httplint"));
    markup_number(report->line, "id", report->suites);
    put_timestamp(report);
    markup_attribute(report->line, "hostname", TEXT("localhost"));
    markup_number(report->line, "tests", report->tests);
    markup_number(report->line, "failures", report->failures);
    markup_number(report->line, "errors", 0);
    put_seconds(report, report->elapsed_us);
    out_string(report->line, ">\n    <properties><property name=\"httplint\" value=\"" HTTPLINT_VERSION "\"/>"
                             "</properties>\n");
}

/* Once the line is made, no memory is asked for until all is written. */
static void write_suite(struct report *report)
{
    out_clear(report->line);
    out_clear(report->pen.line);
    put_suite(report);
    out_text(report->out, out_held(report->line));
    spool_write(report->cases, report->out);
    out_string(report->out, "    <system-out>");
    spool_write(report->printed, report->out);
    out_string(report->out, "</system-out>\n    <system-err>");
    spool_write(report->remarks, report->out);
    out_string(report->out, "</system-err>\n  </testsuite>\n");
    report->suites++;
}

/* A suite without a case says nothing: an input that holds no HTTP is none. */
static void end_suite(struct report *report)
{
    if (report->tests > 0)
        write_suite(report);
    out_clear(report->file);
    spool_clear(report->cases);
    spool_clear(report->printed);
    spool_clear(report->remarks);
    report->tests = report->failures = report->elapsed_us = 0;
}

static void open_suite(struct report *report, const char *file)
{
    if (text_equal(out_held(report->file), text_of(file)))
        return;
    end_suite(report);
    out_string(report->file, file);
}

/* ---- cases ---- */

static bool is_shown(const struct report *report, const struct httplint_finding *finding)
{
    return finding->severity >= report->pen.options.min_severity;
}

static bool fails(const struct report *report, const struct httplint_finding *finding)
{
    return is_shown(report, finding) && (int)finding->severity >= report->pen.options.fail_on &&
           !words_is_known(finding);
}

/* "api.pcap:42: " of the file that is open. */
static void begin_line(struct report *report, uint64_t frame)
{
    pen_text(&report->pen, out_held(report->file), SIZE_MAX);
    out_string(report->pen.line, ":");
    if (frame > 0) {
        out_number(report->pen.line, frame);
        out_string(report->pen.line, ":");
    }
    out_string(report->pen.line, " ");
}

/* " [status-405-allow-missing]" and the line end, all of it as text. */
static void end_line(struct report *report, struct text id)
{
    out_string(report->pen.line, " [");
    pen_text(&report->pen, id, QUOTE_MAX);
    out_string(report->pen.line, "]");
    markup_text(report->line, out_held(report->pen.line));
    out_string(report->line, "\n");
    out_clear(report->pen.line);
}

/* "api.pcap:42: error: 405 Method Not Allowed without Allow (PUT ... -> 405) [status-405-allow-missing]" as text. */
static void put_finding(struct report *report, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    begin_line(report, finding->frame);
    out_string(report->pen.line, words_severity(finding->severity));
    out_string(report->pen.line, ": ");
    pen_sentence(&report->pen, exchange, finding);
    end_line(report, words_text(finding->rule->id));
}

/* One failure a case is what all readers take: the first finding gives its name, the text has all. */
static void put_failure(struct report *report, const struct httplint_exchange *exchange,
                        const struct httplint_finding *findings, size_t nfindings)
{
    bool is_open = false;

    for (size_t i = 0; i < nfindings; i++) {
        if (!fails(report, &findings[i]))
            continue;
        if (!is_open) {
            out_string(report->line, ">\n      <failure");
            pen_text(&report->pen, words_text(findings[i].rule->id), QUOTE_MAX);
            markup_held(report->line, "type", report->pen.line);
            pen_message(&report->pen, exchange, &findings[i]);
            markup_held(report->line, "message", report->pen.line);
            out_string(report->line, ">");
        }
        is_open = true;
        put_finding(report, exchange, &findings[i]);
    }
    out_string(report->line, is_open ? "</failure>\n    </testcase>\n" : "/>\n");
}

/* "PUT http://shop.example/a -> 405 #3": the number makes it one of its kind in its file. */
static void put_name(struct report *report, const struct httplint_exchange *exchange)
{
    pen_request(&report->pen, exchange, QUOTE_MAX);
    pen_status(&report->pen, exchange->status);
    out_string(report->pen.line, " #");
    out_number(report->pen.line, exchange->number);
    markup_held(report->line, "name", report->pen.line);
}

static void put_case(struct report *report, const struct httplint_exchange *exchange,
                     const struct httplint_finding *findings, size_t nfindings)
{
    out_clear(report->line);
    out_clear(report->pen.line);
    out_string(report->line, "    <testcase");
    put_file(report, "classname");
    put_name(report, exchange);
    put_seconds(report, words_elapsed_us(exchange));
    put_failure(report, exchange, findings, nfindings);
    spool_text(report->cases, out_held(report->line));
}

static void print_others(struct report *report, const struct httplint_exchange *exchange,
                         const struct httplint_finding *findings, size_t nfindings)
{
    out_clear(report->line);
    for (size_t i = 0; i < nfindings; i++)
        if (is_shown(report, &findings[i]) && !fails(report, &findings[i]))
            put_finding(report, exchange, &findings[i]);
    spool_text(report->printed, out_held(report->line));
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    bool has_failed = false;

    open_suite(report, file);
    for (size_t i = 0; i < nfindings; i++)
        has_failed |= fails(report, &findings[i]);
    put_case(report, seen, findings, nfindings);
    print_others(report, seen, findings, nfindings);
    if (report->tests++ == 0)
        report->begun_us = seen->begun_us;
    report->failures += has_failed;
    report->elapsed_us += words_elapsed_us(seen);
}

static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    open_suite(report, file);
    out_clear(report->line);
    out_clear(report->pen.line);
    begin_line(report, made->frame);
    out_string(report->pen.line, "note: ");
    pen_text(&report->pen, text_of(made->message), MESSAGE_MAX);
    end_line(report, text_of(made->code));
    spool_text(report->remarks, out_held(report->line));
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)summary;
    (void)inputs;
    end_suite(report);
    out_string(report->out, "</testsuites>\n");
    spool_free(report->cases);
    spool_free(report->printed);
    spool_free(report->remarks);
    out_free(report->line);
    out_free(report->file);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter junit_reporter = {
    .name = "junit",
    .wants_all = true,
    .begin = begin,
    .exchange = exchange,
    .note = note,
    .end = end,
};
