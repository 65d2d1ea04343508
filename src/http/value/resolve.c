#include "http/value/uri.h"

/* Octets written; `len` goes on growing behind the end of the room, which then is too small. */
struct target {
    struct room room;
    size_t len;
};

static void put(struct target *target, struct text text)
{
    if (text.len > 0 && target->len <= target->room.size &&
        text.len <= target->room.size - target->len)
        memcpy(target->room.at + target->len, text.at, text.len);
    target->len += text.len;
}

static bool is_dots(struct text segment)
{
    return text_equal(segment, TEXT(".")) || text_equal(segment, TEXT(".."));
}

/* RFC 3986 5.2.4, in place: gives the new length. What is written never overtakes what is read. */
static size_t remove_dots(char *path, size_t len)
{
    struct text rest = { path, len };
    size_t out = 0;

    while (rest.len > 0) {
        bool is_rooted = cursor_take(&rest, '/');
        struct text segment = text_until(rest, '/', NULL);

        cursor_skip(&rest, segment.len);
        if (!is_dots(segment)) {
            if (is_rooted)
                path[out++] = '/';
            if (segment.len > 0)
                memmove(path + out, segment.at, segment.len);
            out += segment.len;
            continue;
        }
        while (segment.len == 2 && out > 0 && path[--out] != '/')
            ;
        if (is_rooted && rest.len == 0)
            path[out++] = '/';
        else if (!is_rooted)
            cursor_take(&rest, '/');
    }
    return out;
}

/* RFC 3986 5.2.3: what stands before a relative path. */
static struct text directory_of(const struct uri *base)
{
    size_t len = base->path.len;

    if (base->has_authority && len == 0)
        return TEXT("/");
    while (len > 0 && base->path.at[len - 1] != '/')
        len--;
    return (struct text){ base->path.at, len };
}

static void put_path(struct target *target, const struct uri *base, const struct uri *reference)
{
    size_t begin = target->len;
    bool is_own =
        reference->has_scheme || reference->has_authority || cursor_is(reference->path, '/');

    if (!is_own && reference->path.len == 0) {
        put(target, base->path);
        return;
    }
    if (!is_own)
        put(target, directory_of(base));
    put(target, reference->path);
    if (target->len > begin && target->len <= target->room.size)
        target->len = begin + remove_dots(target->room.at + begin, target->len - begin);
}

/* RFC 3986 5.2.2, 5.3 */
bool uri_resolve(const struct uri *base, const struct uri *reference, struct room room,
                 struct text *text)
{
    const struct uri *scheme = reference->has_scheme ? reference : base;
    const struct uri *authority = reference->has_authority ? reference : scheme;
    bool is_same_document = authority == base && reference->path.len == 0;
    const struct uri *query = is_same_document && !reference->has_query ? base : reference;
    struct target target = { room, 0 };

    put(&target, scheme->scheme);
    put(&target, scheme->has_scheme ? TEXT(":") : TEXT(""));
    put(&target, authority->has_authority ? TEXT("//") : TEXT(""));
    put(&target, authority->authority);
    put_path(&target, base, reference);
    put(&target, query->has_query ? TEXT("?") : TEXT(""));
    put(&target, query->query);
    put(&target, reference->has_fragment ? TEXT("#") : TEXT(""));
    put(&target, reference->fragment);
    *text = (struct text){ room.at, target.len <= room.size ? target.len : 0 };
    return target.len <= room.size;
}
