#include "engine/verdict.h"

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

const struct message *verdict_about(const struct compiled *rule, const struct view *view)
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

bool verdict_applied(const struct compiled *rule, const struct view *view, struct verdict *verdict)
{
    *verdict = (struct verdict){ YES, NO, NO, { "", 0 }, 0 };
    verdict->broken = decide_broken(rule, view, verdict);
    return verdict->broken == YES;
}

bool verdict_unasked(const struct compiled *rule, const struct view *view, bool asks_all, struct verdict *verdict)
{
    enum truth when = cond_decide(&rule->when, view), unless = NO;

    if (rule->unless.count > 0 && (when == YES || (when == UNKNOWN && asks_all)))
        unless = cond_decide(&rule->unless, view);
    *verdict = (struct verdict){ when, unless, NO, { "", 0 }, 0 };
    return verdict_applies(verdict);
}

bool verdict_of(const struct compiled *rule, const struct view *view, bool asks_all, struct verdict *verdict)
{
    return verdict_unasked(rule, view, asks_all, verdict) && verdict_applied(rule, view, verdict);
}

static unsigned doubts_about(const struct message *message)
{
    return !message ? 0U : (message->is_doubtful ? DOUBTFUL : 0U) | (message->is_unproven ? UNPROVEN : 0U);
}

unsigned verdict_doubts(const struct compiled *rule, const struct view *view)
{
    return doubts_about(verdict_about(rule, view)) |
           (rule->reads_request ? doubts_about(view->of[WHOSE_REQUEST]) : 0U) |
           (rule->reads_response ? doubts_about(view->of[WHOSE_RESPONSE]) : 0U);
}
