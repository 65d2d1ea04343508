#include "checks/families.h"

enum { TARGET_OCTETS_SUPPORTED = 8000 };       /* RFC 9110 4.1 */

/* RFC 9110 4.1, 15.5.15: URIs of at least 8000 octets ought to be supported. */
static enum truth target_is_long(const struct exchange *x, struct text *culprit)
{
    if (!x->request)
        return UNKNOWN;
    *culprit = message_target(x->request);
    return culprit->len >= TARGET_OCTETS_SUPPORTED ? YES : NO;
}

const struct check status_checks[] = {
    { "target-is-long", .exchange = target_is_long },
    { 0 },
};
