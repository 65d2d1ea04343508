/* One JSON object a line, as docs/schema/jsonl.json has it: a promise to programs, so keys, types
 * and order stay. */
#include "report/formats.h"

#include <stdio.h>

#include "base/json.h"
#include "base/memory.h"
#include "report/mask.h"
#include "report/words.h"

struct report {
    struct report_options options;
    struct out *out;
    struct out *scratch; /* one value or line before it goes on */
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    report->options = *options;
    report->out = out;
    report->scratch = out_new_memory();
    return report;
}

static struct json *object(const char *type)
{
    struct json *json = json_new();

    json_put_string(json, "type", type);
    return json;
}

/* A line goes out whole or not at all: should memory run out here, the lines before it stay well
 * formed. */
static void write_line(struct report *report, struct json *json)
{
    out_clear(report->scratch); /* of a line that memory did not suffice for */
    json_write(json, report->scratch);
    out_string(report->scratch, "\n");
    out_text(report->out, out_held(report->scratch));
    out_clear(report->scratch);
    json_free(json);
}

/* What the wire left empty does not apply. */
static void put_cut(struct json *json, const char *key, struct text text, size_t max)
{
    if (text.len > max) {
        struct out *cut = out_new_memory();

        words_cut(cut, text, max);
        json_put_text(json, key, out_held(cut));
        out_free(cut);
    } else if (text.len > 0) {
        json_put_text(json, key, text);
    }
}

static void put_scratch(struct report *report, struct json *json, const char *key, size_t max)
{
    put_cut(json, key, out_held(report->scratch), max);
    out_clear(report->scratch);
}

static void put_time(struct report *report, struct json *json, int64_t us)
{
    words_time(report->scratch, us);
    put_scratch(report, json, "time", QUOTE_MAX);
}

static void put_url(struct report *report, struct json *json, struct httplint_text url)
{
    if (report->options.shows_secrets)
        out_text(report->scratch, words_text(url));
    else
        mask_url(report->scratch, words_text(url));
    put_scratch(report, json, "url", URL_MAX);
}

/* A message is never left out, empty or not. */
static void put_message(struct report *report, struct json *json,
                        const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    if (report->options.shows_secrets)
        out_text(report->scratch, words_text(finding->message));
    else
        mask_message(report->scratch, exchange, finding);
    json_put_string(json, "message", "");
    put_scratch(report, json, "message", MESSAGE_MAX);
}

static void put_evidence(struct report *report, struct json *json,
                         const struct httplint_exchange *exchange,
                         const struct httplint_finding *finding)
{
    if (report->options.shows_secrets)
        out_text(report->scratch, words_text(finding->evidence));
    else
        mask_evidence(report->scratch, exchange, finding);
    put_scratch(report, json, "evidence", QUOTE_MAX);
}

static void put_specs(struct json *json, const struct httplint_rule *rule)
{
    struct json *list = json_put_list(json, "spec");

    for (size_t i = 0; i < rule->nspec; i++)
        json_add_text(list, words_text(rule->spec[i]));
}

static void put_frame(struct json *json, uint64_t frame)
{
    if (frame > 0)
        json_put_number(json, "frame", frame);
}

static void put_stream(struct json *json, int64_t stream)
{
    if (stream >= 0)
        json_put_number(json, "stream", (uint64_t)stream);
}

static void put_ends(struct json *json, const struct httplint_exchange *exchange)
{
    put_cut(json, "client", words_text(exchange->client), NAME_MAX_SHOWN);
    put_cut(json, "server", words_text(exchange->server), NAME_MAX_SHOWN);
}

static void put_request(struct report *report, struct json *json,
                        const struct httplint_exchange *exchange)
{
    put_cut(json, "method", words_text(exchange->method), NAME_MAX_SHOWN);
    put_url(report, json, exchange->url);
}

static void put_status(struct json *json, unsigned status)
{
    if (status > 0)
        json_put_number(json, "status", status);
}

/* What the command knows of it besides; nothing where it did not ask. */
static void put_known(struct json *json, const struct httplint_finding *finding)
{
    if (finding->is_baselined)
        json_put_bool(json, "baselined", true);
    if (finding->is_expected)
        json_put_bool(json, "expected", true);
    if (finding->state != HTTPLINT_STATE_UNKNOWN)
        json_put_string(json, "state", words_state(finding->state));
}

static void put_finding(struct report *report, const char *file,
                        const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    struct json *json = object("finding");

    json_put_text(json, "rule", words_text(finding->rule->id));
    json_put_string(json, "severity", words_severity(finding->severity));
    put_message(report, json, exchange, finding);
    put_specs(json, finding->rule);
    json_put_string(json, "file", file);
    put_frame(json, finding->frame);
    if (finding->side != HTTPLINT_CONNECTION || finding->time_us != 0)
        put_time(report, json, finding->time_us);
    put_stream(json, exchange->stream);
    json_put_number(json, "exchange", exchange->number);
    json_put_string(json, "side", words_side(finding->side));
    json_put_string(json, "party", words_party(finding->party));
    json_put_number(json, "offset", finding->offset);
    put_ends(json, exchange);
    put_request(report, json, exchange);
    put_status(json, words_status(exchange, finding));
    put_cut(json, "field", words_text(finding->field), QUOTE_MAX);
    put_evidence(report, json, exchange, finding);
    json_put_bool(json, "uncertain", finding->is_uncertain);
    put_known(json, finding);
    write_line(report, json);
}

