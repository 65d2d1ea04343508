#include "checks/families.h"
#include "checks/lines.h"
#include "http/content.h"
#include "http/value/multipart.h"
#include "http/value/range.h"

/* Ranges that a server may not call too many (RFC 9110 14.2). */
enum { RANGES_FEW = 2 };

/* A vendor's field, such as x-amz-range, may have asked for it. */
static enum truth states(const struct message *request, const uint16_t *ids)
{
    if (!request)
        return UNKNOWN;
    enum truth have = lines_have_any(request, ids);

    return have == NO && lines_have_extension(request, TEXT("range")) ? UNKNOWN : have;
}

static enum truth range_was_requested(const struct exchange *x, struct text *culprit)
{
    static const uint16_t ids[] = { FIELD_RANGE, FIELD_UNKNOWN };

    (void)culprit;
    return states(x->request, ids);
}

/* RFC 9110 14.5: a partial PUT has a Content-Range. */
static enum truth range_was_stated(const struct exchange *x, struct text *culprit)
{
    static const uint16_t ids[] = { FIELD_RANGE, FIELD_CONTENT_RANGE, FIELD_UNKNOWN };

    (void)culprit;
    return states(x->request, ids);
}

/* The only Range, if it is one of bytes. */
static bool requested(const struct message *request, struct range_set *set)
{
    struct text value;

    return lines_single(request, FIELD_RANGE, &value) && range_read(value, set, NULL) && set->is_bytes;
}

/* RFC 9110 14.1.2. */
static bool is_satisfiable(const struct range_spec *spec, uint64_t length)
{
    return spec->kind == RANGE_SUFFIX ? spec->last > 0 && length > 0 : spec->first < length;
}

/* RFC 9110 15.5.17: many ranges may be refused whatever they ask for, and so may invalid ones (14.2). */
static enum truth ranges_are_out_of_reach(const struct exchange *x, struct text *culprit)
{
    struct content_range told;
    struct range_set set;
    struct range_spec spec;
    unsigned count = 0;
    bool is_in_reach = false;

    if (!requested(x->request, &set) || !lines_single(x->response, FIELD_CONTENT_RANGE, culprit))
        return UNKNOWN;
    if (!range_read_content(*culprit, &told, NULL) || !told.is_bytes || told.has_range)
        return UNKNOWN;
    /* A blank behind "=" is in an example of RFC 9110 14.1.2, but not in the grammar. */
    if (text_trim(set.specs).at != set.specs.at)
        return UNKNOWN;
    for (; range_next(&set.specs, &spec); count++) {
        if (!range_is_valid(&spec))
            return UNKNOWN;
        is_in_reach |= is_satisfiable(&spec, told.length);
    }
    return is_in_reach && count <= RANGES_FEW ? NO : YES;
}

/* Only of positions that are numbers of ours is the difference known. */
static uint64_t length_of(const struct content_range *range)
{
    return range->last - range->first + 1;
}

/* Octets of content that the message has, as its framing says; false where that is not known. */
static bool content_length(const struct message *message, uint64_t *octets)
{
    struct list_reader codings = list_over(message, FIELD_TRANSFER_ENCODING);
    struct text coding;

    if (message->body.framing == FRAMING_LENGTH) {
        *octets = message->body.announced;
        return true;
    }
    /* Another transfer coding changes the number of octets. */
    while (list_next(&codings, &coding))
        if (!text_equal_nocase(coding, TEXT("chunked")))
            return false;
    *octets = message->body.octets;
    return message->body.framing == FRAMING_CHUNKED && (message->complete & COMPLETE_BODY);
}

/* RFC 9110 15.3.7.1: the content is the range, whatever was received of it. */
static enum truth length_fits_range(const struct exchange *x, struct text *culprit)
{
    struct content_range range;
    uint64_t octets;

    if (!lines_single(x->response, FIELD_CONTENT_RANGE, culprit) || !range_read_content(*culprit, &range, NULL))
        return UNKNOWN;
    if (!range.is_bytes || !range.has_range || !range.is_valid || range.last == UINT64_MAX)
        return UNKNOWN;
    if (!content_length(x->response, &octets))
        return UNKNOWN;
    return octets == length_of(&range) ? YES : NO;
}

/* A Range with all of its specs valid: one that has another kind may be ignored as a whole (RFC 9110 14.2). */
static bool is_sound(const struct range_set *set)
{
    struct text specs = set->specs;
    struct range_spec spec;

    while (range_next(&specs, &spec))
        if (!range_is_valid(&spec))
            return false;
    return true;
}

