#include "wire/unpack.h"

#include "base/inflate.h"
#include "base/memory.h"

enum { DATAGRAM_MAX = 65535 };

struct unpack {
    uint8_t octets[DATAGRAM_MAX];
};

struct unpack *unpack_new(void)
{
    return memory_new(sizeof(struct unpack));
}

void unpack_free(struct unpack *unpack)
{
    memory_free(unpack);
}

static enum inflate_state unpack_feed(struct inflate *inflate, struct text packed,
                                      struct inflate_room *room)
{
    enum inflate_state state = INFLATE_GOING;

    while (state == INFLATE_GOING && packed.len > 0 && room->len < room->size)
        state = inflate_step(inflate, &packed, room);
    return state;
}

enum layer unpack_deflate(struct unpack *unpack, struct descent *down)
{
    /* How long it was cannot be told from a part. */
    if (down->rest.len < down->rest.wire)
        return LAYER_CUT;
    /* RFC 1952 2.3: a gzip header makes the bare stream one that inflate.h reads; that there is no
     * trailer is no harm. */
    static const char header[] = { 0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)0xff };
    struct inflate_room room = { unpack->octets, sizeof unpack->octets, 0 };
    struct inflate *inflate = inflate_new(INFLATE_GZIP);
    struct text packed = { (const char *)down->rest.at, down->rest.len };
    enum inflate_state state = unpack_feed(inflate, (struct text){ header, sizeof header }, &room);

    if (state != INFLATE_DAMAGED)
        state = unpack_feed(inflate, packed, &room);
    inflate_free(inflate);
    if (state == INFLATE_DAMAGED || room.len == 0)
        return LAYER_PASSED;
    down->rest = (struct octets){ unpack->octets, (uint32_t)room.len, (uint32_t)room.len };
    return down->packed;
}
