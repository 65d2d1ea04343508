/*
 * The law of helpers: whatever their number, a session tells the same, octet for octet and in the same order. Over crowds of
 * connections that are open at once, over damaged ones, and with every limit at its least.
 */
#include <assert.h>

#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/memory.h"
#include "base/note.h"
#include "input/input.h"
#include "tests/support/cases.h"
#include "tests/support/traffic.h"

void lint_split_suite(void);

/* Enough that batches are handed over in the middle of things, and each share has several connections open. */
enum { CROWD = 60, HELPERS_MAX = 3 };

static const unsigned helpers[HELPERS_MAX] = { 1, 2, 7 };

/* ---- all that a session tells, as text ---- */

struct log {
    char *at;
    size_t len, room;
};

static char *log_room(struct log *log, size_t len)
{
    if (log->len + len >= log->room) {
        log->room = 2 * (log->room + len) + 1;
        log->at = memory_grow(log->at, log->room, 1);
    }
    return log->at + log->len;
}

static void log_add(struct log *log, const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    int len = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    assert(len >= 0 && (size_t)len < sizeof line);
    memcpy(log_room(log, (size_t)len), line, (size_t)len + 1);
    log->len += (size_t)len;
}

/* With its length, so that whatever octets it has cannot be taken for what follows. */
static void log_text(struct log *log, struct httplint_text text)
{
    log_add(log, " %zu:", text.len);
    if (text.len > 0)
        memcpy(log_room(log, text.len), text.at, text.len);
    log->len += text.len;
}

static void on_exchange(void *context, const struct httplint_exchange *x, const struct httplint_finding *findings, size_t count)
{
    struct log *log = context;
    const struct httplint_text texts[] = { x->client, x->server, x->method, x->url, x->request_head, x->response_head };

    log_add(log, "exchange %" PRIu64 " stream %" PRId64 " frame %" PRIu64 " %" PRId64 " %" PRId64 " %s %u", x->number, x->stream,
            x->frame, x->begun_us, x->ended_us, x->version, x->status);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        log_text(log, texts[i]);
    for (size_t i = 0; i < x->ninterim; i++)
        log_add(log, " %u", x->interim[i]);
    log_add(log, " %" PRIu64 " %" PRIu64 " %d%d%d\n", x->request_octets, x->response_octets, x->has_request, x->has_response,
            x->is_complete);
    for (size_t i = 0; i < count; i++) {
        const struct httplint_finding *finding = &findings[i];

        log_add(log, "  %.*s %d %d %d", (int)finding->rule->id.len, finding->rule->id.at, (int)finding->severity,
                (int)finding->side, (int)finding->party);
        log_text(log, finding->message);
        log_text(log, finding->field);
        log_text(log, finding->evidence);
        log_add(log, " %u %" PRIu64 " %" PRIu64 " %" PRId64 " %d\n", finding->status, finding->frame, finding->offset,
                finding->time_us, finding->is_uncertain);
    }
}

static void on_note(void *context, const struct httplint_note *note)
{
    log_add(context, "note %s %s frame %" PRIu64 " stream %" PRId64 "\n", note->code, note->message, note->frame, note->stream);
}

static void log_totals(struct log *log, const httplint *session)
{
    const struct httplint_summary *totals = httplint_totals(session);

    log_add(log, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", totals->packets, totals->octets,
            totals->streams, totals->requests, totals->responses, totals->exchanges);
    for (size_t i = 0; i < HTTPLINT_STATUSES; i++)
        if (totals->statuses[i] > 0)
            log_add(log, "%zu: %" PRIu64 "\n", i, totals->statuses[i]);
    for (size_t i = 0; i <= HTTPLINT_ERROR; i++)
        log_add(log, "severity %zu: %" PRIu64 "\n", i, totals->findings[i]);
    for (size_t i = 0; i < HTTPLINT_NOTE_CODES; i++)
        log_add(log, "note %zu: %" PRIu64 "\n", i, totals->notes[i]);
}

static void log_counts(struct log *log, const httplint *session)
{
    for (size_t i = 0; i < httplint_rules_count(cases_rules()); i++) {
        struct httplint_rule_counts counts = httplint_rule_counts(session, i);

        log_add(log, "rule %zu: %" PRIu64 " %" PRIu64 " %" PRIu64, i, counts.kept, counts.broken, counts.not_applicable);
        for (size_t lack = 0; lack < HTTPLINT_LACKS; lack++)
            log_add(log, " %" PRIu64, counts.undecidable[lack]);
        log_add(log, "\n");
    }
}

/* ---- runs ---- */

struct way {
    const struct httplint_limit *limit;        /* NULL: the defaults */
    bool counts_rules, adopts;                 /* rules are adopted half way */
};

