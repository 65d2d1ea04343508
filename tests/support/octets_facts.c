#include "tests/support/octets_facts.h"

#include <inttypes.h>

const char *octets_framing_name(enum framing framing)
{
    static const char *const names[] = { "none", "length", "chunked", "close", "tunnel", "unknown" };

    return names[framing];
}

static const char *end_name(enum body_end end)
{
    static const char *const names[] = { "open", "whole", "closed", "reset", "lost" };

    return names[end];
}

void octets_anomalies(FILE *out, const struct message *message)
{
    char before = '{';

    for (int kind = 0; kind < ANOMALY_COUNT; kind++) {
        if (message_has_anomaly(message, (enum anomaly_kind)kind)) {
            fprintf(out, "%c%s", before, anomaly_name((enum anomaly_kind)kind));
            before = ',';
        }
    }
    if (before == ',')
        fputc('}', out);
}

static void summary_body(FILE *out, const struct message *message)
{
    const struct body *body = &message->body;

    octets_anomalies(out, message);
    if (body->framing != FRAMING_NONE || body->octets > 0)
        fprintf(out, " %s:%" PRIu64, octets_framing_name(body->framing), body->octets);
    if (body->end != BODY_WHOLE)
        fprintf(out, "/%s", end_name(body->end));
    if (body->stray > 0)
        fprintf(out, "+%" PRIu64, body->stray);
    if (!body->is_measured)
        fputc('~', out);
    if (body->chunks > 0)
        fprintf(out, "'%" PRIu64, body->chunks);
    if (message->is_doubtful)
        fputc('!', out);
}

void octets_summary(FILE *out, const struct exchange *exchange)
{
    static const struct { unsigned bit; const char *name; } bits[] = {
        { MISSING_REQUEST, "request" }, { MISSING_PAIRING, "pairing" }, { MISSING_RESPONSE, "response" },
        { MISSING_CLOSE, "close" }, { MISSING_ORDER, "order" },
    };
    const struct message *request = exchange->request;

    if (request) {
        struct text method = message_method(request), target = message_target(request);

        fprintf(out, "%.*s %.*s", (int)method.len, method.at, (int)target.len, target.at);
        summary_body(out, request);
    } else {
        fputs("?", out);
    }
    for (uint32_t i = 0; i < exchange->nresponses; i++) {
        fprintf(out, " -> %u", exchange->responses[i]->status);
        summary_body(out, exchange->responses[i]);
    }
    if (!exchange_final(exchange))
        fputs(" -> none", out);
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        if (exchange->missing & bits[i].bit)
            fprintf(out, " -%s", bits[i].name);
}

/* Octets as a length and a hash: heads may be long. */
static void octets_out(FILE *out, struct text octets)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < octets.len; i++)
        hash = (hash ^ (unsigned char)octets.at[i]) * 1099511628211u;
    fprintf(out, "%zu#%" PRIx64, octets.len, hash);
}

static void check_frame(FILE *out, uint64_t expected, uint64_t frame, uint64_t stream_at)
{
    if (frame != expected)
        fprintf(out, "WRONG FRAME %" PRIu64 " at %" PRIu64 ", not %" PRIu64 "\n", frame, stream_at, expected);
}

static void facts_message(FILE *out, const struct message *message, int direction, const struct octets_frames *frames)
{
    const struct body *body = &message->body;
    uint64_t last_at = 0;

    fprintf(out, " message %d at %" PRIu64 "-%" PRIu64 " acked %" PRIu64 " head ", message->side, message->stream_at,
            message->stream_end, message->acked);
    octets_out(out, message->head);
    fprintf(out, " trailers %u fields %u+%u method %d status %u version %u complete %u doubtful %d time %" PRId64 "-%" PRId64
            "\n", message->trailers_at, message->nfields, message->ntrailers, message->method, message->status,
            message->version, message->complete, message->is_doubtful, message->begun_us, message->ended_us);
    fprintf(out, " parts %u+%u %u+%u %u+%u %u+%u has", message->method_text.at, message->method_text.len, message->target.at,
            message->target.len, message->version_text.at, message->version_text.len, message->reason.at, message->reason.len);
    for (unsigned id = 0; id < 512; id++)
        if (bits_has(&message->has, id))
            fprintf(out, " %u", id);
    fputc('\n', out);
    for (uint32_t i = 0; i < message->nfields + message->ntrailers; i++) {
        const struct field *field = &message->fields[i];

        fprintf(out, "  field %u+%u %u+%u id %u\n", field->name_at, field->name_len, field->value_at, field->value_len,
                field->id);
    }
    fprintf(out, " body %s/%s measured %d announced %" PRIu64 " octets %" PRIu64 " stray %" PRIu64 " chunks %" PRIu64
            " extra %" PRIu64 " sample ", octets_framing_name(body->framing), end_name(body->end), body->is_measured,
            body->announced, body->octets, body->stray, body->chunks, body->extra.stream_at);
    octets_out(out, body->sample);
    fputc('\n', out);
    if (body->extra.frame != 0)
        check_frame(out, frames->frame(frames->context, direction, body->extra.stream_at), body->extra.frame,
                    body->extra.stream_at);
    for (uint32_t i = 0; i < message->nanomalies; i++) {
        const struct anomaly *anomaly = &message->anomalies[i];

        fprintf(out, "  anomaly %s %u+%u at %" PRIu64 "\n", anomaly_name(anomaly->kind), anomaly->at, anomaly->len,
                anomaly->stream_at);
        check_frame(out, frames->frame(frames->context, direction, anomaly->stream_at), anomaly->frame, anomaly->stream_at);
    }
    for (uint32_t at = 0; at < message->head.len; at++) {
        uint64_t stream_at = message_stream_at(message, at);

        if (at > 0 && at != message->trailers_at && stream_at != last_at + 1)
            fprintf(out, "WRONG PLACE %" PRIu64 "\n", stream_at);
        if (at == message->trailers_at)
            fprintf(out, " trailers at %" PRIu64 "\n", stream_at);
        last_at = stream_at;
        check_frame(out, frames->frame(frames->context, direction, stream_at), message_frame(message, at), stream_at);
    }
}

void octets_facts(FILE *out, const struct exchange *exchange, const struct octets_frames *frames)
{
    fprintf(out, "exchange %" PRIu64 " client %u missing %u followed %d abandoned %d\n", exchange->number, exchange->client,
            exchange->missing, exchange->is_followed, exchange->is_abandoned);
    if (exchange->request)
        facts_message(out, exchange->request, exchange->client, frames);
    for (uint32_t i = 0; i < exchange->nresponses; i++)
        facts_message(out, exchange->responses[i], !exchange->client, frames);
}
