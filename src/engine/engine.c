#include "engine/engine.h"

#include "base/memory.h"
#include "engine/blame.h"
#include "engine/gate.h"
#include "engine/history.h"
#include "engine/shortlist.h"

/* Connections whose findings are counted at the same time; two that share a place start anew in turn. */
enum { CONNECTIONS = 1024 };

struct connection_count {
    uint64_t number, findings;
};

struct engine {
    const struct ruleset *ruleset;
    const struct limits *limits;
    struct finding_sink sink;
    struct note_sink notes;
    struct regex_room *room;
    struct history *history;               /* NULL: nothing is remembered */
    struct shortlists *shortlists;
    struct rule_count *counts;             /* by the rule's index; NULL: not kept */
    uint64_t *suppressed;                  /* findings by the number of a suppression */
    uint64_t nsuppressed;                  /* findings that any of them took away */
    struct connection_count connections[CONNECTIONS];
};

/* A finding that waits until those before it in the message are made. */
struct pending {
    struct finding finding;
    const struct message *response;        /* that was looked at */
    uint32_t order;                        /* of its message: the request, then the responses */
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

/* What became of a rule. */
struct verdict {
    enum truth when, unless, broken;
    struct text culprit;                   /* what its check pointed at */
    uint64_t earlier;                      /* what it compared the exchange with */
};

struct engine *engine_new(const struct ruleset *ruleset, const struct limits *limits, struct finding_sink sink,
                          struct note_sink notes)
{
    struct engine *engine = memory_new(sizeof *engine);

    engine->ruleset = ruleset;
    engine->limits = limits;
    engine->sink = sink;
    engine->notes = notes;
    engine->room = regex_room_new();
    engine->shortlists = shortlists_new(ruleset);
    engine->suppressed = memory_new(ruleset->nsuppressions * sizeof *engine->suppressed + 1);
    for (size_t i = 0; i < CONNECTIONS; i++)
        engine->connections[i].number = UINT64_MAX;
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

static enum truth not(enum truth truth)
{
    return (enum truth)(YES - truth);
}

static enum truth least(enum truth a, enum truth b)
{
    return a < b ? a : b;
}

static enum truth most(enum truth a, enum truth b)
{
    return a > b ? a : b;
}

/* The message that a check over one message is given, and that a finding is about; NULL: none is known. */
static const struct message *message_about(const struct compiled *rule, const struct view *view)
{
    return view->of[rule->about] ? view->of[rule->about] : view->of[WHOSE_MESSAGE];
}

/* Each line of the fields that the rule names; the first one that is wrong is the culprit. */
static enum truth check_lines(const struct compiled *rule, const struct view *view, struct text *culprit)
{
    enum truth kept = YES;

    for (size_t i = 0; i < rule->non; i++) {
        const struct message *message = subject_message(&rule->on[i], view);

        if (!message || subject_is_open(&rule->on[i], message))
            kept = least(kept, UNKNOWN);
        if (!message)
            continue;
        for (const struct field *line = NULL; (line = subject_line(&rule->on[i], message, line)) != NULL;) {
            struct text value = message_value(message, line), part = { "", 0 };
            enum truth one = rule->check->field(view->exchange, value, &part);

            if (one == NO) {
                *culprit = part.len > 0 ? part : value;
                return NO;
            }
            kept = least(kept, one);
        }
    }
    return kept;
}

static enum truth check_kept(const struct compiled *rule, const struct view *view, struct verdict *verdict)
{
    if (!view->of[WHOSE_MESSAGE])          /* no response came: only counted */
        return UNKNOWN;
    struct text *culprit = &verdict->culprit;

    if (rule->check->field)
        return check_lines(rule, view, culprit);
    if (rule->check->exchange)
        return rule->check->exchange(view->exchange, culprit);
    if (rule->check->history && !view->history)
        return UNKNOWN;
    if (rule->check->history)
        return rule->check->history(view->exchange, view->history, culprit, &verdict->earlier);

    const struct message *message = view->of[rule->about];

    return message ? rule->check->message(view->exchange, message, culprit) : UNKNOWN;
}

static enum truth decide_broken(const struct compiled *rule, const struct view *view, struct verdict *verdict)
{
    enum truth broken = NO;

    if (rule->require.count > 0)
        broken = not(cond_decide(&rule->require, view));
    if (broken != YES && rule->forbid.count > 0)
        broken = most(broken, cond_decide(&rule->forbid, view));
    if (broken != YES && rule->check)
        broken = most(broken, not(check_kept(rule, view, verdict)));
    return broken;
}

/* The rule applies: is it broken? */
static struct verdict decide_applied(const struct compiled *rule, const struct view *view)
{
    struct verdict verdict = { YES, NO, NO, { "", 0 }, 0 };

