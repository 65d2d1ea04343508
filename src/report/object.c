#include "report/object.h"

#include <stdio.h>

static struct json *object(const char *type)
{
    struct json *json = json_new();

    json_put_string(json, "type", type);
    return json;
}

void object_put_cut(struct json *json, const char *key, struct text text, size_t max)
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

/* ---- parts ---- */

static void put_time(struct json *json, struct pen *pen, int64_t us)
{
    out_clear(pen->scratch);
    words_time(pen->scratch, us);
    object_put_cut(json, "time", out_held(pen->scratch), QUOTE_MAX);
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
    object_put_cut(json, "client", words_text(exchange->client), NAME_MAX_SHOWN);
    object_put_cut(json, "server", words_text(exchange->server), NAME_MAX_SHOWN);
}

static void put_request(struct json *json, struct pen *pen, const struct httplint_exchange *exchange, size_t url_max)
{
    object_put_cut(json, "method", words_text(exchange->method), NAME_MAX_SHOWN);
    object_put_cut(json, "url", pen_masked_url(pen, exchange->url), url_max);
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

void object_put_place(struct json *json, struct pen *pen, const struct httplint_exchange *exchange,
                      const struct httplint_finding *finding, size_t url_max)
{
    put_frame(json, finding->frame);
    if (finding->side != HTTPLINT_CONNECTION || finding->time_us != 0)
        put_time(json, pen, finding->time_us);
    put_stream(json, exchange->stream);
    json_put_number(json, "exchange", exchange->number);
    json_put_string(json, "side", words_side(finding->side));
    json_put_string(json, "party", words_party(finding->party));
    json_put_number(json, "offset", finding->offset);
    put_ends(json, exchange);
    put_request(json, pen, exchange, url_max);
    put_status(json, words_status(exchange, finding));
    object_put_cut(json, "field", words_text(finding->field), QUOTE_MAX);
    object_put_cut(json, "evidence", pen_masked_evidence(pen, exchange, finding), QUOTE_MAX);
    json_put_bool(json, "uncertain", finding->is_uncertain);
    put_known(json, finding);
}

/* ---- findings and exchanges ---- */

struct json *object_finding(struct pen *pen, const char *file, const struct httplint_exchange *exchange,
                            const struct httplint_finding *finding)
{
    struct json *json = object("finding");

    json_put_text(json, "rule", words_text(finding->rule->id));
    json_put_string(json, "severity", words_severity(finding->severity));
    json_put_string(json, "message", ""); /* never left out, empty or not */
    object_put_cut(json, "message", pen_masked_message(pen, exchange, finding), MESSAGE_MAX);
    put_specs(json, finding->rule);
    json_put_string(json, "file", file);
    object_put_place(json, pen, exchange, finding, URL_MAX);
    return json;
}

static void put_interim(struct json *json, const struct httplint_exchange *exchange)
{
    if (exchange->ninterim == 0)
        return;
    struct json *list = json_put_list(json, "interim");

    for (size_t i = 0; i < exchange->ninterim; i++)
        json_add_number(list, exchange->interim[i]);
}

struct json *object_exchange(struct pen *pen, const char *file, const struct httplint_exchange *exchange,
                             size_t nfindings)
{
    struct json *json = object("exchange");

    json_put_string(json, "file", file);
    put_stream(json, exchange->stream);
    json_put_number(json, "exchange", exchange->number);
    put_frame(json, exchange->frame);
    put_time(json, pen, exchange->begun_us);
    json_put_number(json, "duration_us", words_elapsed_us(exchange));
    put_ends(json, exchange);
    put_request(json, pen, exchange, URL_MAX);
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
    return json;
}

/* ---- the others ---- */

struct json *object_note(const char *file, const struct httplint_note *note)
{
    struct json *json = object("note");

    json_put_string(json, "code", note->code);
    object_put_cut(json, "message", text_of(note->message), MESSAGE_MAX);
    json_put_string(json, "file", file);
    put_frame(json, note->frame);
    put_stream(json, note->stream);
    return json;
}

struct json *object_statistics(const struct httplint_rule *rule, const struct httplint_rule_counts *counts)
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
    return json;
}

static void put_source(struct json *json, struct pen *pen, const struct httplint_rule *rule)
{
    if (rule->is_builtin) {
        json_put_string(json, "source", "built-in");
        return;
    }
    out_clear(pen->scratch);
    out_text(pen->scratch, words_text(rule->source));
    out_string(pen->scratch, ":");
    out_number(pen->scratch, rule->line);
    json_put_text(json, "source", out_held(pen->scratch));
}

struct json *object_rule(struct pen *pen, const struct httplint_rule *rule)
{
    struct json *json = object("rule");

    json_put_text(json, "rule", words_text(rule->id));
    json_put_string(json, "severity", words_severity(rule->severity));
    json_put_text(json, "family", words_text(rule->family));
    json_put_string(json, "scope", rule->scope);
    put_specs(json, rule);
    json_put_text(json, "message", words_text(rule->message));
    if (rule->why.len > 0)
        json_put_text(json, "why", words_text(rule->why));
    put_source(json, pen, rule);
    return json;
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

struct json *object_summary(const struct httplint_summary *summary, size_t inputs)
{
    struct json *json = object("summary");

    json_put_number(json, "inputs", inputs);
    json_put_number(json, "packets", summary->packets);
    if (summary->entries > 0)
        json_put_number(json, "entries", summary->entries);
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
    return json;
}
