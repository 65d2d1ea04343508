/* SARIF 2.1.0, one run: errors go out as they come; warnings and infos wait, since the worst take the room there is.
 * Behind them stand the rules that they name and the notes. What code scanning of GitHub takes is the measure: more
 * results than that are only counted.
 *
 * A capture is no text: as in the other formats the line is the frame. Where its octets stand in the file is said
 * besides, if that is known, and the properties of a result say the rest. */
#include "report/formats.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/spool.h"
#include "report/fingerprint.h"
#include "report/object.h"
#include "report/roll.h"

enum { RESULTS_MAX = 25000, NOTES_MAX = 1000, TAGS_MAX = 10 };

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/* Results of one severity that wait, with commas between them. */
struct waiting {
    struct spool *spool;
    uint64_t *ends; /* offset behind each */
    size_t count;   /* RESULTS_MAX at most: more would not be shown */
};

struct report {
    struct pen pen;
    struct out *out;
    struct out *line;         /* an element before it goes on */
    struct out *rules, *notes; /* elements that wait */
    struct roll *roll;
    struct json *seen; /* fingerprint -> how often */
    struct waiting waiting[HTTPLINT_ERROR]; /* by severity */
    uint64_t nshown, nresults, nnotes;
    bool is_broken;
};

static struct report *begin(const struct report_options *options, struct out *out)
{
    struct report *report = memory_new(sizeof *report);

    pen_take(&report->pen, options);
    report->out = out;
    report->line = out_new_memory();
    report->rules = out_new_memory();
    report->notes = out_new_memory();
    report->roll = roll_new();
    report->seen = json_new();
    for (size_t i = 0; i < HTTPLINT_ERROR; i++)
        report->waiting[i].spool = spool_new();
    out_string(out, "{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\n");
    return report;
}

static const char *level(enum httplint_severity severity)
{
    if (severity == HTTPLINT_OFF)
        return "none";
    return severity == HTTPLINT_INFO ? "note" : words_severity(severity);
}

/* An element at the end of those that wait, whole or not at all. */
static void append(struct report *report, struct out *to, struct json *json)
{
    out_clear(report->line);
    out_string(report->line, out_held(to).len > 0 ? ",\n" : "");
    json_write(json, report->line);
    json_free(json);
    out_text(to, out_held(report->line));
}

/* ---- texts ---- */

/* "[a](b)" would be a link (3.11.6): whoever sent it does not place one in front of our readers. */
static void put_message(struct json *json, const char *key, struct text text)
{
    struct out *out = out_new_memory();

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ']' && i + 1 < text.len && text.at[i + 1] == '(')
            out_string(out, "\\");
        out_text(out, text_part(text, i, 1));
    }
    json_put_text(json_put_object(json, key), "text", out_held(out));
    out_free(out);
}

/* The pen's line. */
static void put_line(struct report *report, struct json *json, const char *key)
{
    put_message(json, key, out_held(report->pen.line));
    out_clear(report->pen.line);
}

/* RFC 3986: a relative path stays one, an absolute one gets its scheme. */
static void put_uri(struct report *report, struct json *json, const char *file)
{
    static const char digits[] = "0123456789ABCDEF";
    struct out *out = report->pen.line;

    out_clear(out);
    out_string(out, file[0] == '/' ? "file://" : "");
    for (; *file; file++) {
        char octet = *file, escape[] = { '%', digits[(octet >> 4) & 15], digits[octet & 15] };
        bool is_plain = octet == '/' || (text_is_tchar(octet) && !strchr("%#^`|", octet));

        out_text(out, is_plain ? (struct text){ &octet, 1 } : (struct text){ escape, sizeof escape });
    }
    json_put_text(json_put_object(json, "artifactLocation"), "uri", out_held(out));
    out_clear(out);
}

/* The region, for more to be said of it; NULL: none is known. */
static struct json *put_location(struct report *report, struct json *json, const char *file, uint64_t frame)
{
    struct json *place = json_put_object(json_add_object(json_put_list(json, "locations")), "physicalLocation");
    struct json *region = NULL;