static void feed_frames(httplint *session, const struct traffic *traffic, const struct way *way)
{
    for (size_t i = 0; i < traffic->count; i++) {
        const struct frame *frame = &traffic->frames[i];

        httplint_packet(session, &(struct httplint_packet){ frame->octets, frame->captured, frame->length, frame->link, i + 1,
                                                            frame->time_us, 0 });
        if (way->adopts && i == traffic->count / 2)
            httplint_adopt(session, cases_rules());
        if (i % 1000 == 0)
            httplint_remark(session, note_code_name(NOTE_DROPPED_BY_KERNEL), "words that do not stay", i);
    }
}

static struct log told(const struct traffic *traffic, const struct way *way, unsigned count)
{
    struct log log = { 0 };
    struct httplint_sink sink = { on_exchange, on_note, &log };
    struct httplint_options options = { .limits = way->limit, .nlimits = way->limit != NULL,
                                        .counts_rules = way->counts_rules, .helpers = count };
    httplint *session = httplint_new(cases_rules(), &options, &sink, NULL);

    feed_frames(session, traffic, way);
    httplint_finish(session);
    log_totals(&log, session);
    if (way->counts_rules)
        log_counts(&log, session);
    httplint_free(session);
    return log;
}

/* The first line in which they differ. */
static void tell_difference(const char *name, unsigned count, const struct log *one, const struct log *other)
{
    size_t at = 0, from;

    while (at < one->len && at < other->len && one->at[at] == other->at[at])
        at++;
    for (from = at; from > 0 && one->at[from - 1] != '\n'; from--)
        ;
    fprintf(stderr, "%s: with %u helpers\n  %.300s\nwithout\n  %.300s\n", name, count, other->at + from, one->at + from);
}

static void check(const char *name, const struct traffic *traffic, const struct way *way, size_t ways)
{
    struct log alone = told(traffic, way, 0);

    for (size_t i = 0; i < ways; i++) {
        struct log helped = told(traffic, way, helpers[i]);
        bool is_same = helped.len == alone.len && memcmp(helped.at, alone.at, alone.len) == 0;

        if (!is_same)
            tell_difference(name, helpers[i], &alone, &helped);
        CU_ASSERT_TRUE(is_same);
        memory_free(helped.at);
    }
    memory_free(alone.at);
}

/* ---- crowds ---- */

static int by_time(const void *a, const void *b)
{
    const struct frame *x = a, *y = b;

    if (x->time_us != y->time_us)
        return x->time_us < y->time_us ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Takes the frames of `part`, moved to begin at `begin_us`. */
static void join(struct traffic *crowd, struct traffic *part, int64_t begin_us)
{
    if (part->count == 0)
        return;
    int64_t shift = begin_us - part->frames[0].time_us;

    crowd->frames = memory_grow(crowd->frames, crowd->count + part->count, sizeof *crowd->frames);
    for (size_t i = 0; i < part->count; i++) {
        crowd->frames[crowd->count] = part->frames[i];
        crowd->frames[crowd->count].time_us += shift;
        crowd->frames[crowd->count].number = crowd->count;
        crowd->count++;
    }
    memory_free(part->frames);
}

/* The cases of the transcripts, each from a client of its own, in different disguises, at about the same time. */
static struct traffic crowd_of_cases(void)
{
    static const struct disguise disguises[] = {
        { .segment = 200 }, { .segment = 40, .is_random_cut = true }, { .segment = 100, .is_ipv6 = true },
        { .segment = 60, .is_repeated = true, .window = 4 }, { .segment = 300, .has_noise = true },
    };
    struct case_files cases = cases_load();
    struct traffic crowd = { 0 };
    unsigned host = 0;

    for (size_t i = 0; i < cases.count; i++) {
        for (size_t j = 0; j < cases.files[i].transcript->ncases; j++, host++) {
            struct disguise disguise = disguises[host % (sizeof disguises / sizeof *disguises)];

            disguise.host = host;
            struct traffic one = traffic_of_case(cases.files[i].transcript, &cases.files[i].transcript->cases[j], &disguise, host);

            join(&crowd, &one, TRANSCRIPT_BEGIN_US + (host / CROWD) * INT64_C(300000) + host % CROWD);
        }
    }
    cases_free(&cases);
    qsort(crowd.frames, crowd.count, sizeof *crowd.frames, by_time);
    return crowd;
}

/* Our captures, as if all had been recorded at once. */
static struct traffic crowd_of_captures(void)
{
    struct input_files paths = { 0 };
    struct errors errors = { 0 };
    struct traffic crowd = { 0 };

    CU_ASSERT_TRUE_FATAL(input_files_add(&paths, "captures", &errors));
    for (size_t i = 0; i < paths.count; i++) {
        if (!strstr(paths.paths[i], ".pcap") || strstr(paths.paths[i], ".keylog"))
            continue;
        struct traffic one = traffic_load(paths.paths[i]);

        join(&crowd, &one, TRANSCRIPT_BEGIN_US);
    }
    input_files_clear(&paths);
    errors_clear(&errors);
    qsort(crowd.frames, crowd.count, sizeof *crowd.frames, by_time);
    return crowd;
}

/* Frames lost, doubled, swapped, cut, and times that leap to and fro. */
static void damage(struct traffic *traffic, unsigned seed)
{
    unsigned random = seed;

    for (size_t i = 1; i < traffic->count; i++) {
        struct frame *frame = &traffic->frames[i], *other = &traffic->frames[traffic_random(&random, (unsigned)i)];
        struct frame kept = *frame;

        switch (traffic_random(&random, 40)) {
        case 0:
            frame->captured = 0;
            break;
        case 1:
            frame->captured -= traffic_random(&random, frame->captured + 1);
            break;
        case 2:
            *frame = traffic->frames[i - 1];
            traffic->frames[i - 1] = kept;
            break;
        case 3:
            frame->time_us = other->time_us;
            break;
        case 4:
            frame->time_us += INT64_C(1000000) * traffic_random(&random, 3);
            break;
        default:
            break;
        }
    }
}

static void test_crowds(void)
{
    struct traffic crowds[] = { crowd_of_cases(), crowd_of_captures() };

    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        check("a crowd", &crowds[i], &(struct way){ 0 }, HELPERS_MAX);
        check("a crowd, counted", &crowds[i], &(struct way){ .counts_rules = true }, 1);
        check("a crowd, adopting", &crowds[i], &(struct way){ .adopts = true }, 1);
        for (unsigned seed = 1; seed <= 3; seed++) {
            struct traffic damaged = traffic_copy(&crowds[i]);

            damage(&damaged, seed);
            check("a damaged crowd", &damaged, &(struct way){ 0 }, HELPERS_MAX);
            traffic_clear(&damaged);
        }
        traffic_clear(&crowds[i]);
    }
}

