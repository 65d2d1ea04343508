/*
 * The law of told exchanges: whoever tells the fields of an exchange knows less than whoever saw its octets, so that no finding
 * appears that the octets do not show. Each exchange of all cases and captures is told again.
 */
#include <CUnit/CUnit.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/text.h"
#include "input/input.h"
#include "tests/support/cases.h"

void lint_told_suite(void);

enum { FIELDS_MAX = 200, FINDINGS_MAX = 64 };

/* A finding as far as both ways of telling have it. */
struct mark {
    const struct httplint_rule *rule;
    enum httplint_side side;
    enum httplint_severity severity;
    unsigned status;
};

struct telling {
    const char *name;
    httplint *session;                       /* that is told */
    struct mark marks[FINDINGS_MAX];         /* of what was told last */
    size_t nmarks;
    size_t ntold, nfound, nmissed;           /* exchanges; findings of both; of the octets alone */
};

static void told_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                          size_t nfindings)
{
    struct telling *telling = context;

    CU_ASSERT_EQUAL(exchange->stream, -1);
    CU_ASSERT_FATAL(nfindings <= FINDINGS_MAX);
    for (size_t i = 0; i < nfindings; i++)
        telling->marks[i] = (struct mark){ findings[i].rule, findings[i].side, findings[i].severity, findings[i].status };
    telling->nmarks = nfindings;
}

/* The fields of a head; false if it is not as plain as a log would have it. */
static bool take_apart(struct text head, struct httplint_field *fields, struct httplint_told *told, struct text parts[3])
{
    struct text line = text_until(head, '\n', &head);

    if (!text_starts(text_part(line, line.len - 1, 1), TEXT("\r")) || memchr(head.at, '\0', head.len))
        return false;
    line.len--;
    parts[0] = text_until(line, ' ', &line);
    parts[1] = text_until(line, ' ', &line);
    parts[2] = line;
    *told = (struct httplint_told){ .fields = fields, .has_all_fields = true };
    while (head.len > 0) {
        struct text value, name;

        line = text_until(head, '\n', &head);
        if (line.len == 0 || line.at[line.len - 1] != '\r')
            return false;
        line.len--;
        if (line.len == 0)
            return true;                     /* a trailer section is not told */
        name = text_until(line, ':', &value);
        if (name.len == line.len || !text_is_token(name) || memchr(value.at, '\r', value.len) || told->nfields == FIELDS_MAX)
            return false;
        fields[told->nfields++] = (struct httplint_field){ { name.at, name.len }, { value.at, value.len } };
    }
    return false;
}

static unsigned version_of(struct text words)
{
    return text_equal(words, TEXT("HTTP/1.1")) ? 11 : text_equal(words, TEXT("HTTP/1.0")) ? 10 : 0;
}

static void set_content(struct httplint_told *told, uint64_t octets, bool is_complete)
{
    told->content = octets > 0 && is_complete ? HTTPLINT_CONTENT_SOME : HTTPLINT_CONTENT_UNKNOWN;
    told->octets = octets;
}

static bool is_among(const struct mark *mark, const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++)
        if (findings[i].rule == mark->rule && findings[i].side == mark->side && findings[i].severity >= mark->severity &&
            findings[i].status == mark->status)
            return true;
    return false;
}

static void tell(struct telling *telling, const struct httplint_entry *entry, const char *how,
                 const struct httplint_finding *findings, size_t nfindings)
{
    telling->nmarks = 0;
    telling->ntold++;
    httplint_entry(telling->session, entry);
    for (size_t i = 0; i < telling->nmarks; i++) {
        if (is_among(&telling->marks[i], findings, nfindings))
            continue;
        fprintf(stderr, "%s: frame %llu, told %s: %.*s\n", telling->name, (unsigned long long)entry->frame, how,
                (int)telling->marks[i].rule->id.len, telling->marks[i].rule->id.at);
        CU_FAIL("what is told shows more than the octets");
    }
}

