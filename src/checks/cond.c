#include "checks/families.h"
#include "checks/lines.h"
#include "http/value/etag.h"

/* An extension may bring fields of its own (RFC 9110 13.2.2, 12.1): one with the word in its name, as "if-" in X-If-Owner, makes
 * the answer unknown. */
static enum truth states(const struct message *request, const uint16_t *ids, struct text word)
{
    if (!request)
        return UNKNOWN;
    enum truth have = lines_have_any(request, ids);

    return have == NO && lines_have_extension(request, word) ? UNKNOWN : have;
}

/* RFC 9110 13.2.2: no other field leads to a 304. */
static enum truth asks_if_modified(const struct exchange *x, struct text *culprit)
{
    static const uint16_t ids[] = { FIELD_IF_NONE_MATCH, FIELD_IF_MODIFIED_SINCE, FIELD_UNKNOWN };

    (void)culprit;
    return states(x->request, ids, TEXT("if-"));
}

/* RFC 9110 12.1, and those that others use in the same way */
static enum truth states_preference(const struct exchange *x, struct text *culprit)
{
    static const uint16_t ids[] = { FIELD_ACCEPT, FIELD_ACCEPT_CHARSET, FIELD_ACCEPT_ENCODING, FIELD_ACCEPT_LANGUAGE,
                                    FIELD_ACCEPT_DATETIME, FIELD_NEGOTIATE, FIELD_PREFER, FIELD_RANGE, FIELD_SAVE_DATA,
                                    FIELD_TE, FIELD_UNKNOWN };

    (void)culprit;
    return states(x->request, ids, TEXT("accept"));
}

/* RFC 4918 10.4, 10.6 has If and Overwrite; RFC 2518 8.10.7 answered a lock token that does not fit with 412. */
static enum truth states_precondition(const struct exchange *x, struct text *culprit)
{
    static const uint16_t ids[] = { FIELD_IF_MATCH, FIELD_IF_NONE_MATCH, FIELD_IF_MODIFIED_SINCE,
                                    FIELD_IF_UNMODIFIED_SINCE, FIELD_IF_RANGE, FIELD_IF, FIELD_OVERWRITE,
                                    FIELD_LOCK_TOKEN, FIELD_UNKNOWN };

    (void)culprit;
    return states(x->request, ids, TEXT("if-"));
}

/* RFC 9110 13.2.1: these neither select nor change a representation. */
static bool ignores_conditions(enum method method)
{
    return method == METHOD_CONNECT || method == METHOD_OPTIONS || method == METHOD_TRACE;
}

/* RFC 9110 13.2.2: for GET and HEAD, If-None-Match leads to a 304; If-Modified-Since and If-Range never to a 412. */
static enum truth states_condition_for_412(const struct exchange *x, struct text *culprit)
{
    static const uint16_t of_webdav[] = { FIELD_IF, FIELD_OVERWRITE, FIELD_LOCK_TOKEN, FIELD_UNKNOWN };
    static const uint16_t of_reading[] = { FIELD_IF_MATCH, FIELD_IF_UNMODIFIED_SINCE, FIELD_UNKNOWN };
    static const uint16_t of_writing[] = { FIELD_IF_MATCH, FIELD_IF_UNMODIFIED_SINCE, FIELD_IF_NONE_MATCH,
                                           FIELD_UNKNOWN };
    enum method method = x->request ? x->request->method : METHOD_UNKNOWN;

    (void)culprit;
    if (lines_have_any(x->request, of_webdav) == YES)
        return YES;
    if (ignores_conditions(method))
        return states(x->request, of_webdav, TEXT("if-"));
    return states(x->request, method == METHOD_GET || method == METHOD_HEAD ? of_reading : of_writing, TEXT("if-"));
}

/* RFC 9110 13.1.2, 8.8.3.2: by weak comparison. An empty list says nothing, one with other things in it something
 * private. */
static enum truth etag_was_listed(const struct exchange *x, struct text *culprit)
{
    struct list_reader list = etag_list(list_over(x->request, FIELD_IF_NONE_MATCH)), place = list;
    struct text member;
    struct etag etag;

    if (!x->request || !list_next(&place, &member) || !etag_list_check(list, NULL))
        return UNKNOWN;
    if (!lines_single(x->response, FIELD_ETAG, culprit) || !etag_read(*culprit, &etag, NULL))
        return UNKNOWN;
    return etag_list_is_any(list) || etag_list_has(list, &etag, etag_equal_weak) ? YES : NO;
}

const struct check cond_checks[] = {
    { "asks-if-modified", .exchange = asks_if_modified },
    { "states-preference", .exchange = states_preference },
    { "states-precondition", .exchange = states_precondition },
    { "states-condition-for-412", .exchange = states_condition_for_412 },
    { "etag-was-listed", .exchange = etag_was_listed },
    { 0 },
};
