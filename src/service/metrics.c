#include "service/metrics.h"

#include <stdio.h>


/* ---- lines ---- */

static void begin(struct out *out, const char *name, const char *type, const char *help)
{
    out_string(out, "# HELP ");
    out_string(out, name);
    out_string(out, " ");
    out_string(out, help);
    out_string(out, "\n# TYPE ");
    out_string(out, name);
    out_string(out, " ");
    out_string(out, type);
    out_string(out, "\n");
}

/* What is visible ASCII or UTF-8 once control octets are written out has two signs left to escape; the third of the
 * format, the end of a line, is none of it. */
static void put_value(struct out *out, struct text value)
{
    struct out *visible = out_new_memory();

    out_visible(visible, value);
    struct text held = out_held(visible);

    for (size_t i = 0; i < held.len; i++) {
        if (held.at[i] == '\\' || held.at[i] == '"')
            out_string(out, "\\");
        out_text(out, text_part(held, i, 1));
    }
    out_free(visible);
}

/* name="value", the first label in its brace, the others after a comma. */
static void put_label(struct out *out, const char *before, const char *label, struct text value)
{
    out_string(out, before);
    out_string(out, label);
    out_string(out, "=\"");
    put_value(out, value);
    out_string(out, "\"");
}

static void put_number(struct out *out, const char *before, uint64_t number)
{
    out_string(out, before);
    out_number(out, number);
    out_string(out, "\n");
}

/* Seconds, whatever the locale. */
static void put_seconds(struct out *out, int64_t us)
{
    char written[40];
    uint64_t whole = us > 0 ? (uint64_t)us : 0;

    snprintf(written, sizeof written, " %llu.%06llu\n", (unsigned long long)(whole / 1000000),
             (unsigned long long)(whole % 1000000));
    out_string(out, written);
}

/* A family of one number without labels. */
static void put_plain(struct out *out, const char *name, const char *type, const char *help, uint64_t number)
{
    begin(out, name, type, help);
    out_string(out, name);
    put_number(out, " ", number);
}

static void put_plain_seconds(struct out *out, const char *name, const char *type, const char *help, int64_t us)
{
    begin(out, name, type, help);
    out_string(out, name);
    put_seconds(out, us);
}

static void put_labelled(struct out *out, const char *name, const char *label, struct text value, uint64_t number)
{
    out_string(out, name);
    put_label(out, "{", label, value);
    put_number(out, "} ", number);
}

/* ---- families ---- */

static void put_build(struct out *out)
{
    begin(out, "httplint_build_info", "gauge", "Always 1; the version is a label.");
    put_labelled(out, "httplint_build_info", "version", text_of(httplint_version()), 1);
}

static void put_interfaces(struct out *out, const struct metrics *metrics)
{
    static const char up[] = "httplint_interface_up", dropped[] = "httplint_kernel_dropped_packets_total";

    begin(out, up, "gauge", "1 while the interface is there and up, 0 while it is waited for.");
    for (size_t i = 0; i < metrics->ninterfaces; i++)
        put_labelled(out, up, "interface", text_of(metrics->interfaces[i].name), metrics->interfaces[i].is_up);
    begin(out, dropped, "counter", "Packets that the kernel dropped because its buffer was full.");
    for (size_t i = 0; i < metrics->ninterfaces; i++)
        put_labelled(out, dropped, "interface", text_of(metrics->interfaces[i].name), metrics->interfaces[i].dropped);
}

/* Of the status codes first to last. */
static uint64_t counted(const struct httplint_summary *totals, unsigned first, unsigned last)
{
    uint64_t count = 0;

    for (unsigned status = first; status <= last; status++)
        count += totals->statuses[status];
    return count;
}

