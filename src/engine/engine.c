#include "engine/engine.h"

#include "base/memory.h"
#include "engine/blame.h"
#include "engine/gate.h"
#include "engine/history.h"
#include "engine/shortlist.h"
#include "engine/verdict.h"

struct engine {
    const struct ruleset *ruleset;
    const struct limits *limits;
    struct note_sink notes;
    struct regex_room *room;
    struct history *history;               /* NULL: nothing is remembered */
    struct shortlists *shortlists;
    struct rule_count *counts;             /* by the rule's index; NULL: not kept */
    uint64_t *suppressed;                  /* findings by the number of a suppression */
    uint64_t nsuppressed;                  /* findings that any of them took away */
    struct teller teller;
};

/* A rule that compares the exchange with earlier ones, and applies to it: the comparison is left. */
struct left {
    const struct compiled *rule;
    uint32_t order;                        /* of the message that is looked at */
};

/* One exchange that is being judged. */
struct judging {
    struct engine *engine;
    struct exchange *exchange;
    struct judgment *made;
    struct arena *arena;                   /* where findings are made */
    bool is_last;                          /* what compares it with earlier ones is decided, and nothing else */
    struct exchange seen;                  /* what the rules may see of it: an unsure pairing hides the other side */
    struct view view;
    uint32_t order;
};

struct engine *engine_new(const struct ruleset *ruleset, const struct limits *limits, struct finding_sink sink,
                          struct note_sink notes)
{
    struct engine *engine = memory_new(sizeof *engine);

    engine->ruleset = ruleset;
    engine->limits = limits;
    engine->notes = notes;
    engine->room = regex_room_new();
    engine->shortlists = shortlists_new(ruleset);
    engine->suppressed = memory_new(ruleset->nsuppressions * sizeof *engine->suppressed + 1);
    teller_begin(&engine->teller, limits, sink, notes);
    return engine;
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    regex_room_free(engine->room);
    shortlists_free(engine->shortlists);
    history_free(engine->history);
    memory_free(engine->counts);
    memory_free(engine->suppressed);
    teller_end(&engine->teller);
    memory_free(engine);
}

void engine_count_on(struct engine *engine)
{
    if (!engine->counts)
        engine->counts = memory_new(engine->ruleset->count * sizeof *engine->counts + 1);
}

const struct rule_count *engine_counts(const struct engine *engine, const struct rule *rule)
{
    static const struct rule_count none;

    return engine->counts ? &engine->counts[rule->index] : &none;
}

uint64_t engine_suppressed(const struct engine *engine)
{
    return engine->nsuppressed;
}

uint64_t engine_suppressed_by(const struct engine *engine, size_t suppression)
{
    return engine->suppressed[suppression];
}

void engine_remember(struct engine *engine, const uint8_t key[HASH_KEY_OCTETS])
{
    if (!engine->history && ruleset_reads_history(engine->ruleset))
        engine->history = history_new(engine->limits, key, engine->notes);
}

void engine_adopt(struct engine *engine, const struct ruleset *ruleset, const uint8_t key[HASH_KEY_OCTETS])
{
    bool is_counting = engine->counts != NULL;

    shortlists_free(engine->shortlists);
    memory_free(engine->counts);
    memory_free(engine->suppressed);
    engine->ruleset = ruleset;
    engine->shortlists = shortlists_new(ruleset);
    engine->suppressed = memory_new(ruleset->nsuppressions * sizeof *engine->suppressed + 1);
    engine->counts = NULL;
    if (is_counting)
        engine_count_on(engine);
    if (key)
        engine_remember(engine, key);
}

const struct hash_secret *engine_secret(const struct engine *engine)
{
    return engine->history ? history_secret(engine->history) : NULL;
}

void engine_take(struct engine *engine, const struct happening *happening)
{
    if (engine->history)
        history_take(engine->history, happening);
}

static void count_verdict(struct judging *judging, const struct compiled *rule, const struct verdict *verdict)
{
    struct rule_count *count = &judging->engine->counts[rule->rule.index];

    if (verdict->when == NO || verdict->unless == YES)
        count->not_applicable++;
    else if (verdict_is_broken(verdict))
        count->broken++;
    else if (verdict_applies(verdict) && verdict->broken == NO)
        count->kept++;
    else
        count->undecidable[evidence_lacking(rule, &judging->view)]++;
}

static void make_finding(struct judging *judging, const struct compiled *rule, const struct verdict *verdict,
                         enum severity severity)
{
    const struct view *view = &judging->view;
    const struct message *about = verdict_about(rule, view);
    bool is_uncertain = (verdict_doubts(rule, view) & DOUBTFUL) != 0;
    struct spot spot = blame_find(rule, view, about, verdict->culprit);
    size_t quoted = (size_t)judging->engine->limits->evidence_octets;

