#include "http/conversation.h"

static struct open_exchange *exchange_open(struct conversation *conversation, struct draft *draft)
{
    struct open_exchange *open = arena_zero(draft->arena, sizeof *open);

    open->conversation = conversation;
    open->exchange.arena = draft->arena;
    open->exchange.limits = conversation->http->options.limits;
    open->exchange.on = conversation->on;
    open->exchange.client = (uint8_t)(conversation->client > 0);
    if (conversation->is_order_lost)
        open->exchange.missing |= MISSING_ORDER;
    if (conversation->last)
        conversation->last->next = open;
    else
        conversation->first = open;
    conversation->last = open;
    return open;
}

static void settle_later(struct open_exchange *open)
{
    struct http *http = open->conversation->http;

    if (open->settling)
        return;
    open->due.time_us = open->conversation->now_us + (int64_t)http->options.limits->settle_us;
    open->due.call = http->call;
    settling_add(&http->settling, open);
}

/* Heads that were read by other names than those of now are not read again until somebody looks. */
static void rename_old(struct open_exchange *open)
{
    const struct http *http = open->conversation->http;

    for (uint32_t i = 0; i <= open->exchange.nresponses; i++) {
        struct message *message = i == 0 ? open->request : open->responses[i - 1];

        if (!message || message->generation == http->generation)
            continue;
        message_rename(message, http->options.names);
        message->generation = http->generation;
    }
}

static void tell_asked(struct open_exchange *open)
{
    const struct http_sink *sink = &open->conversation->http->sink;

    open->exchange.request = open->request;
    if (sink->asked)
        sink->asked(sink->context, &open->exchange);
}

static void tell_answered(struct open_exchange *open)
{
    const struct http_sink *sink = &open->conversation->http->sink;

    rename_old(open);
    open->exchange.responses = (const struct message *const *)open->responses;
    if (sink->answered)
        sink->answered(sink->context, &open->exchange);
}

static void tell_lost(const struct conversation *conversation)
{
    const struct http_sink *sink = &conversation->http->sink;

    if (sink->lost)
        sink->lost(sink->context, conversation->on);
}

/* No final response is to be expected any more. */
static void give_up_waiting(struct open_exchange *open)
{
    if (!open->is_response_begun && open->request)
        open->conversation->nwaiting--;
    open->is_response_begun = true;
    open->is_response_done = true;
    open->is_sealed = true;
}

static void hand_out(struct open_exchange *open)
{
    struct conversation *conversation = open->conversation;
    struct exchange *exchange = &open->exchange;
    const struct message *final;

    settling_remove(&conversation->http->settling, open);
    rename_old(open);
    for (int i = 0; i < 2; i++) {
        if (conversation->readers[i].exchange == open) {
            conversation->readers[i].exchange = NULL;
            conversation->readers[i].message = NULL;
        }
    }
    exchange->request = open->request;
    exchange->responses = (const struct message *const *)open->responses;
    exchange->number = ++conversation->http->numbers;
    final = exchange_final(exchange);
    if (!open->request)
        exchange->missing |= MISSING_REQUEST;
    if (final && final->body.end == BODY_OPEN)
        exchange->missing |= MISSING_CLOSE;
    conversation->http->sink.exchange(conversation->http->sink.context, exchange);
    arena_free(exchange->arena);
}

/* Hands out all that is over, up to the first exchange that still waits for its response. */
static void hand_out_ready(struct conversation *conversation)
{
    struct open_exchange **link = &conversation->first, *last = NULL;

    while (*link && (*link)->is_response_begun) {
        struct open_exchange *open = *link;

        if (open->is_sealed && open->is_request_done) {
            *link = open->next;
            if (conversation->last == open)
                conversation->last = last;
            hand_out(open);
        } else {
            last = open;
            link = &open->next;
        }
    }
}

static void pairing_unsure(struct conversation *conversation)
{
    conversation->is_pairing_unsure = conversation->was_pairing_unsure = true;
    conversation->is_answered_since = false;
    conversation->unasked = 0;
}

/* After a loss requests are surely paired again once the client was seen to wait for its answer. One that pipelines does
 * not: what comes may answer a request that was lost. That it does so is seen by a request that follows another, or by an
 * answer too many: one may belong to a request of which the end was lost. */