/* As it is; as nobody claims that it is whole; and with each field left out in turn. */
static void tell_in_all_ways(struct telling *telling, struct httplint_entry *entry, const struct httplint_finding *findings,
                             size_t nfindings)
{
    struct httplint_told *const sides[] = { &entry->request, &entry->response };

    tell(telling, entry, "as it is", findings, nfindings);
    telling->nfound += telling->nmarks;
    telling->nmissed += nfindings - telling->nmarks;
    for (size_t i = 0; i < 2; i++) {
        struct httplint_told whole = *sides[i];

        sides[i]->has_all_fields = false;
        tell(telling, entry, "as perhaps not all", findings, nfindings);
        for (size_t j = 0; j < whole.nfields; j++) {
            struct httplint_field fields[FIELDS_MAX];

            memcpy(fields, whole.fields, j * sizeof *fields);
            memcpy(fields + j, whole.fields + j + 1, (whole.nfields - j - 1) * sizeof *fields);
            sides[i]->fields = fields;
            sides[i]->nfields = whole.nfields - 1;
            tell(telling, entry, "without a field", findings, nfindings);
        }
        sides[i]->nfields = 0;
        sides[i]->version = 0;
        tell(telling, entry, "without fields and version", findings, nfindings);
        *sides[i] = whole;
    }
}

static void read_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                          size_t nfindings)
{
    static struct httplint_field fields[2][FIELDS_MAX];
    struct httplint_entry entry = { .frame = exchange->frame, .status = exchange->status };
    struct text request[3], response[3], url = { exchange->url.at, exchange->url.len };

    if (!exchange->has_request || !exchange->has_response || !text_starts(url, TEXT("http://")) ||
        !take_apart((struct text){ exchange->request_head.at, exchange->request_head.len }, fields[0], &entry.request, request) ||
        !take_apart((struct text){ exchange->response_head.at, exchange->response_head.len }, fields[1], &entry.response,
                    response))
        return;
    entry.method = (struct httplint_text){ request[0].at, request[0].len };
    entry.url = exchange->url;
    entry.reason = (struct httplint_text){ response[2].at, response[2].len };
    entry.request.version = version_of(request[2]);
    entry.response.version = version_of(response[0]);
    entry.request.begun_us = entry.request.ended_us = exchange->begun_us;
    entry.response.begun_us = entry.response.ended_us = exchange->ended_us;
    set_content(&entry.request, exchange->request_octets, exchange->is_complete);
    set_content(&entry.response, exchange->response_octets, exchange->is_complete);
    if (entry.request.version > 0 && entry.response.version > 0)
        tell_in_all_ways(context, &entry, findings, nfindings);
}

static httplint *session_new(void (*exchange)(void *, const struct httplint_exchange *, const struct httplint_finding *, size_t),
                             void *context)
{
    static const struct httplint_limit limits[] = { { "findings_per_connection", 1000000 } };
    const struct httplint_options options = { .limits = limits, .nlimits = 1 };

    return httplint_new(cases_rules(), &options, &(struct httplint_sink){ exchange, NULL, context }, NULL);
}

static void told_cases(void)
{
    struct case_files cases = cases_load();
    struct telling telling = { .session = NULL };

    telling.session = session_new(told_exchange, &telling);
    for (size_t i = 0; i < cases.count; i++) {
        telling.name = cases.files[i].path;
        for (size_t j = 0; j < cases.files[i].transcript->ncases; j++) {
            httplint *session = session_new(read_exchange, &telling);

            cases_feed(cases.files[i].transcript, &cases.files[i].transcript->cases[j], session);
            httplint_free(session);
        }
    }
    httplint_free(telling.session);
    cases_free(&cases);
    /* The law would hold as well if nothing were found at all. */
    CU_ASSERT_TRUE(telling.ntold > 1000);
    CU_ASSERT_TRUE(telling.nfound > telling.nmissed / 2);
}

static void told_captures(void)
{
    struct telling telling = { .session = NULL };
    struct input_files paths = { 0 };
    struct errors errors = { 0 };

    telling.session = session_new(told_exchange, &telling);
    CU_ASSERT_TRUE_FATAL(input_files_add(&paths, "captures", &errors));
    for (size_t i = 0; i < paths.count; i++) {
        if (!strstr(paths.paths[i], ".pcap"))
            continue;
        httplint *session = session_new(read_exchange, &telling);

        telling.name = paths.paths[i];
        CU_ASSERT_EQUAL(input_run(paths.paths[i], NULL, session, &errors), INPUT_READ);
        httplint_free(session);
    }
    httplint_free(telling.session);
    input_files_clear(&paths);
    errors_clear(&errors);
    CU_ASSERT_TRUE(telling.nfound > telling.nmissed);
}

/* ---- what is made of an entry ---- */

struct seen {
    char ids[512];             /* of the findings */
    size_t nnotes;
    uint64_t response_octets;
    bool is_complete;
    char url[64];
};

