#include "checks/families.h"
#include "http/value/list.h"

/* The coding changes something, and it does not end in chunked, with parameters or without. */
static bool ends_otherwise(const struct message *request)
{
    struct list_reader list = list_over(request, FIELD_TRANSFER_ENCODING);
    struct text member, last = { "", 0 };
    bool is_coded = false;

    while (list_next(&list, &member)) {
        last = text_trim(text_until(member, ';', NULL));
        is_coded |= !text_equal_nocase(last, TEXT("identity"));
    }
    return is_coded && !text_equal_nocase(last, TEXT("chunked"));
}

/* RFC 9112 6.3: where a request ends without chunked at the end of its coding nobody knows: it is refused, and what
 * follows on the connection is not read. Parameters of chunked are an error of their own (RFC 9112 7.1), and "identity" alone
 * is what RFC 2616 3.6 called no coding. */
static enum truth refuses_and_closes(const struct exchange *x, struct text *culprit)
{
    unsigned kind = x->response->status / 100;

    (void)culprit;
    if (!x->request || !ends_otherwise(x->request))
        return UNKNOWN;
    if (kind == 2 || kind == 3)
        return NO;
    return x->is_followed ? NO : UNKNOWN;
}

/* RFC 9110 15.2: an interim response comes before a final one. Asked of the last of them. */
static enum truth final_response_follows(const struct exchange *x, struct text *culprit)
{
    (void)culprit;
    if (exchange_final(x) || x->response != x->responses[x->nresponses - 1])
        return YES;
    if (!x->request || !(x->request->complete & COMPLETE_BODY))
        return UNKNOWN;
    return x->is_abandoned ? NO : UNKNOWN;
}

const struct check connection_checks[] = {
    { "final-response-follows", .exchange = final_response_follows },
    { "refuses-and-closes", .exchange = refuses_and_closes },
    { 0 },
};
