/*
 * The one file that knows that the stages fit together: wire, flow, http, engine.
 */
#include <assert.h>
#include <stdio.h>
#include <sys/random.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "flow/flow.h"
#include "lint/entry.h"
#include "lint/record.h"
#include "lint/rules.h"
#include "lint/split.h"
#include "lint/virtual.h"
#include "wire/wire.h"

/* Written before it is read each time, so never zeroed: for small inputs that would be much of the work. */
struct scratch {
    struct flow_holding holding;
    struct httplint_summary totals;      /* as they were asked for last */
};

/* With a split judging is done in another thread than feeding. What each packet or each exchange changes lies in lines of memory
 * of its own: a core that reads a line which another one writes to waits for it. */
struct feeding {
    char apart[CACHE_LINE];
    uint64_t packets, octets;
    int64_t stream;                      /* of the last packet */
    int64_t clock_us;                    /* the last time that was told */
    char apart_too[CACHE_LINE];
};

struct judging {
    struct httplint_finding *findings;   /* of the exchange that is judged */
    size_t nfindings, room_findings;
    struct later *later;                 /* where what is to be told goes; NULL: it is told at once */
    struct httplint_summary summary;     /* but for packets and octets */
};

struct httplint {
    const httplint_rules *rules;
    struct limits limits;
    struct httplint_sink sink;
    bool is_findings_only;
    bool is_endless;
    struct wire *wire;
    struct flow *flow;
    struct flow_sink connections;        /* what reads them: the split, or all in one share */
    struct split *split;                 /* NULL: one thread */
    struct share share;
    struct note_sink notes;              /* of all before the stage */
    struct engine *engine;
    uint8_t key[HASH_KEY_OCTETS];
    struct virtuals virtuals;
    struct scratch *scratch;
    struct feeding feeding;
    struct judging judging;
};

_Static_assert((int)LACK_COUNT <= (int)HTTPLINT_LACKS, "the counts have room for every lack");
_Static_assert((int)NOTE_CODE_COUNT <= (int)HTTPLINT_NOTE_CODES, "the summary has room for every code");

/* ---- sinks of the stages ---- */

static void on_note(void *context, const struct note *note)
{
    httplint *session = context;

    const struct httplint_note told = { note_code_name(note->code), note->words ? note->words : note_code_words(note->code),
                                        note->frame, note->stream };

    session->judging.summary.notes[note->code]++;
    if (!session->sink.note)
        return;
    if (session->judging.later)
        later_note(session->judging.later, &told);
    else
        session->sink.note(session->sink.context, &told);
}

static void on_finding(void *context, const struct finding *finding)
{
    httplint *session = context;
    struct judging *judging = &session->judging;

    if (judging->nfindings == judging->room_findings) {
        judging->room_findings = judging->room_findings > 0 ? 2 * judging->room_findings : 16;
        judging->findings = memory_grow(judging->findings, judging->room_findings, sizeof *judging->findings);
    }
    judging->findings[judging->nfindings++] =
        record_finding(finding, rules_view(session->rules, finding->rule), session->limits.evidence_octets);
    judging->summary.findings[finding->severity]++;
}

/* Exchanges may be far away, in the cache of another core: most are neither looked at nor written to here and below. */
static void count(struct httplint_summary *summary, const struct outcome *outcome)
{
    summary->exchanges++;
    summary->requests += outcome->is_asked;
    summary->responses += outcome->nresponses;
    summary->statuses[outcome->status] += outcome->nresponses > 0;
    for (uint32_t i = 0; i + 1 < outcome->nresponses; i++)
        summary->statuses[outcome->exchange->responses[i]->status]++;
}

/* The last of its judging: from here on everything is in the order of the session. */
static void end_exchange(httplint *session, struct outcome *outcome, struct arena *arena)
{
    struct exchange *exchange = outcome->exchange;
    struct judging *judging = &session->judging;

    judging->nfindings = 0;
    engine_judge_last(session->engine, exchange, &outcome->judgment, arena);
    count(&judging->summary, outcome);
    if (!session->sink.exchange || (session->is_findings_only && judging->nfindings == 0))
        return;
    exchange->number = judging->summary.exchanges;
    struct httplint_exchange record = record_exchange(exchange, arena);

    if (judging->later)
        later_exchange(judging->later, &record, judging->findings, judging->nfindings);
    else
        session->sink.exchange(session->sink.context, &record, judging->findings, judging->nfindings);
}

