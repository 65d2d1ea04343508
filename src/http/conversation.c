#include "http/conversation.h"

void conversation_note(struct conversation *conversation, enum note_code code, uint64_t frame, const char *words)
{
    if (conversation->noted & 1u << code)
        return;
    conversation->noted |= 1u << code;
    conversation->http->notes.note(conversation->http->notes.context,
                                   &(struct note){ code, words, frame, (int64_t)conversation->on->number });
}
