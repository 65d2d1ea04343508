#include "engine/history.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "tests/support/made.h"

enum { RESOURCES = 7, TARGETS = 5, EXCHANGES = 700 };

static unsigned nnotes;

static void count_note(void *context, const struct note *note)
{
    (void)context;
    nnotes += note->code == NOTE_LIMIT;
}

/* Request number i is for /i%7 and is redirected to /t/i%5. */
static struct exchange *on_connection(struct exchange *x)
{
    static struct connection on = { .ends = { { .family = 4, .port = 40000 }, { .family = 4, .port = 80 } } };

    x->on = &on;
    return x;
}

static struct exchange *make(struct arena *arena, const struct names *names, unsigned i)
{
    char request[128], response[128];

    snprintf(request, sizeof request, "GET /%u HTTP/1.1\r\nHost: a.example\r\n\r\n", i % RESOURCES);
    snprintf(response, sizeof response, "HTTP/1.1 302 x\r\nLocation: http://a.example/t/%u\r\n\r\n", i % TARGETS);
    return on_connection(made_exchange(arena, names, request, response));
}

static void ask(struct history *history, struct exchange *x)
{
    struct happening happening = happening_asked(x, history_secret(history));

    history_take(history, &happening);
}

static void answer(struct history *history, struct exchange *x)
{
    struct happening happening;
    struct past past;

    CU_ASSERT_TRUE(happening_answered(&happening, x, &past, history_secret(history)));
    history_take(history, &happening);
}

/* The way back is every `step`th number before `from`, as far as `most` steps and `kept` exchanges reach. */
static bool leads_back(struct history_walk walk, unsigned from, unsigned step, unsigned most, unsigned kept, unsigned newest)
{
    const struct past *past;
    unsigned steps = 0;

    while ((past = history_next(&walk)) != NULL) {
        steps++;
        if (past->number != from - steps * step)
            return false;
    }
    unsigned there = from - steps * step;

    return steps == most || there <= step || there - step + kept <= newest;
}

static bool walks(const struct history *history, const struct exchange *x, unsigned i, unsigned kept)
{
    const struct past *self = history_self(history, x);

    return self && self->number == i && leads_back(history_walk(history, PAST_RESOURCE, self), i, RESOURCES, 32, kept, i) &&
           leads_back(history_walk(history, PAST_OWN, self), i, RESOURCES, 16, kept, i) &&
           leads_back(history_walk(history, PAST_SERVER, self), i, 1, 256, kept, i);
}

/* A request for /t/n finds the redirections that led to it. */
static bool finds_redirections(struct history *history, struct arena *arena, const struct names *names, unsigned kept,
                               unsigned newest)
{
    struct exchange *x =
        on_connection(made_exchange(arena, names, "GET /t/3 HTTP/1.1\r\nHost: a.example\r\n\r\n", NULL));

    ask(history, x);
    struct history_walk walk = history_walk_redirections(history, history_self(history, x));
    const struct past *past = history_next(&walk);
    unsigned last = newest - (newest + TARGETS - 3) % TARGETS;

    return past && past->number == last && leads_back(walk, last, TARGETS, 15, kept, newest + 1);
}

/* Whatever is kept, and however the ring grew until then, the ways back are the same. */
static void remember(unsigned kept, bool forgets)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct names *names = names_new();
    struct limits limits = limits_default;
    unsigned wrong = 0;

    limits.history_exchanges = kept;
    nnotes = 0;
    struct history *history =
        history_new(&limits, (const uint8_t *)"0123456789abcdef", (struct note_sink){ count_note, NULL });

    for (unsigned i = 1; i <= EXCHANGES; i++) {
        struct exchange *x = make(arena, names, i);

        ask(history, x);
        answer(history, x);
        wrong += !walks(history, x, i, kept);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(nnotes, forgets);
    CU_ASSERT_TRUE(history_has_status(history, 302));
    CU_ASSERT_FALSE(history_has_status(history, 200));
    if (kept > TARGETS)
        CU_ASSERT_TRUE(finds_redirections(history, arena, names, kept, EXCHANGES));
    history_free(history);
    names_free(names);
    arena_free(arena);
    arena_pool_free(pool);
}

static void remembers_all(void)
{
    remember(16384, false);
    remember(EXCHANGES + 1, false);
}

static void forgets_the_oldest(void)
{
    remember(EXCHANGES - 1, true);
    remember(100, true);
    remember(64, true);
    remember(10, true);
    remember(1, true);
}

void engine_history_suite(void);
void engine_history_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/history", NULL, NULL);

    CU_add_test(suite, "grows and remembers all", remembers_all);
    CU_add_test(suite, "forgets the oldest", forgets_the_oldest);
}