static void on_outcome(void *context, struct outcome *outcome, struct arena *arena, const struct flow_holding *holding)
{
    httplint *session = context;

    switch (outcome->kind) {
    case OUTCOME_HAPPENING:
        engine_take(session->engine, &outcome->happening);
        break;
    case OUTCOME_NOTE:
        on_note(session, &outcome->note);
        break;
    case OUTCOME_EXCHANGE:
        if (holding && outcome->held_at > 0)
            outcome->exchange->is_held = flow_holding_has(holding, outcome->exchange->on, outcome->held_at);
        end_exchange(session, outcome, arena);
        break;
    }
}

/* From a split the same comes in whatever thread is free, and what is to be told of it is told later. */
static void on_outcome_of_split(void *context, struct outcome *outcome, const struct flow_holding *holding, struct later *later)
{
    httplint *session = context;

    session->judging.later = later;
    on_outcome(session, outcome, later->arena, holding);
    session->judging.later = NULL;
}

static void on_later(void *context, const struct later *later)
{
    const httplint *session = context;

    later_tell(later, &session->sink);
}

/* In one thread all connections are one share, and what comes of it is told at once. */
static void on_outcome_at_once(void *context, struct outcome *outcome)
{
    httplint *session = context;
    bool asks = outcome->kind == OUTCOME_EXCHANGE && outcome->exchange->held_at > 0;
    struct flow_holding *room = &session->scratch->holding;
    const struct flow_holding *holding = asks && flow_holding(session->flow, room) ? room : NULL;

    on_outcome(session, outcome, outcome->kind == OUTCOME_EXCHANGE ? outcome->exchange->arena : NULL, holding);
}

static struct moment on_moment(void *context)
{
    httplint *session = context;
    bool is_any = flow_holding(session->flow, &session->scratch->holding);

    return (struct moment){ is_any ? &session->scratch->holding : NULL, flow_fed(session->flow) };
}

static void on_segment(void *context, const struct segment *segment)
{
    httplint *session = context;

    flow_feed(session->flow, segment);
    session->feeding.stream = (int64_t)flow_latest(session->flow);
}

/* ---- life ---- */

static bool limits_set(struct limits *limits, const struct httplint_options *options,
                       const struct httplint_complaint *complaint)
{
    static const struct { const char *name; size_t at; } members[] = {
#define LIMIT(member, value, words) { #member, offsetof(struct limits, member) },
        LIMITS(LIMIT)
#undef LIMIT
    };
    enum { COUNT = sizeof members / sizeof *members };

    *limits = limits_default;
    for (size_t i = 0; i < options->nlimits; i++) {
        size_t found = 0;

        while (found < COUNT && strcmp(members[found].name, options->limits[i].name) != 0)
            found++;
        if (found == COUNT || options->limits[i].value == 0) {
            if (complaint)
                complaint->mistake(complaint->context, NULL, 0, 0, options->limits[i].name);
            return false;
        }
        memcpy((char *)limits + members[found].at, &options->limits[i].value, sizeof(uint64_t));
    }
    return true;
}

/* Nobody who writes packets can know the key, so nobody can choose connections that collide. */
static void key_make(uint8_t key[16])
{
    if (getrandom(key, 16, 0) != 16)
        memset(key, 0x5A, 16);
}

static void begin_engine(httplint *session, const struct httplint_options *options)
{
    session->engine = engine_new(session->rules->set, &session->limits, (struct finding_sink){ on_finding, session },
                                 (struct note_sink){ on_note, session });
    engine_remember(session->engine, session->key);
    if (options->counts_rules)
        engine_count_on(session->engine);
}

