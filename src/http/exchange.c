#include "http/exchange.h"

const struct message *exchange_final(const struct exchange *exchange)
{
    if (exchange->nresponses == 0)
        return NULL;
    const struct message *last = exchange->responses[exchange->nresponses - 1];

    return last->status >= 200 || last->status == 101 || last->status < 100 ? last : NULL;
}

/* The part of an absolute-form target behind "scheme://", else the empty text (RFC 9112 3.2.2). */
static struct text after_scheme(struct text target)
{
    struct text rest;
    struct text scheme = text_until(target, ':', &rest);

    if (scheme.len == 0 || scheme.len == target.len || !text_starts(rest, TEXT("//")))
        return (struct text){ "", 0 };
    for (size_t i = 0; i < scheme.len; i++)
        if (!text_is_tchar(scheme.at[i]))
            return (struct text){ "", 0 };
    return text_part(rest, 2, rest.len);
}

static size_t authority_len(struct text rest)
{
    size_t len = 0;

    while (len < rest.len && !memchr("/?#", rest.at[len], 3))
        len++;
    return len;
}

struct text exchange_authority(const struct exchange *exchange)
{
    const struct message *request = exchange->request;

    if (!request)
        return (struct text){ "", 0 };
    struct text rest = after_scheme(message_target(request));

    if (rest.len > 0)
        return text_part(rest, 0, authority_len(rest));
    if (request->method == METHOD_CONNECT)
        return message_target(request);
    const struct field *host = message_field(request, FIELD_HOST, NULL);

    return host ? message_value(request, host) : (struct text){ "", 0 };
}

struct text exchange_host(const struct exchange *exchange)
{
    return authority_host(exchange_authority(exchange));
}

struct text authority_host(struct text authority)
{
    const char *at = authority.len > 0 ? memchr(authority.at, '@', authority.len) : NULL;

    if (at)
        authority = text_part(authority, (size_t)(at - authority.at) + 1, authority.len);
    if (authority.len > 0 && authority.at[0] == '[') {
        struct text inside = text_until(authority, ']', NULL);

        return text_part(authority, 0, inside.len + 1);
    }
    return text_until(authority, ':', NULL);
}

/* What follows the authority: path and query. */
static struct text path_and_query(const struct exchange *exchange)
{
    if (!exchange->request)
        return (struct text){ "", 0 };
    struct text target = message_target(exchange->request);
    struct text rest = after_scheme(target);

    return rest.len > 0 ? text_part(rest, authority_len(rest), rest.len) : target;
}

struct text exchange_path(const struct exchange *exchange)
{
    return text_until(path_and_query(exchange), '?', NULL);
}

struct text exchange_query(const struct exchange *exchange)
{
    struct text query;

    text_until(path_and_query(exchange), '?', &query);
    return query;
}
