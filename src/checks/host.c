#include "checks/families.h"
#include "http/value/host.h"

/* RFC 9112 3.2: one Host field line with a valid value, which may be empty. Who is sent another form of target than a
 * path takes the host from there (3.2.2, 3.2.3). */
static enum truth host_is_good(const struct exchange *x, struct text *culprit)
{
    if (!x->request)
        return UNKNOWN;
    struct text target = message_target(x->request), fault;
    const struct field *line = message_field(x->request, FIELD_HOST, NULL), *second;
    struct host host;

    if (target.len == 0 || (target.at[0] != '/' && !text_equal(target, TEXT("*"))))
        return UNKNOWN;
    if (!line)
        return message_may_hide(x->request, FIELD_HOST) ? UNKNOWN : NO;
    *culprit = message_value(x->request, line);
    second = message_field(x->request, FIELD_HOST, line);
    if (second) {
        *culprit = message_value(x->request, second);
        return NO;
    }
    return culprit->len == 0 || host_read(*culprit, &host, &fault) ? YES : NO;
}

const struct check host_checks[] = {
    { "host-is-good", .exchange = host_is_good },
    { 0 },
};