static void put_interim(struct json *json, const struct httplint_exchange *exchange)
{
    if (exchange->ninterim == 0)
        return;
    struct json *list = json_put_list(json, "interim");

    for (size_t i = 0; i < exchange->ninterim; i++)
        json_add_number(list, exchange->interim[i]);
}

static void put_exchange(struct report *report, const char *file,
                         const struct httplint_exchange *exchange, size_t nfindings)
{
    struct json *json = object("exchange");

    json_put_string(json, "file", file);
    put_stream(json, exchange->stream);
    json_put_number(json, "exchange", exchange->number);
    put_frame(json, exchange->frame);
    put_time(report, json, exchange->begun_us);
    json_put_number(json, "duration_us", words_elapsed_us(exchange));
    put_ends(json, exchange);
    put_request(report, json, exchange);
    if (exchange->version && exchange->version[0])
        json_put_string(json, "version", exchange->version);
    put_status(json, exchange->status);
    put_interim(json, exchange);
    if (exchange->has_request)
        json_put_number(json, "request_octets", exchange->request_octets);
    if (exchange->has_response)
        json_put_number(json, "response_octets", exchange->response_octets);
    json_put_bool(json, "complete", exchange->is_complete);
    json_put_number(json, "findings", nfindings);
    write_line(report, json);
}

/* Its findings, then the exchange with their number (those that are not shown too). */
static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    size_t shown = 0;

    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->options.min_severity) {
            put_finding(report, file, seen, &findings[i]);
            shown++;
        }
    if (shown > 0 || report->options.shows_exchanges)
        put_exchange(report, file, seen, nfindings);
}

static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    struct json *json = object("note");

    json_put_string(json, "code", made->code);
    put_cut(json, "message", text_of(made->message), MESSAGE_MAX);
    json_put_string(json, "file", file);
    put_frame(json, made->frame);
    put_stream(json, made->stream);
    write_line(report, json);
}

static void statistics(struct report *report, const struct httplint_rule *rule,
                       const struct httplint_rule_counts *counts)
{
    struct json *json = object("statistics");

    json_put_text(json, "rule", words_text(rule->id));
    json_put_number(json, "kept", counts->kept);
    json_put_number(json, "broken", counts->broken);
    json_put_number(json, "not_applicable", counts->not_applicable);
    struct json *reasons = json_put_object(json, "undecidable");

    for (size_t i = 0; httplint_lack_name(i); i++)
        if (counts->undecidable[i] > 0)
            json_put_number(reasons, httplint_lack_name(i), counts->undecidable[i]);
    write_line(report, json);
}

static void put_source(struct report *report, struct json *json, const struct httplint_rule *rule)
{
    if (rule->is_builtin) {
        json_put_string(json, "source", "built-in");
        return;
    }
    out_text(report->scratch, words_text(rule->source));
    out_string(report->scratch, ":");
    out_number(report->scratch, rule->line);
    json_put_text(json, "source", out_held(report->scratch));
    out_clear(report->scratch);
}

static void rule(struct report *report, const struct httplint_rule *described)
{
    struct json *json = object("rule");

    json_put_text(json, "rule", words_text(described->id));
    json_put_string(json, "severity", words_severity(described->severity));
    json_put_text(json, "family", words_text(described->family));
    json_put_string(json, "scope", described->scope);
    put_specs(json, described);
    json_put_text(json, "message", words_text(described->message));
    if (described->why.len > 0)
        json_put_text(json, "why", words_text(described->why));
    put_source(report, json, described);
    write_line(report, json);
}

static void put_statuses(struct json *json, const struct httplint_summary *summary)
{
    struct json *statuses = json_put_object(json, "statuses");
    char code[16];

    for (unsigned status = 1; status < HTTPLINT_STATUSES; status++)
        if (summary->statuses[status] > 0) {
            snprintf(code, sizeof code, "%03u", status);
            json_put_number(statuses, code, summary->statuses[status]);
        }
    if (summary->statuses[0] > 0)
        json_put_number(statuses, "invalid", summary->statuses[0]);
}

static void put_severities(struct json *json, const struct httplint_summary *summary)
{
    struct json *severities = json_put_object(json, "findings");

    for (int severity = HTTPLINT_ERROR; severity > HTTPLINT_OFF; severity--)
        json_put_number(severities, words_severity((enum httplint_severity)severity),
                        summary->findings[severity]);
}

static void put_notes(struct json *json, const struct httplint_summary *summary)
{
    struct json *notes = json_put_object(json, "notes");
    size_t order[HTTPLINT_NOTE_CODES], count = words_note_order(summary, order);

    for (size_t i = 0; i < count; i++)
        json_put_number(notes, httplint_note_code(order[i]), summary->notes[order[i]]);
}

static void put_summary(struct report *report, const struct httplint_summary *summary,
                        size_t inputs)
{
    struct json *json = object("summary");

    json_put_number(json, "inputs", inputs);
    json_put_number(json, "packets", summary->packets);
    json_put_number(json, "octets", summary->octets);
    json_put_number(json, "streams", summary->streams);
    json_put_number(json, "requests", summary->requests);
    json_put_number(json, "responses", summary->responses);
    json_put_number(json, "exchanges", summary->exchanges);
    put_statuses(json, summary);
    put_severities(json, summary);
    if (summary->suppressed > 0)
        json_put_number(json, "suppressed", summary->suppressed);
    put_notes(json, summary);
    write_line(report, json);
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    if (summary)
        put_summary(report, summary, inputs);
    out_free(report->scratch);
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
