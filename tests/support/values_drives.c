#include <stdlib.h>

#include "http/value/cache.h"
#include "http/value/challenge.h"
#include "http/value/coding.h"
#include "http/value/cookie.h"
#include "http/value/disposition.h"
#include "http/value/expect.h"
#include "http/value/forwarded.h"
#include "http/value/language.h"
#include "http/value/link.h"
#include "http/value/media.h"
#include "http/value/multipart.h"
#include "http/value/number.h"
#include "http/value/percent.h"
#include "http/value/protocol.h"
#include "http/value/quoted.h"
#include "http/value/range.h"
#include "http/value/repeat.h"
#include "http/value/retry.h"
#include "http/value/sf.h"
#include "http/value/target.h"
#include "http/value/uri.h"
#include "tests/support/values.h"

enum { NOW_US = 1700000000, ROOM = 64 };

/* Views lie in the value, or are empty literals; each octet is read, so that a wrong end is met by
 * the guard. */
static void see(struct text value, struct text part)
{
    unsigned sum = 0;

    if (part.len == 0)
        return;
    if ((uintptr_t)part.at < (uintptr_t)value.at || part.len > value.len ||
        (size_t)(part.at - value.at) > value.len - part.len)
        abort();
    for (size_t i = 0; i < part.len; i++)
        sum += (unsigned char)part.at[i];
    __asm__ volatile("" : : "r"(sum));
}

/* Where a value is at fault there is a culprit in it, or at its end; where it is not, the culprit
 * stays as it was. */
static void verdict(struct text value, bool is_good, struct text culprit)
{
    if (is_good) {
        if (culprit.at)
            abort();
        return;
    }
    if (!culprit.at || (uintptr_t)culprit.at < (uintptr_t)value.at ||
        (uintptr_t)culprit.at > (uintptr_t)value.at + value.len)
        abort();
    see(value, culprit);
}

#define NONE ((struct text){ NULL, 0 })

static void see_parameter(struct text value, const struct parameter *parameter)
{
    see(value, parameter->name);
    see(value, parameter->value);
    see(value, parameter->whole);
    see(value, parameter->blanks);
}

static void drive_cursor(struct text value)
{
    struct text rest = value;

    see(value, cursor_token(&rest));
    see(value, cursor_blanks(&rest));
    cursor_space(&rest);
    cursor_spaces(&rest);
    see(value, cursor_digits(&rest));
    see(value, rest);
}

static void drive_quoted(struct text value)
{
    char octets[ROOM];
    struct text rest = value, inside, plain = NONE;

    if (quoted_take(&rest, &inside))
        see(value, inside);
    see(value, rest);
    if (quoted_copy(value, (struct room){ octets, sizeof octets }, &plain) &&
        plain.at != value.at) {
        if (plain.len > sizeof octets || !quoted_equal(value, plain, false))
            abort();
    }
    rest = value;
    if (quoted_take_comment(&rest, &inside))
        see(value, inside);
    see(value, rest);
    if (quoted_has_needless_pair(value, &inside))
        see(value, inside);
}

static void drive_list(struct text value)
{
    static const unsigned syntaxes[] = { 0, LIST_USUAL, LIST_QUOTES, LIST_PAIRS | LIST_COMMENTS,
                                         LIST_USUAL | LIST_ANGLES };
    struct text member, culprit = NONE;

    for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++) {
        struct list_reader list = list_of(value);

        list.syntax = syntaxes[i];
        while (list_next(&list, &member)) {
            if (member.len == 0)
                abort();
            see(value, member);
        }
        if (list.nempty > 0 && !cursor_is(list.empty, ','))
            abort();
    }
    bool is_tokens = list_is_tokens(list_of(value), &culprit);

    verdict(value, is_tokens, culprit);
    list_has(list_of(value), TEXT("gzip"));
}

static void drive_repeat(struct text value)
{
    struct repeat repeat = { .count = 0 };

    for (struct text rest = value; rest.len > 0;)
        repeat_meets(&repeat, text_until(rest, ',', &rest));
}

static void drive_parameter(struct text value)
{
    struct parameter parameter;
    struct text rest = value, culprit = NONE;
    enum step step;

    while ((step = parameter_next(&rest, &parameter)) == STEP_ITEM) {
        see_parameter(value, &parameter);
        parameter_is(&parameter, TEXT("utf-8"));
    }
    if (step == STEP_END && rest.len > 0)
        abort();
    bool is_good = parameter_check(value, &culprit);

    verdict(value, is_good, culprit);
    if (parameter_repeats(value, &culprit))
        see(value, culprit);
    if (parameter_has_blanks(value, &culprit))
        see(value, culprit);
    if (parameter_find(value, TEXT("q"), &parameter))
        see_parameter(value, &parameter);
}