    judging->view.earlier = verdict->earlier;
    const struct finding finding = {
        .rule = &rule->rule, .exchange = judging->exchange, .about = about,
        .severity = is_uncertain ? SEVERITY_INFO : severity, .is_uncertain = is_uncertain,
        .message = wording_fill(rule->wording, view, spot.culprit, quoted, judging->arena),
        .culprit = text_part(spot.culprit, 0, quoted), .field = spot.field, .frame = spot.frame, .offset = spot.offset,
        .file_at = spot.file_at, .file_octets = spot.file_octets,
    };

    findings_add(&judging->made->findings, judging->arena, &finding, judging->seen.response, judging->order);
}

/* Each suppression that fits is in use. */
static bool is_suppressed(struct judging *judging, const struct compiled *rule)
{
    bool is_any = false;

    for (size_t i = 0; i < rule->nsuppressions; i++) {
        if (!adjust_may_fit(rule->suppressions[i], &judging->view))
            continue;
        judging->engine->suppressed[rule->suppressions[i]->number]++;
        is_any = true;
    }
    judging->engine->nsuppressed += is_any;
    return is_any;
}

/* `is_shown`: a rule that is broken gives a finding; else it is only counted. */
static void conclude(struct judging *judging, const struct compiled *rule, struct verdict *verdict, bool is_shown)
{
    enum severity severity = rule->rule.severity;

    if (verdict_is_broken(verdict) && (verdict_doubts(rule, &judging->view) & UNPROVEN))
        verdict->broken = UNKNOWN;
    if (verdict_is_broken(verdict) && rule->nadjustments > 0) {
        severity = adjust_for(rule->adjustments, rule->nadjustments, rule->declared, &judging->view);
        if (severity == SEVERITY_OFF)
            verdict->when = NO;            /* the user took this exchange out */
    }
    if (judging->engine->counts)
        count_verdict(judging, rule, verdict);
    if (is_shown && verdict_is_broken(verdict) && !is_suppressed(judging, rule))
        make_finding(judging, rule, verdict, severity);
}

static void judge_rule(struct judging *judging, const struct compiled *rule, bool is_shown)
{
    struct verdict verdict;

    verdict_of(rule, &judging->view, judging->engine->counts != NULL, &verdict);
    conclude(judging, rule, &verdict, is_shown);
}

static void leave(struct judging *judging, const struct compiled *rule)
{
    struct judgment *made = judging->made;

    if (made->nleft == made->room_left) {
        size_t room = made->room_left * 2 + 4;

        made->left = arena_grow(judging->arena, made->left, made->room_left * sizeof *made->left, room * sizeof *made->left);
        made->room_left = room;
    }
    made->left[made->nleft++] = (struct left){ rule, judging->order };
}

/* A rule that the lists or their shapes leave; `does_apply` if the shapes tell so. */
static void judge_listed(struct judging *judging, const struct compiled *rule, bool does_apply)
{
    const struct view *view = &judging->view;
    struct verdict verdict;

    if (!does_apply && !verdict_unasked(rule, view, false, &verdict))
        return;
    if (compiled_reads_history(rule))
        leave(judging, rule);
    else if (verdict_applied(rule, view, &verdict))
        conclude(judging, rule, &verdict, true);
}

static void judge_list(struct judging *judging, const struct plan_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct compiled *rule = &judging->engine->ruleset->items[list->items[i]];

        if (gates_of_fields_pass(rule, &judging->view))
            judge_listed(judging, rule, false);
    }
}

/* The lists of the plan for what is looked at, or what their shapes leave of them. */
static void judge_lists(struct judging *judging, const struct plan_list *of_value, const struct plan_list *of_any)
{
    const struct engine *engine = judging->engine;
    const struct shortlist *list = shortlist_find(engine->shortlists, &judging->view, of_value, of_any);

    if (!list) {
        judge_list(judging, of_value);
        judge_list(judging, of_any);
        return;
    }
    for (uint32_t i = 0; i < list->count; i++)
        judge_listed(judging, &engine->ruleset->items[list->items[i].index], list->items[i].applies);
}

/* To count, every rule is looked at: that the plan leaves it out is an answer too. */
static void judge_all(struct judging *judging, bool is_request, bool is_shown)
{
    const struct ruleset *ruleset = judging->engine->ruleset;

    for (size_t i = 0; i < ruleset->count; i++) {
        const struct compiled *rule = &ruleset->items[i];

        if (rule->is_on && compiled_reads_history(rule) == judging->is_last &&
            (is_request ? rule->on_request : rule->on_response))
            judge_rule(judging, rule, is_shown);
    }
}