/* By final response: 101 is the one of the class 1xx (RFC 9110 15.2). */
static void put_exchanges(struct out *out, const struct httplint_summary *totals)
{
    static const char name[] = "httplint_exchanges_total";
    const uint64_t other = totals->statuses[0] + counted(totals, 1, 99) + counted(totals, 600, HTTPLINT_STATUSES - 1);
    uint64_t left = totals->exchanges - (other < totals->exchanges ? other : totals->exchanges);
    char class[] = "1xx";

    begin(out, name, "counter",
          "Exchanges by class of their final status code; other: of no class, none: no response was seen.");
    for (unsigned digit = 1; digit <= 5; digit++) {
        uint64_t count = digit == 1 ? totals->statuses[101] : counted(totals, digit * 100, digit * 100 + 99);

        class[0] = (char)('0' + digit);
        put_labelled(out, name, "class", text_of(class), count);
        left -= count < left ? count : left;
    }
    put_labelled(out, name, "class", TEXT("other"), other);
    put_labelled(out, name, "class", TEXT("none"), left);
}

static void put_findings(struct out *out, const struct metrics *metrics)
{
    static const char name[] = "httplint_findings_total";
    static const char *const severities[] = {
        [HTTPLINT_OFF] = "off", [HTTPLINT_INFO] = "info", [HTTPLINT_WARNING] = "warning", [HTTPLINT_ERROR] = "error"
    };

    begin(out, name, "counter", "Findings, repeated ones too, by rule and severity.");
    for (size_t i = 0; i < metrics->nrules; i++) {
        const struct metrics_rule *rule = &metrics->rules[i];

        for (int severity = HTTPLINT_INFO; severity <= HTTPLINT_ERROR; severity++) {
            if ((int)rule->severity != severity && rule->findings[severity] == 0)
                continue;
            out_string(out, name);
            put_label(out, "{", "rule", (struct text){ rule->id.at, rule->id.len });
            put_label(out, ",", "severity", text_of(severities[severity]));
            put_number(out, "} ", rule->findings[severity]);
        }
    }
    put_plain(out, "httplint_findings_suppressed_total", "counter", "Findings that a suppression took away.",
              metrics->totals->suppressed);
}

static void put_notes(struct out *out, const struct httplint_summary *totals)
{
    static const char name[] = "httplint_notes_total";

    begin(out, name, "counter", "What limits the evidence, by code.");
    for (size_t i = 0; i < HTTPLINT_NOTE_CODES && httplint_note_code(i); i++)
        put_labelled(out, name, "code", text_of(httplint_note_code(i)), totals->notes[i]);
}

static void put_reloads(struct out *out, const struct metrics *metrics)
{
    static const char name[] = "httplint_reloads_total";

    begin(out, name, "counter",
          "How often rules were read again; failure: they had mistakes, and the old ones stayed.");
    put_labelled(out, name, "result", TEXT("success"), metrics->reloads);
    put_labelled(out, name, "result", TEXT("failure"), metrics->failed_reloads);
    put_plain(out, "httplint_last_reload_successful", "gauge", "0 after a reload that failed, else 1.",
              !metrics->has_failed_reload);
}

static void put_process(struct out *out, const struct metrics *metrics)
{
    put_plain_seconds(out, "process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.",
                      metrics->started_us);
    put_plain_seconds(out, "process_cpu_seconds_total", "counter", "Processor time, user and system.",
                      metrics->processor_us);
    put_plain(out, "process_resident_memory_bytes", "gauge", "Memory of the process that is in RAM.",
              metrics->resident_octets);
}

void metrics_write(struct out *out, const struct metrics *metrics)
{
    const struct httplint_summary *totals = metrics->totals;

    put_build(out);
    put_plain(out, "httplint_packets_total", "counter", "Packets that were read.", totals->packets);
    put_plain(out, "httplint_packet_bytes_total", "counter", "Octets of these packets on the wire.", totals->octets);
    put_interfaces(out, metrics);
    put_plain_seconds(out, "httplint_lag_seconds", "gauge",
                      "The longest that a packet waited to be read, in the last minute.", metrics->lag_us);
    put_plain(out, "httplint_streams_total", "counter", "TCP connections with HTTP.", totals->streams);
    put_plain(out, "httplint_requests_total", "counter", "Requests.", totals->requests);
    put_plain(out, "httplint_responses_total", "counter", "Responses, interim ones too.", totals->responses);
    put_exchanges(out, totals);
    put_findings(out, metrics);
    put_notes(out, totals);
    put_plain(out, "httplint_rules", "gauge", "Rules that are loaded.", metrics->nrules);
    put_reloads(out, metrics);
    put_process(out, metrics);
}
