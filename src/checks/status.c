#include "checks/families.h"
#include "http/value/list.h"

enum { TARGET_OCTETS_SUPPORTED = 8000 };       /* RFC 9110 4.1 */

/* RFC 9110 4.1, 15.5.15: URIs of at least 8000 octets ought to be supported. */
static enum truth target_is_long(const struct exchange *x, struct text *culprit)
{
    if (!x->request)
        return UNKNOWN;
    *culprit = message_target(x->request);
    return culprit->len >= TARGET_OCTETS_SUPPORTED ? YES : NO;
}

/* RFC 9110 15.5.6: a 405 that lists the refused method as allowed contradicts itself. Methods have case. */
static enum truth allow_omits_method(const struct exchange *x, struct text *culprit)
{
    struct list_reader allow = list_over(x->response, FIELD_ALLOW);

    if (!x->request)
        return UNKNOWN;
    while (list_next(&allow, culprit))
        if (text_equal(*culprit, message_method(x->request)))
            return NO;
    return YES;
}

const struct check status_checks[] = {
    { "allow-omits-method", .exchange = allow_omits_method },
    { "target-is-long", .exchange = target_is_long },
    { 0 },
};
