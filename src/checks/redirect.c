/*
 * Redirections and the requests that follow them.
 */
#include "checks/families.h"
#include "checks/lines.h"
#include "engine/history.h"

/* Who follows by itself does so at once. A person who comes to the same place later has other reasons. */
static const int64_t follow_us = 5000000;

enum { CHAIN_MAX = 16, GROWING = 3, DECODINGS_MAX = 8 };

/* Nobody knows what passed while the clock was set back. Packets that were captured out of order are no such thing. */
static bool is_at_once(int64_t from_us, int64_t to_us)
{
    return to_us - from_us <= follow_us && from_us - to_us <= follow_us;
}

/* The newest redirection that sent the client there. */
static const struct past *redirection_before(const struct history *history, const struct past *self)
{
    const struct past *past;

    for (struct history_walk walk = history_walk_redirections(history, self); (past = history_next(&walk)) != NULL;)
        if (past_is_before(past, self))
            return is_at_once(past->answered_us, self->asked_us) ? past : NULL;
    return NULL;
}

/* A proxy asks for many, and not for all that it is asked for: what it has stored it need not fetch. */
static bool is_of_proxy(const struct message *request)
{
    static const uint16_t ids[] = { FIELD_VIA, FIELD_FORWARDED, FIELD_X_FORWARDED_FOR, FIELD_X_REAL_IP, FIELD_X_CLIENT_IP,
                                    FIELD_TRUE_CLIENT_IP, FIELD_CF_CONNECTING_IP, FIELD_UNKNOWN };

    return lines_have_any(request, ids) != NO;
}

/* Who follows asks that server for nothing else before; one that did may be such a proxy, if it does not say so. Where too many
 * others asked in between to see all of them, nothing is known. */
static bool is_next(const struct history *history, const struct past *redirection, const struct past *self)
{
    struct history_walk walk = history_walk(history, PAST_SERVER, self);
    const struct past *past;

    while ((past = history_next(&walk)) != NULL && past->asked_at > redirection->answered_at)
        if (past->client_end == self->client_end)
            return false;
    return past || walk.left > 0;
}

/* The redirection that the request is known to follow: it is the first that the server gets since, and nothing was lost in
 * between. Where a GET leads to a GET nothing is asked about it. */
static const struct past *followed(const struct history *history, const struct exchange *x, const struct past *self)
{
    const struct past *redirection = redirection_before(history, self);

    if (!redirection || (self->method == METHOD_GET && redirection->method == METHOD_GET) || is_of_proxy(x->request) ||
        !history_is_unbroken(history, redirection, x))
        return NULL;
    return is_next(history, redirection, self) ? redirection : NULL;
}

/* A browser asks other origins for leave first, and tools look at HEAD before they GET: neither follows anything. */
static bool is_of_its_own(const struct past *self, const struct past *redirection)
{
    return self->method == METHOD_OPTIONS || (self->method == METHOD_GET && redirection->method == METHOD_HEAD) ||
           (self->uri == redirection->uri && self->method == redirection->method);
}

/* RFC 9110 15.4.8, 15.4.9 */
static bool is_method_kept(const struct past *self, const struct past *redirection)
{
    if (redirection->status == 307 || redirection->status == 308)
        return self->method == redirection->method;
    if (redirection->status != 301 && redirection->status != 302)
        return true;
    return self->method != METHOD_GET || redirection->method == METHOD_GET || redirection->method == METHOD_POST;
}

static enum truth method_is_kept(const struct exchange *x, const struct history *history, struct text *culprit,
                                 uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *redirection = self ? followed(history, x, self) : NULL;

    if (!redirection || is_of_its_own(self, redirection))
        return UNKNOWN;
    *culprit = message_method(x->request);
    *earlier = redirection->frame;
    return is_method_kept(self, redirection) ? YES : NO;
}

/* RFC 9110 15.4.2, 15.4.3 */
static enum truth post_stays_post(const struct exchange *x, const struct history *history, struct text *culprit,
                                  uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *redirection = self ? followed(history, x, self) : NULL;

    if (!redirection || redirection->method != METHOD_POST ||
        (redirection->status != 301 && redirection->status != 302))
        return UNKNOWN;
    *culprit = message_method(x->request);
    *earlier = redirection->frame;
    return self->method == METHOD_GET ? NO : YES;
}

/* RFC 9110 15.4.4 */
static enum truth see_other_is_read(const struct exchange *x, const struct history *history, struct text *culprit,
                                    uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *redirection = self ? followed(history, x, self) : NULL;

    if (!redirection || redirection->status != 303 || is_of_its_own(self, redirection))
        return UNKNOWN;
    *culprit = message_method(x->request);
    *earlier = redirection->frame;
    return self->method == METHOD_GET || self->method == METHOD_HEAD ? YES : NO;
}