static bool is_pairing_restored(const struct conversation *conversation)
{
    return conversation->nwaiting == 0 && conversation->is_answered_since && !conversation->is_pipelining;
}

static void pipelining_seen(struct conversation *conversation)
{
    conversation->is_pipelining = true;
    if (!conversation->was_pairing_unsure)
        return;
    conversation->is_pairing_unsure = true;
    for (struct open_exchange *open = conversation->first; open; open = open->next)
        if (!open->is_response_begun && open->is_after_loss)
            open->exchange.missing |= MISSING_PAIRING;
}

void pair_stray(struct conversation *conversation)
{
    pairing_unsure(conversation);
    pipelining_seen(conversation);
}

/* The requests that wait get no response: those were lost, or cannot be told from others. */
static void give_up_unsure(struct conversation *conversation)
{
    for (struct open_exchange *open = conversation->first; open; open = open->next) {
        if (!open->is_response_begun) {
            open->exchange.missing |= MISSING_RESPONSE;
            give_up_waiting(open);
        }
    }
}

void pair_request_line(struct conversation *conversation)
{
    if (conversation->nwaiting > 0 && !conversation->is_answer_lost)
        pipelining_seen(conversation);
}

struct open_exchange *pair_request(struct conversation *conversation, struct draft *draft)
{
    const struct limits *limits = conversation->http->options.limits;

    if (conversation->is_pairing_unsure && is_pairing_restored(conversation))
        conversation->is_pairing_unsure = false;
    if (conversation->is_answer_lost && conversation->nwaiting > 0) {
        give_up_unsure(conversation);
    } else if (conversation->nwaiting >= limits->waiting_requests) {
        conversation_note(conversation, NOTE_LIMIT, draft->message->marks[0].frame,
                          "too many requests wait for a response: the oldest are given up");
        give_up_unsure(conversation);
        pairing_unsure(conversation);
    }
    hand_out_ready(conversation);
    struct open_exchange *open = exchange_open(conversation, draft);

    open->request = draft->message;
    open->is_after_loss = conversation->was_pairing_unsure;
    if (conversation->is_pairing_unsure)
        open->exchange.missing |= MISSING_PAIRING;
    conversation->is_answer_lost = false;
    conversation->unanswered++;
    conversation->unasked = 1;
    conversation->nwaiting++;
    tell_asked(open);
    return open;
}

void pair_status_line(struct conversation *conversation)
{
    for (struct open_exchange *open = conversation->first; open && open->is_response_begun; open = open->next) {
        open->is_sealed |= open->is_response_done;
        open->exchange.is_followed |= open->is_response_done && open->exchange.nresponses > 0;
    }
    hand_out_ready(conversation);
}

/* The oldest exchange without a final response. */
static struct open_exchange *oldest_waiting(const struct conversation *conversation)
{
    struct open_exchange *open = conversation->first;

    while (open && open->is_response_begun)
        open = open->next;
    return open;
}

static void response_add(struct open_exchange *open, struct message *message)
{
    uint32_t count = open->exchange.nresponses;

    if (count == open->room_responses) {
        uint32_t room = count > 0 ? 2 * count : 1;

        open->responses = arena_grow(open->exchange.arena, open->responses, count * sizeof *open->responses,
                                     room * sizeof *open->responses);
        open->room_responses = room;
    }
    open->responses[open->exchange.nresponses++] = message;
}

struct open_exchange *pair_response(struct conversation *conversation, struct draft *draft, bool *is_sure)
{
    struct message *message = draft->message;
    bool is_interim = message->status / 100 == 1 && message->status != 101;
    struct open_exchange *open = oldest_waiting(conversation);

    if (open && is_interim && open->exchange.nresponses >= conversation->http->options.limits->interim_responses) {
        conversation_note(conversation, NOTE_LIMIT, message->marks[0].frame, "too many interim responses to one request");
        return NULL;
    }
    if (open) {
        arena_absorb(open->exchange.arena, draft->arena);
    } else {
        open = exchange_open(conversation, draft);
        open->is_request_done = true;
        conversation->is_request_lost = true;
    }
    *is_sure = open->request && !(open->exchange.missing & MISSING_PAIRING);
    response_add(open, message);
    if (!is_interim) {
        open->is_response_begun = true;
        conversation->unanswered -= conversation->unanswered > 0;
        if (open->request)
            conversation->nwaiting--;
        else if (conversation->unasked++ > 0 && conversation->is_pairing_unsure)
            pipelining_seen(conversation);
        conversation->is_answered_since |= open->request != NULL;
        tell_answered(open);
    }
    return open;
}

