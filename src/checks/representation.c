/*
 * 304, 206 and 416 beside what the same representation looked like before.
 */
#include "checks/families.h"
#include "engine/history.h"
#include "http/value/range.h"

struct named {
    uint16_t id;
    struct text name;
};

/* RFC 9110 15.3.7, 15.4.5 */
static const struct named fields_always[] = {
    { FIELD_CACHE_CONTROL, TEXT_INIT("Cache-Control") }, { FIELD_CONTENT_LOCATION, TEXT_INIT("Content-Location") },
    { FIELD_DATE, TEXT_INIT("Date") },                   { FIELD_ETAG, TEXT_INIT("ETag") },
    { FIELD_EXPIRES, TEXT_INIT("Expires") },             { FIELD_VARY, TEXT_INIT("Vary") },
    { 0 },
};

/* RFC 9110 15.3.7: what only those need who have nothing of the representation yet. */
static const struct named fields_of_representation[] = {
    { FIELD_CONTENT_TYPE, TEXT_INIT("Content-Type") },
    { FIELD_CONTENT_ENCODING, TEXT_INIT("Content-Encoding") },
    { FIELD_CONTENT_LANGUAGE, TEXT_INIT("Content-Language") },
    { FIELD_LAST_MODIFIED, TEXT_INIT("Last-Modified") },
    { 0 },
};

typedef bool is_same_state(const struct exchange *x, const struct history *, const struct past *past,
                           const struct past *self);

/* A representation is selected by the same fields, for the same user. */
static bool is_selected_alike(const struct past *past, const struct past *self)
{
    return past->selecting == self->selecting && past->credentials == self->credentials && past->cookies == self->cookies;
}

/* The response varies with nothing that differs, or is not kept. */
static bool is_varied_alike(const struct past *past, const struct past *self)
{
    return !past->varies_unseen && (!past->varies_with_client || past->client == self->client);
}

/* The newest 200 to GET that shows the same state of the resource; NULL if there is none, or it is not known to be the
 * one: what is not safe may have changed the resource, and what selected the representation may not be kept. */
static const struct past *full_response(const struct exchange *x, const struct history *history, is_same_state *is_same)
{
    const struct past *self = history_self(history, x), *past;

    if (!self || self->status == 0)
        return NULL;
    for (struct history_walk walk = history_walk(history, PAST_RESOURCE, self); (past = history_next(&walk)) != NULL;) {
        if (!past_is_safe(past))
            return NULL;
        if (past->method != METHOD_GET || !is_selected_alike(past, self))
            continue;
        if (!past_is_before(past, self))
            return NULL;
        if (past->status == 200 && is_same(x, history, past, self))
            return history_is_settled(walk, past) && is_varied_alike(past, self) && history_is_unbroken(history, past, x) ? past
                                                                                                                     : NULL;
    }
    return NULL;
}

static enum truth has_fields_of(const struct exchange *x, const struct past *full, const struct named *fields,
                                struct text *culprit)
{
    if (!full)
        return UNKNOWN;
    for (; fields->id != FIELD_UNKNOWN; fields++) {
        if (past_has(full->response_fields, fields->id) && !message_field(x->response, fields->id, NULL) &&
            !message_may_hide(x->response, fields->id)) {
            *culprit = fields->name;
            return NO;
        }
    }
    return YES;
}

/* ---- 304 ---- */

static bool lists_tag(const struct exchange *x, const struct history *history, uint64_t tag)
{
    struct list_reader list = etag_list(list_over(x->request, FIELD_IF_NONE_MATCH));
    struct text member;
    struct etag etag;

    while (list_next(&list, &member))
        if (etag_read(member, &etag, NULL) && history_hash(history, etag.opaque) == tag)
            return true;
    return false;
}

/* The request asked whether this is still the one (RFC 9110 13.2.2: the tags decide where there are any). */
static bool is_asked_about(const struct exchange *x, const struct history *history, const struct past *past,
                           const struct past *self)
{
    const struct field *since = message_field(x->request, FIELD_IF_MODIFIED_SINCE, NULL);

    if (self->etag > 0 && past->etag > 0 && self->etag != past->etag)
        return false;
    if (message_field(x->request, FIELD_IF_NONE_MATCH, NULL))
        return past->etag > 0 && lists_tag(x, history, past->etag);
    return since && past->modified > 0 && history_hash(history, message_value(x->request, since)) == past->modified;
}

static enum truth has_fields_beside_304(const struct exchange *x, const struct history *history, struct text *culprit,
                                        uint64_t *earlier)
{
    const struct past *full = full_response(x, history, is_asked_about);

    *earlier = full ? full->frame : 0;
    return has_fields_of(x, full, fields_always, culprit);
}

/* ---- 206 ---- */

static bool has_same_validator(const struct exchange *x, const struct history *history, const struct past *past,
                               const struct past *self)
{
    (void)x;
    (void)history;
    if (past->etag > 0 && self->etag > 0)
        return past->etag == self->etag;
    return past->modified > 0 && past->modified == self->modified;
}

