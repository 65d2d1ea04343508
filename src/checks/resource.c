/*
 * What a server said of a resource, and says of it now.
 */
#include "checks/families.h"
#include "engine/history.h"

static bool is_reading(const struct past *past)
{
    return past->method == METHOD_GET || past->method == METHOD_HEAD;
}

static bool is_successful(const struct past *past)
{
    return past->status / 100 == 2;
}

/* RFC 9110 15.5.11. What is not safe may have made the resource anew; another client may be told something else. */
static enum truth gone_stays_gone(const struct exchange *x, const struct history *history, struct text *culprit,
                                  uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;

    (void)culprit;
    if (!self || !history_has_status(history, 410))
        return UNKNOWN;
    for (struct history_walk walk = history_walk(history, PAST_RESOURCE, self); (past = history_next(&walk)) != NULL;) {
        if (!past_is_safe(past))
            return YES;
        if (!is_reading(past) || past->selecting != self->selecting || past->cookies != self->cookies ||
            past->credentials != self->credentials)
            continue;
        if (!past_is_before(past, self))
            return UNKNOWN;
        if (is_successful(past) || past->status == 304)
            return YES;
        if (past->status != 410)
            continue;
        *earlier = past->frame;
        return history_is_settled(walk, past) && history_is_unbroken(history, past, x) ? NO : UNKNOWN;
    }
    return UNKNOWN;
}

/* The newest that shows the method at work on this server. */
static const struct past *carried_out(const struct history *history, const struct past *self)
{
    const struct past *past;

    for (struct history_walk walk = history_walk(history, PAST_SERVER, self); (past = history_next(&walk)) != NULL;)
        if (past->method == self->method && is_successful(past) && past_is_before(past, self))
            return past;
    return NULL;
}

/* RFC 9110 15.6.2: a method that worked is implemented. */
static enum truth method_is_new(const struct exchange *x, const struct history *history, struct text *culprit,
                                uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past = self ? carried_out(history, self) : NULL;

    if (!past)
        return UNKNOWN;
    *culprit = message_method(x->request);
    *earlier = past->frame;
    return NO;
}

/* RFC 9110 9.1. A 501 says that the server has no such method at all, which it must; a 405 to HEAD speaks of the
 * resource, so that GET has to be seen working there. A server need not be a proxy: absolute targets are another
 * matter. */
static enum truth method_is_supported(const struct exchange *x, const struct history *history, struct text *culprit,
                                      uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;

    if (!self || x->request->body.octets > 0 || !text_starts(message_target(x->request), TEXT("/")))
        return UNKNOWN;
    if (self->method != METHOD_GET && self->method != METHOD_HEAD)     /* "get" is another (RFC 9110 9.1) */
        return UNKNOWN;
    *culprit = message_method(x->request);
    if (x->response->status == 501)
        return NO;
    if (self->method == METHOD_GET)
        return YES;
    for (struct history_walk walk = history_walk(history, PAST_RESOURCE, self); (past = history_next(&walk)) != NULL;) {
        if (past->method != METHOD_GET || past->credentials != self->credentials || !is_successful(past) ||
            !past_is_before(past, self))
            continue;
        *earlier = past->frame;
        return NO;
    }
    return UNKNOWN;
}

/* Is the content of the response what the other exchange had put there? */
static enum truth is_verbatim(const struct message *response, const struct past *put, const struct history *history)
{
    const struct body *body = &response->body;

    if (!(response->complete & COMPLETE_BODY) || !body->is_measured || put->content_octets == PAST_UNMEASURED)
        return UNKNOWN;
    if ((uint64_t)put->content_octets != body->octets)
        return NO;
    if (put->content == 0 || body->sample.len != body->octets)
        return UNKNOWN;
    return history_hash(history, body->sample) == put->content ? YES : NO;
}

/* The exchange that made the resource what it is, as far as that is known: the newest that is not safe and was not
 * refused. */
static const struct past *last_change(const struct exchange *x, const struct history *history, const struct past *self)
{
    const struct past *past;

    for (struct history_walk walk = history_walk(history, PAST_RESOURCE, self); (past = history_next(&walk)) != NULL;)
        if (!past_is_safe(past) && !(past->status / 100 == 4 && past_is_before(past, self)))
            break;
    bool is_known =
        past && past_is_before(past, self) && is_successful(past) && history_is_unbroken(history, past, x);

    return is_known ? past : NULL;
}

/* RFC 9110 9.3.4: a validator in the response to PUT says that the content was kept as it came. */
static enum truth put_is_verbatim(const struct exchange *x, const struct history *history, struct text *culprit,
                                  uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *put = self ? last_change(x, history, self) : NULL;

    (void)culprit;
    if (!put || put->method != METHOD_PUT || put->coding > 0 || past_has(put->request_fields, FIELD_CONTENT_RANGE) ||
        self->etag == 0 || self->is_etag_weak || put->is_etag_weak || put->etag != self->etag)
        return UNKNOWN;
    *earlier = put->frame;
    return is_verbatim(x->response, put, history);
}

const struct check resource_checks[] = {
    { "gone-stays-gone", .history = gone_stays_gone, .after = { 410 } },
    { "method-is-new", .history = method_is_new },
    { "method-is-supported", .history = method_is_supported },
    { "put-is-verbatim", .history = put_is_verbatim, .after_method = METHOD_PUT, .reads_body = true },
    { 0 },
};
