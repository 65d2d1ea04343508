#include "engine/findings.h"

#include "base/memory.h"

struct pending {
    struct finding finding;
    const struct message *response;
    uint32_t order;
};

void findings_add(struct findings *findings, struct arena *arena, const struct finding *finding,
                  const struct message *response, uint32_t order)
{
    if (findings->count == findings->room) {
        size_t room = findings->room * 2 + 4, size = sizeof *findings->items;

        findings->items = arena_grow(arena, findings->items, findings->room * size, room * size);
        findings->room = room;
    }
    findings->items[findings->count++] = (struct pending){ *finding, response, order };
}

/* ---- telling ---- */

void teller_begin(struct teller *teller, const struct limits *limits, struct finding_sink sink, struct note_sink notes)
{
    *teller = (struct teller){ limits, sink, notes, NULL };
}

void teller_end(struct teller *teller)
{
    memory_free(teller->connections);
}

/* Fresh counts are zero, which is right for connection 0 too. NULL: of no connection. */
static struct teller_count *count_of(struct teller *teller, const struct connection *on)
{
    if (!on)
        return NULL;
    if (!teller->connections)
        teller->connections = memory_new(TELLER_CONNECTIONS * sizeof *teller->connections);
    struct teller_count *count = &teller->connections[on->number % TELLER_CONNECTIONS];

    if (count->number != on->number)
        *count = (struct teller_count){ on->number, 0 };
    return count;
}

/* One exchange whose findings are told, by message and offset. */
struct telling {
    struct teller *teller;
    struct exchange *exchange;
    uint32_t order;
    uint64_t of_message;                   /* findings about the message */
};

static bool comes_before(const struct pending *a, const struct pending *b)
{
    const struct finding *x = &a->finding, *y = &b->finding;

    if (a->order != b->order)
        return a->order < b->order;
    if (x->offset != y->offset)
        return x->offset < y->offset;
    return x->rule->index < y->rule->index;
}

/* The messages come in order and each has few findings, so insertion is quick, and needs no memory. */
static void sort(struct findings *findings)
{
    for (size_t i = 1; i < findings->count; i++) {
        struct pending moved = findings->items[i];
        size_t to = i;

        for (; to > 0 && comes_before(&moved, &findings->items[to - 1]); to--)
            findings->items[to] = findings->items[to - 1];
        findings->items[to] = moved;
    }
}

static void tell_limit(const struct telling *telling, const struct message *about, const char *words)
{
    const struct connection *on = telling->exchange->on;
    struct note note = { NOTE_LIMIT, words, about->nmarks > 0 ? message_frame(about, 0) : 0,
                         on ? (int64_t)on->number : NOTE_NO_STREAM };

    if (telling->teller->notes.note)
        telling->teller->notes.note(telling->teller->notes.context, &note);
}

/* True if there is room for one more about this message and on this connection; told once when there is not. */
static bool has_room(struct telling *telling, const struct message *about)
{
    const struct limits *limits = telling->teller->limits;
    struct teller_count *count = count_of(telling->teller, telling->exchange->on);

    if (telling->of_message == limits->findings_per_message)
        tell_limit(telling, about, "more findings about one message are not shown");
    if (telling->of_message++ >= limits->findings_per_message)
        return false;
    if (!count)
        return true;
    if (count->findings == limits->findings_per_connection)
        tell_limit(telling, about, "more findings about this connection are not shown");
    return count->findings++ < limits->findings_per_connection;
}

static bool tell_finding(struct telling *telling, const struct pending *pending)
{
    const struct finding_sink *sink = &telling->teller->sink;

    if (pending->order != telling->order)
        telling->of_message = 0;
    telling->order = pending->order;
    if (!has_room(telling, pending->finding.about))
        return false;
    telling->exchange->response = pending->response;
    if (sink->finding)
        sink->finding(sink->context, &pending->finding);
    return true;
}

unsigned findings_tell(struct findings *findings, struct teller *teller, struct exchange *x)
{
    struct telling telling = { .teller = teller, .exchange = x };
    unsigned told = 0;

    sort(findings);
    for (size_t i = 0; i < findings->count; i++)
        told += tell_finding(&telling, &findings->items[i]);
    if (findings->count > 0)
        x->response = exchange_final(x);
    return told;
}