static bool goes_the_same_way(const struct past *a, const struct past *b)
{
    return a->uri == b->uri && a->location == b->location && a->method == b->method && a->cookies == b->cookies &&
           a->credentials == b->credentials && a->content > 0 && a->content == b->content;
}

/* RFC 9110 15.4.4: what follows a 303 reads. */
static bool can_follow(const struct past *self, const struct past *redirection)
{
    return redirection->status != 303 || self->method == METHOD_GET || self->method == METHOD_HEAD;
}

/* RFC 9110 15.4: back at a place from which the client is sent the same way as before. */
static enum truth redirections_end(const struct exchange *x, const struct history *history, struct text *culprit,
                                   uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *at = self;

    (void)culprit;
    if (!self || self->location == 0)
        return UNKNOWN;
    for (unsigned i = 0; i < CHAIN_MAX; i++) {
        const struct past *past = redirection_before(history, at);

        if (!past || !can_follow(at, past))
            break;
        if (goes_the_same_way(past, self)) {
            *earlier = past->frame;
            return NO;
        }
        at = past;
    }
    return YES;
}

/* ---- growing targets ---- */

struct decoded {
    char octets[PAST_TARGET_OCTETS];
    size_t len;
};

static int hex_value(char octet)
{
    char lower = text_lower(octet);

    return lower >= '0' && lower <= '9' ? lower - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool is_encoded(const struct decoded *text, size_t at)
{
    return text->octets[at] == '%' && text->len - at > 2 && hex_value(text->octets[at + 1]) >= 0 &&
           hex_value(text->octets[at + 2]) >= 0;
}

static bool decode_once(struct decoded *text)
{
    size_t to = 0, before = text->len;

    for (size_t from = 0; from < before; from++) {
        char octet = text->octets[from];

        if (is_encoded(text, from)) {
            octet = (char)(hex_value(text->octets[from + 1]) << 4 | hex_value(text->octets[from + 2]));
            from += 2;
        }
        text->octets[to++] = octet;
    }
    text->len = to;
    return to < before;
}

/* A target that is part of another one is encoded once more each time. */
static void decode(struct text text, struct decoded *decoded)
{
    decoded->len = text.len;
    memcpy(decoded->octets, text.at, text.len);
    for (unsigned i = 0; i < DECODINGS_MAX && decode_once(decoded); i++)
        ;
}

/* What one target has that the other one, which is part of it, has not: the path before it, without a query of its own; where
 * there is nothing before it, all behind it. 0: it is no part. */
static uint64_t growth(const struct history *history, struct text from, struct text to)
{
    struct decoded part, whole;

    if (from.len == 0 || to.len == 0)
        return 0;
    decode(from, &part);
    decode(to, &whole);

    struct text all = { whole.octets, whole.len };
    const char *at = whole.len > part.len ? memmem(whole.octets, whole.len, part.octets, part.len) : NULL;

    if (!at)
        return 0;
    struct text before = text_until(text_part(all, 0, (size_t)(at - all.at)), '?', NULL);
    struct text behind = text_part(all, (size_t)(at - all.at) + part.len, all.len);

    return history_hash(history, before.len > 0 ? before : behind);
}

static uint64_t growth_of(const struct history *history, const struct past *past)
{
    return growth(history, history_text(history, past->target), history_text(history, past->goal));
}

/* RFC 9110 15.5.15: four targets, each with the one before in it, that is three steps; the first may grow from anything. The
 * last one adds what one of those before it added: a way that only gets longer may have an end. */
static enum truth targets_stay_short(const struct exchange *x, const struct history *history, struct text *culprit,
                                     uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past = self;
    const struct field *location = message_field(x->response, FIELD_LOCATION, NULL);

    if (!self || !location)
        return UNKNOWN;
    uint64_t last = growth_of(history, past);
    bool is_again = false;

    for (unsigned i = 1; i < GROWING && last != 0; i++) {
        past = redirection_before(history, past);
        if (!past)
            return UNKNOWN;
        uint64_t grown = growth_of(history, past);

        if (grown == 0)
            return YES;
        is_again |= grown == last;
    }
    if (last == 0 || !is_again)
        return YES;
    past = redirection_before(history, past);
    if (!past)
        return YES;
    *culprit = message_value(x->response, location);
    *earlier = past->frame;
    return NO;
}

const struct check redirect_checks[] = {
    { "method-is-kept", .history = method_is_kept, .after = { 301, 302, 307, 308 } },
    { "post-stays-post", .history = post_stays_post, .after = { 301, 302 } },
    { "redirections-end", .history = redirections_end },
    { "see-other-is-read", .history = see_other_is_read, .after = { 303 } },
    { "targets-stay-short", .history = targets_stay_short },
    { 0 },
};
