#include "engine/past.h"

#include "http/value/etag.h"
#include "http/value/list.h"
#include "http/value/range.h"
#include "http/value/uri.h"

enum { PORT_HTTP = 80, PORT_HTTPS = 443, NAME_OCTETS = 256 };

/* What kind of hash it is, so that values of different kinds never meet. */
enum salt { SALT_CLIENT_END, SALT_SERVER_END, SALT_FIELDS, SALT_URI, SALT_SERVER, SALT_RESOURCE, SALT_OWN };

static uint64_t never_0(uint64_t hash)
{
    return hash > 0 ? hash : 1;
}

uint64_t past_hash(const struct hash_secret *secret, struct text value)
{
    return never_0(hash_octets(secret, value.at, value.len));
}

static uint64_t mix(const struct hash_secret *secret, enum salt salt, uint64_t first, uint64_t second)
{
    return never_0(hash_join(secret, (uint64_t)salt, first, second));
}

/* ---- who ---- */

static uint64_t end_hash(const struct hash_secret *secret, enum salt salt, const struct endpoint *end)
{
    struct { uint64_t salt; struct endpoint end; } parts = { (uint64_t)salt, *end };

    if (salt == SALT_CLIENT_END)
        parts.end.port = 0;    /* each connection has another */
    return never_0(hash_octets(secret, &parts, sizeof parts));
}

static uint64_t name_hash(const struct hash_secret *secret, struct text name)
{
    char lower[NAME_OCTETS];

    if (name.len > NAME_OCTETS)
        return past_hash(secret, name);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = text_lower(name.at[i]);
    return past_hash(secret, (struct text){ lower, name.len });
}

/* ---- fields ---- */

static const uint16_t known_fields[] = {
    FIELD_CACHE_CONTROL, FIELD_CONTENT_ENCODING, FIELD_CONTENT_LANGUAGE, FIELD_CONTENT_LOCATION, FIELD_CONTENT_RANGE,
    FIELD_CONTENT_TYPE,  FIELD_DATE,             FIELD_ETAG,             FIELD_EXPIRES,          FIELD_IF_MATCH,
    FIELD_IF_RANGE,      FIELD_LAST_MODIFIED,    FIELD_VARY,
};

enum { KNOWN_FIELDS = sizeof known_fields / sizeof *known_fields };

static uint16_t fields_of(const struct message *message)
{
    unsigned fields = 0;

    for (unsigned i = 0; i < KNOWN_FIELDS; i++)
        fields |= (unsigned)bits_has(&message->has, known_fields[i]) << i;
    return (uint16_t)fields;
}

bool past_has(uint16_t fields, uint16_t id)
{
    for (unsigned i = 0; i < KNOWN_FIELDS; i++)
        if (known_fields[i] == id)
            return (fields >> i) & 1;
    return false;
}

static void add(const struct hash_secret *secret, uint64_t *sum, const struct message *message,
                const struct field *field)
{
    uint64_t value = past_hash(secret, message_value(message, field));

    *sum = mix(secret, SALT_FIELDS, *sum + field->id, value);
}

/* What tells clients behind one address apart, a proxy's or a router's, goes into the client. */
static void read_request_fields(struct past *past, const struct message *request, const struct hash_secret *secret)
{
    for (uint32_t i = 0; i < request->nfields; i++) {
        const struct field *field = &request->fields[i];

        switch (field->id) {
        case FIELD_USER_AGENT:
        case FIELD_X_FORWARDED_FOR:
        case FIELD_FORWARDED:
        case FIELD_VIA:
        case FIELD_X_REAL_IP:
        case FIELD_X_CLIENT_IP:
        case FIELD_TRUE_CLIENT_IP:
        case FIELD_CF_CONNECTING_IP:
            add(secret, &past->client, request, field);
            break;
        case FIELD_ACCEPT:
        case FIELD_ACCEPT_ENCODING:
        case FIELD_ACCEPT_LANGUAGE:
        case FIELD_ORIGIN:
            add(secret, &past->selecting, request, field);
            break;
        case FIELD_COOKIE:
            add(secret, &past->cookies, request, field);
            break;
        case FIELD_AUTHORIZATION:
        case FIELD_PROXY_AUTHORIZATION:
            add(secret, &past->credentials, request, field);
            break;
        case FIELD_CONTENT_ENCODING:
            add(secret, &past->coding, request, field);
            break;
        default:
            break;
        }
    }
}

uint64_t past_head(const struct exchange *x, const struct hash_secret *secret)
{
    return past_hash(secret, text_part(x->request->head, 0, x->request->trailers_at));
}

/* ---- where ---- */

struct text past_target(const struct exchange *x)
{
    struct text path = exchange_path(x), target = message_target(x->request);

    if (path.len == 0)
        return TEXT("/");
    return (struct text){ path.at, (size_t)(target.at + target.len - path.at) };
}

static bool is_secure(const struct exchange *x)
{
    return x->is_scheme_secure || text_equal_nocase(text_part(message_target(x->request), 0, 6), TEXT("https:"));
}

