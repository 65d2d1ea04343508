#include "engine/evidence.h"

const char *lack_name(enum lack lack)
{
    static const char *const names[] = {
#define LACK(enumerator, name) [LACK_##enumerator] = name,
        LACKS(LACK)
#undef LACK
    };

    return names[lack];
}

/* How a response is framed depends on its request (RFC 9112 6.3). */
static unsigned fact_needs(const struct subject *subject)
{
    bool is_framing = strcmp(subject->fact->name, "framing") == 0;

    if (subject->fact->kind == FACT_TRAILER)
        return EVIDENCE_TRAILERS;
    if (is_framing)
        return subject->whose == WHOSE_REQUEST ? 0 : EVIDENCE_REQUEST;
    return strcmp(subject->fact->name, "body") == 0 ? EVIDENCE_BODY : 0;
}

static unsigned subject_needs(const struct subject *subject)
{
    static const unsigned whose[WHOSE_COUNT] = { [WHOSE_REQUEST] = EVIDENCE_REQUEST,
                                                 [WHOSE_RESPONSE] = EVIDENCE_RESPONSE };

    return whose[subject->whose] | fact_needs(subject);
}

static unsigned cond_needs(const struct cond *cond)
{
    const struct test *test;
    unsigned bits = 0;

    for (uint32_t at = 0; (test = cond_next_test(cond, &at, NULL)) != NULL;)
        bits |= subject_needs(&test->subject);
    return bits;
}

unsigned evidence_needed(const struct compiled *rule)
{
    unsigned bits = cond_needs(&rule->when) | cond_needs(&rule->unless) | cond_needs(&rule->require) |
                    cond_needs(&rule->forbid);

    for (size_t i = 0; i < rule->non; i++)
        bits |= subject_needs(&rule->on[i]);
    if (rule->reads_request)
        bits |= EVIDENCE_REQUEST;
    if (rule->reads_response)
        bits |= EVIDENCE_RESPONSE;
    if (rule->check && rule->check->reads_body)
        bits |= EVIDENCE_BODY;
    if (rule->rule.scope == SCOPE_HISTORY)
        bits |= EVIDENCE_HISTORY;
    return bits;
}

/* LACK_COUNT: the message is whole. */
static enum lack message_lacks(const struct message *message)
{
    if (!message || (message->complete & COMPLETE_BODY))
        return LACK_COUNT;
    if (message->is_told)
        return LACK_UNTOLD;
    return message->body.end == BODY_LOST ? LACK_GAP : LACK_CUT;
}

enum lack evidence_lacking(const struct compiled *rule, const struct view *view)
{
    unsigned needed = rule->rule.evidence;
    bool is_unsure = view->exchange->missing & MISSING_PAIRING;
    enum lack lack = LACK_COUNT;

    if ((needed & EVIDENCE_REQUEST) && !view->of[WHOSE_REQUEST])
        return is_unsure ? LACK_PAIRING : LACK_REQUEST;
    if ((needed & EVIDENCE_RESPONSE) && !view->of[WHOSE_RESPONSE])
        return is_unsure ? LACK_PAIRING : LACK_RESPONSE;
    if (needed & EVIDENCE_REQUEST)
        lack = message_lacks(view->of[WHOSE_REQUEST]);
    if (lack == LACK_COUNT && (needed & EVIDENCE_RESPONSE))
        lack = message_lacks(view->of[WHOSE_RESPONSE]);
    if (lack == LACK_COUNT)
        lack = message_lacks(view->of[WHOSE_MESSAGE]);
    if (lack != LACK_COUNT && !(needed & EVIDENCE_HISTORY))
        return lack;
    return needed & EVIDENCE_HISTORY ? LACK_HISTORY : LACK_OTHER;
}
