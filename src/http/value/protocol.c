#include "http/value/protocol.h"

#include "http/value/host.h"
#include "http/value/quoted.h"

static bool take_protocol(struct text *rest, struct protocol *protocol)
{
    *protocol = (struct protocol){ .name = cursor_token(rest) };
    if (protocol->name.len == 0)
        return false;
    if (!cursor_take(rest, '/'))
        return true;
    protocol->version = cursor_token(rest);
    return protocol->version.len > 0;
}

bool protocol_read(struct text member, struct protocol *protocol, struct text *culprit)
{
    if (!take_protocol(&member, protocol))
        return cursor_fault(member, culprit);
    return cursor_end(member, culprit);
}

bool protocol_fits(const struct protocol *a, const struct protocol *b)
{
    return text_equal_nocase(a->name, b->name) && (a->version.len == 0 || b->version.len == 0 ||
                                                   text_equal_nocase(a->version, b->version));
}

struct list_reader protocol_via_list(struct list_reader list)
{
    list.syntax = LIST_COMMENTS | LIST_PAIRS;
    return list;
}

/* RWS. RFC 9110 5.6.3: ought to be one SP, any other is noted. */
static bool take_required(struct text *rest, struct text *odd)
{
    struct text blanks = cursor_blanks(rest);

    if (odd->len == 0 && blanks.len > 0 && !text_equal(blanks, TEXT(" ")))
        *odd = blanks;
    return blanks.len > 0;
}

/* token [ ":" port ], or a host in brackets */
static bool take_by(struct text *rest, struct text *by)
{
    struct text before = *rest;

    if (cursor_is(*rest, '[')) {
        struct text literal = text_until(*rest, ']', NULL);
        enum host_kind kind;

        if (!host_is_name(text_part(*rest, 0, literal.len + 1), &kind, NULL))
            return false;
        cursor_skip(rest, literal.len + 1);
    } else if (cursor_token(rest).len == 0) {
        return false;
    }
    if (cursor_take(rest, ':'))
        cursor_digits(rest);
    *by = cursor_between(before, *rest);
    return true;
}

bool protocol_read_via(struct text member, struct via *via, struct text *culprit)
{
    struct protocol protocol;
    struct text begin = member;

    *via = (struct via){ .protocol = { "", 0 } };
    bool is_good = take_protocol(&member, &protocol);

    via->protocol = cursor_between(begin, member);
    if (!is_good || !take_required(&member, &via->blanks) || !take_by(&member, &via->by))
        return cursor_fault(member, culprit);
    if (member.len > 0 &&
        (!take_required(&member, &via->blanks) || !quoted_take_comment(&member, &via->comment)))
        return cursor_fault(member, culprit);
    return cursor_end(member, culprit);
}

bool protocol_read_products(struct text value, struct text *blanks, size_t *count,
                            struct text *culprit)
{
    struct text odd = { "", 0 }, comment;
    struct protocol product;
    size_t products = 1;
    bool is_good = take_protocol(&value, &product);

    while (is_good && value.len > 0) {
        is_good = take_required(&value, &odd);
        if (!is_good)
            break;
        if (cursor_is(value, '(')) {
            is_good = quoted_take_comment(&value, &comment);
        } else {
            is_good = take_protocol(&value, &product);
            products++;
        }
    }
    if (blanks)
        *blanks = odd;
    if (count)
        *count = is_good ? products : products - 1;
    return is_good || cursor_fault(value, culprit);
}
