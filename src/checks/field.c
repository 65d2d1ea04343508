#include "checks/families.h"
#include "http/value/list.h"
#include "http/value/retry.h"
#include "http/value/uri.h"

/* RFC 9110 5.6.2: a list of tokens, which may be empty. */
static enum truth lists_tokens(const struct exchange *x, struct text value, struct text *culprit)
{
    (void)x;
    return list_is_tokens(list_of(value), culprit) ? YES : NO;
}

/* RFC 3986 4.1. */
static enum truth is_uri_reference(const struct exchange *x, struct text value, struct text *culprit)
{
    struct uri uri;

    (void)x;
    return uri_read(value, &uri, culprit) ? YES : NO;
}

/* RFC 9110 10.2.3; each of the three formats of a date will do. */
static enum truth is_date_or_seconds(const struct exchange *x, struct text value, struct text *culprit)
{
    struct retry retry;

    return retry_read(value, x->response ? x->response->begun_us : 0, &retry, culprit) ? YES : NO;
}

const struct check field_checks[] = {
    { "lists-tokens", .field = lists_tokens },
    { "is-uri-reference", .field = is_uri_reference },
    { "is-date-or-seconds", .field = is_date_or_seconds },
    { 0 },
};
