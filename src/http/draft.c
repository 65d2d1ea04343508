#include "http/conversation.h"

enum { ROOM_OCTETS = 128, ROOM_MARKS = 2 };

struct draft *draft_new(struct conversation *conversation, enum side side)
{
    struct arena *arena = arena_new(conversation->pool);
    struct draft *draft = arena_zero(arena, sizeof *draft);

    draft->arena = arena;
    draft->message = arena_zero(arena, sizeof *draft->message);
    draft->message->side = side;
    return draft;
}

void draft_drop(struct draft *draft)
{
    if (draft)
        arena_free(draft->arena);
}

static void mark(struct draft *draft, const struct piece *piece, uint64_t stream_at)
{
    struct message *message = draft->message;

    const struct mark *last = message->nmarks > 0 ? &message->marks[message->nmarks - 1] : NULL;
    uint64_t file_at = file_at_behind(piece->file_at, stream_at - piece->at);

    if (last && last->frame == piece->frame && file_at_behind(last->file_at, draft->len - last->at) == file_at)
        return;
    if (message->nmarks == draft->room_marks) {
        uint32_t room = draft->room_marks > 0 ? 2 * draft->room_marks : ROOM_MARKS;

        message->marks = arena_grow(draft->arena, message->marks, draft->room_marks * sizeof *message->marks,
                                    room * sizeof *message->marks);
        draft->room_marks = room;
    }
    message->marks[message->nmarks++] = (struct mark){ draft->len, stream_at, piece->frame, file_at };
}

void draft_add(struct draft *draft, struct text octets, const struct piece *piece, uint64_t stream_at)
{
    struct message *message = draft->message;

    if (octets.len == 0)
        return;
    if (draft->len == 0) {
        message->begun_us = piece->time_us;
        message->stream_at = stream_at;
        message->acked = piece->acked;
    }
    mark(draft, piece, stream_at);
    if (octets.len > draft->room - draft->len) {
        uint32_t room = draft->room > 0 ? 2 * draft->room : ROOM_OCTETS;

        if (room < draft->len + octets.len)
            room = draft->len + (uint32_t)octets.len;
        draft->octets = arena_grow(draft->arena, draft->octets, draft->len, room);
        draft->room = room;
    }
    memcpy(draft->octets + draft->len, octets.at, octets.len);
    draft->len += (uint32_t)octets.len;
    message->ended_us = piece->time_us;
    message->is_doubtful |= piece->is_doubtful;
    message->is_unproven |= piece->is_unproven;
}
