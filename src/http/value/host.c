#include "http/value/host.h"

#include "http/value/number.h"
#include "http/value/percent.h"

enum { IPV6_GROUPS = 8 };

/* dec-octet: 0 to 255 without leading zeros */
static bool take_octet(struct text *rest)
{
    struct text digits = cursor_digits(rest);

    return digits.len > 0 && number_of(digits) <= 255 && (digits.len == 1 || digits.at[0] != '0');
}

bool host_is_ipv4(struct text value)
{
    for (int i = 0; i < 4; i++)
        if ((i > 0 && !cursor_take(&value, '.')) || !take_octet(&value))
            return false;
    return value.len == 0;
}

/* RFC 3986 3.2.2: groups of hex digits, the last two perhaps as IPv4, one run of zeros perhaps as
 * "::". */
bool host_is_ipv6(struct text value)
{
    unsigned groups = 0;
    bool has_gap = cursor_take_text(&value, TEXT("::"));

    while (value.len > 0 && groups < IPV6_GROUPS) {
        if (value.len <= sizeof "255.255.255.255" && host_is_ipv4(value)) {
            groups += 2;
            value.len = 0;
            break;
        }
        struct text hex = cursor_while(&value, cursor_is_hex);

        if (hex.len == 0 || hex.len > 4)
            return false;
        groups++;
        if (value.len == 0)
            break;
        if (cursor_take_text(&value, TEXT("::"))) {
            if (has_gap)
                return false;
            has_gap = true;
        } else if (!cursor_take(&value, ':') || value.len == 0) {
            return false;
        }
    }
    return value.len == 0 && (has_gap ? groups < IPV6_GROUPS : groups == IPV6_GROUPS);
}

/* IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ) */
static bool is_future(struct text value)
{
    if (!cursor_take(&value, 'v') && !cursor_take(&value, 'V'))
        return false;
    if (cursor_while(&value, cursor_is_hex).len == 0 || !cursor_take(&value, '.') || value.len == 0)
        return false;
    for (; value.len > 0; cursor_skip(&value, 1))
        if (!percent_is_name(value.at[0]) && value.at[0] != ':')
            return false;
    return true;
}

/* IP-literal = "[" ( IPv6address / IPvFuture ) "]" */
static bool take_literal(struct text *rest, enum host_kind *kind)
{
    struct text inside = text_until(text_part(*rest, 1, rest->len), ']', NULL);

    *kind = host_is_ipv6(inside) ? HOST_IPV6 : HOST_FUTURE;
    if (inside.len + 2 > rest->len || (*kind == HOST_FUTURE && !is_future(inside)))
        return false;
    cursor_skip(rest, inside.len + 2);
    return true;
}

static bool take_host(struct text *rest, enum host_kind *kind, struct text *name)
{
    struct text before = *rest;

    *kind = HOST_NAME;
    bool is_good =
        cursor_is(*rest, '[') ? take_literal(rest, kind) : percent_take(rest, percent_is_name);

    *name = cursor_between(before, *rest);
    if (*kind == HOST_NAME && host_is_ipv4(*name))
        *kind = HOST_IPV4;
    return is_good;
}

bool host_read(struct text value, struct host *host, struct text *culprit)
{
    *host = (struct host){ .has_port = false };
    if (!take_host(&value, &host->kind, &host->name))
        return cursor_fault(value, culprit);
    host->has_port = cursor_take(&value, ':');
    if (host->has_port)
        host->port = cursor_digits(&value);
    return cursor_end(value, culprit);
}

bool host_is_name(struct text value, enum host_kind *kind, struct text *culprit)
{
    struct text name;

    if (!take_host(&value, kind, &name))
        return cursor_fault(value, culprit);
    return cursor_end(value, culprit);
}

uint16_t host_port(const struct host *host)
{
    uint64_t port = number_of(host->port);

    return port <= UINT16_MAX ? (uint16_t)port : 0;
}
