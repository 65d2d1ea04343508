#include "http/value/uri.h"

#include "http/value/percent.h"

static bool is_scheme_octet(char octet)
{
    return cursor_is_alnum(octet) || octet == '+' || octet == '-' || octet == '.';
}

bool uri_is_scheme(struct text value)
{
    return value.len > 0 && cursor_is_alpha(value.at[0]) &&
           cursor_while(&value, is_scheme_octet).len > 0 && value.len == 0;
}

/* scheme ":", taken only if it is one: else ':' is an octet of the path. */
static void take_scheme(struct text *rest, struct uri *uri)
{
    struct text after = *rest;

    if (rest->len == 0 || !cursor_is_alpha(rest->at[0]))
        return;
    struct text scheme = cursor_while(&after, is_scheme_octet);

    if (!cursor_take(&after, ':'))
        return;
    uri->scheme = scheme;
    uri->has_scheme = true;
    *rest = after;
}

static bool is_before_path(char octet)
{
    return octet != '/' && octet != '?' && octet != '#';
}

static bool is_before_query(char octet)
{
    return octet != '?' && octet != '#';
}

static bool is_before_fragment(char octet)
{
    return octet != '#';
}

static void part_authority(struct uri *uri)
{
    struct text rest, first = text_until(uri->authority, '@', &rest);

    uri->has_userinfo = first.len < uri->authority.len;
    if (uri->has_userinfo)
        uri->userinfo = first;
    host_read(uri->has_userinfo ? rest : uri->authority, &uri->host, NULL);
}

/* path, query, fragment: what is left behind the authority */
static void part_path(struct text rest, struct uri *uri)
{
    uri->path = cursor_while(&rest, is_before_query);
    uri->has_query = cursor_take(&rest, '?');
    if (uri->has_query)
        uri->query = cursor_while(&rest, is_before_fragment);
    uri->has_fragment = cursor_take(&rest, '#');
    if (uri->has_fragment)
        uri->fragment = rest;
}

/* RFC 3986 appendix B */
static void part(struct text rest, struct uri *uri)
{
    take_scheme(&rest, uri);
    uri->has_authority = cursor_take_text(&rest, TEXT("//"));
    if (uri->has_authority) {
        uri->authority = cursor_while(&rest, is_before_path);
        part_authority(uri);
    }
    part_path(rest, uri);
}

/* Where a part stops to be of its kind; its end if it does not. */
static const char *end_of_kind(struct text part, bool (*is_kind)(char))
{
    percent_take(&part, is_kind);
    return part.at;
}

static bool is_whole(struct text part, bool (*is_kind)(char), const char **fault)
{
    if (part.len == 0)
        return true;
    *fault = end_of_kind(part, is_kind);
    return *fault == part.at + part.len;
}

static bool is_authority(const struct uri *uri, const char **fault)
{
    struct host host;
    struct text culprit, rest = uri->authority;

    if (!is_whole(uri->userinfo, percent_is_userinfo, fault))
        return false;
    if (uri->has_userinfo)
        cursor_skip(&rest, uri->userinfo.len + 1);
    if (host_read(rest, &host, &culprit))
        return true;
    *fault = culprit.at;
    return false;
}

/* path-noscheme: no ':' in the first segment of a relative path, it would look like a scheme. */
static bool is_first_segment(const struct uri *uri, const char **fault)
{
    if (uri->has_scheme || uri->has_authority)
        return true;
    struct text segment = text_until(uri->path, '/', NULL);
    struct text before = text_until(segment, ':', NULL);

    *fault = before.at + before.len;
    return before.len == segment.len;
}

static bool check(struct text value, const struct uri *uri, struct text *culprit)
{
    const char *fault = value.at;

    if (is_authority(uri, &fault) && is_first_segment(uri, &fault) &&
        is_whole(uri->path, percent_is_path, &fault) &&
        is_whole(uri->query, percent_is_query, &fault) &&
        is_whole(uri->fragment, percent_is_query, &fault))
        return true;
    return cursor_fault(text_part(value, (size_t)(fault - value.at), value.len), culprit);
}

bool uri_read(struct text value, struct uri *uri, struct text *culprit)
{
    *uri = (struct uri){ .has_scheme = false };
    part(value, uri);
    return check(value, uri, culprit);
}

bool uri_read_path(struct text value, struct uri *uri, struct text *culprit)
{
    *uri = (struct uri){ .has_scheme = false };
    part_path(value, uri);
    return check(value, uri, culprit);
}

bool uri_is_absolute(const struct uri *uri)
{
    return uri->has_scheme && !uri->has_fragment;
}

bool uri_is_partial(const struct uri *uri)
{
    return !uri->has_scheme && !uri->has_fragment;
}

static bool is_https(const struct uri *uri)
{
    return text_equal_nocase(uri->scheme, TEXT("https"));
}

bool uri_is_http(const struct uri *uri)
{
    return text_equal_nocase(uri->scheme, TEXT("http")) || is_https(uri);
}

uint16_t uri_port(const struct uri *uri)
{
    if (uri->host.port.len > 0)
        return host_port(&uri->host);
    return is_https(uri) ? 443 : uri_is_http(uri) ? 80 : 0;
}

bool uri_is_same_origin(const struct uri *a, const struct uri *b)
{
    return text_equal_nocase(a->scheme, b->scheme) &&
           percent_equal(a->host.name, b->host.name, true) && uri_port(a) == uri_port(b);
}

/* RFC 3986 6.2.3: with an authority an empty path is "/". */
static struct text path_of(const struct uri *uri)
{
    return uri->has_authority && uri->path.len == 0 ? TEXT("/") : uri->path;
}

bool uri_is_same(const struct uri *a, const struct uri *b)
{
    return uri_is_same_origin(a, b) && a->has_query == b->has_query &&
           percent_equal(path_of(a), path_of(b), false) && percent_equal(a->query, b->query, false);
}
