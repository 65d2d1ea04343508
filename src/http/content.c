#include "http/content.h"

#include "base/inflate.h"
#include "base/limits.h"
#include "http/value/list.h"

enum { CODINGS_MAX = 2, ROOM_FIRST = 4096 };

struct codings {
    enum inflate_format formats[CODINGS_MAX];          /* in the order in which they were applied */
    unsigned count;
};

/* RFC 9110 8.4.1, 18.6. */
static const struct {
    struct text name;
    enum inflate_format format;
} known[] = {
    { TEXT_INIT("gzip"), INFLATE_GZIP },       { TEXT_INIT("x-gzip"), INFLATE_GZIP },
    { TEXT_INIT("deflate"), INFLATE_DEFLATE }, { TEXT_INIT("br"), INFLATE_BROTLI },
    { TEXT_INIT("zstd"), INFLATE_ZSTD },       { TEXT_INIT("identity"), INFLATE_PLAIN },
    { TEXT_INIT("chunked"), INFLATE_PLAIN },
};

/* INFLATE_PLAIN takes no place. False for a coding that we do not have, or one too many. */
static bool add_coding(struct codings *codings, struct text name)
{
    size_t at = 0;

    while (at < sizeof known / sizeof *known && !text_equal_nocase(known[at].name, name))
        at++;
    if (at == sizeof known / sizeof *known)
        return false;
    if (known[at].format == INFLATE_PLAIN)
        return true;
    if (codings->count == CODINGS_MAX)
        return false;
    codings->formats[codings->count++] = known[at].format;
    return true;
}

static bool add_codings(struct codings *codings, struct list_reader list)
{
    struct text name;

    while (list_next(&list, &name))
        if (!add_coding(codings, name))
            return false;
    return true;
}

/* True if there is room for more, within the bound. */
static bool grow(struct arena *arena, struct inflate_room *room, size_t first, size_t most)
{
    size_t size = room->size > 0 ? room->size * 2 : first;

    if (room->len < room->size)
        return true;
    if (size > most)
        size = most;
    if (size == room->size)
        return false;
    room->at = arena_grow(arena, room->at, room->size, size);
    room->size = size;
    return true;
}

/* RFC 1952 2.2, RFC 8878 3.1: a further member or frame may follow; all else behind the end is none of it. */
static bool goes_on(enum inflate_format format, enum inflate_state state, struct text packed)
{
    return state == INFLATE_GOING || (state == INFLATE_ENDED && packed.len > 0 && inflate_sniff(packed) == format);
}

static bool undo(const struct exchange *x, enum inflate_format format, struct content *content)
{
    size_t most = (size_t)(x->limits ? x->limits : &limits_default)->decoded_octets;
    struct text packed = content->octets;
    struct inflate_room room = { NULL, 0, 0 };
    enum inflate_state state = INFLATE_GOING;

    /* RFC 9110 8.4.1.2: some senders leave the zlib format around it out. */
    if (format == INFLATE_DEFLATE)
        format = inflate_sniff_deflate(packed);
    struct inflate *inflate = inflate_new(format);

    while (goes_on(format, state, packed) && grow(x->arena, &room, packed.len * 2 + ROOM_FIRST, most)) {
        size_t packed_before = packed.len, room_before = room.len;

        state = inflate_step(inflate, &packed, &room);
        if (packed.len == packed_before && room.len == room_before)
            break;
    }
    inflate_free(inflate);
    content->octets = (struct text){ room.at ? (const char *)room.at : "", room.len };
    content->is_whole = content->is_whole && state == INFLATE_ENDED;
    return state != INFLATE_DAMAGED;
}

static bool undo_all(const struct exchange *x, const struct message *message, struct content *content)
{
    struct codings codings = { .count = 0 };

    if (!add_codings(&codings, list_over(message, FIELD_CONTENT_ENCODING)) ||
        !add_codings(&codings, list_over(message, FIELD_TRANSFER_ENCODING)))
        return false;
    while (codings.count > 0)
        if (!undo(x, codings.formats[--codings.count], content))
            return false;
    return true;
}

const struct content *content_of(const struct exchange *x, const struct message *message)
{
    static const struct content nothing = { { "", 0 }, true, true, true }, unseen = { { "", 0 }, false, true, true };
    const struct body *body = &message->body;
    bool is_whole = (message->complete & COMPLETE_BODY) && body->sample.len == body->octets;
    struct content *content = body->content;

    if (body->sample.len == 0)
        return is_whole ? &nothing : &unseen;
    if (!content)
        content = arena_zero(x->arena, sizeof *content);
    if (!content->is_read) {
        *content = (struct content){ body->sample, is_whole, true, false };
        content->is_known = undo_all(x, message, content);
    }
    return content->is_known ? content : NULL;
}
