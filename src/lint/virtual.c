#include "lint/virtual.h"

#include <string.h>

#include "base/memory.h"

enum { BUCKETS_MIN = 64 };

static struct virtual **bucket_of(const struct virtuals *virtuals, uint64_t id)
{
    return &virtuals->buckets[(id * 0x9E3779B97F4A7C15u) >> 32 & (virtuals->nbuckets - 1)];
}

static struct virtual *find(const struct virtuals *virtuals, uint64_t id)
{
    struct virtual *found = virtuals->nbuckets > 0 ? *bucket_of(virtuals, id) : NULL;

    while (found && found->id != id)
        found = found->next;
    return found;
}

static void bucket_add(struct virtuals *virtuals, struct virtual *one)
{
    struct virtual **bucket = bucket_of(virtuals, one->id);

    one->next = *bucket;
    *bucket = one;
}

static void grow(struct virtuals *virtuals)
{
    virtuals->nbuckets = virtuals->nbuckets > 0 ? 2 * virtuals->nbuckets : BUCKETS_MIN;
    memory_free(virtuals->buckets);
    virtuals->buckets = memory_new(virtuals->nbuckets * sizeof(struct virtual *));
    for (struct virtual *one = virtuals->newest; one; one = one->older)
        bucket_add(virtuals, one);
}

static struct virtual *add(struct virtuals *virtuals, uint64_t id)
{
    struct virtual *one = memory_new(sizeof *one);

    if (virtuals->count == virtuals->nbuckets)
        grow(virtuals);
    one->id = id;
    one->older = virtuals->newest;
    if (one->older)
        one->older->newer = one;
    virtuals->newest = one;
    virtuals->count++;
    bucket_add(virtuals, one);
    return one;
}

static void drop(struct virtuals *virtuals, struct virtual *one)
{
    struct virtual **link = bucket_of(virtuals, one->id);

    while (*link != one)
        link = &(*link)->next;
    *link = one->next;
    if (one->newer)
        one->newer->older = one->older;
    else
        virtuals->newest = one->older;
    if (one->older)
        one->older->newer = one->newer;
    virtuals->count--;
    memory_free(one);
}

/* Ends of no address family, the same for connections that are said to join the same hosts. */
static void set_ends(struct connection *connection, const struct httplint_chunk *chunk)
{
    uint64_t hosts = chunk->hosts > 0 ? chunk->hosts : chunk->connection;

    for (int end = 0; end < 2; end++) {
        connection->ends[end].address[0] = chunk->hosts > 0;
        connection->ends[end].address[1] = (uint8_t)end;
        memcpy(connection->ends[end].address + 2, &hosts, sizeof hosts);
    }
}

struct virtual *virtual_open(struct virtuals *virtuals, const struct httplint_chunk *chunk)
{
    struct virtual *found = find(virtuals, chunk->connection);

    if (!found) {
        found = add(virtuals, chunk->connection);
        found->connection.number = virtuals->opened++;
        found->connection.is_opener_known = true;
        set_ends(&found->connection, chunk);
        virtuals->sink.opened(virtuals->sink.context, &found->connection);
    }
    return found;
}

static int direction_of(const struct httplint_chunk *chunk)
{
    return chunk->side == HTTPLINT_RESPONSE;
}

bool virtual_has_ended(const struct virtual *on, const struct httplint_chunk *chunk)
{
    return on->is_ended[direction_of(chunk)];
}

void virtual_octets(struct virtuals *virtuals, struct virtual *on, const struct httplint_chunk *chunk)
{
    int direction = direction_of(chunk);
    const struct piece piece = { .octets = chunk->octets, .len = chunk->len, .at = on->at[direction], .frame = chunk->frame,
                                 .time_us = chunk->time_us, .acked = on->at[!direction], .file_at = chunk->file_at };

    virtuals->sink.octets(virtuals->sink.context, &on->connection, direction, &piece);
    on->at[direction] += chunk->len;
}

static void end(struct virtuals *virtuals, struct virtual *on, int direction, enum flow_end how)
{
    if (on->is_ended[direction])
        return;
    on->is_ended[direction] = true;
    virtuals->sink.ended(virtuals->sink.context, &on->connection, direction, how);
}

static void close_if_ended(struct virtuals *virtuals, struct virtual *on)
{
    if (!on->is_ended[0] || !on->is_ended[1])
        return;
    virtuals->sink.closed(virtuals->sink.context, &on->connection);
    drop(virtuals, on);
}

void virtual_event(struct virtuals *virtuals, struct virtual *on, const struct httplint_chunk *where, enum httplint_event event)
{
    int direction = direction_of(where);

    switch (event) {
    case HTTPLINT_GAP:
        virtuals->sink.gap(virtuals->sink.context, &on->connection, direction, on->at[direction], where->len);
        on->at[direction] += where->len;
        break;
    case HTTPLINT_RST:
        end(virtuals, on, !direction, FLOW_END_RST);
        end(virtuals, on, direction, FLOW_END_RST);
        break;
    case HTTPLINT_FIN:
    case HTTPLINT_CUT:
        end(virtuals, on, direction, event == HTTPLINT_FIN ? FLOW_END_FIN : FLOW_END_UNSEEN);
        break;
    }
    close_if_ended(virtuals, on);
}

void virtuals_finish(struct virtuals *virtuals)
{
    for (struct virtual *on; (on = virtuals->newest) != NULL;) {
        end(virtuals, on, 0, FLOW_END_UNSEEN);
        end(virtuals, on, 1, FLOW_END_UNSEEN);
        close_if_ended(virtuals, on);
    }
    memory_free(virtuals->buckets);
    *virtuals = (struct virtuals){ .sink = virtuals->sink, .opened = virtuals->opened };
}
