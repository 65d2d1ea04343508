#include "tests/support/octets_head.h"

#include "base/memory.h"
#include "http/scan.h"

struct octets_head *octets_head_scan(enum side side, struct text octets, const struct limits *limits)
{
    struct octets_head *head = memory_new(sizeof *head);

    head->pool = arena_pool_new();
    head->arena = arena_new(head->pool);
    head->names = names_new();
    head->message.side = side;
    head->message.head = arena_text(head->arena, octets);
    head->message.marks = arena_zero(head->arena, sizeof *head->message.marks);
    head->message.marks->frame = 1;
    head->message.nmarks = 1;
    head->is_whole = scan_head(head->arena, head->names, limits ? limits : &limits_default, &head->message);
    return head;
}

void octets_head_free(struct octets_head *head)
{
    arena_free(head->arena);
    arena_pool_free(head->pool);
    names_free(head->names);
    memory_free(head);
}

struct text octets_head_value(const struct octets_head *head, struct text name)
{
    const struct message *message = &head->message;

    for (uint32_t i = 0; i < message->nfields + message->ntrailers; i++)
        if (text_equal_nocase(message_name(message, &message->fields[i]), name))
            return message_value(message, &message->fields[i]);
    return (struct text){ "", 0 };
}