static void drive_number(struct text value)
{
    uint64_t number;
    struct text culprit = NONE;
    bool is_good = number_read(value, &number, &culprit);

    verdict(value, is_good, culprit);
}

static void drive_weight(struct text value)
{
    struct weighted weighted;
    struct text culprit = NONE;
    bool is_good = weight_read(value, &weighted, &culprit);

    verdict(value, is_good, culprit);
    see(value, weighted.name);
    see(value, weighted.weight.text);
    if (weighted.weight.thousandths > WEIGHT_ONE)
        abort();
}

static void drive_media(struct text value)
{
    struct media media;
    struct media_range range;
    struct text culprit = NONE;
    bool is_good = media_read(value, &media, &culprit);

    verdict(value, is_good, culprit);
    see(value, media.type);
    see(value, media.subtype);
    see(value, media.parameters);
    culprit = NONE;
    is_good = media_read_range(value, &range, &culprit);
    verdict(value, is_good, culprit);
    see(value, range.weight.text);
    see(value, range.after_weight);
    media_fits(&media, &range.media);
}

static void drive_language(struct text value)
{
    struct text culprit = NONE;
    bool is_good = language_is_tag(value, &culprit);

    verdict(value, is_good, culprit);
    culprit = NONE;
    is_good = language_is_range(value, &culprit);
    verdict(value, is_good, culprit);
}

static void drive_date(struct text value)
{
    struct date date;
    struct text culprit = NONE;
    bool is_good = date_read(value, NOW_US, &date, &culprit);

    verdict(value, is_good, culprit);
    see(value, date.weekday);
    see(value, date.odd);
    if (is_good && date.is_possible == (date.odd.len > 0))
        abort();
}

static void drive_etag(struct text value)
{
    struct etag etag;
    struct text culprit = NONE;
    bool is_good = etag_read(value, &etag, &culprit);

    verdict(value, is_good, culprit);
    see(value, etag.opaque);
    culprit = NONE;
    bool is_list = etag_list_check(list_of(value), &culprit);

    verdict(value, is_list, culprit);
    if (is_good && !etag_list_has(list_of(value), &etag, etag_equal_weak))
        abort();
    if (etag_list_is_any(list_of(value)) && !is_list)
        abort();
}

static void drive_range(struct text value)
{
    struct range_set set;
    struct content_range content;
    struct if_range if_range;
    struct range_spec spec;
    struct text culprit = NONE;
    bool is_good = range_read(value, &set, &culprit);

    verdict(value, is_good, culprit);
    see(value, set.unit);
    for (struct text rest = set.specs; range_next(&rest, &spec);)
        see(value, spec.text);
    culprit = NONE;
    is_good = range_read_content(value, &content, &culprit);
    verdict(value, is_good, culprit);
    culprit = NONE;
    is_good = range_read_if(value, NOW_US, &if_range, &culprit);
    verdict(value, is_good, culprit);
}

static void drive_retry(struct text value)
{
    struct retry retry;
    struct text culprit = NONE;
    bool is_good = retry_read(value, NOW_US, &retry, &culprit);

    verdict(value, is_good, culprit);
    if (is_good)
        retry_until(&retry, NOW_US);
}

static void drive_one_challenge(struct text value, struct challenge challenge)
{
    struct parameter parameter;
    struct text culprit;

    see(value, challenge.scheme);
    see(value, challenge.token68);
    if (challenge_find(&challenge, TEXT("realm"), &parameter))
        see_parameter(value, &parameter);
    if (challenge_repeats(&challenge, &culprit))
        see(value, culprit);
    while (challenge_parameter(&challenge, &parameter))
        see_parameter(value, &parameter);
}

static void drive_challenge(struct text value)
{
    struct challenge_reader reader = challenge_over(list_of(value));
    struct challenge challenge;
    struct text culprit = NONE;

    while (challenge_next(&reader, &challenge))
        drive_one_challenge(value, challenge);
    bool is_good = challenge_check(list_of(value), &culprit);

    if (is_good == reader.is_faulty)
        abort();
    verdict(value, is_good, culprit);
    culprit = NONE;
    is_good = challenge_read_credentials(value, &challenge, &culprit);
    verdict(value, is_good, culprit);
    drive_one_challenge(value, challenge);
}