static void see_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                         size_t nfindings)
{
    struct seen *seen = context;

    for (size_t i = 0; i < nfindings; i++)
        snprintf(seen->ids + strlen(seen->ids), sizeof seen->ids - strlen(seen->ids), "%.*s ", (int)findings[i].rule->id.len,
                 findings[i].rule->id.at);
    seen->response_octets = exchange->response_octets;
    seen->is_complete = exchange->is_complete;
    snprintf(seen->url, sizeof seen->url, "%.*s", (int)exchange->url.len, exchange->url.at);
}

static void see_note(void *context, const struct httplint_note *note)
{
    CU_ASSERT_STRING_EQUAL(note->code, "limit");
    CU_ASSERT_EQUAL(note->frame, 7);
    ((struct seen *)context)->nnotes++;
}

static struct seen see(const struct httplint_entry *entry, const struct httplint_limit *limits, size_t nlimits)
{
    struct seen seen = { .nnotes = 0 };
    const struct httplint_options options = { .limits = limits, .nlimits = nlimits };
    httplint *session = httplint_new(cases_rules(), &options, &(struct httplint_sink){ see_exchange, see_note, &seen }, NULL);

    httplint_entry(session, entry);
    httplint_free(session);
    return seen;
}

static const struct httplint_field date = { { "Date", 4 }, { "Thu, 01 Jan 2026 00:00:00 GMT", 29 } };

/* Beyond the limits fields are left out, and then nothing is known of those that are not listed. */
static void told_limits(void)
{
    static const struct httplint_limit two_fields[] = { { "fields", 2 } }, few_octets[] = { { "head_octets", 80 } };
    const struct httplint_field fields[] = { date, { { "A", 1 }, { "b", 1 } }, { { "B", 1 }, { "a long value, longer than "
                                                                                             "it needs to be", 41 } } };
    struct httplint_entry entry = { .frame = 7, .method = { "GET", 3 }, .url = { "http://a/", 9 }, .status = 426,
                                    .response = { .fields = fields, .nfields = 3, .has_all_fields = true, .version = 11 } };
    struct seen seen = see(&entry, NULL, 0);

    CU_ASSERT_STRING_EQUAL(seen.ids, "status-426-upgrade-missing ");
    CU_ASSERT_EQUAL(seen.nnotes, 0);
    seen = see(&entry, two_fields, 1);
    CU_ASSERT_STRING_EQUAL(seen.ids, "");
    CU_ASSERT_EQUAL(seen.nnotes, 1);
    seen = see(&entry, few_octets, 1);
    CU_ASSERT_STRING_EQUAL(seen.ids, "");
    CU_ASSERT_EQUAL(seen.nnotes, 1);
}