/* With a split the one share is left to those who bring whole exchanges: there is nothing to be shared. */
static void begin_stage(httplint *session, const struct httplint_options *options)
{
    const struct ruleset *set = session->rules->set;
    const struct http_options http = { ruleset_names(set), &session->limits, ruleset_reads_bodies(set) };
    const struct hash_secret *secret = engine_secret(session->engine);

    share_begin(&session->share, &http, session->engine, secret,
                (struct outcome_sink){ on_outcome_at_once, on_moment, session });
    session->connections = share_flow_sink(&session->share);
    session->notes = (struct note_sink){ on_note, session };
    if (options->helpers > 0) {
        const struct split_options split = { http, set, secret, options->helpers, options->counts_rules };

        session->split = split_new(&split, (struct split_sink){ on_outcome_of_split, on_later, on_moment, session });
        session->connections = split_flow_sink(session->split);
        session->notes = split_note_sink(session->split);
    }
}

static void begin_packets(httplint *session)
{
    session->wire = wire_new(&session->limits, (struct segment_sink){ on_segment, session }, session->notes);
    session->flow = flow_new(&session->limits, session->key, &session->connections, session->notes);
    session->virtuals.sink = session->connections;
}

httplint *httplint_new(const httplint_rules *rules, const struct httplint_options *options,
                       const struct httplint_sink *sink, const struct httplint_complaint *complaint)
{
    static const struct httplint_options defaults = { .nlimits = 0 };
    struct limits limits;

    if (!options)
        options = &defaults;
    if (!limits_set(&limits, options, complaint))
        return NULL;
    httplint *session = memory_new(sizeof *session);

    key_make(session->key);
    session->rules = rules;
    session->limits = limits;
    session->scratch = memory_grow(NULL, 1, sizeof *session->scratch);
    if (sink)
        session->sink = *sink;
    session->feeding.clock_us = INT64_MIN;
    session->is_findings_only = options->tells_findings_only;
    session->is_endless = options->is_endless && options->helpers == 0;
    begin_engine(session, options);
    begin_stage(session, options);
    begin_packets(session);
    return session;
}

void httplint_adopt(httplint *session, const httplint_rules *rules)
{
    const struct ruleset *set = rules->set;

    if (session->split)
        split_flush(session->split);
    session->rules = rules;
    engine_adopt(session->engine, set, session->key);
    share_adopt(&session->share, ruleset_names(set), ruleset_reads_bodies(set), engine_secret(session->engine));
    if (session->split)
        split_adopt(session->split, set, engine_secret(session->engine));
}

void httplint_free(httplint *session)
{
    if (!session)
        return;
    httplint_finish(session);
    split_free(session->split);
    share_end(&session->share);
    engine_free(session->engine);
    memory_free(session->judging.findings);
    memory_free(session->scratch);
    memory_free(session);
}

/* ---- time ---- */

static void tick(httplint *session, int64_t now_us)
{
    if (session->split)
        split_tick(session->split, now_us);
    else
        http_tick(session->share.http, now_us);
}

/* Only what has settled depends on it: a hole is decided by the packets that follow it, in silence by none. So the clock of a
 * live capture does what the next packet would do first, and nothing else. How long has passed when the clock was set back
 * nobody knows: what was whole by then has settled. */
void httplint_tick(httplint *session, int64_t now_us)
{
    if (now_us < session->feeding.clock_us && (uint64_t)session->feeding.clock_us - (uint64_t)now_us > session->limits.settle_us)
        tick(session, INT64_MAX);
    session->feeding.clock_us = now_us;
    tick(session, now_us);
}

/* ---- door 1 ---- */

/* One budget for what is held back and what is open: each alone keeps within it, together they might not. */
static void shed(httplint *session)
{
    while (flow_memory(session->flow) + http_held(session->share.http) > session->limits.memory_octets && flow_shed(session->flow))
        ;
}

int64_t httplint_stream(const httplint *session)
{
    return session->feeding.stream;
}

void httplint_packet(httplint *session, const struct httplint_packet *packet)
{
    httplint_tick(session, packet->time_us);
    session->feeding.packets++;
    session->feeding.octets += packet->length;
    session->feeding.stream = NOTE_NO_STREAM;
    wire_feed(session->wire, &(struct packet){ packet->octets, packet->captured, packet->length, packet->link,
                                               packet->frame, packet->time_us, packet->file_at });
    if (session->is_endless)
        shed(session);
}

/* ---- door 2 ---- */