/* Scheme, host (or who else serves it), port and target. */
struct place {
    uint64_t is_secure, host, port, target;
};

static uint64_t uri_hash(const struct hash_secret *secret, const struct place *place)
{
    struct { uint64_t salt; struct place place; } parts = { SALT_URI, *place };

    return never_0(hash_octets(secret, &parts, sizeof parts));
}

static uint16_t port_of(const struct exchange *x, struct text authority, struct text host)
{
    uint64_t port = 0;

    if (host.len > 0)
        authority = text_part(authority, (size_t)(host.at - authority.at) + host.len + 1, authority.len);
    if (text_number(authority, &port) && port > 0 && port <= UINT16_MAX)
        return (uint16_t)port;
    return is_secure(x) ? PORT_HTTPS : PORT_HTTP;
}

void past_ask(struct past *past, const struct exchange *x, const struct hash_secret *secret)
{
    const struct message *request = x->request;
    struct text authority = exchange_authority(x), host = authority_host(authority);
    struct place place;

    *past = (struct past){ .content_octets = PAST_UNMEASURED, .length = PAST_UNMEASURED };
    past->client_end = past->client = end_hash(secret, SALT_CLIENT_END, &x->on->ends[x->client]);
    past->server_end = end_hash(secret, SALT_SERVER_END, &x->on->ends[!x->client]);
    past->connection = x->on->number;
    past->frame = message_frame(request, 0);
    past->asked_us = request->ended_us;
    past->method = request->method != METHOD_UNKNOWN ? request->method : past_hash(secret, message_method(request));
    past->request_fields = fields_of(request);
    read_request_fields(past, request, secret);
    place = (struct place){ is_secure(x), host.len > 0 ? name_hash(secret, host) : past->server_end,
                            port_of(x, authority, host),
                            past_hash(secret, past_target(x)) };
    past->uri = uri_hash(secret, &place);
    past->keys[PAST_SERVER] = mix(secret, SALT_SERVER, past->server_end, place.host ^ place.port << 1 ^ place.is_secure);
    past->keys[PAST_RESOURCE] = mix(secret, SALT_RESOURCE, past->keys[PAST_SERVER], place.target);
    past->keys[PAST_OWN] = mix(secret, SALT_OWN, past->client, past->uri);
}

/* ---- the answer ---- */

/* The only line of the field; NULL if there are others, or none. */
static const struct field *only(const struct message *message, uint16_t id)
{
    const struct field *field = message_field(message, id, NULL);

    return field && !message_field(message, id, field) ? field : NULL;
}

static void read_validators(struct past *past, const struct message *response, const struct hash_secret *secret)
{
    const struct field *tag = only(response, FIELD_ETAG), *modified = only(response, FIELD_LAST_MODIFIED);
    struct etag etag;

    if (tag && etag_read(message_value(response, tag), &etag, NULL)) {
        past->etag = past_hash(secret, etag.opaque);
        past->is_etag_weak = etag.is_weak;
    }
    if (modified)
        past->modified = past_hash(secret, message_value(response, modified));
}

/* What is kept of a request that may select a representation. */
static bool is_kept(struct text name)
{
    static const struct text kept[] = { TEXT_INIT("Accept-Encoding"), TEXT_INIT("Accept"), TEXT_INIT("Accept-Language"),
                                        TEXT_INIT("Origin"), TEXT_INIT("Cookie"), TEXT_INIT("Authorization") };

    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (text_equal_nocase(name, kept[i]))
            return true;
    return false;
}

/* What the response varies with. Most lines name the coding alone. */
static void read_vary(struct past *past, const struct message *response)
{
    const struct field *line = message_field(response, FIELD_VARY, NULL);
    struct text member;

    if (!line ||
        (text_equal(message_value(response, line), TEXT("Accept-Encoding")) && !message_field(response, FIELD_VARY, line)))
        return;
    for (struct list_reader list = list_over(response, FIELD_VARY); list_next(&list, &member);) {
        if (text_equal_nocase(member, TEXT("User-Agent")))
            past->varies_with_client = true;
        else if (!is_kept(member))
            past->varies_unseen = true;
    }
}

static void read_lengths(struct past *past, const struct message *response)
{
    const struct field *length = only(response, FIELD_CONTENT_LENGTH), *part = only(response, FIELD_CONTENT_RANGE);
    struct content_range range;
    uint64_t octets;

    if (response->status == 200 && length && text_number(message_value(response, length), &octets) &&
        octets <= INT64_MAX)
        past->length = (int64_t)octets;
    if (response->status != 206 || !part || !range_read_content(message_value(response, part), &range, NULL) ||
        !range.is_bytes || !range.has_range || !range.is_valid)
        return;
    past->has_range = true;
    past->first = range.first;
    past->last = range.last;
    if (range.has_length && range.length <= INT64_MAX)
        past->length = (int64_t)range.length;
}