/* Content is known to be there, or not to be there, or neither; HTTP/2 has no Upgrade. */
static void told_contents(void)
{
    static const struct {
        unsigned status, version;
        enum httplint_content content;
        const char *length;    /* of Content-Length; NULL: none */
        const char *ids;
    } rows[] = {
        { 404, 11, HTTPLINT_CONTENT_UNKNOWN, NULL, "" },
        { 404, 11, HTTPLINT_CONTENT_UNKNOWN, "0", "status-4xx-explanation-missing " },
        { 404, 11, HTTPLINT_CONTENT_UNKNOWN, "00", "" },
        { 404, 11, HTTPLINT_CONTENT_NONE, NULL, "status-4xx-explanation-missing " },
        { 404, 11, HTTPLINT_CONTENT_SOME, NULL, "content-type-missing " },
        { 404, 20, HTTPLINT_CONTENT_SOME, NULL, "content-type-missing " },
        { 204, 11, HTTPLINT_CONTENT_SOME, NULL, "" },
        { 304, 11, HTTPLINT_CONTENT_SOME, NULL, "status-304-unconditional " },
        { 426, 11, HTTPLINT_CONTENT_UNKNOWN, NULL, "status-426-upgrade-missing " },
        { 426, 20, HTTPLINT_CONTENT_UNKNOWN, NULL, "" },
        { 426, 0, HTTPLINT_CONTENT_UNKNOWN, NULL, "" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct httplint_field fields[2] = { date, { { "content-length", 14 }, { rows[i].length, 0 } } };
        struct httplint_entry entry = { .frame = 7, .method = { "GET", 3 }, .url = { "http://a/b", 10 }, .status = rows[i].status,
                                        .request = { .has_all_fields = true, .version = 11 },
                                        .response = { .fields = fields, .nfields = rows[i].length ? 2 : 1, .has_all_fields = true,
                                                      .version = rows[i].version, .content = rows[i].content } };

        fields[1].value.len = rows[i].length ? strlen(rows[i].length) : 0;
        struct seen seen = see(&entry, NULL, 0);

        if (strcmp(seen.ids, rows[i].ids) != 0) {
            fprintf(stderr, "row %zu: %s\n", i, seen.ids);
            CU_FAIL("other findings");
        }
        CU_ASSERT_FALSE(seen.is_complete);
        CU_ASSERT_STRING_EQUAL(seen.url, "http://a/b");
    }
}

/* No octet of a field can make another one of it. */
static void told_hostile(void)
{
    static const char hostile[] = "x\r\nWWW-Authenticate: Basic\r\n\r\nHTTP/1.1 200 OK\r\n\0";
    const struct httplint_field fields[] = { date, { { hostile, sizeof hostile }, { hostile, sizeof hostile } },
                                             { { "", 0 }, { "", 0 } } };
    struct httplint_entry entry = { .frame = 7, .method = { hostile, sizeof hostile }, .url = { hostile, sizeof hostile },
                                    .status = 401, .reason = { hostile, sizeof hostile },
                                    .request = { .fields = fields, .nfields = 3, .has_all_fields = true, .version = 11 },
                                    .response = { .fields = fields, .nfields = 3, .has_all_fields = true, .version = 11 } };
    struct seen seen = see(&entry, NULL, 0);

    CU_ASSERT_STRING_EQUAL(seen.ids, "status-401-www-authenticate-missing ");
}

/* ---- logs of real writers, beside the packets of the same traffic ---- */

struct told_findings {
    char *lines[200];
    size_t count;
};

static void keep_findings(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                          size_t nfindings)
{
    struct told_findings *kept = context;

    for (size_t i = 0; i < nfindings; i++) {
        char *line = memory_new(512);

        snprintf(line, 512, "%.*s %.*s %u %.*s", (int)exchange->method.len, exchange->method.at, (int)exchange->url.len,
                 exchange->url.at, exchange->status, (int)findings[i].rule->id.len, findings[i].rule->id.at);
        CU_ASSERT_FATAL(kept->count < sizeof kept->lines / sizeof *kept->lines);
        kept->lines[kept->count++] = line;
    }
}

static struct told_findings findings_of(const char *path)
{
    struct told_findings kept = { .count = 0 };
    struct errors errors = { 0 };
    httplint *session = session_new(keep_findings, &kept);

    CU_ASSERT_EQUAL(input_run(path, NULL, session, &errors), INPUT_READ);
    httplint_free(session);
    errors_clear(&errors);
    return kept;
}

/* Takes the line out; false if it is not there. */
static bool take_line(struct told_findings *kept, const char *line)
{
    for (size_t i = 0; i < kept->count; i++) {
        if (strcmp(kept->lines[i], line) != 0)
            continue;
        memory_free(kept->lines[i]);
        kept->lines[i] = kept->lines[--kept->count];
        return true;
    }
    return false;
}

static const struct {
    const char *capture, *log;
    const char *unknown[2];    /* what the log cannot know; NULL ends */
} pairs[] = {
    { "captures/har-proxy.pcap", "captures/har-proxy.har", { NULL } },
    { "captures/har-browser.pcap", "captures/har-browser.har", { "GET http://shop.example/ 304 status-304-extra-fields", NULL } },
};

static void told_pairs(void)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct told_findings capture = findings_of(pairs[i].capture), log = findings_of(pairs[i].log);

        CU_ASSERT_TRUE(log.count > 5);
        for (size_t j = 0; pairs[i].unknown[j]; j++)
            CU_ASSERT_TRUE(take_line(&capture, pairs[i].unknown[j]));
        for (; log.count > 0; memory_free(log.lines[--log.count]))
            if (!take_line(&capture, log.lines[log.count - 1])) {
                fprintf(stderr, "%s alone: %s\n", pairs[i].log, log.lines[log.count - 1]);
                CU_FAIL("the log shows what the packets do not");
            }
        for (; capture.count > 0; memory_free(capture.lines[--capture.count])) {
            fprintf(stderr, "%s alone: %s\n", pairs[i].capture, capture.lines[capture.count - 1]);
            CU_FAIL("the packets show what the log does not");
        }
    }
}

void lint_told_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/told", NULL, NULL);

    CU_add_test(suite, "the cases, told", told_cases);
    CU_add_test(suite, "the captures, told", told_captures);
    CU_add_test(suite, "limits", told_limits);
    CU_add_test(suite, "contents", told_contents);
    CU_add_test(suite, "hostile octets", told_hostile);
    CU_add_test(suite, "logs and captures of the same traffic", told_pairs);
}
