/*
 * Requests that are sent again although they were refused.
 */
#include "checks/families.h"
#include "engine/history.h"

enum { GONE_KNOWN = 2 };       /* 410s after which a client ought to know */

/* What goes on by itself tries again within five minutes; later things may have changed. */
static const int64_t again_us = 300000000;

/* Packets that were captured out of order tell times a little before; what is more, a clock that was set back. */
static bool is_soon(const struct past *past, const struct past *self)
{
    int64_t later_us = self->asked_us - past->answered_us;

    return later_us <= again_us && later_us >= -again_us;
}

static bool is_same_content(const struct past *a, const struct past *b)
{
    return a->content > 0 && a->content == b->content;
}

/* RFC 2616 10.4.1. Another answer, or another server, says that the request was not what was wrong. */
static enum truth request_changes_after_400(const struct exchange *x, const struct history *history,
                                            struct text *culprit, uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;

    (void)culprit;
    if (!self || self->status != 400)
        return UNKNOWN;
    uint64_t head = past_head(x, history_secret(history));

    for (struct history_walk walk = history_walk(history, PAST_OWN, self); (past = history_next(&walk)) != NULL;) {
        if (past->server_end != self->server_end || past->method != self->method)
            continue;
        if (past->status != 400 || !is_soon(past, self))
            return UNKNOWN;
        if (past->refused != head || !is_same_content(past, self) || !past_is_before(past, self))
            continue;
        *earlier = past->frame;
        return history_is_unbroken(history, past, x) ? NO : UNKNOWN;
    }
    return UNKNOWN;
}

/* RFC 9110 15.5.20: another connection may be tried, but not the one that is known to lead elsewhere. That to a proxy, for which
 * the target is absolute, leads to many servers. */
static enum truth request_leaves_connection(const struct exchange *x, const struct history *history,
                                            struct text *culprit, uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;

    (void)culprit;
    if (!self || !history_has_status(history, 421))
        return UNKNOWN;
    for (struct history_walk walk = history_walk(history, PAST_OWN, self); (past = history_next(&walk)) != NULL;) {
        if (past->status != 421 || past->connection != self->connection || past->method != self->method ||
            !past_is_before(past, self))
            continue;
        *earlier = past->frame;
        return text_starts(message_target(x->request), TEXT("/")) ? NO : UNKNOWN;
    }
    return YES;
}

/* RFC 9110 15.5.11: any other answer in between gives a reason to ask again. */
static enum truth gone_is_believed(const struct exchange *x, const struct history *history,
                                   struct text *culprit, uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;
    unsigned gone = 0;

    (void)culprit;
    if (!self || !history_has_status(history, 410))
        return UNKNOWN;
    for (struct history_walk walk = history_walk(history, PAST_OWN, self); (past = history_next(&walk)) != NULL;) {
        if (!past_is_before(past, self))
            return UNKNOWN;
        if (past->status != 410)
            return YES;
        if (past->cookies != self->cookies)                /* perhaps another user's */
            continue;
        if (++gone < GONE_KNOWN)
            continue;
        *earlier = past->frame;
        return history_is_unbroken(history, past, x) ? NO : UNKNOWN;
    }
    return UNKNOWN;
}

/* RFC 9110 15.5.4; 15.5.2: after a 401 a client may try anew unless the challenge is the same again. A 403 may have had
 * another reason, which has passed. */
static enum truth is_refused(const struct past *past, const struct past *self)
{
    if (self->status == 0 || self->status / 100 == 2 || self->status / 100 == 3 || !is_soon(past, self))
        return UNKNOWN;
    if (past->status == 403)
        return YES;
    if (past->status != 401 && past->status != 407)
        return NO;
    return past->status == self->status && past->challenge > 0 && past->challenge == self->challenge ? YES : NO;
}

static enum truth credentials_change(const struct exchange *x, const struct history *history,
                                     struct text *culprit, uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;

    (void)culprit;
    if (!self || self->credentials == 0)
        return UNKNOWN;
    for (struct history_walk walk = history_walk(history, PAST_OWN, self); (past = history_next(&walk)) != NULL;) {
        if (past->method != self->method || past->credentials != self->credentials)
            continue;
        if (!past_is_before(past, self) || !is_same_content(past, self) || !history_is_unbroken(history, past, x))
            return UNKNOWN;
        *earlier = past->frame;
        return (enum truth)(YES - is_refused(past, self));
    }
    return UNKNOWN;
}

const struct check repeat_checks[] = {
    { "credentials-change", .history = credentials_change, .after = { 401, 403, 407 } },
    { "gone-is-believed", .history = gone_is_believed, .after = { 410 } },
    { "request-changes-after-400", .history = request_changes_after_400, .after = { 400 }, .reads_body = true },
    { "request-leaves-connection", .history = request_leaves_connection, .after = { 421 } },
    { 0 },
};