    put_uri(report, place, file);
    if (frame > 0) {
        region = json_put_object(place, "region");
        json_put_number(region, "startLine", frame);
    }
    return region;
}

/* SARIF 3.30.4: lines and octets of a region are independent of each other. */
static void put_octets(struct json *region, const struct httplint_finding *finding)
{
    if (!region || finding->file_at == 0)
        return;
    json_put_number(region, "byteOffset", finding->file_at);
    json_put_number(region, "byteLength", finding->file_octets);
}

/* ---- rules ---- */

/* Where names are identifiers: "status-405-allow-missing" as Status405AllowMissing. */
static void put_name(struct report *report, struct json *json, struct text id)
{
    bool is_first = true;

    out_clear(report->pen.line);
    for (size_t i = 0; i < id.len; i++) {
        char octet = id.at[i];

        if (is_first && octet >= 'a' && octet <= 'z')
            octet = (char)(octet - 'a' + 'A');
        is_first = octet == '-';
        if (!is_first)
            out_text(report->pen.line, (struct text){ &octet, 1 });
    }
    json_put_text(json, "name", out_held(report->pen.line));
    out_clear(report->pen.line);
}

static void put_help(struct report *report, struct json *json, const struct httplint_rule *rule)
{
    struct out *out = report->pen.line;

    for (size_t i = 0; i < rule->nspec; i++)
        if (words_spec_url(out, words_text(rule->spec[i]))) {
            json_put_text(json, "helpUri", out_held(out));
            break;
        }
    out_clear(out);
    pen_text(&report->pen, words_text(rule->why), SIZE_MAX);
    pen_specs(&report->pen, rule, rule->why.len > 0 ? " See " : "See ");
    out_string(out, rule->nspec > 0 ? "." : "");
    if (out_held(out).len > 0)
        put_line(report, json, "help");
}

static void put_tags(struct json *json, const struct httplint_rule *rule)
{
    struct json *tags = json_put_list(json_put_object(json, "properties"), "tags");

    json_add_text(tags, TEXT("http"));
    if (rule->family.len > 0)
        json_add_text(tags, words_text(rule->family));
    if (rule->level.len > 0)
        json_add_text(tags, words_text(rule->level));
    for (size_t i = 0; i < rule->nspec && i + 3 < TAGS_MAX; i++)
        json_add_text(tags, words_text(rule->spec[i]));
}

static struct json *descriptor(struct report *report, const struct httplint_rule *rule)
{
    struct json *json = json_new();

    json_put_text(json, "id", words_text(rule->id));
    put_name(report, json, words_text(rule->id));
    pen_text(&report->pen, words_text(rule->message), MESSAGE_MAX);
    put_line(report, json, "shortDescription");
    pen_text(&report->pen, words_text(rule->why.len > 0 ? rule->why : rule->message), MESSAGE_MAX);
    put_line(report, json, "fullDescription");
    put_help(report, json, rule);
    json_put_string(json_put_object(json, "defaultConfiguration"), "level", level(rule->severity));
    put_tags(json, rule);
    return json;
}

static size_t rule_index(struct report *report, const struct httplint_rule *rule)
{
    size_t known = roll_count(report->roll), number = roll_number(report->roll, words_text(rule->id));

    if (number == known)
        append(report, report->rules, descriptor(report, rule));
    return number;
}

static void rule(struct report *report, const struct httplint_rule *described)
{
    out_clear(report->pen.line);
    rule_index(report, described);
}

/* ---- results ---- */

/* GitHub recognises a result by the second one, whose number keeps findings of the same kind apart. */
static void put_fingerprints(struct report *report, struct json *json, const struct httplint_exchange *exchange,
                             const struct httplint_finding *finding)
{
    struct fingerprint fingerprint = fingerprint_of(exchange, finding);
    uint64_t nth = json_tally(report->seen, fingerprint.digits);
    struct json *prints = json_put_object(json, "partialFingerprints");
    char numbered[FINGERPRINT_DIGITS + 32], name[32];

    snprintf(name, sizeof name, "httplint/v%d", FINGERPRINT_VERSION);
    json_put_string(prints, name, fingerprint.digits);
    snprintf(numbered, sizeof numbered, "%s:%llu", fingerprint.digits, (unsigned long long)nth);
    json_put_string(prints, "primaryLocationLineHash", numbered);
}