void httplint_octets(httplint *session, const struct httplint_chunk *chunk)
{
    struct virtual *on = virtual_open(&session->virtuals, chunk);

    if (virtual_has_ended(on, chunk) || chunk->len == 0)
        return;
    httplint_tick(session, chunk->time_us);
    session->feeding.octets += chunk->len;
    virtual_octets(&session->virtuals, on, chunk);
}

void httplint_event(httplint *session, const struct httplint_chunk *where, enum httplint_event event)
{
    virtual_event(&session->virtuals, virtual_open(&session->virtuals, where), where, event);
}

/* ---- door 3 ---- */

void httplint_entry(httplint *session, const struct httplint_entry *entry)
{
    if (session->split)
        split_flush(session->split);
    session->judging.summary.entries++;
    entry_tell(session->share.http, session->virtuals.opened++, entry);
}

/* ---- the rest ---- */

void httplint_remark(httplint *session, const char *code, const char *words, uint64_t frame)
{
    unsigned found = 0;

    while (found < NOTE_CODE_COUNT && strcmp(note_code_name((enum note_code)found), code) != 0)
        found++;
    assert(found < NOTE_CODE_COUNT);
    session->notes.note(session->notes.context, &(struct note){ (enum note_code)found, words, frame, NOTE_NO_STREAM });
}

void httplint_finish(httplint *session)
{
    if (!session->wire)
        return;
    /* What only waited for its time comes first, as it did where a live capture fell silent before its end. */
    tick(session, INT64_MAX);
    wire_finish(session->wire);
    flow_finish(session->flow);
    virtuals_finish(&session->virtuals);
    if (session->split)
        split_finish(session->split);
    wire_free(session->wire);
    flow_free(session->flow);
    session->wire = NULL;
    session->flow = NULL;
}

const struct httplint_summary *httplint_totals(const httplint *session)
{
    struct httplint_summary *summary = &session->scratch->totals;

    *summary = session->judging.summary;
    summary->packets = session->feeding.packets;
    summary->octets = session->feeding.octets;
    summary->streams = http_streams(session->share.http);
    summary->suppressed = engine_suppressed(session->engine);
    if (session->split) {
        summary->streams += split_streams(session->split);
        summary->suppressed += split_suppressed(session->split);
    }
    return summary;
}

void httplint_summary_add(struct httplint_summary *sum, const struct httplint_summary *part)
{
    sum->packets += part->packets;
    sum->entries += part->entries;
    sum->octets += part->octets;
    sum->streams += part->streams;
    sum->requests += part->requests;
    sum->responses += part->responses;
    sum->exchanges += part->exchanges;
    for (size_t i = 0; i < HTTPLINT_STATUSES; i++)
        sum->statuses[i] += part->statuses[i];
    for (size_t i = 0; i <= HTTPLINT_ERROR; i++)
        sum->findings[i] += part->findings[i];
    sum->suppressed += part->suppressed;
    for (size_t i = 0; i < HTTPLINT_NOTE_CODES; i++)
        sum->notes[i] += part->notes[i];
}

const char *httplint_note_code(size_t number)
{
    return number < NOTE_CODE_COUNT ? note_code_name((enum note_code)number) : NULL;
}

uint64_t httplint_suppressed(const httplint *session, size_t suppression)
{
    uint64_t count = engine_suppressed_by(session->engine, suppression);

    return session->split ? count + split_suppressed_by(session->split, suppression) : count;
}

struct httplint_rule_counts httplint_rule_counts(const httplint *session, size_t rule)
{
    size_t count_of_rules;
    const struct rule *const *rules = ruleset_rules(session->rules->set, &count_of_rules);
    struct rule_count counts = *engine_counts(session->engine, rules[rule]);

    if (session->split)
        split_add_counts(session->split, rules[rule], &counts);
    struct httplint_rule_counts told = { counts.kept, counts.broken, counts.not_applicable, { 0 } };

    for (size_t i = 0; i < LACK_COUNT; i++)
        told.undecidable[i] = counts.undecidable[i];
    return told;
}

const char *httplint_lack_name(size_t number)
{
    return number < LACK_COUNT ? lack_name((enum lack)number) : NULL;
}
