#include "checks/families.h"
#include "http/value/protocol.h"

static bool is_offered(const struct message *request, const struct protocol *taken)
{
    struct list_reader offers = list_over(request, FIELD_UPGRADE);
    struct text member;
    struct protocol offer;

    while (list_next(&offers, &member))
        if (protocol_read(member, &offer, NULL) && protocol_fits(&offer, taken))
            return true;
    return false;
}

/* HTTP/1 on top of an offered layer, as in "TLS/1.0, HTTP/1.1" (RFC 9110 7.8), is no switch of its own. */
static bool is_http1(const struct protocol *protocol)
{
    return text_equal_nocase(protocol->name, TEXT("HTTP")) && text_starts(protocol->version, TEXT("1"));
}

/* RFC 9110 7.8: a server switches to no protocol that the client did not list. */
static enum truth protocol_was_offered(const struct exchange *x, struct text *culprit)
{
    struct list_reader list = list_over(x->response, FIELD_UPGRADE);
    struct text member, first = { "", 0 };
    struct protocol taken;

    if (!x->request)
        return UNKNOWN;
    while (list_next(&list, &member)) {
        if (!protocol_read(member, &taken, NULL))
            return UNKNOWN;
        if (is_offered(x->request, &taken))
            return YES;
        if (first.len == 0 && !is_http1(&taken))
            first = member;
    }
    *culprit = first;
    return first.len > 0 && !message_may_hide(x->request, FIELD_UPGRADE) ? NO : UNKNOWN;
}

const struct check upgrade_checks[] = {
    { "protocol-was-offered", .exchange = protocol_was_offered },
    { 0 },
};
