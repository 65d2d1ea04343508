#include "lint/share.h"

/* ---- what comes of it ---- */

static void give(const struct share *share, struct outcome *outcome)
{
    share->sink.outcome(share->sink.context, outcome);
}

static void on_note(void *context, const struct note *note)
{
    give(context, &(struct outcome){ .kind = OUTCOME_NOTE, .note = *note });
}

static void on_exchange(void *context, struct exchange *exchange)
{
    const struct share *share = context;
    struct outcome outcome = { .kind = OUTCOME_EXCHANGE, .exchange = exchange, .is_asked = exchange->request != NULL,
                               .nresponses = exchange->nresponses, .held_at = exchange->held_at };

    if (exchange->nresponses > 0)
        outcome.status = exchange->responses[exchange->nresponses - 1]->status;
    engine_judge_alone(share->engine, exchange, &outcome.judgment);
    give(share, &outcome);
}

static void on_asked(void *context, struct exchange *exchange)
{
    const struct share *share = context;
    struct moment now = share->sink.moment(share->sink.context);

    if (now.holding && flow_holding_has(now.holding, exchange->on, UINT64_MAX))
        exchange->held_at = now.fed;
    if (share->secret)
        give(share, &(struct outcome){ .kind = OUTCOME_HAPPENING, .happening = happening_asked(exchange, share->secret) });
}

static void on_answered(void *context, struct exchange *exchange)
{
    const struct share *share = context;
    struct outcome outcome = { .kind = OUTCOME_HAPPENING };
    struct past past;

    if (share->secret && happening_answered(&outcome.happening, exchange, &past, share->secret))
        give(share, &outcome);
}

static void on_lost(void *context, const struct connection *connection)
{
    const struct share *share = context;

    if (share->secret)
        give(share, &(struct outcome){ .kind = OUTCOME_HAPPENING, .happening = happening_lost(connection) });
}

static bool on_body(void *context, const struct exchange *exchange, const struct message *response)
{
    const struct share *share = context;

    return engine_reads_body(share->engine, exchange, response, share->put.is_seen);
}

/* ---- life ---- */

void share_begin(struct share *share, const struct http_options *options, struct engine *engine,
                 const struct hash_secret *secret, struct outcome_sink sink)
{
    const struct http_sink exchanges = { on_exchange, share, on_asked, on_answered, on_lost, on_body };

    share->http = http_new(options, exchanges, (struct note_sink){ on_note, share });
    share->engine = engine;
    share->secret = secret;
    share->sink = sink;
    share->put = (struct put){ 0 };
}

void share_end(struct share *share)
{
    http_free(share->http);
}

void share_adopt(struct share *share, const struct names *names, bool keeps_bodies, const struct hash_secret *secret)
{
    http_rename(share->http, names, keeps_bodies);
    share->secret = secret;
}

/* ---- what flow delivers ---- */

static struct http *http_of(void *context)
{
    return ((struct share *)context)->http;
}

static void on_opened(void *context, struct connection *connection)
{
    http_opened(http_of(context), connection);
}

static void on_octets(void *context, struct connection *connection, int direction, const struct piece *piece)
{
    struct share *share = context;

    put_watch(&share->put, connection, direction, piece);
    http_octets(http_of(context), connection, direction, piece);
}

static void on_repeated(void *context, struct connection *connection, int direction, const struct piece *piece)
{
    http_repeated(http_of(context), connection, direction, piece);
}

static void on_gap(void *context, struct connection *connection, int direction, uint64_t at, uint64_t missing)
{
    http_gap(http_of(context), connection, direction, at, missing);
}

static void on_ended(void *context, struct connection *connection, int direction, enum flow_end end)
{
    http_ended(http_of(context), connection, direction, end);
}

static void on_closed(void *context, struct connection *connection)
{
    http_closed(http_of(context), connection);
}

struct flow_sink share_flow_sink(struct share *share)
{
    return (struct flow_sink){ share, on_opened, on_octets, on_repeated, on_gap, on_ended, on_closed };
}