static void drive_cache(struct text value)
{
    struct cache_member directive;
    struct cache_control control = cache_control(list_of(value));
    struct text culprit = NONE;
    bool is_good = cache_read(value, &directive, &culprit);

    verdict(value, is_good, culprit);
    see_parameter(value, &directive.parameter);
    cache_is_argument_right(&directive, SIDE_CLIENT);
    cache_is_argument_right(&directive, SIDE_SERVER);
    if ((control.repeated & ~control.has) || (control.has_seconds & ~control.has_argument))
        abort();
}

static void drive_host(struct text value)
{
    struct host host;
    struct text culprit = NONE;
    bool is_good = host_read(value, &host, &culprit);

    verdict(value, is_good, culprit);
    see(value, host.name);
    see(value, host.port);
    host_port(&host);
    host_is_ipv4(value);
    host_is_ipv6(value);
}

static void drive_percent(struct text value)
{
    struct text rest = value;

    percent_take(&rest, percent_is_path);
    see(value, rest);
    if (!percent_equal(value, value, false) || !percent_equal(value, value, true))
        abort();
}

static void see_uri(struct text value, const struct uri *uri)
{
    see(value, uri->scheme);
    see(value, uri->authority);
    see(value, uri->userinfo);
    see(value, uri->host.name);
    see(value, uri->path);
    see(value, uri->query);
    see(value, uri->fragment);
}

static void drive_uri(struct text value)
{
    struct uri uri;
    struct text culprit = NONE;
    bool is_good = uri_read(value, &uri, &culprit);

    verdict(value, is_good, culprit);
    see_uri(value, &uri);
    if (!uri_is_same(&uri, &uri))
        abort();
    culprit = NONE;
    is_good = uri_read_path(value, &uri, &culprit);
    verdict(value, is_good, culprit);
    see_uri(value, &uri);
}

/* What is resolved from a value, and the value resolved from it, fit into the room that the header
 * names. */
static void drive_resolve(struct text value)
{
    static const struct text other = TEXT_INIT("http://a/b/c/d;p?q");
    size_t size = value.len + other.len + 8;
    char *octets = malloc(size);
    struct uri uri, base;
    struct text target;

    if (!octets)
        abort();
    uri_read(value, &uri, NULL);
    uri_read(other, &base, NULL);
    if (!uri_resolve(&base, &uri, (struct room){ octets, size }, &target) ||
        !uri_resolve(&uri, &base, (struct room){ octets, size }, &target))
        abort();
    uri_resolve(&base, &uri, (struct room){ octets, 16 }, &target);
    free(octets);
}

static void drive_target(struct text value)
{
    struct target target;

    for (int is_connect = 0; is_connect < 2; is_connect++) {
        struct text culprit = NONE;
        bool is_good = target_read(value, is_connect, &target, &culprit);

        verdict(value, is_good, culprit);
        see_uri(value, &target.uri);
        if (is_good && target.form == TARGET_NONE)
            abort();
    }
}

/* The first line is the boundary, the rest the body. */
static void drive_multipart(struct text value)
{
    char octets[ROOM];
    struct text body, boundary = text_until(value, '\n', &body), rest, name, found;
    struct multipart multipart = multipart_over(body, boundary);
    struct media media;
    struct part part;

    while (multipart_next(&multipart, &part)) {
        see(body, part.head);
        see(body, part.content);
        for (rest = part.head; multipart_field(&rest, &name, &found);) {
            see(body, name);
            see(body, found);
        }
        multipart_find(&part, TEXT("Content-Range"), &found);
    }
    media_read(value, &media, NULL);
    multipart_boundary(&media, (struct room){ octets, sizeof octets }, &found);
}

static void drive_coding(struct text value)
{
    struct coding coding;
    struct text culprit = NONE;
    bool is_good = coding_read(value, &coding, &culprit);

    verdict(value, is_good, culprit);
    see(value, coding.name);
    culprit = NONE;
    is_good = coding_read_te(value, &coding, &culprit);
    verdict(value, is_good, culprit);
    see(value, coding.weight.text);
}

static void drive_expect(struct text value)
{
    struct expectation expectation;
    struct text culprit = NONE;
    bool is_good = expect_read(value, &expectation, &culprit);

    verdict(value, is_good, culprit);
    see_parameter(value, &expectation.parameter);
    see(value, expectation.parameters);
    expect_is_continue(&expectation);
}

