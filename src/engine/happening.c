#include "engine/happening.h"

struct happening happening_asked(struct exchange *x, const struct hash_secret *secret)
{
    struct remembered *of = arena_alloc(x->arena, sizeof *of);

    of->number = 0;
    past_ask(&of->asked, x, secret);
    x->remembered = of;
    return (struct happening){ .kind = HAPPENING_ASKED, .of = of, .past = &of->asked };
}

/* The facts of the request are copied, not completed: they may be on their way to the memory still. */
bool happening_answered(struct happening *happening, const struct exchange *x, struct past *past,
                        const struct hash_secret *secret)
{
    char octets[PAST_URI_OCTETS];
    struct text goal;

    if (!x->request) {
        *happening = happening_lost(x->on);
        return true;
    }
    if (!x->remembered)
        return false;
    *past = x->remembered->asked;
    past_answer(past, x, secret, (struct room){ octets, sizeof octets }, &goal);
    *happening = (struct happening){ .kind = HAPPENING_ANSWERED, .of = x->remembered, .past = past };
    if (past->location > 0) {
        happening->target = past_target(x);
        happening->goal = arena_text(x->arena, goal);
    }
    return past->status > 0;
}

struct happening happening_lost(const struct connection *on)
{
    return (struct happening){ .kind = HAPPENING_LOST, .on = on };
}