static void look_at(struct judging *judging, const struct message *request, const struct message *response,
                    const struct message *message)
{
    judging->seen = *judging->exchange;
    judging->seen.request = request;
    judging->seen.response = response;
    judging->view = (struct view){ .exchange = &judging->seen, .room = judging->engine->room,
                                   .history = judging->engine->history };
    judging->view.of[WHOSE_REQUEST] = request;
    judging->view.of[WHOSE_RESPONSE] = response;
    judging->view.of[WHOSE_MESSAGE] = message;
}

/* Request and response surely belong together; else to rules about the one the other is unknown. */
static bool is_paired(const struct exchange *exchange)
{
    return !(exchange->missing & (MISSING_REQUEST | MISSING_PAIRING));
}

static void look_at_request(struct judging *judging)
{
    const struct exchange *x = judging->exchange;

    look_at(judging, x->request, is_paired(x) ? exchange_final(x) : NULL, x->request);
}

static void look_at_response(struct judging *judging, const struct message *response)
{
    const struct exchange *x = judging->exchange;

    look_at(judging, is_paired(x) ? x->request : NULL, response, response);
}

/* The request is 0, responses are counted from 1. */
static void look_at_order(struct judging *judging)
{
    if (judging->order == 0)
        look_at_request(judging);
    else
        look_at_response(judging, judging->exchange->responses[judging->order - 1]);
}

bool engine_reads_body(const struct engine *engine, const struct exchange *x, const struct message *response, bool is_put_seen)
{
    const struct plan_list *readers = plan_readers(&engine->ruleset->plan, response->status);
    struct view view = { .exchange = x, .room = engine->room };

    if (engine->counts)
        return true;
    view.of[WHOSE_REQUEST] = is_paired(x) ? x->request : NULL;
    view.of[WHOSE_RESPONSE] = view.of[WHOSE_MESSAGE] = response;
    for (size_t i = 0; i < readers->count; i++) {
        const struct compiled *rule = &engine->ruleset->items[readers->items[i]];

        if (rule->is_after && rule->check->after_method == METHOD_PUT && !is_put_seen)
            continue;
        if (cond_bounds(&rule->when, &view).most == YES)
            return true;
    }
    return false;
}

static void judge_request(struct judging *judging)
{
    const struct plan *plan = &judging->engine->ruleset->plan;
    const struct exchange *exchange = judging->exchange;

    look_at_request(judging);
    if (judging->engine->counts) {
        judge_all(judging, true, true);
        return;
    }
    judge_lists(judging, plan_for_method(plan, exchange->request->method), &plan->any_method);
}

static void judge_response(struct judging *judging, const struct message *response)
{
    const struct plan *plan = &judging->engine->ruleset->plan;

    look_at_response(judging, response);
    if (judging->engine->counts) {
        judge_all(judging, false, true);
        return;
    }
    judge_lists(judging, plan_for_status(plan, response->status), &plan->any_status);
}

static void judge(struct judging *judging)
{
    struct exchange *x = judging->exchange;

    judging->order = 0;
    if (x->request)
        judge_request(judging);
    for (uint32_t i = 0; i < x->nresponses; i++) {
        judging->order = i + 1;
        judge_response(judging, x->responses[i]);
    }
    if (x->nresponses == 0 && judging->engine->counts) {
        look_at(judging, is_paired(x) ? x->request : NULL, NULL, NULL);
        judge_all(judging, false, false);
    }
}

void engine_judge_alone(struct engine *engine, struct exchange *x, struct judgment *made)
{
    struct judging judging = { .engine = engine, .exchange = x, .made = made, .arena = x->arena };

    *made = (struct judgment){ 0 };
    judge(&judging);
}

/* The gates of history cost nothing but the memory: most of what is left ends there, and the exchange is not looked at. */
static void judge_left(struct judging *judging)
{
    const struct history *history = judging->engine->history;

    for (size_t i = 0; history && i < judging->made->nleft; i++) {
        const struct left *left = &judging->made->left[i];

        if (!gates_of_history_pass(left->rule, history))
            continue;
        judging->order = left->order;
        look_at_order(judging);
        struct verdict verdict;

        if (verdict_applied(left->rule, &judging->view, &verdict))
            conclude(judging, left->rule, &verdict, true);
    }
}

unsigned engine_judge_last(struct engine *engine, struct exchange *x, struct judgment *made, struct arena *arena)
{
    struct judging judging = { .engine = engine, .exchange = x, .made = made, .arena = arena, .is_last = true };

    if (engine->counts)
        judge(&judging);
    else
        judge_left(&judging);
    return findings_tell(&made->findings, &engine->teller, x);
}

unsigned engine_judge(struct engine *engine, struct exchange *x)
{
    struct judgment made;

    engine_judge_alone(engine, x, &made);
    return engine_judge_last(engine, x, &made, x->arena);
}