static void drive_protocol(struct text value)
{
    struct protocol protocol;
    struct via via;
    struct text blanks, culprit = NONE;
    size_t count;
    bool is_good = protocol_read(value, &protocol, &culprit);

    verdict(value, is_good, culprit);
    see(value, protocol.name);
    see(value, protocol.version);
    culprit = NONE;
    is_good = protocol_read_via(value, &via, &culprit);
    verdict(value, is_good, culprit);
    see(value, via.protocol);
    see(value, via.by);
    see(value, via.comment);
    see(value, via.blanks);
    culprit = NONE;
    is_good = protocol_read_products(value, &blanks, &count, &culprit);
    verdict(value, is_good, culprit);
    see(value, blanks);
    for (struct list_reader list = protocol_via_list(list_of(value)); list_next(&list, &blanks);)
        see(value, blanks);
}

static void drive_disposition(struct text value)
{
    struct disposition disposition;
    struct extended extended;
    struct text culprit = NONE;
    bool is_good = disposition_read(value, &disposition, &culprit);

    verdict(value, is_good, culprit);
    see(value, disposition.parameters);
    culprit = NONE;
    is_good = disposition_read_extended(value, &extended, &culprit);
    verdict(value, is_good, culprit);
    see(value, extended.charset);
    see(value, extended.language);
    see(value, extended.value);
}

static void drive_forwarded(struct text value)
{
    struct text rest = value, culprit = NONE;
    struct parameter parameter;
    bool is_good = forwarded_read(value, &culprit);

    verdict(value, is_good, culprit);
    while (forwarded_next(&rest, &parameter) == STEP_ITEM)
        see_parameter(value, &parameter);
    forwarded_is_node(value);
}

static void drive_link(struct text value)
{
    struct link link;
    struct text member, culprit = NONE;
    bool is_good = link_read(value, &link, &culprit);

    verdict(value, is_good, culprit);
    see(value, link.target);
    see(value, link.parameters);
    link_has_relation(&link, TEXT("blocked-by"));
    for (struct list_reader list = link_list(list_of(value)); list_next(&list, &member);) {
        link_read(member, &link, NULL);
        see(value, link.target);
    }
}

static void drive_cookie(struct text value)
{
    struct cookie cookie;
    struct cookie_attribute attribute;
    struct text rest, culprit = NONE;
    bool is_good = cookie_read_set(value, &cookie, &culprit);

    verdict(value, is_good, culprit);
    see(value, cookie.name);
    see(value, cookie.value);
    for (rest = cookie.attributes; cookie_next_attribute(&rest, &attribute) == STEP_ITEM;) {
        see(value, attribute.name);
        see(value, attribute.value);
        cookie_is_attribute_right(&attribute);
    }
    if (cookie_find(&cookie, COOKIE_PATH, &attribute))
        see(value, attribute.value);
    for (rest = value; cookie_next(&rest, &cookie) == STEP_ITEM;) {
        see(value, cookie.name);
        see(value, cookie.value);
    }
    see(value, rest);
}

static void drive_bare(struct text value)
{
    struct text rest = value;
    enum bare_kind kind;

    bare_take(&rest, &kind);
    see(value, rest);
}

static void drive_sf(struct text value)
{
    static const enum sf_type types[] = { SF_ITEM, SF_LIST, SF_DICTIONARY };
    struct sf_member member;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct text rest = value, culprit = NONE;
        bool is_good = sf_check(value, types[i], &culprit);

        verdict(value, is_good, culprit);
        while (sf_next(&rest, types[i], &member) == STEP_ITEM) {
            see(value, member.key);
            see(value, member.item);
            see(value, member.parameters);
        }
        if (sf_repeats(value, types[i], &culprit))
            see(value, culprit);
    }
}

const struct values_drive values_drives[] = {
    { "bare", drive_bare },           { "cache", drive_cache },
    { "challenge", drive_challenge }, { "coding", drive_coding },
    { "cookie", drive_cookie },       { "cursor", drive_cursor },
    { "date", drive_date },           { "disposition", drive_disposition },
    { "etag", drive_etag },           { "expect", drive_expect },
    { "forwarded", drive_forwarded }, { "host", drive_host },
    { "language", drive_language },   { "link", drive_link },
    { "list", drive_list },           { "media", drive_media },
    { "multipart", drive_multipart }, { "number", drive_number },
    { "parameter", drive_parameter }, { "percent", drive_percent },
    { "protocol", drive_protocol },   { "quoted", drive_quoted },
    { "range", drive_range },         { "repeat", drive_repeat },
    { "resolve", drive_resolve },     { "retry", drive_retry },
    { "sf", drive_sf },               { "target", drive_target },
    { "uri", drive_uri },             { "weight", drive_weight },
    { NULL, NULL },
};
