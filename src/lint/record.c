#include "lint/record.h"

#include <arpa/inet.h>
#include <string.h>

#include "lint/rules.h"

enum { ADDRESS_OCTETS_MAX = 64, PORT_HTTP = 80 };

/* Digits of `number` at `at`; where they end. */
static char *put_number(char *at, unsigned number)
{
    char digits[10], *digit = digits;

    do {
        *digit++ = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (digit > digits)
        *at++ = *--digit;
    return at;
}

/* Written out here, for each exchange has two: inet_ntop and printf took a tenth of the whole program's time. */
static char *put_v4(char *at, const uint8_t address[4])
{
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            *at++ = '.';
        at = put_number(at, address[i]);
    }
    return at;
}

static char *put_v6(char *at, const uint8_t address[16])
{
    *at++ = '[';
    if (inet_ntop(AF_INET6, address, at, INET6_ADDRSTRLEN))
        at += strlen(at);
    *at++ = ']';
    return at;
}

/* "198.18.0.1:80", "[2001:db8::1]:80"; without the port where it is `port_left_out`. Empty for an unknown end. */
static struct text address(struct arena *arena, const struct endpoint *end, uint16_t port_left_out)
{
    char *text, *at;

    if (end->family == 0)
        return (struct text){ "", 0 };
    text = arena_alloc(arena, ADDRESS_OCTETS_MAX);
    at = end->family == 4 ? put_v4(text, end->address) : put_v6(text, end->address);
    if (end->port != port_left_out) {
        *at++ = ':';
        at = put_number(at, end->port);
    }
    return (struct text){ text, (size_t)(at - text) };
}

static struct text joined(struct arena *arena, const struct text *parts, size_t count)
{
    size_t len = 0;

    for (size_t i = 0; i < count; i++)
        len += parts[i].len;
    char *text = arena_alloc(arena, len), *at = text;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > 0)
            memcpy(at, parts[i].at, parts[i].len);
        at += parts[i].len;
    }
    return (struct text){ text, len };
}

/* The target URI (RFC 9110 7.1): the target where it is absolute, or of CONNECT; else composed from Host. That of "*" has no path
 * (RFC 9112 3.3). */
static struct text url_of(const struct exchange *exchange, struct arena *arena)
{
    const struct message *request = exchange->request;
    struct text target = message_target(request);
    struct text authority = exchange_authority(exchange);

    if (request->method == METHOD_CONNECT || target.len == 0 || (target.at[0] != '/' && target.at[0] != '*'))
        return target;
    if (authority.len == 0)
        authority = address(arena, &exchange->on->ends[!exchange->client], PORT_HTTP);
    if (authority.len == 0)
        return target;
    const struct text path = target.at[0] == '*' ? TEXT("") : target;
    const struct text parts[] = { exchange->is_scheme_secure ? TEXT("https://") : TEXT("http://"), authority, path };
    return joined(arena, parts, sizeof parts / sizeof *parts);
}

static const char *version_words(const struct message *message)
{
    switch (message ? message->version : 0) {
    case 0:
        return "";
    case 10:
        return "1.0";
    case 11:
        return "1.1";
    default:
        return message->version < 10 ? "0.9" : message->version < 20 ? "1.x" : "2.0";
    }
}

/* Whole as far as rules may rely on it: both heads, both bodies. */
static bool is_whole(const struct message *message)
{
    return message && (message->complete & COMPLETE_HEAD) && (message->complete & COMPLETE_BODY);
}

struct httplint_exchange record_exchange(const struct exchange *exchange, struct arena *arena)
{
    unsigned *interim = arena_alloc(arena, exchange->nresponses * sizeof *interim + 1);
    const struct message *request = exchange->request, *final = exchange_final(exchange);
    const struct message *first = request ? request : exchange->nresponses > 0 ? exchange->responses[0] : NULL;
    const struct message *last = final ? final : first;
    struct httplint_exchange record = { .number = exchange->number, .interim = interim, .version = "" };

    record.stream = exchange->on->ends[0].family ? (int64_t)exchange->on->number : -1;
    record.client = public_text(address(arena, &exchange->on->ends[exchange->client], 0));
    record.server = public_text(address(arena, &exchange->on->ends[!exchange->client], 0));
    record.has_request = request != NULL;
    record.has_response = final != NULL;
    record.is_complete = is_whole(request) && is_whole(final);
    record.version = version_words(last);
    if (first) {
        record.frame = message_frame(first, 0);
        record.begun_us = first->begun_us;
        record.ended_us = last->ended_us > first->ended_us ? last->ended_us : first->ended_us;
    }
    if (request) {
        record.method = public_text(message_method(request));
        record.url = public_text(url_of(exchange, arena));
        record.request_octets = request->body.octets;
        record.request_head = public_text(request->head);
    }
    if (final) {
        record.status = final->status;
        record.response_octets = final->body.octets;
        record.response_head = public_text(final->head);
    }
    for (uint32_t i = 0; i < exchange->nresponses; i++)
        if (exchange->responses[i] != final)
            interim[record.ninterim++] = exchange->responses[i]->status;
    return record;
}

/* A rule about either side's messages leaves its party to the message. */
static enum httplint_party party_of(const struct httplint_rule *rule, const struct message *about)
{
    if (rule->party != HTTPLINT_PARTY_UNKNOWN || !about)
        return rule->party;
    return about->side == SIDE_CLIENT ? HTTPLINT_PARTY_CLIENT : HTTPLINT_PARTY_SERVER;
}

struct httplint_finding record_finding(const struct finding *finding, const struct httplint_rule *rule,
                                       uint64_t evidence_max)
{
    const struct message *about = finding->about, *response = finding->exchange->response;

    return (struct httplint_finding){
        .rule = rule, .severity = (enum httplint_severity)finding->severity,
        .side = !about ? HTTPLINT_CONNECTION : about->side == SIDE_CLIENT ? HTTPLINT_REQUEST : HTTPLINT_RESPONSE,
        .party = party_of(rule, about), .message = public_text(finding->message), .field = public_text(finding->field),
        .evidence = public_text(text_part(finding->culprit, 0, (size_t)evidence_max)),
        .status = response ? response->status : 0, .frame = finding->frame, .offset = finding->offset,
        .file_at = finding->file_at, .file_octets = finding->file_octets,
        .time_us = about ? about->begun_us : 0, .is_uncertain = finding->is_uncertain };
}
