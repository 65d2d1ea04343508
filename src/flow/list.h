/*
 * list.h - a doubly linked list whose links live inside its members.
 *
 * A list is a ring through its own link. It owns no member; a link that is in no list points to
 * itself. All in constant time, nothing fails.
 */
#ifndef HTTPLINT_FLOW_LIST_H
#define HTTPLINT_FLOW_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct link {
    struct link *before, *after;
};

/* The member of type `type` whose link `name` is at `link`. */
#define LIST_MEMBER(link, type, name) ((type *)(void *)((char *)(link) - offsetof(type, name)))

/* An empty list, or a link that is in none. */
static inline void list_clear(struct link *link)
{
    link->before = link->after = link;
}

static inline bool list_is_empty(const struct link *list)
{
    return list->after == list;
}

/* Out of the list that it is in, if any. */
static inline void list_leave(struct link *link)
{
    link->before->after = link->after;
    link->after->before = link->before;
    list_clear(link);
}

/* To the end of `list`, from wherever it was. */
static inline void list_join(struct link *list, struct link *link)
{
    list_leave(link);
    link->before = list->before;
    link->after = list;
    list->before->after = link;
    list->before = link;
}

#endif
