/*
 * list.h - a doubly linked list whose links live inside its members.
 *
 * A list is a ring, and a link the same as a list: it is in the ring, or by itself an empty one. It owns no
 * member. All in constant time, nothing fails.
 */
#ifndef HTTPLINT_FLOW_LIST_H
#define HTTPLINT_FLOW_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
    struct list *before, *after;
};

/* The member of type `type` whose link `name` is at `link`. */
#define LIST_MEMBER(link, type, name) ((type *)(void *)((char *)(link) - offsetof(type, name)))

/* An empty list, or a link that is in none. */
static inline void list_clear(struct list *link)
{
    link->before = link->after = link;
}

static inline bool list_is_empty(const struct list *list)
{
    return list->after == list;
}

/* Out of the list that it is in, if any. */
static inline void list_leave(struct list *link)
{
    link->before->after = link->after;
    link->after->before = link->before;
    list_clear(link);
}

/* To the end of `list`, from wherever it was. */
static inline void list_join(struct list *list, struct list *link)
{
    list_leave(link);
    link->before = list->before;
    link->after = list;
    list->before->after = link;
    list->before = link;
}

#endif