    verdict.broken = decide_broken(rule, view, &verdict);
    return verdict;
}

/* The same without the question: verdict.broken is NO. */
static struct verdict decide_applies(const struct compiled *rule, const struct view *view, bool asks_all)
{
    struct verdict verdict = { NO, NO, NO, { "", 0 }, 0 };

    verdict.when = cond_decide(&rule->when, view);
    if (verdict.when == NO || (verdict.when == UNKNOWN && !asks_all))
        return verdict;
    verdict.unless = rule->unless.count > 0 ? cond_decide(&rule->unless, view) : NO;
    return verdict;
}

static bool applies(const struct verdict *verdict)
{
    return verdict->when == YES && verdict->unless == NO;
}

static struct verdict decide(const struct compiled *rule, const struct view *view, bool asks_all)
{
    struct verdict verdict = decide_applies(rule, view, asks_all);

    return applies(&verdict) ? decide_applied(rule, view) : verdict;
}

static bool is_fired(const struct verdict *verdict)
{
    return applies(verdict) && verdict->broken == YES;
}

static void count_verdict(struct judging *judging, const struct compiled *rule, const struct verdict *verdict)
{
    struct rule_count *count = &judging->engine->counts[rule->rule.index];

    if (verdict->when == NO || verdict->unless == YES)
        count->not_applicable++;
    else if (is_fired(verdict))
        count->broken++;
    else if (verdict->when == YES && verdict->unless == NO && verdict->broken == NO)
        count->kept++;
    else
        count->undecidable[evidence_lacking(rule, &judging->view)]++;
}

enum { DOUBTFUL = 1, UNPROVEN = 2 };

static unsigned doubts_about(const struct message *message)
{
    return !message ? 0U : (message->is_doubtful ? DOUBTFUL : 0U) | (message->is_unproven ? UNPROVEN : 0U);
}

/* Of the message that the rule is about, and of those that it reads. */
static unsigned doubts(const struct compiled *rule, const struct view *view)
{
    return doubts_about(message_about(rule, view)) |
           (rule->reads_request ? doubts_about(view->of[WHOSE_REQUEST]) : 0U) |
           (rule->reads_response ? doubts_about(view->of[WHOSE_RESPONSE]) : 0U);
}

static void make_finding(struct judging *judging, const struct compiled *rule, const struct verdict *verdict,
                         enum severity severity)
{
    const struct view *view = &judging->view;
    const struct message *about = message_about(rule, view);
    bool is_uncertain = (doubts(rule, view) & DOUBTFUL) != 0;
    struct judgment *made = judging->made;
    struct spot spot = blame_find(rule, view, about, verdict->culprit);
    size_t quoted = (size_t)judging->engine->limits->evidence_octets;

    judging->view.earlier = verdict->earlier;
    if (made->count == made->room) {
        size_t room = made->room * 2 + 4;

        made->items = arena_grow(judging->arena, made->items, made->room * sizeof *made->items, room * sizeof *made->items);
        made->room = room;
    }
    made->items[made->count++] = (struct pending){
        .finding = { .rule = &rule->rule, .exchange = judging->exchange, .about = about,
                     .severity = is_uncertain ? SEVERITY_INFO : severity, .is_uncertain = is_uncertain,
                     .message = wording_fill(rule->wording, view, spot.culprit, quoted, judging->arena),
                     .culprit = text_part(spot.culprit, 0, quoted), .field = spot.field, .frame = spot.frame,
                     .offset = spot.offset },
        .response = judging->seen.response,
        .order = judging->order,
    };
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