/* Where a validator is what may be missing, the length has to do. */
static bool is_same_as_part(const struct exchange *x, const struct history *history, const struct past *past,
                            const struct past *self)
{
    bool has_both = (past->etag > 0 && self->etag > 0) || (past->modified > 0 && self->modified > 0);

    if (has_both)
        return has_same_validator(x, history, past, self);
    return past->length != PAST_UNMEASURED && past->length == self->length;
}

static enum truth has_fields_beside_206(const struct exchange *x, const struct history *history, struct text *culprit,
                                        uint64_t *earlier)
{
    const struct past *full = full_response(x, history, is_same_as_part);

    *earlier = full ? full->frame : 0;
    return has_fields_of(x, full, fields_always, culprit);
}

static enum truth has_fields_of_whole(const struct exchange *x, const struct history *history, struct text *culprit,
                                      uint64_t *earlier)
{
    const struct past *full = full_response(x, history, has_same_validator);

    *earlier = full ? full->frame : 0;
    return has_fields_of(x, full, fields_of_representation, culprit);
}

/* RFC 9110 15.3.7.3: looked at is the part that goes on where the one before it ended. */
static enum truth parts_are_of_one(const struct exchange *x, const struct history *history, struct text *culprit,
                                   uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *past;
    const struct field *tag = message_field(x->response, FIELD_ETAG, NULL);

    if (!self || !self->has_range || self->first == 0 || self->etag == 0 || self->is_etag_weak)
        return UNKNOWN;
    for (struct history_walk walk = history_walk(history, PAST_OWN, self); (past = history_next(&walk)) != NULL;) {
        if (past->method != METHOD_GET)
            continue;
        if (!past_is_before(past, self) || !is_selected_alike(past, self) || !past->has_range || past->etag == 0 ||
            past->is_etag_weak || past->last != self->first - 1 || past_has(past->request_fields, FIELD_IF_RANGE) ||
            past_has(past->request_fields, FIELD_IF_MATCH) || !history_is_unbroken(history, past, x))
            return UNKNOWN;
        *earlier = past->frame;
        *culprit = message_value(x->response, tag);
        return past->etag == self->etag ? YES : NO;
    }
    return UNKNOWN;
}

/* ---- 416 ---- */

/* Does If-Range name the state that this one shows? RFC 9110 13.1.5: tags are compared strongly, dates octet for
 * octet. */
static enum truth is_if_range(const struct if_range *wanted, uint64_t value, const struct past *past)
{
    if (wanted->is_date)
        return past->modified == 0 ? UNKNOWN : past->modified == value ? YES : NO;
    if (past->etag == 0)
        return UNKNOWN;
    return past->etag == value && !past->is_etag_weak ? YES : NO;
}

/* Beside the newest response that shows a state of the resource to the same user. A validator that was never seen may be
 * that of a newer one; only what was seen before that state is known to be outdated. */
static enum truth was_last_seen(const struct exchange *x, const struct history *history, const struct if_range *wanted,
                                uint64_t value, uint64_t *earlier)
{
    const struct past *self = history_self(history, x), *newest = NULL, *past;

    for (struct history_walk walk = history_walk(history, PAST_RESOURCE, self); (past = history_next(&walk)) != NULL;) {
        bool is_state = past->status == 200 || past->status == 206 || past->status == 304;

        if (!newest && (!past_is_before(past, self) || !past_is_safe(past)))
            return UNKNOWN;
        if (past->method != METHOD_GET || !is_state || !is_selected_alike(past, self))
            continue;
        enum truth fits = is_if_range(wanted, value, past);

        if (!newest) {
            if (fits != NO || !history_is_settled(walk, past) || !is_varied_alike(past, self) ||
                !history_is_unbroken(history, past, x))
                return fits == YES ? YES : UNKNOWN;
            newest = past;
            *earlier = past->frame;
        } else if (fits == YES && past_is_before(past, newest)) {
            return NO;
        }
    }
    return UNKNOWN;
}

/* RFC 9110 13.1.5: where If-Range does not fit, Range does not count, and so cannot be unsatisfiable. A weak tag never
 * fits. */
static enum truth if_range_fits(const struct exchange *x, const struct history *history, struct text *culprit,
                                uint64_t *earlier)
{
    const struct past *self = history_self(history, x);
    const struct field *line = x->request ? message_field(x->request, FIELD_IF_RANGE, NULL) : NULL;
    struct if_range wanted;

    if (!self || self->status == 0 || !line ||
        !range_read_if(message_value(x->request, line), x->request->begun_us, &wanted, NULL))
        return UNKNOWN;
    *culprit = message_value(x->request, line);
    if (!wanted.is_date && wanted.etag.is_weak)
        return NO;
    uint64_t value = history_hash(history, wanted.is_date ? *culprit : wanted.etag.opaque);
    enum truth before = was_last_seen(x, history, &wanted, value, earlier), now = is_if_range(&wanted, value, self);

    if (before == YES || now == YES)
        return YES;
    return before == NO || now == NO ? NO : UNKNOWN;
}

const struct check representation_checks[] = {
    { "has-fields-beside-206", .history = has_fields_beside_206 },
    { "has-fields-beside-304", .history = has_fields_beside_304 },
    { "has-fields-of-whole", .history = has_fields_of_whole },
    { "if-range-fits", .history = if_range_fits },
    { "parts-are-of-one", .history = parts_are_of_one },
    { 0 },
};