static void put_state(const struct report *report, struct json *json, const struct httplint_finding *finding)
{
    if (finding->state == HTTPLINT_FIXED)
        json_put_string(json, "baselineState", "absent");
    else if (finding->state == HTTPLINT_UNCHANGED || finding->is_baselined)
        json_put_string(json, "baselineState", "unchanged");
    else if (finding->state == HTTPLINT_NEW || report->pen.options.has_baseline)
        json_put_string(json, "baselineState", "new");
    if (finding->is_expected) {
        struct json *suppression = json_add_object(json_put_list(json, "suppressions"));

        json_put_string(suppression, "kind", "external");
        json_put_string(suppression, "justification", "expected of this input");
    }
}

static struct json *result(struct report *report, const char *file, const struct httplint_exchange *exchange,
                           const struct httplint_finding *finding)
{
    struct json *json = json_new();

    out_clear(report->pen.line);
    json_put_text(json, "ruleId", words_text(finding->rule->id));
    json_put_number(json, "ruleIndex", rule_index(report, finding->rule));
    json_put_string(json, "level", level(finding->severity));
    pen_sentence(&report->pen, exchange, finding);
    out_string(report->pen.line, ".");
    put_line(report, json, "message");
    put_octets(put_location(report, json, file, finding->frame), finding);
    put_fingerprints(report, json, exchange, finding);
    put_state(report, json, finding);
    object_put_place(json_put_object(json, "properties"), &report->pen, exchange, finding, QUOTE_MAX);
    return json;
}

#define RESULTS_BEGIN "\"results\":[\n"
#define RESULTS_COMMA ",\n"

static void put_result(struct report *report, const char *before, struct json *json)
{
    out_clear(report->line);
    out_string(report->line, before);
    json_write(json, report->line);
    json_free(json);
}

static void show_result(struct report *report, struct json *json)
{
    put_result(report, report->nshown > 0 ? RESULTS_COMMA : RESULTS_BEGIN, json);
    out_text(report->out, out_held(report->line));
    report->nshown++;
}

static void hold_result(struct report *report, struct waiting *waiting, struct json *json)
{
    if ((waiting->count & (waiting->count - 1)) == 0)
        waiting->ends = memory_grow(waiting->ends, waiting->count > 0 ? 2 * waiting->count : 1, sizeof *waiting->ends);
    put_result(report, waiting->count > 0 ? RESULTS_COMMA : "", json);
    spool_text(waiting->spool, out_held(report->line));
    waiting->ends[waiting->count++] = spool_octets(waiting->spool);
}

/* False if there is no room, whatever else comes. */
static bool may_be_shown(const struct report *report, enum httplint_severity severity)
{
    if (report->nshown == RESULTS_MAX)
        return false;
    return severity == HTTPLINT_ERROR || report->waiting[severity].count < RESULTS_MAX;
}

static void take(struct report *report, const char *file, const struct httplint_exchange *exchange,
                 const struct httplint_finding *finding)
{
    report->nresults++;
    if (!may_be_shown(report, finding->severity))
        return;
    struct json *json = result(report, file, exchange, finding);

    if (finding->severity == HTTPLINT_ERROR)
        show_result(report, json);
    else
        hold_result(report, &report->waiting[finding->severity], json);
}

static void exchange(struct report *report, const char *file, const struct httplint_exchange *seen,
                     const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].severity >= report->pen.options.min_severity)
            take(report, file, seen, &findings[i]);
}

/* ---- notes ---- */

static struct json *notification(struct text code, struct text words, const char *severity)
{
    struct json *json = json_new();