    if (is_fired(verdict) && (doubts(rule, &judging->view) & UNPROVEN))
        verdict->broken = UNKNOWN;
    if (is_fired(verdict) && rule->nadjustments > 0) {
        severity = adjust_for(rule->adjustments, rule->nadjustments, rule->declared, &judging->view);
        if (severity == SEVERITY_OFF)
            verdict->when = NO;            /* the user took this exchange out */
    }
    if (judging->engine->counts)
        count_verdict(judging, rule, verdict);
    if (is_shown && is_fired(verdict) && !is_suppressed(judging, rule))
        make_finding(judging, rule, verdict, severity);
}

static void judge_rule(struct judging *judging, const struct compiled *rule, bool is_shown)
{
    struct verdict verdict = decide(rule, &judging->view, judging->engine->counts != NULL);

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
    bool is_left = compiled_reads_history(rule);
    struct verdict verdict;

    if (does_apply)
        verdict = is_left ? (struct verdict){ YES, NO, NO, { "", 0 }, 0 } : decide_applied(rule, view);
    else
        verdict = is_left ? decide_applies(rule, view, false) : decide(rule, view, false);
    if (is_left && applies(&verdict))
        leave(judging, rule);
    else if (is_fired(&verdict))
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

/* ---- telling ---- */

/* One exchange whose findings are told, by message and offset. */
struct telling {
    struct engine *engine;
    struct exchange *exchange;
    uint32_t order;
    uint64_t of_message;                   /* findings about the message */
};

static bool comes_before(const struct pending *a, const struct pending *b)
{
    const struct finding *x = &a->finding, *y = &b->finding;

    if (a->order != b->order)
        return a->order < b->order;
    if (x->offset != y->offset)
        return x->offset < y->offset;
    return x->rule->index < y->rule->index;
}

/* The messages come in order and each has few findings, so insertion is quick, and needs no memory. */
static void sort_findings(struct judgment *made)
{
    for (size_t i = 1; i < made->count; i++) {
        struct pending moved = made->items[i];
        size_t to = i;

        for (; to > 0 && comes_before(&moved, &made->items[to - 1]); to--)
            made->items[to] = made->items[to - 1];
        made->items[to] = moved;
    }
}

static void tell_limit(const struct telling *telling, const struct message *about, const char *words)
{
    const struct connection *on = telling->exchange->on;
    struct note note = { NOTE_LIMIT, words, about->nmarks > 0 ? message_frame(about, 0) : 0,
                         on ? (int64_t)on->number : NOTE_NO_STREAM };

    if (telling->engine->notes.note)
        telling->engine->notes.note(telling->engine->notes.context, &note);
}

/* True if there is room for one more about this message and on this connection; told once when there is not. */
static bool has_room(struct telling *telling, const struct message *about)
{
    const struct limits *limits = telling->engine->limits;
    const struct connection *on = telling->exchange->on;
    struct connection_count *count = on ? &telling->engine->connections[on->number % CONNECTIONS] : NULL;

    if (count && count->number != on->number)
        *count = (struct connection_count){ on->number, 0 };
    if (telling->of_message == limits->findings_per_message)
        tell_limit(telling, about, "more findings about one message are not shown");
    if (telling->of_message++ >= limits->findings_per_message)
        return false;
    if (!count)
        return true;
    if (count->findings == limits->findings_per_connection)
        tell_limit(telling, about, "more findings about this connection are not shown");
    return count->findings++ < limits->findings_per_connection;
}

static bool tell_finding(struct telling *telling, const struct pending *pending)
{
    const struct finding_sink *sink = &telling->engine->sink;

    if (pending->order != telling->order)
        telling->of_message = 0;
    telling->order = pending->order;
    if (!has_room(telling, pending->finding.about))
        return false;
    telling->exchange->response = pending->response;
    if (sink->finding)
        sink->finding(sink->context, &pending->finding);
    return true;
}

/* The gates of history cost nothing but the memory: most of what is left ends there, and the exchange is not looked at. */
static void judge_left(struct judging *judging)
{
    const struct view memory = { .history = judging->engine->history };

    for (size_t i = 0; i < judging->made->nleft; i++) {
        const struct left *left = &judging->made->left[i];

        if (!memory.history || !gates_of_history_pass(left->rule, &memory))
            continue;
        judging->order = left->order;
        look_at_order(judging);
        struct verdict verdict = decide_applied(left->rule, &judging->view);

        if (is_fired(&verdict))
            conclude(judging, left->rule, &verdict, true);
    }
}

unsigned engine_judge_last(struct engine *engine, struct exchange *x, struct judgment *made, struct arena *arena)
{
    struct judging judging = { .engine = engine, .exchange = x, .made = made, .arena = arena, .is_last = true };
    struct telling telling = { .engine = engine, .exchange = x };
    unsigned told = 0;

    if (engine->counts)
        judge(&judging);
    else
        judge_left(&judging);
    sort_findings(made);
    for (size_t i = 0; i < made->count; i++)
        told += tell_finding(&telling, &made->items[i]);
    if (made->count > 0)
        x->response = exchange_final(x);
    return told;
}

unsigned engine_judge(struct engine *engine, struct exchange *x)
{
    struct judgment made;

    engine_judge_alone(engine, x, &made);
    return engine_judge_last(engine, x, &made, x->arena);
}