/* What is held over all connections, and what is told of one, is bounded the same. */
static void test_limits(void)
{
    static const struct { const char *name; uint64_t values[2]; } limits[] = {
#define LIMIT(member, value, words) { #member, { 1, 40 } },
        LIMITS(LIMIT)
#undef LIMIT
    };
    struct traffic crowd = crowd_of_captures();

    damage(&crowd, 7);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        for (size_t j = 0; j < 2; j++) {
            const struct httplint_limit limit = { limits[i].name, limits[i].values[j] };

            check(limits[i].name, &crowd, &(struct way){ .limit = &limit }, 1);
        }
    }
    traffic_clear(&crowd);
}

static void *nothing(void *context)
{
    return context;
}

/* A system that has no room for a thread: then the feeding one reads all. */
static void test_without_threads(void)
{
    const size_t whole_address_space = (size_t)1 << 48;
    struct traffic crowd = crowd_of_captures();
    pthread_attr_t usual, huge;
    pthread_t thread;

    CU_ASSERT_TRUE_FATAL(pthread_getattr_default_np(&usual) == 0 && pthread_getattr_default_np(&huge) == 0);
    CU_ASSERT_EQUAL(pthread_attr_setstacksize(&huge, whole_address_space), 0);
    CU_ASSERT_EQUAL(pthread_setattr_default_np(&huge), 0);
    CU_ASSERT_NOT_EQUAL_FATAL(pthread_create(&thread, NULL, nothing, NULL), 0);
    check("a crowd without threads", &crowd, &(struct way){ 0 }, HELPERS_MAX);
    CU_ASSERT_EQUAL(pthread_setattr_default_np(&usual), 0);
    pthread_attr_destroy(&usual);
    pthread_attr_destroy(&huge);
    traffic_clear(&crowd);
}

/* Door 2 takes the same way. */
static void test_transcripts(void)
{
    struct case_files cases = cases_load();
    struct log logs[2] = { { 0 } };

    for (unsigned i = 0; i < 2; i++) {
        struct httplint_sink sink = { on_exchange, on_note, &logs[i] };

        for (size_t j = 0; j < cases.count; j++) {
            httplint *session = httplint_new(cases_rules(), &(struct httplint_options){ .helpers = i }, &sink, NULL);

            for (size_t k = 0; k < cases.files[j].transcript->nsteps; k++) {
                const struct transcript_step *step = &cases.files[j].transcript->steps[k];

                if (step->is_event)
                    httplint_event(session, &step->chunk, step->event);
                else
                    httplint_octets(session, &step->chunk);
            }
            httplint_finish(session);
            log_totals(&logs[i], session);
            httplint_free(session);
        }
    }
    CU_ASSERT_TRUE(logs[0].len == logs[1].len && memcmp(logs[0].at, logs[1].at, logs[0].len) == 0);
    memory_free(logs[0].at);
    memory_free(logs[1].at);
    cases_free(&cases);
}

void lint_split_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/split", NULL, NULL);

    CU_add_test(suite, "crowds", test_crowds);
    CU_add_test(suite, "limits", test_limits);
    CU_add_test(suite, "without threads", test_without_threads);
    CU_add_test(suite, "transcripts", test_transcripts);
}