void pair_message_done(struct open_exchange *open, const struct message *message)
{
    if (message == open->request)
        open->is_request_done = true;
    else if (message->status / 100 != 1 || message->status == 101)
        open->is_response_done = true;
    if (open->is_request_done && open->is_response_done) {
        if (open->is_sealed)
            hand_out_ready(open->conversation);
        else
            settle_later(open);
    }
}

bool pair_is_all_answered(const struct conversation *conversation)
{
    return conversation->client >= 0 && !conversation->is_request_lost && conversation->unanswered == 0;
}

void pair_begin_lost(struct conversation *conversation, int direction)
{
    if (direction != conversation->client)
        conversation->unanswered -= conversation->unanswered > 0;
}

void pair_lost(struct conversation *conversation, int direction)
{
    conversation->is_request_lost |= direction == conversation->client || conversation->client < 0;
    conversation->is_order_lost = true;
    tell_lost(conversation);
    if (direction == conversation->client || conversation->client < 0 || conversation->nwaiting > 0)
        pairing_unsure(conversation);
    if (direction != conversation->client) {
        conversation->is_answer_lost = true;
        give_up_unsure(conversation);
    }
    hand_out_ready(conversation);
}

void pair_midstream(struct conversation *conversation)
{
    conversation->is_request_lost = true;
    conversation->is_order_lost = true;
    conversation->is_answer_lost = true;
    tell_lost(conversation);
    pairing_unsure(conversation);
    for (struct open_exchange *open = conversation->first; open; open = open->next)
        if (!open->is_response_begun)
            open->exchange.missing |= MISSING_PAIRING;
}

void pair_switched(struct conversation *conversation)
{
    conversation->unanswered = 0;
    give_up_unsure(conversation);
    hand_out_ready(conversation);
}

/* Whether the server left the client waiting shows when the client ends as well: its FIN may have come first and be lost. */
static void server_ended(struct conversation *conversation, const struct reader *server)
{
    bool is_known = server->end != FLOW_END_UNSEEN && !server->is_lossy;
    bool is_first = is_known && server->end == FLOW_END_FIN && !server->is_head_cut &&
                    !conversation->readers[conversation->client].is_ended;

    for (struct open_exchange *open = conversation->first; open; open = open->next) {
        if (!open->is_response_begun && !is_known)
            open->exchange.missing |= MISSING_RESPONSE;
        open->exchange.is_abandoned = is_first && !open->is_response_begun && open->exchange.nresponses > 0;
        give_up_waiting(open);
        open->is_sealed = !open->exchange.is_abandoned;
    }
}

static void client_ended(struct conversation *conversation, const struct reader *client)
{
    for (struct open_exchange *open = conversation->first; open; open = open->next) {
        open->is_request_done = true;
        open->is_sealed |= open->exchange.is_abandoned;
        open->exchange.is_abandoned &= client->end == FLOW_END_FIN;
    }
}

void pair_ended(struct conversation *conversation, int direction)
{
    if (conversation->client < 0)
        return;
    if (direction == conversation->client)
        client_ended(conversation, &conversation->readers[direction]);
    else
        server_ended(conversation, &conversation->readers[direction]);
    hand_out_ready(conversation);
}

void pair_closed(struct conversation *conversation)
{
    for (struct open_exchange *open = conversation->first; open; open = open->next) {
        open->is_request_done = true;
        if (!open->is_response_begun)
            open->exchange.missing |= MISSING_RESPONSE;
        give_up_waiting(open);
    }
    hand_out_ready(conversation);
}

void pair_settle(struct http *http)
{
    struct open_exchange *open = settling_soonest(&http->settling);

    settling_remove(&http->settling, open);
    open->is_sealed = true;
    hand_out_ready(open->conversation);
}