/* Octets of the one may be octets of the other. */
static bool overlaps(const struct range_spec *spec, const struct content_range *sent)
{
    switch (spec->kind) {
    case RANGE_INTERVAL:
        return sent->first <= spec->last && spec->first <= sent->last;
    case RANGE_FROM:
        return spec->first <= sent->last;
    case RANGE_SUFFIX:
        if (!sent->has_length || sent->length == UINT64_MAX)
            return true;
        return spec->last > 0 && (spec->last >= sent->length || sent->length - spec->last <= sent->last);
    default:
        return true;
    }
}

/* RFC 9110 15.3.7.2: ranges may be coalesced, left out and shortened, but none may come that nobody asked for. */
static enum truth was_requested(const struct range_set *set, struct text value)
{
    struct text specs = set->specs;
    struct content_range sent;
    struct range_spec spec;

    if (!range_read_content(value, &sent, NULL) || !sent.is_bytes || !sent.has_range || !sent.is_valid)
        return UNKNOWN;
    while (range_next(&specs, &spec))
        if (overlaps(&spec, &sent))
            return YES;
    return NO;
}

/* The parts of a response, as far as they are known. */
struct parts {
    struct multipart multipart;
    char room[MULTIPART_BOUNDARY_MAX];
    bool is_whole;
};

static bool is_byteranges(const struct message *response, struct media *media)
{
    struct text value;

    return lines_single(response, FIELD_CONTENT_TYPE, &value) && media_read(value, media, NULL) &&
           (media_is(media, TEXT("multipart"), TEXT("byteranges")) ||
            media_is(media, TEXT("multipart"), TEXT("x-byteranges")));
}

static bool parts_over(const struct exchange *x, const struct media *media, struct parts *parts)
{
    const struct content *content = content_of(x, x->response);
    struct text boundary;

    if (!content || !multipart_boundary(media, (struct room){ parts->room, sizeof parts->room }, &boundary))
        return false;
    parts->multipart = multipart_over(content->octets, boundary);
    parts->is_whole = content->is_whole;
    return true;
}

static enum truth parts_were_requested(const struct exchange *x, const struct range_set *set, const struct media *media,
                                       struct text *culprit)
{
    struct parts parts;
    struct part part;

    if (!parts_over(x, media, &parts))
        return UNKNOWN;
    while (multipart_next(&parts.multipart, &part))
        if (part.has_head_end && multipart_find(&part, TEXT("Content-Range"), culprit) &&
            was_requested(set, *culprit) == NO)
            return NO;
    return parts.is_whole ? YES : UNKNOWN;
}

static enum truth ranges_were_requested(const struct exchange *x, struct text *culprit)
{
    struct range_set set;
    struct media media;

    if (!requested(x->request, &set) || !is_sound(&set))
        return UNKNOWN;
    if (is_byteranges(x->response, &media))
        return parts_were_requested(x, &set, &media, culprit);
    return lines_single(x->response, FIELD_CONTENT_RANGE, culprit) ? was_requested(&set, *culprit) : UNKNOWN;
}

/* RFC 9110 14.4; units other than bytes may write their ranges as they like (14.6). */
static bool states_range(const struct part *part)
{
    struct content_range range;
    struct text value;

    if (!multipart_find(part, TEXT("Content-Range"), &value))
        return false;
    if (!range_read_content(value, &range, NULL))
        return range.unit.len > 0 && !range.is_bytes;
    return range.has_range && range.is_valid;
}

/* RFC 9110 15.3.7.2. */
static enum truth parts_state_ranges(const struct exchange *x, struct text *culprit)
{
    struct parts parts;
    struct media media;
    struct part part;

    if (!x->response || !is_byteranges(x->response, &media) || !parts_over(x, &media, &parts))
        return UNKNOWN;
    while (multipart_next(&parts.multipart, &part)) {
        if (!part.has_head_end || states_range(&part))
            continue;
        *culprit = text_trim(part.head);
        return NO;
    }
    return parts.is_whole ? YES : UNKNOWN;
}

const struct check range_checks[] = {
    { "range-was-requested", .exchange = range_was_requested },
    { "range-was-stated", .exchange = range_was_stated },
    { "ranges-are-out-of-reach", .exchange = ranges_are_out_of_reach },
    { "length-fits-range", .exchange = length_fits_range },
    { "ranges-were-requested", .exchange = ranges_were_requested, .reads_body = true },
    { "parts-state-ranges", .exchange = parts_state_ranges, .reads_body = true },
    { 0 },
};
