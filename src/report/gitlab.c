/* GitLab's Code Quality report: a JSON array with an object for each finding; its line is the frame. */
#include "report/formats.h"

#include <stdio.h>

#include "base/json.h"
#include "base/memory.h"
#include "report/fingerprint.h"
#include "report/pen.h"

struct report {
    struct pen pen;
    struct out *out;
    struct out *line;
    struct json *seen; /* fingerprint -> how often */
    bool has_findings;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    report->seen = json_new();
    return report;
}

/* GitLab shows one finding a fingerprint, so the second of the same kind gets a number. */
static void put_fingerprint(struct report *report, struct json *json, const struct httplint_exchange *exchange,
                            const struct httplint_finding *finding)
{
    struct fingerprint fingerprint = fingerprint_of(exchange, finding);
    uint64_t nth = json_tally(report->seen, fingerprint.digits);
    char numbered[FINGERPRINT_DIGITS + 32];

    snprintf(numbered, sizeof numbered, "%s-%llu", fingerprint.digits, (unsigned long long)nth);
    json_put_string(json, "fingerprint", nth > 1 ? numbered : fingerprint.digits);
}

static const char *severity_words(enum httplint_severity severity)
{
    if (severity == HTTPLINT_ERROR)
        return "major";
    return severity == HTTPLINT_WARNING ? "minor" : "info";
}

/* Relative to the root of the repository, without what means nothing: "./a.pcap" is not found there. */
static void put_location(struct json *json, const char *file, uint64_t frame)
{
    struct json *location = json_put_object(json, "location");

    while (strncmp(file, "./", 2) == 0)
        file += 2;
    json_put_string(location, "path", file);
    json_put_number(json_put_object(location, "lines"), "begin", frame > 0 ? frame : 1);
}

static struct json *issue(struct report *report, const char *file, const struct httplint_exchange *exchange,
                          const struct httplint_finding *finding)
{
    struct json *json = json_new();

    out_clear(report->pen.line);
    pen_sentence(&report->pen, exchange, finding);
    json_put_text(json, "description", out_held(report->pen.line));
    json_put_text(json, "check_name", words_text(finding->rule->id));
    put_fingerprint(report, json, exchange, finding);
    json_put_string(json, "severity", severity_words(finding->severity));
    put_location(json, file, finding->frame);
    return json;
}

static void put_issue(struct report *report, struct json *json)
{
    out_clear(report->line);
    out_string(report->line, report->has_findings ? ",\n" : "[\n");
    json_write(json, report->line);
    json_free(json);
    out_text(report->out, out_held(report->line));
    report->has_findings = true;
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity && findings[i].state != HTTPLINT_FIXED)
            put_issue(report, issue(report, file, seen, &findings[i]));
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)summary;
    (void)inputs;
    out_string(report->out, report->has_findings ? "\n]\n" : "[]\n");
    json_free(report->seen);
    out_free(report->line);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter gitlab_reporter = {
    .name = "gitlab",
    .begin = begin,
    .exchange = exchange,
    .end = end,
};