    json_put_text(json_put_object(json, "descriptor"), "id", code);
    put_message(json, "message", words);
    json_put_string(json, "level", severity);
    return json;
}

static void note(struct report *report, const char *file, const struct httplint_note *made)
{
    if (report->nnotes++ >= NOTES_MAX)
        return;
    out_clear(report->pen.line);
    pen_text(&report->pen, text_of(made->message), MESSAGE_MAX);
    if (made->stream >= 0) {
        out_string(report->pen.line, " (stream ");
        out_number(report->pen.line, (uint64_t)made->stream);
        out_string(report->pen.line, ")");
    }
    struct json *json = notification(text_of(made->code), out_held(report->pen.line), "note");

    put_location(report, json, file, made->frame);
    append(report, report->notes, json);
}

static void broken(struct report *report)
{
    report->is_broken = true;
}

/* ---- the end ---- */

/* "123 more results were left out." */
static void put_rest(struct report *report, uint64_t count, uint64_t max, const char *words)
{
    if (count <= max)
        return;
    out_clear(report->pen.line);
    out_number(report->pen.line, count - max);
    out_string(report->pen.line, " more ");
    out_string(report->pen.line, words);
    append(report, report->notes, notification(TEXT("limit"), out_held(report->pen.line), "warning"));
}

static void put_driver(struct out *out)
{
    out_string(out, "\"tool\":{\"driver\":{\"name\":\"httplint\",\"version\":\"" HTTPLINT_VERSION
                    "\",\"semanticVersion\":\"" HTTPLINT_VERSION "\",");
    if (HTTPLINT_HOMEPAGE[0])
        out_string(out, "\"informationUri\":\"" HTTPLINT_HOMEPAGE "\",");
    out_string(out, "\"rules\":[\n");
}

/* The worst first, as far as there is room. */
static void write_waiting(struct report *report)
{
    for (size_t severity = HTTPLINT_ERROR; severity-- > 0;) {
        struct waiting *waiting = &report->waiting[severity];
        uint64_t room = RESULTS_MAX - report->nshown, count = waiting->count < room ? waiting->count : room;

        if (count == 0)
            continue;
        out_string(report->out, report->nshown > 0 ? RESULTS_COMMA : RESULTS_BEGIN);
        spool_write_first(waiting->spool, waiting->ends[count - 1], report->out);
        report->nshown += count;
    }
}

/* Nothing was linted: then there are no results, rather than none. */
static void write_end(struct report *report, bool has_run)
{
    struct out *out = report->out;

    write_waiting(report);
    if (report->nshown > 0)
        out_string(out, "\n],\n");
    else if (has_run)
        out_string(out, "\"results\":[],\n");
    put_driver(out);
    out_text(out, out_held(report->rules));
    out_string(out, "\n]}}");
    if (has_run) {
        out_string(out, ",\n\"invocations\":[{\"executionSuccessful\":");
        out_string(out, report->is_broken ? "false" : "true");
        out_string(out, ",\"toolExecutionNotifications\":[\n");
        out_text(out, out_held(report->notes));
        out_string(out, "\n]}]");
    }
    out_string(out, "\n}]}\n");
}

static void end(struct report *report, const struct httplint_summary *summary, size_t inputs)
{
    (void)inputs;
    put_rest(report, report->nresults, RESULTS_MAX, "results were left out, the least severe first.");
    put_rest(report, report->nnotes, NOTES_MAX, "notes were left out.");
    write_end(report, summary != NULL);
    out_free(report->line);
    out_free(report->rules);
    out_free(report->notes);
    for (size_t i = 0; i < HTTPLINT_ERROR; i++) {
        spool_free(report->waiting[i].spool);
        memory_free(report->waiting[i].ends);
    }
    roll_free(report->roll);
    json_free(report->seen);
    pen_drop(&report->pen);
    memory_free(report);
}

const struct reporter sarif_reporter = {
    .name = "sarif",
    .begin = begin,
    .exchange = exchange,
    .note = note,
    .rule = rule,
    .broken = broken,
    .end = end,
};
