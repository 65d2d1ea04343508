#include "checks/families.h"
#include "http/value/expect.h"
#include "http/value/list.h"

enum {
    AT_ONCE_US = 10000,            /* no upstream server was waited for in less */
    TIMED_OUT_US = 1000000,        /* a server that gives up has waited at least so long */
    SILENT_US = 5000000            /* a client that was told to go on and has not by then never will */
};

/* Octets behind the head: where the content would begin. */
static uint64_t content_at(const struct message *m)
{
    return m->stream_at + m->trailers_at;
}

static bool has_content(const struct message *request)
{
    return request->body.framing == FRAMING_CHUNKED ||
           (request->body.framing == FRAMING_LENGTH && request->body.announced > 0);
}

static bool expects_continue(const struct message *request)
{
    struct list_reader list = list_over(request, FIELD_EXPECT);
    struct text member;
    struct expectation expectation;

    while (list_next(&list, &member))
        if (expect_read(member, &expectation, NULL) && expect_is_continue(&expectation))
            return true;
    return false;
}

/* Had all of the request reached the server when it began to send the response? */
static enum truth had_all(const struct message *request, const struct message *response)
{
    if (request->stream_end == 0 || response->acked == 0)
        return UNKNOWN;
    return response->acked >= request->stream_end ? YES : NO;
}

/* RFC 9110 10.1.1: only a client that expects 100 waits for it, and only as long as it has content left to send. */
static enum truth continue_was_due(const struct exchange *x, struct text *culprit)
{
    (void)culprit;
    if (!x->request)
        return UNKNOWN;
    if (!expects_continue(x->request))
        return NO;
    return has_content(x->request) && had_all(x->request, x->response) == YES ? NO : YES;
}

static const struct message *first_continue(const struct exchange *x)
{
    for (uint32_t i = 0; i < x->nresponses; i++)
        if (x->responses[i]->status == 100)
            return x->responses[i];
    return NULL;
}

/* RFC 9110 10.1.1: a client that was told to continue sends its content. */
static enum truth content_follows_continue(const struct exchange *x, struct text *culprit)
{
    const struct message *go_on = first_continue(x);
    int64_t most_us = x->response->status == 408 ? TIMED_OUT_US : SILENT_US;

    (void)culprit;
    if (!go_on)
        return x->response->is_told ? UNKNOWN : YES;       /* logs leave interim responses out */
    if (go_on == x->response)
        return YES;
    if (!x->request || x->response->acked == 0)
        return UNKNOWN;
    if (!has_content(x->request) || x->response->acked > content_at(x->request))
        return YES;
    return x->response->begun_us - go_on->ended_us >= most_us ? NO : YES;
}

/* RFC 9110 15.5.9: 408 means that no complete request came in time. */
static enum truth request_was_incomplete(const struct exchange *x, struct text *culprit)
{
    (void)culprit;
    return x->request ? (enum truth)(YES - had_all(x->request, x->response)) : UNKNOWN;
}

/* RFC 9110 15.6.5: 504 means that another server did not answer in time. A gateway may have asked it as soon as the request
 * began. */
static enum truth gateway_waited(const struct exchange *x, struct text *culprit)
{
    (void)culprit;
    if (!x->request)
        return UNKNOWN;
    enum truth had = had_all(x->request, x->response);

    if (had != YES)
        return had == NO ? YES : UNKNOWN;
    int64_t waited_us = x->response->begun_us - x->request->begun_us;

    if (waited_us <= -AT_ONCE_US)
        return UNKNOWN;                                    /* the clock was set back; packets out of order differ by less */
    return waited_us < AT_ONCE_US ? NO : YES;
}

const struct check timing_checks[] = {
    { "content-follows-continue", .exchange = content_follows_continue },
    { "continue-was-due", .exchange = continue_was_due },
    { "gateway-waited", .exchange = gateway_waited },
    { "request-was-incomplete", .exchange = request_was_incomplete },
    { 0 },
};