static void read_challenge(struct past *past, const struct message *response, const struct hash_secret *secret)
{
    for (uint32_t i = 0; i < response->nfields; i++) {
        const struct field *field = &response->fields[i];

        if (field->id == FIELD_WWW_AUTHENTICATE || field->id == FIELD_PROXY_AUTHENTICATE)
            add(secret, &past->challenge, response, field);
    }
}

static bool is_redirection(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* The target URI in parts, as Location is resolved against it (RFC 9110 10.2.2, 7.1). */
static struct uri base_of(const struct exchange *x)
{
    struct uri base;

    uri_read_path(past_target(x), &base, NULL);
    base.has_scheme = true;
    base.scheme = is_secure(x) ? TEXT("https") : TEXT("http");
    base.authority = exchange_authority(x);
    base.has_authority = true;
    return base;
}

static bool locate(const struct exchange *x, const struct field *line, struct room room, struct uri *goal)
{
    struct uri base = base_of(x), reference;
    struct text text;

    uri_read(message_value(exchange_final(x), line), &reference, NULL);
    if (!uri_resolve(&base, &reference, room, &text))
        return false;
    uri_read(text, goal, NULL);
    return uri_is_http(goal);
}

static struct text path_and_query(const struct uri *uri)
{
    if (uri->path.len == 0)
        return TEXT("/");
    return (struct text){ uri->path.at, uri->path.len + (uri->has_query ? 1 + uri->query.len : 0) };
}

static void read_location(struct past *past, const struct exchange *x, const struct hash_secret *secret,
                          struct room room, struct text *target)
{
    const struct field *line = only(exchange_final(x), FIELD_LOCATION);
    struct uri goal;

    if (!line || message_value(exchange_final(x), line).len == 0 || !locate(x, line, room, &goal))
        return;
    *target = path_and_query(&goal);
    struct place place = { text_equal_nocase(goal.scheme, TEXT("https")),
                           goal.host.name.len > 0 ? name_hash(secret, goal.host.name) : past->server_end,
                           uri_port(&goal), past_hash(secret, *target) };
    past->location = uri_hash(secret, &place);
    past->keys[PAST_LOCATION] = mix(secret, SALT_OWN, past->client, past->location);
}

/* A transfer coding is the message's, and no part of the content (RFC 9112 6.1): what it hides is not known. */
static bool is_coded(const struct message *request)
{
    const struct field *coding = message_field(request, FIELD_TRANSFER_ENCODING, NULL);

    return coding && (!only(request, FIELD_TRANSFER_ENCODING) ||
                      !text_equal_nocase(message_value(request, coding), TEXT("chunked")));
}

static void read_content(struct past *past, const struct message *request, const struct hash_secret *secret)
{
    const struct body *body = &request->body;

    if (!(request->complete & COMPLETE_BODY) || !body->is_measured || body->octets > INT64_MAX || is_coded(request))
        return;
    past->content_octets = (int64_t)body->octets;
    if (body->octets == 0)
        past->content = past_hash(secret, TEXT(""));
    else if (body->sample.len == body->octets)
        past->content = past_hash(secret, body->sample);
}

void past_answer(struct past *past, const struct exchange *x, const struct hash_secret *secret, struct room room,
                 struct text *goal)
{
    const struct message *request = x->request, *response = exchange_final(x);

    *goal = (struct text){ "", 0 };
    if (!response || request->is_doubtful || response->is_doubtful || x->missing & MISSING_PAIRING)
        return;
    past->status = response->status;
    past->answered_us = response->ended_us;
    past->response_fields = fields_of(response);
    read_content(past, request, secret);
    read_vary(past, response);
    read_validators(past, response, secret);
    read_lengths(past, response);
    if (response->status == 400)
        past->refused = past_head(x, secret);
    if (response->status == 401 || response->status == 407)
        read_challenge(past, response, secret);
    if (is_redirection(response->status))
        read_location(past, x, secret, room, goal);
}

bool past_is_safe(const struct past *past)
{
    switch (past->method) {
    case METHOD_GET:
    case METHOD_HEAD:
    case METHOD_OPTIONS:
    case METHOD_TRACE:
    case METHOD_PROPFIND:
    case METHOD_REPORT:
    case METHOD_SEARCH:
    case METHOD_QUERY:
        return true;
    default:
        return false;
    }
}

void past_lose(struct past *past, const struct connection *on, int end, const struct hash_secret *secret)
{
    *past = (struct past){ .is_loss = true, .connection = on->number };
    past->keys[PAST_SERVER] = end_hash(secret, SALT_SERVER_END, &on->ends[end]);
    past->keys[PAST_OWN] = end_hash(secret, SALT_CLIENT_END, &on->ends[end]);
}

bool past_is_before(const struct past *earlier, const struct past *later)
{
    return earlier->answered_at > 0 && earlier->answered_at < later->asked_at &&
           (earlier->connection == later->connection || earlier->answered_us <= later->asked_us);
}
