#include "checks/families.h"
#include "http/value/challenge.h"

/* RFC 9110 11.6.1: lines are joined before they are read, since a challenge may go on in the next one. */
static bool are_whole(const struct message *response, uint16_t id, struct text *culprit)
{
    if (challenge_check(list_over(response, id), culprit))
        return true;
    if (culprit->len == 0)
        *culprit = message_value(response, message_field(response, id, NULL));
    return false;
}

/* RFC 9110 11.3. */
static enum truth challenges_are_whole(const struct exchange *x, struct text *culprit)
{
    if (!x->response)
        return UNKNOWN;
    return are_whole(x->response, FIELD_WWW_AUTHENTICATE, culprit) &&
                   are_whole(x->response, FIELD_PROXY_AUTHENTICATE, culprit)
               ? YES
               : NO;
}

const struct check auth_checks[] = {
    { "challenges-are-whole", .exchange = challenges_are_whole },
    { 0 },
};
