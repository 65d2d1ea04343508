#include "cli/examples.h"

#include "base/inflate.h"
#include "base/memory.h"

enum { ROOM_FIRST = 1 << 16 };

struct examples {
    struct inflate_room room;
};

/* Our own octets: whatever is wrong with them, the rest is done without. */
struct examples *examples_new(void)
{
    struct examples *examples = memory_new(sizeof *examples);
    struct inflate *inflate = inflate_new(INFLATE_GZIP);
    struct text packed = examples_packed();
    enum inflate_state state = INFLATE_GOING;

    examples->room.size = ROOM_FIRST;
    examples->room.at = memory_new(ROOM_FIRST);
    while (state == INFLATE_GOING && packed.len > 0) {
        if (examples->room.len == examples->room.size) {
            examples->room.size *= 2;
            examples->room.at = memory_grow(examples->room.at, examples->room.size, 1);
        }
        state = inflate_step(inflate, &packed, &examples->room);
    }
    inflate_free(inflate);
    return examples;
}

void examples_free(struct examples *examples)
{
    if (!examples)
        return;
    memory_free(examples->room.at);
    memory_free(examples);
}

struct text examples_get(const struct examples *examples, struct text id)
{
    struct text rest = { (const char *)examples->room.at, examples->room.len };

    text_until(rest, '\001', &rest);
    while (rest.len > 0) {
        struct text body, entry = text_until(rest, '\001', &rest);

        if (text_equal(text_until(entry, '\n', &body), id))
            return body;
    }
    return (struct text){ "", 0 };
}
